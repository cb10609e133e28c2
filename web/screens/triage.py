"""The table of all dossiers of a call, and its exports."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from pipeline.calls.model import Call
from store.canonical import digest
from store.journal import head
from store.people import accounts, beside, bulk, calls, decisions, dossiers, labels, letter_drafts, triage, views
from store.people.bulk_changes import instructors
from store.people.calls import about_call
from store.people.facets import facets
from store.people.filters import OVERDUE, Dimension, read
from store.people.room import Reading
from store.people.states import Reason
from store.records import Action, Datum
from web import policies
from web.context import Context, Signed
from web.french import dropped_for
from web.opened import analysis_of, called
from web.views import calls as call_views
from web.views import triage as views_of
from web.views import triage_columns as columns_of
from web.views.letter import reply_day
from web.views.letters import archive, not_whole
from web.views.pages import pages_of, within
from web.views.triage_export import CSV, XLSX, csv_file, spreadsheet
from web.views.triage_words import Words, address

router = APIRouter()

ZIP = "zip"
_MEDIA = {
    ZIP: "application/zip",
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("/appels/{call_id}/dossiers")
def table(
    context: Signed,
    call_id: str,
    page: Annotated[str, Query(max_length=10)] = "1",
    fait: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """The dossiers that the filter of the address shows; without one, the person's own default view."""
    context.require(policies.may_see_triage(context.viewer))
    with context.reading() as reading:
        if not context.request.url.query:
            opening = views.default(reading, context.viewer, call_id)
            if opening is not None:
                return context.go(address(call_id, opening))
        return _table(context, reading, call_id, _number(page), _number(fait))


@router.get("/appels/{call_id}/dossiers.xlsx")
def as_spreadsheet(context: Signed, call_id: str) -> Response:
    """All that the filter shows, as a spreadsheet; without columns in the address, all there are."""
    return _exported(context, call_id, XLSX)


@router.get("/appels/{call_id}/dossiers.csv")
def as_csv(context: Signed, call_id: str) -> Response:
    """The same, as text for other programs."""
    return _exported(context, call_id, CSV)


@router.get("/appels/{call_id}/dossiers/courriers.zip")
def letters(context: Signed, call_id: str, fait: Annotated[str, Query(max_length=10)] = "") -> Response:
    """Letters that ask for pieces, for the dossiers that the filter shows or those that an action changed."""
    context.require(policies.may_see_triage(context.viewer))
    with context.reading() as reading:
        room_call, call = called(context, reading, call_id)
        words = Words(call, accounts.names(reading), labels.every(reading, context.viewer, call_id))
        made, _unknown = views_of.known_only(read(context.request.url.query).filter, words)
        rows = triage.every(reading, context.viewer, call_id, made)
        if fait:
            changed = bulk.changed_by(reading, context.viewer, call_id, _number(fait))
            rows = tuple(row for row in rows if row.id in changed)
        decided = decisions.on_fields(reading, context.viewer, call_id)
        begun = letter_drafts.of_call(reading, context.viewer, call_id)
        shown = dossiers.analyses_shown(reading, context.viewer, not_whole(rows, begun))
    partly = {dossier_id: analysis_of(made) for dossier_id, made in shown.items()}
    content = archive(call, rows, decided, begun, partly, reply_day(room_call))
    told: dict[str, Datum] = {"what": "letters", "dossiers": len(rows)}
    return _taken(context, call, "courriers", ZIP, content, told)


def _table(context: Context, reading: Reading, call_id: str, page: int, done: int) -> Response:
    viewer = context.viewer
    room_call, call = called(context, reading, call_id)
    words = Words(call, accounts.names(reading), labels.every(reading, viewer, call_id))
    asked = read(context.request.url.query)
    made, unknown = views_of.known_only(asked.filter, words)
    showing = columns_of.showing(made, views.columns(reading, viewer))
    counted = facets(reading, viewer, call_id, made)
    total = counted.total
    number = within(page, total, triage.PAGE)
    instructs = policies.may_instruct(viewer)
    actions = views_of.past_actions(bulk.last(reading, viewer, call_id), words)
    manages = policies.may_manage_calls(viewer)
    return context.page(
        "triage/page.html.j2",
        head=call_views.head(room_call, call, "/dossiers", triage=True, manages=manages),
        made=made,
        query=made.query(),
        shown=frozenset(showing.columns),
        shown_query=showing.query(),
        whole_query=replace(made, columns=()).query(),
        seen=head(reading.connection).sequence,
        ignored=(*asked.ignored, *unknown),
        menus=views_of.menus(counted.facets, made, words),
        amounts=views_of.amounts(made),
        tags=views_of.tags(call_id, made, words),
        all_href=address(call_id, made.unnarrowed()),
        columns=columns_of.columns(call_id, made, showing.columns),
        column_choices=columns_of.choices(showing.columns),
        lines=views_of.lines(triage.page(reading, viewer, call_id, made, number), made, words),
        pages=pages_of(number, total, triage.PAGE, lambda page: address(call_id, made, page=page)),
        views=views_of.saved_views(call_id, views.every(reading, viewer, call_id), viewer.id),
        instructs=instructs,
        instructors=instructors(reading) if instructs else (),
        jury=calls.jury(reading, call_id) if instructs else (),
        labels=words.labels,
        reasons=[(each.value, dropped_for(each)) for each in Reason],
        actions=actions,
        plans=policies.may_plan_sessions(viewer),
        takes_corrections=policies.may_export_for_training(viewer),
        overdue=counted.of(Dimension.KEPT).get(OVERDUE, 0) if not made.narrows else 0,
        done=next((action for action in actions if action.id == done), None),
    )


def _exported(context: Context, call_id: str, kind: str) -> Response:
    context.require(policies.may_see_triage(context.viewer))
    with context.reading() as reading:
        _room_call, call = called(context, reading, call_id)
        words = Words(call, accounts.names(reading), labels.every(reading, context.viewer, call_id))
        made, _unknown = views_of.known_only(read(context.request.url.query).filter, words)
        rows = triage.every(reading, context.viewer, call_id, made)
        besides = beside.of_call(reading, context.viewer, call_id)
    content = (spreadsheet if kind == XLSX else csv_file)(rows, words, made.columns, besides)
    told: dict[str, Datum] = {
        "what": "triage",
        "format": kind,
        "dossiers": len(rows),
        "filter": digest(made.query().encode()),
    }
    return _taken(context, call, "dossiers", kind, content, told)


def _taken(context: Context, call: Call, what: str, kind: str, content: bytes, told: Mapping[str, Datum]) -> Response:
    """A file that leaves the room; the journal tells it."""
    with context.writing() as writing:
        writing.tell(Action.EXPORTED, about_call(call.id), told)
    day = datetime.now(UTC).date().isoformat()
    name = f"{what}-{call.id}-{day}.{kind}"
    return Response(content, media_type=_MEDIA[kind], headers={"content-disposition": f'attachment; filename="{name}"'})


def _number(text: str) -> int:
    """A number of the address, 0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() else 0
