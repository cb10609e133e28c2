"""The application put together: `create` is what uvicorn is given."""

from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from pipeline.errors import ReperesError, StoreProblem, UsageProblem
from store.people.logins import WINDOW
from store.people.room import open_room
from store.settings import settings_of
from web.french import typeset
from web.problems import NotHere, NotSignedIn, PasswordToChange, RoomProblem, TooManyAttempts
from web.screens import ROUTERS
from web.security import openid
from web.security.addresses import CHANGE_PASSWORD, inside
from web.security.bodies import BodyLimit, FormTooLarge
from web.security.failures import Unforeseen
from web.security.forms import HEADER
from web.security.headers import SafeHeaders
from web.settings import RoomSettings
from web.templating import rendered
from web.timing import ServerTiming

_HERE = Path(str(resources.files("web")))
_UNEXPECTED = "Une erreur inattendue s'est produite."
_ADVICE = (
    "Recommencez ; si cela se répète, signalez-le à l'administration de Repères. Ce qui était enregistré l'est resté."
)


def create() -> FastAPI:
    """The room that the environment's settings describe.

    Raises:
        InvalidSetting, StoreProblem: it cannot be opened.
    """
    return build(settings_of(RoomSettings))


def build(settings: RoomSettings) -> FastAPI:
    """The room of these settings.

    Raises:
        StoreProblem: its store cannot be used.
        FrontEndMissing: the set-up is not done.
    """
    application = FastAPI(title="Repères", docs_url=None, redoc_url=None, openapi_url=None)
    application.state.settings = settings
    application.state.room = open_room(settings.home, settings.database)
    application.state.sign_on = openid.set_up(application, settings)
    _serve_static(application)
    for router in ROUTERS:
        application.include_router(router)
    application.add_middleware(BodyLimit)
    application.add_middleware(Unforeseen, answer=_unexpected)
    application.add_middleware(SafeHeaders, by_tls=settings.by_tls)
    application.add_middleware(ServerTiming)
    application.add_exception_handler(NotSignedIn, _not_signed_in)
    application.add_exception_handler(PasswordToChange, _password_to_change)
    application.add_exception_handler(ReperesError, _problem)
    application.add_exception_handler(RequestValidationError, _malformed)
    application.add_exception_handler(HTTPException, _http)
    return application


class FrontEndMissing(ReperesError):
    """The packages of the pages are not installed."""

    code = "front-end-missing"
    advice = "Lancez « make install », puis recommencez."


def _serve_static(application: FastAPI) -> None:
    """What pages are made of: pdf.js as npm installed it, and the room's own style sheets and scripts."""
    pdfjs = _HERE / "node_modules" / "pdfjs-dist"
    if not pdfjs.is_dir():
        raise FrontEndMissing("La visionneuse de PDF n'est pas installée.")
    application.mount("/statique/vendor/pdfjs", StaticFiles(directory=pdfjs))
    application.mount("/statique", StaticFiles(directory=_HERE / "static"))


def _not_signed_in(request: Request, error: Exception) -> Response:
    """A person who asked for a page is led to the door, and from there to that page; a script is told."""
    if request.method != "GET" or _is_script(request):
        return _problem(request, error)
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse("/connexion" if asked == "/" else f"/connexion?suite={quote(asked, safe='')}", 303)


def _password_to_change(request: Request, error: Exception) -> Response:
    """A person who asked for a page is led to where the password is changed; a form or a script is told."""
    if request.method != "GET" or _is_script(request):
        return _problem(request, error)
    return RedirectResponse(CHANGE_PASSWORD, 303)


def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ReperesError)  # noqa: S101 (what it is registered for)
    answer = _told(request, _status(error), error.code, error.message, error.advice)
    if isinstance(error, TooManyAttempts):
        answer.headers["retry-after"] = str(int(WINDOW.total_seconds()))
    return answer


def _malformed(request: Request, error: Exception) -> Response:
    return _told(
        request, 400, "malformed", "Cette demande est incomplète ou mal formée.", "Rechargez la page, puis recommencez."
    )


def _http(request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 500)
    if status == 404:
        return _problem(request, NotHere())
    if status == 413:
        return _problem(request, FormTooLarge())
    return _told(request, status, "http", "Cette demande ne peut pas être traitée.", "Revenez à la page précédente.")


def _unexpected(request: Request) -> Response:
    return _told(request, 500, "unexpected", _UNEXPECTED, _ADVICE)


def _status(error: ReperesError) -> int:
    if isinstance(error, RoomProblem):
        return error.status
    if isinstance(error, UsageProblem):
        return 400
    return 503 if isinstance(error, StoreProblem) else 500


def _told(request: Request, status: int, code: str, message: str, advice: str) -> Response:
    said: dict[str, Any] = {"message": typeset(message), "advice": typeset(advice)}
    if _is_script(request):
        return JSONResponse({"code": code, **said}, status_code=status)
    page = rendered("problem.html.j2", person=None, csrf="", nav=(), flash=(), back=_page_of_form(request), **said)
    return Response(page, status_code=status, media_type="text/html")


def _page_of_form(request: Request) -> str:
    """The page whose form was refused; empty when none of the room's is known."""
    parts = urlsplit(request.headers.get("referer", ""))
    if request.method == "GET" or parts.netloc != request.url.netloc:
        return ""
    address = inside(urlunsplit(("", "", parts.path, parts.query, "")))
    return "" if address == "/" else address


def _is_script(request: Request) -> bool:
    """Whether a script of the room asks, which reads JSON."""
    return "application/json" in request.headers.get("accept", "") or HEADER in request.headers
