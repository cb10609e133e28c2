"""Bodies of requests on their way in: no larger than the room's forms can be, whoever sends them."""

import re
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import HTTPException
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.problems import RoomProblem

LONGEST = 2_000_000
"""Bytes: a call file, or a whole grid of long comments, with room to spare."""
_OWN_LIMIT = re.compile(r"/depots/\d+/fichiers|/appels/[^/]+/depots")  # files, which `uploads` limits for who is known

_MOST_FIELDS = 5000


class ManyFields(APIRoute):
    """Routes whose forms have several fields for each of hundreds of dossiers: Starlette reads 1,000 of a form."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handling(request: Request) -> Response:
            await request.form(max_fields=_MOST_FIELDS)  # which the request keeps for whoever asks for it next
            return await handle(request)

        return handling


class FormTooLarge(RoomProblem):
    """The form is larger than any of the room."""

    code = "form-too-large"
    status = 413
    advice = "Raccourcissez ce que vous envoyez ; les dossiers se déposent depuis la page des dépôts de leur appel."

    def __init__(self) -> None:
        super().__init__("Ce formulaire est trop volumineux.")


class BodyLimit:
    """Cuts off what is too large: unread where its length is said, else where it exceeds it.

    Forms are read before anybody looks at who sent them, so this is all that keeps a stranger from filling the memory.
    """

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _OWN_LIMIT.fullmatch(scope["path"]):
            await self._application(scope, receive, send)
            return
        said = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
        taken = 0

        async def receiving() -> Message:
            nonlocal taken
            if said.isdigit() and int(said) > LONGEST:
                raise HTTPException(413)
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > LONGEST:
                raise HTTPException(413)
            return message

        await self._application(scope, receiving, send)
