"""Tokens of forms: what changes something must come from a page of this session."""

from hmac import compare_digest
from urllib.parse import urlsplit

from starlette.requests import Request

from web.problems import FormExpired

HEADER = "x-csrf-token"
FIELD = "csrf"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


async def check_form(request: Request, expected: str) -> None:
    """Makes sure that a request that may change something carries the session's token, and comes from this very site.

    Raises:
        FormExpired: it does not.
    """
    if request.method in SAFE:
        return
    check_origin(request)
    given = request.headers.get(HEADER)
    if given is None:
        field = (await request.form()).get(FIELD)
        given = field if isinstance(field, str) else ""
    if not compare_digest(given.encode(), expected.encode()):
        await request.close()  # with the files that came in it
        raise FormExpired


def check_origin(request: Request) -> None:
    """Makes sure that a form was sent by a page of this very site, as far as the browser says where it comes from.

    Raises:
        FormExpired: by a page of another.
    """
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise FormExpired
