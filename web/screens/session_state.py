"""Opening and closing a session of the jury: what its chair is told before, and the act itself."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from pipeline.calls.model import Call
from store.people import chairing, collective, deliberations, naming, readiness
from store.people.answers import AnswerKind
from store.people.deliberations import AgendaItem, Session, SessionState
from store.people.room import Reading
from web import policies
from web.answering import IncompleteAnswer
from web.context import Context, Signed
from web.french import today, typeset
from web.holding import holding, session_of
from web.opened import called
from web.problems import NotHere
from web.views import session_state as views
from web.views.naming import Naming, namings_of
from web.views.panes import items_of

router = APIRouter()


@router.get("/deliberations/{session_id}/etat")
def ask(context: Signed, session_id: int) -> Response:
    """What opening the session would show, or closing it would leave undone; asks who is present."""
    with context.reading() as reading:
        session = session_of(context, reading, session_id)
        context.require(policies.may_chair(context.viewer, chair=session.chair))
        if session.state is SessionState.PLANNED:
            return _opening(context, reading, session)
        if session.state is SessionState.OPEN:
            return _closing(context, reading, session)
    return context.go(f"/deliberations/{session_id}")


@router.post("/deliberations/{session_id}/etat")
def change(
    context: Signed,
    session_id: int,
    etat: Annotated[str, Form(max_length=20)],
    present: Annotated[list[int], Form()] = [],  # noqa: B006 (FastAPI copies it)
) -> Response:
    """Opens the session with those who are `present`, or closes it for good: its chair alone."""
    with context.reading() as reading:
        session = session_of(context, reading, session_id)
    context.require(policies.may_chair(context.viewer, chair=session.chair))
    if etat not in (SessionState.OPEN, SessionState.CLOSED):
        raise NotHere
    if etat == SessionState.OPEN and not present:
        raise IncompleteAnswer("Cochez les jurés présents avec vous.")
    with holding(context) as writing:
        if etat == SessionState.OPEN:
            chairing.start(writing, context.viewer, session_id, frozenset(present))
        else:
            chairing.end(writing, context.viewer, session_id)
    return context.go(f"/deliberations/{session_id}", f"session-{etat}")


def _opening(context: Context, reading: Reading, session: Session) -> Response:
    room_call, call = called(context, reading, session.call)
    convened = deliberations.attending(reading, session.id)
    agenda = deliberations.agenda(reading, context.viewer, session.id)
    withdrawn = deliberations.withdrawn(reading, context.viewer, session.id)
    found = readiness.of_session(reading, context.viewer, session.id, len(call.markers))
    namings = _namings(context, reading, agenda)
    return context.page(
        "deliberations/opening.html.j2",
        session=session,
        others={person: name for person, name in convened.items() if person != session.chair},
        chair=convened.get(session.chair, ""),
        rows=views.readiness_rows(agenda, found, withdrawn, convened),
        silent=sum(each.nothing for each in found.values()),
        early=session.held_on > today(),
        unread=[namings[item.dossier_id].label for item in agenda if item.unread],
        namings=namings,
        short=views.short(session, agenda, withdrawn, convened, room_call.quorum),
        quorum=room_call.quorum,
    )


def _closing(context: Context, reading: Reading, session: Session) -> Response:
    _, call = called(context, reading, session.call)
    agenda = deliberations.agenda(reading, context.viewer, session.id)
    return context.page(
        "deliberations/closing.html.j2",
        session=session,
        undone=views.undone(agenda, *_lacking(context, reading, call, agenda)),
        markers=len(call.markers),
        namings=_namings(context, reading, agenda),
    )


def _lacking(
    context: Context, reading: Reading, call: Call, agenda: Sequence[AgendaItem]
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """The markers without collective value and the items of the synthesis without answer, by dossier."""
    ids = [item.dossier_id for item in agenda]
    values = collective.last_values(collective.values_of(reading, context.viewer, *ids))
    answers = collective.last_answers(collective.answers_of(reading, context.viewer, AnswerKind.SYNTHESIS, *ids))
    items = items_of(call, AnswerKind.SYNTHESIS)
    return (
        {each: tuple(typeset(one.title) for one in call.markers if (each, one.id) not in values) for each in ids},
        {each: tuple(typeset(one.text) for one in items if (each, one.id) not in answers) for each in ids},
    )


def _namings(context: Context, reading: Reading, agenda: Sequence[AgendaItem]) -> dict[str, Naming]:
    return namings_of(naming.of_dossiers(reading, context.viewer, *(item.dossier_id for item in agenda)))
