"""Settings of the review room, read from environment variables that start with REPERES_. None is needed."""

from pydantic import Field, SecretStr

from store.settings import StoreSettings


class RoomSettings(StoreSettings):
    """How the room is reached, and who vouches for people."""

    public_address: str | None = None  # as people type it, "https://reperes.region.fr": cookies then travel by TLS only
    upload_max_mb: int = Field(default=500, ge=1)  # one file
    oidc_issuer: str | None = None  # "https://sso.region.fr/realms/agents"; without it, passwords only
    oidc_client: str | None = None
    oidc_secret: SecretStr | None = None
    oidc_name: str = "le compte de la Région"  # on the button

    @property
    def signs_on(self) -> bool:
        """Whether people may sign on by OpenID Connect."""
        return None not in (self.oidc_issuer, self.oidc_client, self.oidc_secret)

    @property
    def by_tls(self) -> bool:
        """Whether people reach the room by TLS."""
        return (self.public_address or "").startswith("https://")
