"""Files on their way in: straight to the disk, no larger than the room allows."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from store.files import FileStore
from web.french import size
from web.problems import RoomProblem

PATH_HEADER = "x-chemin"
"""The path of the file as it was dropped, percent-encoded: names of files do not belong in addresses."""
MEGABYTE = 1_000_000
_PIECE = 1 << 20


class TooLarge(RoomProblem):
    """The file is larger than the room takes."""

    code = "too-large"
    status = 413
    advice = "Déposez un fichier plus léger, ou demandez de relever la limite (REPERES_UPLOAD_MAX_MB)."

    def __init__(self, limit: int) -> None:
        super().__init__(f"Ce fichier dépasse la taille permise ({size(limit)}).")


class CutOff(RoomProblem):
    """The connection ended before the file did."""

    code = "cut-off"
    advice = "Envoyez le fichier de nouveau."

    def __init__(self) -> None:
        super().__init__("Le fichier n'est pas arrivé entier.")


def path_of(request: Request) -> str:
    """The path that came with a file; empty when there is none."""
    return unquote(request.headers.get(PATH_HEADER, ""), errors="replace")


def check_length(request: Request, limit: int) -> None:
    """Refuses a body that says that it is too large, before any of it is read.

    Raises:
        TooLarge: more than `limit` bytes, or no length said.
    """
    said = request.headers.get("content-length", "")
    if not said.isdigit() or int(said) > limit:
        raise TooLarge(limit)


async def received(request: Request, files: FileStore, limit: int) -> AsyncIterator[Path]:
    """The body as a file, whose path holds while the request is handled.

    Raises:
        TooLarge: more than `limit` bytes came, or were said to come.
        CutOff: fewer came than were said to.
    """
    check_length(request, limit)
    place = files.incoming()
    descriptor = await run_in_threadpool(os.open, place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb", buffering=_PIECE) as target:
            taken = 0
            async for piece in request.stream():
                taken += len(piece)
                if taken > limit:
                    raise TooLarge(limit)
                await run_in_threadpool(target.write, piece)
        if taken != int(request.headers["content-length"]):
            raise CutOff
        yield place
    finally:
        place.unlink(missing_ok=True)
