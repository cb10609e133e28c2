"""Who sits in a session under way, under whom and on which day: changed from now on, never for what was deliberated."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from store.people import accounts, calls, presences
from store.people.deliberations import Session, SessionState
from store.people.planning import InvalidPlan
from store.people.room import Reading
from web import policies
from web.context import Context, Signed
from web.french import today
from web.holding import holding, session_of
from web.views import presences as views
from web.views.presences import Changing

router = APIRouter()

Short = Annotated[str, Form(max_length=30)]


@router.get("/deliberations/{session_id}/presents")
def page(context: Signed, session_id: int) -> Response:
    """Who sat so far, and the form of who sits from now on."""
    with context.reading() as reading:
        session = session_of(context, reading, session_id)
        context.require(policies.may_change_presence(context.viewer, chair=session.chair))
        if session.state is not SessionState.OPEN:
            return context.go(f"/deliberations/{session_id}")
        told = presences.of_sessions(reading, context.viewer, [session_id]).of_session[session_id]
        now = told[-1].attendance
        return _page(context, reading, session, Changing(today().isoformat(), str(now.chair), tuple(now.present)))


@router.post("/deliberations/{session_id}/presents")
def change(
    context: Signed,
    session_id: int,
    held_on: Short = "",
    chair: Short = "",
    present: Annotated[list[int], Form()] = [],  # noqa: B006 (FastAPI copies it)
    replaces: Short = "",
) -> Response:
    """Who sits from now on."""
    with context.reading() as reading:
        session = session_of(context, reading, session_id)
    context.require(policies.may_change_presence(context.viewer, chair=session.chair))
    sent = Changing(held_on, chair, tuple(present))
    try:
        attendance = sent.attendance()
        if attendance is None:
            raise InvalidPlan("Indiquez le jour et qui préside.")
        with holding(context) as writing:
            former = int(replaces) if replaces.isdecimal() else None
            presences.change(writing, context.viewer, session_id, attendance, former)
    except InvalidPlan as problem:
        with context.reading() as reading:
            return _page(context, reading, session, sent, problem.message)
    return context.go(f"/deliberations/{session_id}", "presence-set")


def _page(context: Context, reading: Reading, session: Session, sent: Changing, error: str = "") -> Response:
    told = presences.of_sessions(reading, context.viewer, [session.id]).of_session[session.id]
    return context.page(
        "deliberations/presence.html.j2",
        status=400 if error else 200,
        session=session,
        sat=views.sat_of(told, accounts.names(reading)),
        replaces=told[-1].id,
        jury=calls.jury(reading, session.call),
        sent=sent,
        error=error,
    )
