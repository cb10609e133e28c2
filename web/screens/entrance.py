"""The door: logging in and out, and where a person starts."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from store.people import accounts, logins
from web import navigation
from web.context import Anyone, Context, Signed
from web.problems import TooManyAttempts
from web.security import cookies
from web.security.addresses import inside
from web.security.forms import check_origin

router = APIRouter()

_WRONG = "Identifiant ou mot de passe inconnu."


@router.get("/")
def start(context: Signed) -> Response:
    """The first page of the person's role."""
    return context.go(navigation.home(context.viewer))


@router.get("/connexion")
def door(context: Anyone, suite: str = "/") -> Response:
    """The form to log in; `suite` is the page that was asked for."""
    if context.login is not None:
        return context.go(inside(suite))
    return _form(context, suite)


@router.post("/connexion")
def enter(
    context: Anyone,
    login: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    suite: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Logs in, unless the door is shut after too many refused attempts."""
    check_origin(context.request)  # who has no session has no token: nobody is logged in by a page of another site
    doors = logins.door_of_login(login), logins.door_of_address(_address(context.request))
    with context.reading() as reading:
        if logins.is_shut(reading, *doors):
            raise TooManyAttempts
        person = accounts.holds(reading, login, password)
    with context.room.writing(person.viewer.actor if person else "room") as writing:
        if logins.is_shut(writing, *doors):  # by attempts made at the same time
            raise TooManyAttempts
        if person is None:
            logins.refuse(writing, *doors)
            return _form(context, suite, error=_WRONG, login=login)
        logins.forgive(writing, doors[0])
        accounts.refresh_seal(writing, person.id, password)
        token = logins.open_login(writing, person)
    answer = context.go(inside(suite))
    cookies.give_token(answer, context.settings, token)
    return answer


@router.post("/deconnexion")
def leave(context: Signed) -> Response:
    """Logs out, here."""
    token = cookies.token(context.request, context.settings) or ""
    with context.writing() as writing:
        logins.close_login(writing, token, context.person)
    answer = context.go("/connexion", "signed-out")
    cookies.take_token(answer, context.settings)
    return answer


@router.get("/preferences")
def preferences(context: Signed) -> Response:
    """The keys, and whether those typed alone act."""
    return context.page("entrance/preferences.html.j2")


@router.post("/preferences")
def prefer(context: Signed, single_keys: Annotated[bool, Form()] = False) -> Response:
    """Keeps what the person prefers."""
    with context.writing() as writing:
        accounts.set_single_keys(writing, context.person.id, single_keys)
    return context.go("/preferences", "saved")


def _form(context: Context, suite: str, *, error: str = "", login: str = "") -> Response:
    name = context.settings.oidc_name if context.settings.signs_on else ""
    return context.page(
        "entrance/door.html.j2", status=401 if error else 200, suite=suite, error=error, login=login, signs_on=name
    )


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
