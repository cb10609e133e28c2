"""The two cookies: the token of a session, and what the next page will say once."""

from starlette.requests import Request
from starlette.responses import Response

from web.settings import RoomSettings

_PLAIN = "reperes"
_BY_TLS = "__Host-reperes"
_SAID = "reperes-dit"


def token(request: Request, settings: RoomSettings) -> str | None:
    """The session's token that came with the request."""
    return request.cookies.get(_name(settings))


def give_token(response: Response, settings: RoomSettings, value: str) -> None:
    """Leaves the token with the browser, until it is closed."""
    response.set_cookie(_name(settings), value, httponly=True, samesite="lax", secure=settings.by_tls, path="/")


def take_token(response: Response, settings: RoomSettings) -> None:
    """Takes it back."""
    response.delete_cookie(_name(settings), httponly=True, samesite="lax", secure=settings.by_tls, path="/")


def said(request: Request) -> str | None:
    """The code of what the last action has to say."""
    return request.cookies.get(_SAID)


def say(response: Response, settings: RoomSettings, code: str) -> None:
    """Has the next page say it; `code` is one of `web.says`, with a count at most: never words of a dossier."""
    response.set_cookie(_SAID, code, max_age=60, httponly=True, samesite="strict", secure=settings.by_tls, path="/")


def unsay(response: Response) -> None:
    """Once is enough."""
    response.delete_cookie(_SAID, httponly=True, samesite="strict", path="/")


def _name(settings: RoomSettings) -> str:
    return _BY_TLS if settings.by_tls else _PLAIN
