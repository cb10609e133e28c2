"""A dossier before the jury, on the shared screen: answers side by side, what the jury holds, what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from store.people import (
    accounts,
    answered,
    answers,
    calls,
    collective,
    deliberations,
    dossiers,
    naming,
    outcomes,
    passages,
    revising,
    scores,
)
from store.people.answers import AnswerKind
from store.people.deliberations import Session, SessionState
from store.people.room import Reading
from web import policies
from web.context import Context, Signed
from web.holding import address_of, at_the_table, marker_of, session_of
from web.opened import Opened, opened
from web.problems import NotHere
from web.views import deliberation, evidence
from web.views import outcomes as outcome_views
from web.views.deliberation import Table
from web.views.naming import naming_of
from web.views.outcomes import Without
from web.views.panes import PANE_OF_KIND, PaneCode, codes_of, item_panels, items_of, links_of, place_of
from web.views.seats import seats_of
from web.views.sessions import rule_of_use

router = APIRouter()


@dataclass(frozen=True, slots=True)
class _Screen:
    """What all panes of the screen have in common."""

    session: Session
    dossier: Opened
    table: Table
    withdrawn: frozenset[int]
    address: str


@router.get("/deliberations/{session_id}/dossiers/{dossier_id}")
def page(context: Signed, session_id: int, dossier_id: str, repere: str = "", volet: str = "") -> Response:
    """The dossier with one marker under discussion: the one named, else the first that the jury has not settled."""
    viewer = context.viewer
    with context.reading() as reading:
        session = session_of(context, reading, session_id)
        if session.state is SessionState.PLANNED:
            return context.go(f"/deliberations/{session_id}")
        agenda = deliberations.agenda(reading, viewer, session_id)
        item = next((each for each in agenda if each.dossier_id == dossier_id), None)
        if item is None:
            raise NotHere
        if not dossiers.opens(reading, viewer, dossier_id):
            return context.go(f"/jury/dossiers/{dossier_id}?suite={address_of(session_id, dossier_id)}")
        dossier = opened(context, reading, dossier_id)
        withdrawn = deliberations.withdrawn(reading, viewer, session_id).get(dossier_id, frozenset())
        names = accounts.names(reading)
        table = _table(context, reading, session, dossier_id, names, withdrawn)
        screen = _Screen(session, dossier, table, withdrawn, address_of(session_id, dossier_id))
        held = session.shown(outcomes.of_dossiers(reading, viewer, dossier_id))
        codes = codes_of(dossier.call, held[-1].outcome if held else None)
        code = next((each for each in codes if each.value == volet), PaneCode.MARKERS)
        shown = _pane(context, reading, screen, code, repere)
        stamp = deliberations.last_words(reading, viewer, session_id, dossier_id)
        settled = revising.is_settled(reading, dossier_id)
        known = naming.of_dossiers(reading, viewer, dossier_id)[dossier_id]
    panel = shown["panel"]
    rows = deliberation.rows_of(dossier, table, screen.address, panel.marker.id if panel else "")
    lacking = [row for row in rows if not row.held]
    return context.page(
        "deliberations/dossier.html.j2",
        session=session,
        dossier=dossier.dossier,
        naming=naming_of(known),
        analysed=dossier.analysed is not None,
        call=dossier.call,
        item=item,
        settled=settled,
        place=place_of(agenda, dossier_id, session_id),
        withdrawn=[names[each] for each in sorted(withdrawn)],
        rows=rows,
        code=code.value,
        links=links_of(codes, code, screen.address),
        address=screen.address,
        stamp=stamp,
        chairs=policies.may_chair(viewer, chair=session.chair) and session.state is SessionState.OPEN,
        quorum=session.asked(dossier.room_call.quorum),
        rule=rule_of_use(dossier.call),
        outcome=outcome_views.state_of(dossier.call, held, names, settled=settled, incomplete=bool(lacking)),
        lacking=lacking,
        present=sum(seat.attends for seat in table.seats),
        mine=[row for row in rows if viewer.id in {seat.person_id for seat in row.silent}] if not settled else [],
        files=evidence.viewer_files(dossier.dossier, dossier.analysed.document if dossier.analysed else None),
        words_address=evidence.words_address(dossier.dossier),
        marks=evidence.shown(kept.mark for kept in panel.kept) if panel else [],
        **shown,
    )


@router.get("/deliberations/{session_id}/dossiers/{dossier_id}/etat")
def state(context: Signed, session_id: int, dossier_id: str) -> Response:
    """A code that changes when anything was said since the page was made."""
    with context.reading() as reading:
        session_of(context, reading, session_id)
        stamp = deliberations.last_words(reading, context.viewer, session_id, dossier_id)
    if not stamp:
        raise NotHere
    return JSONResponse({"stamp": stamp})


def _table(
    context: Context,
    reading: Reading,
    session: Session,
    dossier_id: str,
    names: Mapping[int, str],
    withdrawn: frozenset[int],
) -> Table:
    """Who sits and what was said; the answers of who withdraws are left out."""
    given = session.shown(scores.history(reading, context.viewer, dossier_id))
    kept = tuple(score for score in given if score.person_id not in withdrawn)
    values = session.shown(collective.values_of(reading, context.viewer, dossier_id))
    attending = at_the_table(context, reading, session, dossier_id, values, names)
    jury = [juror.person_id for juror in calls.jury(reading, session.call)]
    return Table(
        seats=seats_of(attending, withdrawn, names, [score.person_id for score in kept], jury),
        scores=kept,
        values=values,
        answering=answered.markers(reading, session.id, dossier_id),
        names=names,
        opened_at=session.opened_at,
    )


def _pane(context: Context, reading: Reading, screen: _Screen, code: PaneCode, marker_id: str) -> dict[str, Any]:
    """What the pane shows: `panel` of a marker, or `items` of a grid or a synthesis; nothing of who withdraws."""
    dossier, table = screen.dossier, screen.table
    shown: dict[str, Any] = {"panel": None, "items": (), "without": None}
    if code is PaneCode.MARKERS:
        named = marker_id or deliberation.next_marker(dossier, table.values) or dossier.call.markers[0].id
        choices = screen.session.shown(passages.of_dossier(reading, context.viewer, dossier.dossier.id))
        choices = tuple(choice for choice in choices if choice.person_id not in screen.withdrawn)
        shown["panel"] = deliberation.panel_of(dossier, table, marker_of(dossier, named), choices, screen.address)
    if code is PaneCode.OUTCOME:
        shown["without"] = _without(context, reading, screen)
    for kind, pane in PANE_OF_KIND.items():
        if code is pane:
            given = screen.session.shown(answers.history(reading, context.viewer, dossier.dossier.id, kind))
            given = tuple(each for each in given if each.person_id not in screen.withdrawn)
            held = screen.session.shown(collective.answers_of(reading, context.viewer, kind, dossier.dossier.id))
            shown["items"] = item_panels(items_of(dossier.call, kind), table.seats, given, held, table.names)
    return shown


def _without(context: Context, reading: Reading, screen: _Screen) -> Without:
    call, dossier_id = screen.dossier.call, screen.dossier.dossier.id

    def unsaid(kind: AnswerKind) -> tuple[str, ...]:
        held = screen.session.shown(collective.answers_of(reading, context.viewer, kind, dossier_id))
        said = {each.item for each in held}
        return tuple(item.text for item in items_of(call, kind) if item.id not in said)

    grids = answered.sheets(reading, screen.session.id, dossier_id, AnswerKind.GRID) if call.grid else None
    return Without(unsaid(AnswerKind.SYNTHESIS), unsaid(AnswerKind.GRID), grids)
