"""Headers of every answer: nothing comes from elsewhere, nothing goes elsewhere, nothing is framed or kept."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_ALWAYS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "x-robots-tag": "noindex",
}
_BY_TLS = {"strict-transport-security": "max-age=31536000"}
_STATIC = "/statique/"


class SafeHeaders:
    """Adds them; pages and files of dossiers are kept by no cache, static files are asked for anew each time."""

    def __init__(self, application: ASGIApp, *, by_tls: bool) -> None:
        self._application = application
        self._headers = _ALWAYS | (_BY_TLS if by_tls else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        keeping = "no-cache" if scope["path"].startswith(_STATIC) else "private, no-store"

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)  # files of applicants have a policy of their own
                headers.setdefault("cache-control", keeping)
            await send(message)

        await self._application(scope, receive, sending)
