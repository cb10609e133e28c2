"""Every decision of a call as auditors check them: filtered, page by page, taken out as CSV."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response, StreamingResponse

from pipeline.calls.model import Call
from store.canonical import digest
from store.people import changes
from store.people.calls import about_call
from store.records import Action, Datum
from web import policies
from web.context import Context, Signed
from web.opened import called
from web.views import changes as view
from web.views import csv_lines
from web.views.changes import Filter

router = APIRouter()

_LISTED = 50
_PART = 2000  # decisions of the export in memory at once

Word = Annotated[str, Query(max_length=100)]


def _filter(qui: Word = "", nature: Word = "", sens: Word = "", vigueur: Word = "") -> Filter:
    return Filter(qui, nature, sens, vigueur)


Chosen = Annotated[Filter, Depends(_filter)]


@router.get("/audit/{call_id}/decisions")
def page(
    context: Signed, call_id: str, chosen: Chosen, avant: Annotated[int | None, Query(ge=1, le=2**53)] = None
) -> Response:
    """The decisions that the filter leaves, the newest first, from below the number `avant`."""
    context.require(policies.may_audit(context.viewer))
    with context.reading() as reading:
        _, call = called(context, reading, call_id)
        total = changes.count(reading, context.viewer, call_id, chosen.asked)
        found = changes.of_call(reading, context.viewer, call_id, chosen.asked, before=avant, limit=_LISTED + 1)
        people = changes.deciders(reading, context.viewer, call_id)
    shown = view.lines(call, found[:_LISTED])
    return context.page(
        "audit/decisions.html.j2",
        call=call,
        chosen=chosen,
        total=total,
        lines=shown,
        query=chosen.query(),
        older=chosen.query(avant=shown[-1].id) if len(found) > _LISTED else "",
        begun=avant is not None,
        people=[(str(number), name) for number, name in people.items()],
        kinds=view.KIND_OPTIONS,
        senses=view.SENSES,
    )


@router.get("/audit/{call_id}/decisions.csv")
def export(context: Signed, call_id: str, chosen: Chosen) -> Response:
    """The decisions that the filter leaves, as CSV for a spreadsheet, the newest first; that it was taken is told."""
    context.require(policies.may_audit(context.viewer))
    with context.reading() as reading:
        _, call = called(context, reading, call_id)
        total = changes.count(reading, context.viewer, call_id, chosen.asked)
        newest = changes.of_call(reading, context.viewer, call_id, chosen.asked, limit=1)
    with context.writing() as writing:
        told: dict[str, Datum] = {"what": "decisions", "rows": total, "filter": digest(chosen.query().encode())}
        writing.tell(Action.EXPORTED, about_call(call_id), told)
    name = f"decisions-{call_id}-{datetime.now(UTC).date()}.csv"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    below = newest[0].id + 1 if newest else 1
    return StreamingResponse(_rows(context, call, chosen, below), 200, headers, "text/csv; charset=utf-8")


def _rows(context: Context, call: Call, chosen: Filter, below: int) -> Iterator[str]:
    """The file part by part, each read in a moment of its own: decisions are only ever added to."""
    yield csv_lines.MARK + csv_lines.written([view.TITLES])
    while True:
        with context.reading() as reading:
            found = changes.of_call(reading, context.viewer, call.id, chosen.asked, before=below, limit=_PART)
        yield csv_lines.written(
            tuple(csv_lines.inert(cell) for cell in view.cells(line)) for line in view.lines(call, found)
        )
        if len(found) < _PART:
            return
        below = found[-1].id
