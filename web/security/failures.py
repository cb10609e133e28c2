"""What nobody foresaw: answered like all the rest, and told without a word of what it was about."""

import logging
from collections.abc import Callable
from pathlib import Path
from traceback import extract_tb

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger("reperes.room")
_DEPTH = 6  # of the places told


class CutShort(Exception):
    """An answer could not be finished: the connection is closed, so that it is not taken for whole."""


class Unforeseen:
    """Answers with `answer` where the application fails, inside of what gives each answer its headers.

    The kind of error and where it came from are logged, never its message, which could quote a dossier: that is why
    no such error goes on to the server, which would log it whole.
    """

    def __init__(self, application: ASGIApp, *, answer: Callable[[Request], Response]) -> None:
        self._application = application
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._application(scope, receive, sending)
        except Exception as error:
            _log.error("unexpected %s on %s, at %s", type(error).__name__, _route(scope), _places(error))
            if begun:
                raise CutShort from None
            await self._answer(Request(scope))(scope, receive, send)


def _route(scope: Scope) -> str:
    """The address as the screens write it, without the names in it."""
    return getattr(scope.get("route"), "path", "no route")


def _places(error: Exception) -> str:
    """Where it was raised and from where that was called, the deepest first."""
    frames = reversed(extract_tb(error.__traceback__)[-_DEPTH:])
    return ", ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
