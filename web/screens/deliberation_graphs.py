"""Graphs of collective values, comparison of dossiers, agreement of jurors per marker."""

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import Response

from pipeline.calls.model import Call
from store.people import accounts, agreement, collective, deliberations, naming, scores
from store.people.deliberations import Session, SessionState
from store.people.room import Reading
from web.context import Context, Signed
from web.holding import at_the_table, session_of
from web.opened import called
from web.problems import NotHere
from web.views import agreement as agreement_views
from web.views.deliberation import CANNOT_SAY, JURY_CANNOT_SAY
from web.views.naming import namings_of
from web.views.radar import MOST_DOSSIERS, Line, radar
from web.views.sessions import scale_of

router = APIRouter()


@router.get("/deliberations/{session_id}/comparaison")
def comparison(
    context: Signed,
    session_id: int,
    dossier: Annotated[list[str], Query(max_length=300)] = [],  # noqa: B006 (FastAPI copies it)
    avant: str = "",
) -> Response:
    """The graph of the collective values of one dossier, or of up to four, in the order of the session."""
    with context.reading() as reading:
        session = _begun(context, reading, session_id)
        room_call, call = called(context, reading, session.call)
        agenda = deliberations.agenda(reading, context.viewer, session_id)
        asked = [item for item in agenda if item.dossier_id in dossier]
        if not asked:
            return context.go(f"/deliberations/{session_id}", "nothing-compared")
        namings = namings_of(naming.of_dossiers(reading, context.viewer, *(item.dossier_id for item in asked)))
        chosen = asked[:MOST_DOSSIERS]
        names = {item.dossier_id: namings[item.dossier_id].label for item in chosen}
        lines = _held(context, reading, call, session, names)
        before = avant == "oui" and len(chosen) == 1
        if before:
            lines = [*_before(context, reading, call, session, chosen[0].dossier_id), *lines]
    scale = scale_of(call, room_call)
    return context.page(
        "deliberations/comparison.html.j2",
        session=session,
        names=[names[item.dossier_id] for item in chosen],
        left_out=[namings[item.dossier_id].label for item in asked[MOST_DOSSIERS:]],
        most=MOST_DOSSIERS,
        first=chosen[0].dossier_id,
        graph=radar([marker.title for marker in call.markers], scale, lines) if scale else None,
        before=before,
        may_show_before=len(chosen) == 1 and bool(scale),
        query=urlencode([("dossier", item.dossier_id) for item in chosen]),
    )


@router.get("/deliberations/{session_id}/accord")
def agreements(context: Signed, session_id: int) -> Response:
    """How far jurors agree on each marker."""
    with context.reading() as reading:
        session = _begun(context, reading, session_id)
        room_call, call = called(context, reading, session.call)
        found = agreement.of_session(reading, context.viewer, session_id, scale_of(call, room_call))
    return context.page("deliberations/agreement.html.j2", session=session, lines=agreement_views.lines(call, found))


def _begun(context: Context, reading: Reading, session_id: int) -> Session:
    session = session_of(context, reading, session_id)
    if session.state is SessionState.PLANNED:
        raise NotHere
    return session


def _held(context: Context, reading: Reading, call: Call, session: Session, names: Mapping[str, str]) -> list[Line]:
    """A line per dossier, by the name that it is given."""
    held = collective.last_values(session.shown(collective.values_of(reading, context.viewer, *names)))
    found = {key: value.value or JURY_CANNOT_SAY for key, value in held.items()}
    return [
        Line(name, tuple(found.get((dossier_id, marker.id)) for marker in call.markers))
        for dossier_id, name in names.items()
    ]


def _before(context: Context, reading: Reading, call: Call, session: Session, dossier_id: str) -> list[Line]:
    """What each juror who sat, and does not withdraw, had answered when the session was opened; by name."""
    values = session.shown(collective.values_of(reading, context.viewer, dossier_id))
    attending = at_the_table(context, reading, session, dossier_id, values, accounts.names(reading))
    withdrawn = deliberations.withdrawn(reading, context.viewer, session.id).get(dossier_id, frozenset())
    last = {
        (score.person_id, score.marker): score.value or CANNOT_SAY
        for score in scores.history(reading, context.viewer, dossier_id)
        if session.opened_at is not None and score.at < session.opened_at
    }
    return [
        Line(name, tuple(last.get((person, marker.id)) for marker in call.markers), before=True)
        for person, name in attending.items()
        if person not in withdrawn
    ]
