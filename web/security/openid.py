"""Sign-on by OpenID Connect: another server vouches for who enters. Authlib speaks with it and verifies its word."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth, StarletteOAuth2App
from fastapi import FastAPI
from joserfc.errors import JoseError
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import Response

from web.problems import RoomProblem
from web.security.addresses import inside
from web.settings import RoomSettings

_COOKIE = "reperes-externe"  # state, nonce and verifier of a sign-on under way, sealed
_PATH = "/connexion"
_MINUTES = 10
_TIMEOUT = 10.0  # seconds, for one answer of the other server
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_FAILURES = (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError)


class SignOnUnavailable(RoomProblem):
    """The other server does not answer, or not as the settings say."""

    code = "sign-on-unavailable"
    status = 503
    advice = "Réessayez dans un moment, ou entrez avec votre mot de passe si vous en avez un."

    def __init__(self) -> None:
        super().__init__("Le service de connexion ne répond pas comme prévu.")


class SignOnRefused(RoomProblem):
    """What came back proves nothing: too late, already used, begun elsewhere, or not signed as it should be."""

    code = "sign-on-refused"
    status = 403
    advice = "Recommencez depuis la page de connexion."

    def __init__(self) -> None:
        super().__init__("Cette connexion n'a pas pu être vérifiée.")


class NoAccount(RoomProblem):
    """The person is who they say, and has no account here."""

    code = "no-account"
    status = 403
    advice = "Demandez à l'administration de Repères de vous en ouvrir un, ou de rouvrir le vôtre."

    def __init__(self) -> None:
        super().__init__("Vous êtes reconnu, mais aucun compte ouvert de Repères n'est à votre nom.")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the other server vouches for; `known_as` are logins that their account here may have, the surest first."""

    subject: str  # "<issuer> <sub>"
    known_as: tuple[str, ...]
    asked: str  # the page of the room that they were on their way to


class SignOn:
    """The conversation with the other server: authorization code, PKCE, state, nonce."""

    def __init__(self, settings: RoomSettings) -> None:
        secret = settings.oidc_secret
        self._issuer = (settings.oidc_issuer or "").rstrip("/")
        self._address = (settings.public_address or "").rstrip("/")
        self._client: StarletteOAuth2App = OAuth().register(
            "reperes",
            client_id=settings.oidc_client,
            client_secret=None if secret is None else secret.get_secret_value(),
            server_metadata_url=f"{self._issuer}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256", "timeout": _TIMEOUT},
        )

    async def leave(self, request: Request, asked: str) -> Response:
        """Sends the person to the other server.

        Raises:
            SignOnUnavailable: it cannot be reached, or is not the one of the settings.
        """
        await self._discover()
        request.session["asked"] = inside(asked)
        answer: Response = await self._client.authorize_redirect(request, self._return_address(request))
        return answer

    async def come_back(self, request: Request) -> Identity:
        """Who the other server says has come back, once all that it says is verified.

        Raises:
            SignOnRefused: it says nothing that can be trusted.
            SignOnUnavailable: it cannot be reached.
        """
        await self._discover()
        asked = inside(str(request.session.get("asked", "/")))
        try:
            token: dict[str, Any] = await self._client.authorize_access_token(request)  # type: ignore[no-untyped-call] # untyped
            identity = self._identity(token["userinfo"], asked)
        except (httpx2.HTTPError, RuntimeError) as error:
            raise SignOnUnavailable from error
        except _FAILURES as error:
            raise SignOnRefused from error
        finally:
            request.session.clear()
        return identity

    async def _discover(self) -> None:
        """What the other server says of itself; asked once, its keys again when it signs with a new one."""
        try:
            metadata = await self._client.load_server_metadata()
        except (httpx2.HTTPError, RuntimeError, *_FAILURES) as error:
            raise SignOnUnavailable from error
        if str(metadata.get("issuer", "")).rstrip("/") != self._issuer:
            raise SignOnUnavailable
        # Never "none", nor a shared secret: a server may well list them, a forger would use them.
        offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
        metadata["id_token_signing_alg_values_supported"] = [each for each in offered if each in _ALGORITHMS]

    def _identity(self, claims: Mapping[str, Any], asked: str) -> Identity:
        verified = claims.get("email_verified") is True
        known_as = (claims.get("email") if verified else None, claims.get("preferred_username"))
        return Identity(
            f"{self._issuer} {claims['sub']}", tuple(name for name in known_as if isinstance(name, str)), asked
        )

    def _return_address(self, request: Request) -> str:
        return (self._address or str(request.base_url).rstrip("/")) + f"{_PATH}/retour"


def set_up(application: FastAPI, settings: RoomSettings) -> SignOn | None:
    """What people sign on by, None where the settings name no other server."""
    if not settings.signs_on or settings.oidc_secret is None:
        return None
    # Every process of the room must be able to open what another has sealed.
    key = sha256(b"reperes sign-on " + settings.oidc_secret.get_secret_value().encode()).hexdigest()
    application.add_middleware(
        SessionMiddleware,
        secret_key=key,
        session_cookie=_COOKIE,
        max_age=_MINUTES * 60,
        path=_PATH,
        same_site="lax",
        https_only=settings.by_tls,
    )
    return SignOn(settings)
