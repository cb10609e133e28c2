"""Sessions of the jury: the list, the plan, the agenda, opening and closing."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.responses import Response

from store.people import (
    accounts,
    calls,
    deliberations,
    filters,
    labels,
    naming,
    outcomes,
    planning,
    presences,
    states,
    triage,
)
from store.people.deliberations import Session, SessionState
from store.people.filters import DROPPED, Dimension
from store.people.planning import InvalidPlan
from store.people.room import Reading
from web import policies
from web.context import Context, Signed
from web.french import STATUSES
from web.holding import holding, session_of
from web.opened import called, texts_of
from web.problems import NotHere
from web.security.bodies import ManyFields
from web.views import presences as presence_views
from web.views import session_state
from web.views import sessions as views
from web.views.naming import namings_of
from web.views.outcomes import label
from web.views.sessions import Filled, Search

router = APIRouter(route_class=ManyFields)

SHOWN = 200
"""Dossiers of a call that the form of a plan lists at most: beyond, the filter is to be narrowed."""

Short = Annotated[str, Form(max_length=300)]
Ids = Annotated[list[str], Form(max_length=planning.MOST_DOSSIERS)]
Lines = Annotated[list[str], Form(max_length=planning.MOST_DOSSIERS + SHOWN)]


@router.get("/deliberations")
def listing(context: Signed) -> Response:
    """The sessions that the person sees."""
    context.require(policies.may_see_sessions(context.viewer))
    with context.reading() as reading:
        lines = deliberations.every(reading, context.viewer)
        room_calls = calls.every(reading, context.viewer)
    titles = {each.id: texts_of(context.room.files, each).short_title for each in room_calls}
    may_plan = policies.may_plan_sessions(context.viewer)
    return context.page(
        "deliberations/list.html.j2", rows=views.rows(lines, titles), may_plan=may_plan and bool(room_calls)
    )


@dataclass(frozen=True, slots=True)
class _Sent:
    """What the form of a plan sent: what is filled, what is looked for, and whether only that is asked."""

    filled: Filled
    search: Search
    searching: bool


def _sent(
    title: Short = "",
    held_on: Short = "",
    chair: Short = "",
    jurors: Annotated[list[int], Form()] = [],  # noqa: B006 (FastAPI copies it)
    dossier: Ids = [],  # noqa: B006
    ligne: Lines = [],  # noqa: B006
    rang: Lines = [],  # noqa: B006
    q: Short = "",
    etat: Short = "",
    etiquette: Short = "",
    chercher: Short = "",
) -> _Sent:
    filled = Filled(title, held_on, chair, tuple(jurors), tuple(dossier), tuple(ligne), tuple(rang))
    return _Sent(filled, Search(q.strip(), etat, etiquette), bool(chercher))


Sent = Annotated[_Sent, Depends(_sent)]


@router.get("/deliberations/nouvelle")
def blank(context: Signed, appel: str = "", filtre: str = "", q: str = "") -> Response:
    """The form of a new session; `filtre` is a filter of the table of dossiers, all of whose dossiers are chosen."""
    context.require(policies.may_plan_sessions(context.viewer))
    search = Search(q.strip())
    with context.reading() as reading:
        if not appel:
            return _choose_call(context, reading)
        listed = _listed(context, reading, appel, search, filtre)
        chosen = listed[:SHOWN] if filtre else ()
        chair = next((str(juror.person_id) for juror in calls.jury(reading, appel) if juror.chair), "")
        return _form(context, reading, appel, Filled("", "", chair, (), chosen, (), ()), search, listed)


@router.post("/deliberations/nouvelle")
def plan(context: Signed, appel: Short, sent: Sent) -> Response:
    """Plans a session; or looks for dossiers, and keeps what is filled."""
    context.require(policies.may_plan_sessions(context.viewer))
    if sent.searching:
        with context.reading() as reading:
            listed = _listed(context, reading, appel, sent.search)
            return _form(context, reading, appel, sent.filled, sent.search, listed)
    try:
        planned = _complete(sent.filled)
        with holding(context) as writing:
            if calls.find(writing, context.viewer, appel) is None:
                raise NotHere
            session_id = planning.plan(writing, context.viewer, appel, planned)
    except InvalidPlan as problem:
        with context.reading() as reading:
            return _form(context, reading, appel, sent.filled, sent.search, sent.filled.lines, error=problem.message)
    return context.go(f"/deliberations/{session_id}", "session-planned")


@router.get("/deliberations/{session_id}")
def agenda(context: Signed, session_id: int) -> Response:
    """The session: who attends, its dossiers in their order, what is settled."""
    with context.reading() as reading:
        session = session_of(context, reading, session_id)
        room_call, call = called(context, reading, session.call)
        attending = deliberations.attending(reading, session_id)
        items = deliberations.agenda(reading, context.viewer, session_id)
        withdrawn = deliberations.withdrawn(reading, context.viewer, session_id)
        known = naming.of_dossiers(reading, context.viewer, *(item.dossier_id for item in items))
        told = presences.of_sessions(reading, context.viewer, [session_id]).of_session.get(session_id, ())
        sat = presence_views.sat_of(told, accounts.names(reading)) if len(told) > 1 else ()
    return context.page(
        "deliberations/session.html.j2",
        sat=sat,
        days=presence_views.days_said(told) if sat else "",
        namings=namings_of(known),
        session=session,
        call=call,
        quorum=session.asked(room_call.quorum),
        attending=attending,
        rows=views.agenda_rows(call, items, withdrawn, attending),
        settled=sum(item.settled for item in items),
        markers=len(call.markers),
        rule=views.rule_of_use(call),
        short=session_state.short(session, items, withdrawn, attending, room_call.quorum),
        may_plan=policies.may_plan_sessions(context.viewer),
        may_chair=policies.may_chair(context.viewer, chair=session.chair),
        may_change=policies.may_change_presence(context.viewer, chair=session.chair),
    )


@router.get("/deliberations/{session_id}/modifier")
def planned(context: Signed, session_id: int, q: str = "") -> Response:
    """The form of a session that is planned already."""
    context.require(policies.may_plan_sessions(context.viewer))
    search = Search(q.strip())
    with context.reading() as reading:
        session = session_of(context, reading, session_id)
        attending = deliberations.attending(reading, session_id)
        items = deliberations.agenda(reading, context.viewer, session_id)
        filled = views.planned(session, attending, items)
        listed = _listed(context, reading, session.call, search)
        return _form(context, reading, session.call, filled, search, listed, session=session)


@router.post("/deliberations/{session_id}/modifier")
def amend(context: Signed, session_id: int, sent: Sent) -> Response:
    """Plans the session anew; or looks for dossiers, and keeps what is filled."""
    context.require(policies.may_plan_sessions(context.viewer))
    with context.reading() as reading:
        session = session_of(context, reading, session_id)
        filled = sent.filled
        if session.state is SessionState.OPEN:
            filled = views.seated_as(filled, session, deliberations.attending(reading, session_id))
        if sent.searching:
            listed = _listed(context, reading, session.call, sent.search)
            return _form(context, reading, session.call, filled, sent.search, listed, session=session)
    try:
        planned = _complete(filled)
        with holding(context) as writing:
            planning.amend(writing, context.viewer, session_id, planned)
    except InvalidPlan as problem:
        with context.reading() as reading:
            return _form(
                context,
                reading,
                session.call,
                filled,
                sent.search,
                filled.lines,
                session=session,
                error=problem.message,
            )
    return context.go(f"/deliberations/{session_id}", "session-planned")


def _choose_call(context: Context, reading: Reading) -> Response:
    room_calls = calls.every(reading, context.viewer)
    if len(room_calls) == 1:
        return context.go(f"/deliberations/nouvelle?appel={room_calls[0].id}")
    choices = tuple((each.id, texts_of(context.room.files, each).short_title) for each in room_calls)
    return context.page("deliberations/call.html.j2", calls=choices)


def _listed(context: Context, reading: Reading, call: str, search: Search, filtre: str = "") -> tuple[str, ...]:
    """The dossiers that the filter and the search let through, one more than are shown; none that is dropped."""
    if calls.find(reading, context.viewer, call) is None:
        raise NotHere
    made = filters.read("&".join(filter(None, (filtre, search.query())))).filter
    wanted = [each for each in made.values(Dimension.STATE) or filters.STATES if each != DROPPED]
    made = made.choosing(Dimension.STATE, wanted)
    return triage.ids(reading, context.viewer, call, made)[: SHOWN + 1] if wanted else ()


def _form(
    context: Context,
    reading: Reading,
    call_id: str,
    filled: Filled,
    search: Search,
    listed: tuple[str, ...],
    *,
    session: Session | None = None,
    error: str = "",
) -> Response:
    _, call = called(context, reading, call_id)
    shown = tuple(dict.fromkeys((*filled.chosen, *listed[:SHOWN])))
    known = naming.of_dossiers(reading, context.viewer, *shown)
    held = outcomes.last_of(outcomes.of_dossiers(reading, context.viewer, *shown))
    said = {each: label(call, outcome.outcome) for each, outcome in held.items()}
    dropped = states.dropped(reading, context.viewer, *filled.chosen)
    return context.page(
        "deliberations/plan.html.j2",
        status=400 if error else 200,
        call=call,
        form=views.plan_form(filled, calls.jury(reading, call_id), namings_of(known), listed[:SHOWN], dropped, said),
        labels=[(str(each.id), each.name) for each in labels.every(reading, context.viewer, call_id)],
        states=[(name, STATUSES["dossier"][state].label) for name, state in filters.STATES.items() if name != DROPPED],
        session=session,
        search=search,
        error=error,
        more=len(listed) > SHOWN,
        shown=SHOWN,
    )


def _complete(filled: Filled) -> planning.Plan:
    made = filled.plan()
    if made is None:
        raise InvalidPlan("Indiquez le jour de la séance et qui la préside.")
    return made
