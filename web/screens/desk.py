"""The juror's desk: dossiers to read, the declaration before each, what is ready to be submitted."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import Response

from store.canonical import digest_of
from store.journal import Writing
from store.people import (
    answers,
    calls,
    conflicts,
    dossiers,
    drafts,
    jurors_desk,
    jurors_left,
    naming,
    revising,
    scores,
    second_stage,
    states,
)
from store.people.answers import AnswerKind
from store.people.conflicts import ConflictKind
from store.people.drafts import Draft
from store.people.jurors_desk import DeskFilter, ReadingState
from store.people.room import Reading
from store.people.scores import Score
from web import policies
from web.answering import AnalysedAnew, IncompleteAnswer, open_for_juror, revising_words
from web.context import Context, Signed
from web.french import dropped_for
from web.opened import Opened, called, texts_of
from web.problems import Conflicting, NotHere
from web.prose import Prose
from web.screens.reading_room import analysis_seen, submit_score
from web.security.addresses import inside
from web.views import desk as views
from web.views.notices import unread_to_jurors
from web.views.pages import pages_of

router = APIRouter()

Suite = Annotated[str, Query(max_length=300)]


@router.get("/jury")
def desk(
    context: Signed,
    appel: Annotated[str, Query(max_length=200)] = "",
    q: Annotated[str, Query(max_length=200)] = "",
    etat: Annotated[str, Query(max_length=20)] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """The juror's dossiers of one call."""
    context.require(policies.may_judge(context.viewer))
    with context.reading() as reading:
        mine = tuple((call, texts_of(context.room.files, call)) for call in calls.every(reading, context.viewer))
        if not mine:
            return context.page("jury/no_call.html.j2")
        room_call, call = next((pair for pair in mine if pair[0].id == appel), mine[0])
        state = ReadingState(etat) if etat in list(ReadingState) else None
        asked = DeskFilter(room_call.id, len(call.markers), q, state)
        counts = jurors_desk.counts(reading, context.viewer, asked)
        lines = jurors_desk.lines(reading, context.viewer, asked, (page - 1) * views.PER_PAGE, views.PER_PAGE)
        following = jurors_desk.following(reading, context.viewer, asked)
        left = jurors_left.beside_markers(reading, context.viewer, call, lines)
        shown_lines = (*lines, following) if following else lines
        known = naming.of_dossiers(reading, context.viewer, *(line.dossier_id for line in shown_lines))
    shown = views.Desk(room_call.id, q, state)
    total = counts[state] if state else sum(counts.values())
    rows = [
        views.desk_row(line, known[line.dossier_id], len(call.markers), left.get(line.dossier_id, ())) for line in lines
    ]
    return context.page(
        "jury/desk.html.j2",
        call=call,
        room_call=room_call,
        desk=shown,
        calls=views.call_choices(mine, room_call.id),
        states=views.state_choices(shown, counts),
        rows=rows,
        pages=pages_of(page, total, views.PER_PAGE, lambda number: shown.href(state=state, page=number)),
        following=views.desk_row(following, known[following.dossier_id], len(call.markers)) if following else None,
    )


@router.get("/jury/dossiers/{dossier_id}")
def dossier(context: Signed, dossier_id: str, suite: Suite = "") -> Response:
    """Before the first opening, the declaration; then all markers with what the juror has on each.

    `suite` is the page of a session to go back to once it is declared.
    """
    context.require(policies.may_judge(context.viewer))
    with context.reading() as reading:
        if not dossiers.opens(reading, context.viewer, dossier_id):
            return _declaration(context, reading, dossier_id, inside(suite) if suite else "")
        opened = open_for_juror(context, reading, dossier_id)
        own = scores.mine(reading, context.viewer, dossier_id)
        mine = drafts.mine(reading, context.viewer, dossier_id)
        settled = revising.is_settled(reading, dossier_id)
        stage = second_stage.stage_of(reading, context.viewer, opened.call, dossier_id)
        synthesis = answers.mine(reading, context.viewer, dossier_id, AnswerKind.SYNTHESIS)
        declaration = conflicts.declared(reading, context.viewer, dossier_id)
        dropped = states.dropped(reading, context.viewer, dossier_id).get(dossier_id)
    rows = views.marker_rows(opened, own, mine)
    return context.page(
        "jury/dossier.html.j2",
        dossier=opened.dossier,
        call=opened.call,
        rows=rows,
        ready=[row for row in rows if row.draft and not row.fault],
        reviewed=_reviewed(opened, own, mine),
        analysis=analysis_seen(opened),
        settled=settled,
        dropped="" if dropped is None else dropped_for(dropped),
        unread=unread_to_jurors(opened),
        stage=stage,
        synthesis=synthesis,
        declaration=declaration,
    )


@router.post("/jury/dossiers/{dossier_id}/declaration")
def declare(
    context: Signed,
    dossier_id: str,
    lien: Annotated[str, Form(max_length=20)],
    raison: Prose = "",
    suite: Annotated[str, Form(max_length=300)] = "",
) -> Response:
    """Declares a conflict of interest (its kind), or none (`aucun`); `suite` as for `dossier`."""
    context.require(policies.may_judge(context.viewer))
    if lien != "aucun" and lien not in list(ConflictKind):
        raise IncompleteAnswer("Indiquez la nature du lien.")
    kind = None if lien == "aucun" else ConflictKind(lien)
    with context.writing() as writing:
        call_id = dossiers.call_of(writing, context.viewer, dossier_id)
        if call_id is None:
            raise NotHere
        conflicts.declare(writing, context.viewer, dossier_id, kind, raison.strip() if kind else "")
    back = inside(suite) if suite else ""
    if kind:
        session = back.partition("/dossiers/")[0] if back.startswith("/deliberations/") else ""
        return context.go(session or views.Desk(call_id, "", None).href(), "conflict-declared")
    return context.go(back or f"/jury/dossiers/{dossier_id}/lecture")


@router.get("/jury/dossiers/{dossier_id}/conflit")
def conflict(context: Signed, dossier_id: str) -> Response:
    """To declare a conflict that is found while reading."""
    context.require(policies.may_judge(context.viewer))
    with context.reading() as reading:
        return _declaration(context, reading, dossier_id)


@router.post("/jury/dossiers/{dossier_id}/soumission")
def submit(
    context: Signed,
    dossier_id: str,
    etat: Annotated[str, Form(max_length=64)],
    analysis: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """Submits every draft that is complete, as it was reviewed."""
    with context.reading() as reading:
        opened = open_for_juror(context, reading, dossier_id)
    if analysis != analysis_seen(opened):
        raise AnalysedAnew
    with revising_words(context) as writing:
        count = _submit_all(context, writing, opened, etat)
    return context.go(f"/jury/dossiers/{dossier_id}", "score-submitted", count)


def _submit_all(context: Context, writing: Writing, opened: Opened, reviewed: str) -> int:
    own = scores.mine(writing, context.viewer, opened.dossier.id)
    mine = drafts.mine(writing, context.viewer, opened.dossier.id)
    if reviewed != _reviewed(opened, own, mine):
        raise Conflicting("Vos brouillons ont changé depuis que vous les avez relus.")
    ready = {row.link.sign.id: row.draft for row in views.marker_rows(opened, own, mine) if row.draft and not row.fault}
    for marker in opened.call.markers:
        given = ready.get(marker.id)
        if given:
            score = own.get(marker.id)
            submit_score(context, writing, opened, marker, given, score.id if score else None)
    return len(ready)


def _reviewed(opened: Opened, own: Mapping[str, Score], mine: Mapping[str, Draft]) -> str:
    """A digest of what the page shows: drafts, and what was submitted before them."""
    told = [f"{subject} {draft.version}" for subject, draft in sorted(mine.items())]
    return digest_of([analysis_seen(opened), told, sorted(score.id for score in own.values())])


def _declaration(context: Context, reading: Reading, dossier_id: str, suite: str = "") -> Response:
    call_id = dossiers.call_of(reading, context.viewer, dossier_id)
    if call_id is None:
        raise NotHere
    _room_call, call = called(context, reading, call_id)
    line = jurors_desk.line(reading, context.viewer, DeskFilter(call_id, len(call.markers)), dossier_id)
    if line is None:
        raise NotHere
    known = naming.of_dossiers(reading, context.viewer, dossier_id)
    return context.page(
        "jury/declaration.html.j2",
        line=line,
        row=views.desk_row(line, known[dossier_id], len(call.markers)),
        call=call,
        kinds=[(kind.value, label, "") for kind, label in views.KINDS.items()],
        begun=line.state is not ReadingState.TO_DECLARE,
        suite=suite,
    )
