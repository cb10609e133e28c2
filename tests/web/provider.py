"""A small sign-on server on this machine, with a key of its own: what it says can be bent to try the room."""

import hashlib
import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "reperes", "un secret partagé, assez long pour signer"


@dataclass
class Provider:
    """The server; change its fields before a sign-on to have it say something else."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=lambda: {"sub": "42", "preferred_username": "juror"})
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    published: list[RSAKey] = field(default_factory=list)
    algorithms: list[str] = field(default_factory=lambda: ["RS256"])
    signs_with: str = "RS256"
    issuer: str = ""
    nonce: str | None = None  # in the place of the right one
    asked: dict[str, str] = field(default_factory=dict)  # by code: what the authorization was asked with

    def authorize(self, location: str) -> str:
        """What a person's browser brings back once they have said yes there: the address to return to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        self.asked = asked
        return f"{asked['redirect_uri']}?code=abc&state={asked['state']}"

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer or self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "id_token_signing_alg_values_supported": self.algorithms,
            "code_challenge_methods_supported": ["S256"],
        }

    def keys(self) -> dict[str, Any]:
        return {"keys": [key.as_dict(private=False) for key in self.published or [self.key]]}

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """The tokens for a code; None when its verifier is not the one that the authorization was asked with."""
        challenge = urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        if challenge != self.asked["code_challenge"] or form["code"] != "abc":
            return None
        now = int(time.time())
        said = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60}
        said |= {"nonce": self.nonce or self.asked["nonce"]} | self.claims
        return {"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": self._signed(said)}

    def _signed(self, claims: dict[str, Any]) -> str:
        header = {"alg": self.signs_with, "kid": str(self.key.kid)}
        if self.signs_with == "none":
            parts = (json.dumps({"alg": "none"}), json.dumps(claims))
            return ".".join(urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts) + "."
        if self.signs_with == "HS256":
            return jwt.encode(header, claims, OctKey.import_key(SECRET.encode()), algorithms=["HS256"])
        return jwt.encode(header, claims, self.key, algorithms=[self.signs_with])


@contextmanager
def serving(provider: Provider) -> Iterator[Provider]:
    """Has it answer on the loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told = {"/.well-known/openid-configuration": provider.metadata, "/keys": provider.keys}.get(self.path)
            self._answer(None if told is None else told())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            self._answer(provider.token({name: values[0] for name, values in parse_qs(body).items()}))

        def _answer(self, said: dict[str, Any] | None) -> None:
            body = json.dumps(said or {"error": "invalid_grant"}).encode()
            self.send_response(400 if said is None else 200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
