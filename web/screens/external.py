"""Signing on with an account of another server. These handlers wait for it, so they are coroutines."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from store.people import accounts, logins
from web.context import Anyone, Context
from web.problems import NotHere
from web.security import cookies
from web.security.openid import Identity, NoAccount, SignOn

router = APIRouter()


@router.get("/connexion/externe")
async def leave(context: Anyone, suite: str = "/") -> Response:
    """On to the other server; `suite` is the page that was asked for."""
    return await _sign_on(context).leave(context.request, suite)


@router.get("/connexion/retour")
async def come_back(context: Anyone) -> Response:
    """Back from it: logs in who it vouches for, if they have an account."""
    identity = await _sign_on(context).come_back(context.request)
    token = await run_in_threadpool(_log_in, context, identity)
    answer = context.go(identity.asked)
    cookies.give_token(answer, context.settings, token)
    return answer


def _sign_on(context: Context) -> SignOn:
    sign_on: SignOn | None = context.request.app.state.sign_on
    if sign_on is None:
        raise NotHere
    return sign_on


def _log_in(context: Context, identity: Identity) -> str:
    with context.room.writing("room") as writing:
        person = accounts.signed_on(writing, identity.subject, identity.known_as)
    if person is None:
        raise NoAccount
    with context.room.writing(person.viewer.actor) as writing:
        return logins.open_login(writing, person)
