"""Sessions of the jury: the list, the plan, the agenda, opening and closing."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from store.people import calls, deliberations, dossiers, filters, naming, planning, triage
from store.people.planning import InvalidPlan
from store.people.room import Reading
from web import policies
from web.context import Context, Signed
from web.holding import holding, session_of
from web.opened import called, texts_of
from web.problems import NotHere
from web.security.bodies import ManyFields
from web.views import session_state
from web.views import sessions as views
from web.views.naming import namings_of
from web.views.sessions import Filled

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


@router.get("/deliberations/nouvelle")
def blank(context: Signed, appel: str = "", filtre: str = "", q: str = "") -> Response:
    """The form of a new session; `filtre` is a filter of the table of dossiers, all of whose dossiers are chosen."""
    context.require(policies.may_plan_sessions(context.viewer))
    with context.reading() as reading:
        if not appel:
            return _choose_call(context, reading)
        listed = _listed(context, reading, appel, filtre, q)
        chosen = listed[:SHOWN] if filtre else ()
        jury = calls.jury(reading, appel)
        chair = next((str(juror.person_id) for juror in jury if juror.chair), "")
        filled = Filled("", "", chair, tuple(juror.person_id for juror in jury), chosen, (), ())
        return _form(context, reading, appel, filled, listed, filtre=filtre, words=q)


@router.post("/deliberations/nouvelle")
def plan(
    context: Signed,
    appel: Short,
    title: Short = "",
    held_on: Short = "",
    chair: Short = "",
    jurors: Annotated[list[int], Form()] = [],  # noqa: B006 (FastAPI copies it)
    dossier: Ids = [],  # noqa: B006
    ligne: Lines = [],  # noqa: B006
    rang: Lines = [],  # noqa: B006
) -> Response:
    """Plans a session."""
    context.require(policies.may_plan_sessions(context.viewer))
    filled = Filled(title, held_on, chair, tuple(jurors), tuple(dossier), tuple(ligne), tuple(rang))
    try:
        planned = _complete(filled)
        with holding(context) as writing:
            if calls.find(writing, context.viewer, appel) is None:
                raise NotHere
            session_id = planning.plan(writing, context.viewer, appel, planned)
    except InvalidPlan as problem:
        with context.reading() as reading:
            return _form(context, reading, appel, filled, filled.lines, error=problem.message)
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
    return context.page(
        "deliberations/session.html.j2",
        namings=namings_of(known),
        session=session,
        call=call,
        quorum=room_call.quorum,
        attending=attending,
        rows=views.agenda_rows(call, items, withdrawn, attending),
        settled=sum(item.settled for item in items),
        markers=len(call.markers),
        rule=views.rule_of_use(call),
        short=session_state.short(session, items, withdrawn, attending, room_call.quorum),
        may_plan=policies.may_plan_sessions(context.viewer),
        may_chair=policies.may_chair(context.viewer, chair=session.chair),
    )


@router.get("/deliberations/{session_id}/modifier")
def planned(context: Signed, session_id: int, q: str = "") -> Response:
    """The form of a session that is planned already."""
    context.require(policies.may_plan_sessions(context.viewer))
    with context.reading() as reading:
        session = session_of(context, reading, session_id)
        attending = deliberations.attending(reading, session_id)
        items = deliberations.agenda(reading, context.viewer, session_id)
        filled = views.planned(session, attending, items)
        listed = _listed(context, reading, session.call, "", q)
        return _form(context, reading, session.call, filled, listed, session_id=session_id, words=q)


@router.post("/deliberations/{session_id}/modifier")
def amend(
    context: Signed,
    session_id: int,
    title: Short = "",
    held_on: Short = "",
    chair: Short = "",
    jurors: Annotated[list[int], Form()] = [],  # noqa: B006
    dossier: Ids = [],  # noqa: B006
    ligne: Lines = [],  # noqa: B006
    rang: Lines = [],  # noqa: B006
) -> Response:
    """Plans the session anew."""
    context.require(policies.may_plan_sessions(context.viewer))
    filled = Filled(title, held_on, chair, tuple(jurors), tuple(dossier), tuple(ligne), tuple(rang))
    try:
        planned = _complete(filled)
        with holding(context) as writing:
            planning.amend(writing, context.viewer, session_id, planned)
    except InvalidPlan as problem:
        with context.reading() as reading:
            call = session_of(context, reading, session_id).call
            return _form(context, reading, call, filled, filled.lines, session_id=session_id, error=problem.message)
    return context.go(f"/deliberations/{session_id}", "session-planned")


def _choose_call(context: Context, reading: Reading) -> Response:
    room_calls = calls.every(reading, context.viewer)
    if len(room_calls) == 1:
        return context.go(f"/deliberations/nouvelle?appel={room_calls[0].id}")
    choices = tuple((each.id, texts_of(context.room.files, each).short_title) for each in room_calls)
    return context.page("deliberations/call.html.j2", calls=choices)


def _listed(context: Context, reading: Reading, call: str, query: str, words: str) -> tuple[str, ...]:
    """The dossiers that the filter lets through, one more than are shown at most."""
    if calls.find(reading, context.viewer, call) is None:
        raise NotHere
    made = filters.read(query).filter
    made = replace(made, words=words.strip()) if words.strip() else made
    return triage.ids(reading, context.viewer, call, made)[: SHOWN + 1]


def _form(
    context: Context,
    reading: Reading,
    call_id: str,
    filled: Filled,
    listed: tuple[str, ...],
    *,
    session_id: int | None = None,
    filtre: str = "",
    words: str = "",
    error: str = "",
) -> Response:
    _, call = called(context, reading, call_id)
    names = dossiers.names(reading, context.viewer, *dict.fromkeys((*filled.chosen, *listed[:SHOWN])))
    form = views.plan_form(filled, calls.jury(reading, call_id), names, listed[:SHOWN])
    return context.page(
        "deliberations/plan.html.j2",
        status=400 if error else 200,
        call=call,
        form=form,
        session_id=session_id,
        filtre=filtre,
        words=words,
        error=error,
        more=len(listed) > SHOWN,
        shown=SHOWN,
    )


def _complete(filled: Filled) -> planning.Plan:
    made = filled.plan()
    if made is None:
        raise InvalidPlan("Indiquez le jour de la séance et qui la préside.")
    return made
