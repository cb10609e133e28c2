"""The journal: filtered, page by page, verified on request, taken out as CSV."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response, StreamingResponse

from pipeline.calls.model import Call
from pipeline.errors import ReperesError
from store.canonical import digest
from store.doubts import VerificationReport
from store.journal_words import Names
from store.people import accounts, calls, dossiers, history
from store.people.history import Choice
from store.people.room import Reading
from store.records import Action, Datum, JournalEvent
from web import policies
from web.context import Context, Signed
from web.opened import texts_of
from web.views import journal as view
from web.views.journal import Asked

router = APIRouter()

_PER_PAGE = 50
_PART = 2000  # events of the export in memory at once

Word = Annotated[str, Query(max_length=200)]


def _asked(
    action: Word = "", acteur: Word = "", appel: Word = "", dossier: Word = "", du: Word = "", au: Word = ""
) -> Asked:
    return Asked(action, acteur, appel, dossier, du, au)


Filter = Annotated[Asked, Depends(_asked)]


@dataclass(frozen=True, slots=True)
class Verified:
    """A verification, and how many seconds it took."""

    report: VerificationReport
    seconds: float


@router.get("/journal")
def journal(context: Signed, asked: Filter, avant: Annotated[int | None, Query(ge=1, le=2**53)] = None) -> Response:
    """Events, the newest first, from below the sequence `avant`."""
    return _page(context, asked, avant, None)


@router.post("/journal/verifier")
def verify(context: Signed) -> Response:
    """Verifies the journal and the tables that it seals; the files are for `reperes journal verify`."""
    context.require(policies.may_read_journal(context.viewer))
    started = perf_counter()
    with context.reading() as reading:
        report = history.verified(reading)
    return _page(context, _asked(), None, Verified(report, perf_counter() - started))


@router.get("/journal.csv")
def export(context: Signed, asked: Filter) -> Response:
    """The events that the filter leaves, as CSV for a spreadsheet, the newest first; that it was taken is told."""
    context.require(policies.may_read_journal(context.viewer))
    with context.reading() as reading:
        total = history.count(reading, context.viewer, asked.choice)
        newest = history.events(reading, context.viewer, Choice(), limit=1)
    with context.writing() as writing:
        told: dict[str, Datum] = {"what": "journal", "events": total, "filter": digest(asked.query().encode())}
        writing.tell(Action.EXPORTED, "journal", told)
    below = newest[0].sequence + 1 if newest else 1
    headers = {"content-disposition": f'attachment; filename="journal-{datetime.now(UTC).date()}.csv"'}
    return StreamingResponse(_rows(context, asked, below), 200, headers, "text/csv; charset=utf-8")


def _rows(context: Context, asked: Asked, below: int) -> Iterator[str]:
    """The file part by part, each read in a moment of its own: a journal is only ever added to."""
    yield "\N{BYTE ORDER MARK}" + view.csv_title()
    while True:
        with context.reading() as reading:
            events = history.events(reading, context.viewer, asked.choice, before=below, limit=_PART)
            names = _names(context, reading, events)
        yield view.csv_lines(events, names)
        if len(events) < _PART:
            return
        below = events[-1].sequence


def _page(context: Context, asked: Asked, before: int | None, verified: Verified | None) -> Response:
    context.require(policies.may_read_journal(context.viewer))
    with context.reading() as reading:
        total = history.count(reading, context.viewer, asked.choice)
        found = history.events(reading, context.viewer, asked.choice, before=before, limit=_PER_PAGE + 1)
        events = found[:_PER_PAGE]
        names = _names(context, reading, events)
    return context.page(
        "journal/page.html.j2",
        asked=asked,
        total=total,
        lines=view.lines(events, names, linked=policies.may_see_triage(context.viewer)),
        older=asked.query(avant=events[-1].sequence) if len(found) > _PER_PAGE else "",
        newest=asked.query() if before is not None else None,
        query=asked.query(),
        actions=view.ACTIONS,
        actors=view.actors(names.people),
        calls=tuple((call.id, call.short_title) for call in names.calls.values()),
        verified=verified,
    )


def _names(context: Context, reading: Reading, events: Sequence[JournalEvent]) -> Names:
    """What those events speak of is called; a call whose file cannot be read any more hides none of them."""
    told = view.dossiers_of(events)
    texts: dict[str, Call] = {}
    for room_call in calls.every(reading, context.viewer):
        with suppress(ReperesError):
            texts[room_call.id] = texts_of(context.room.files, room_call)
    return Names(
        people=accounts.names(reading),
        dossiers=dossiers.names(reading, context.viewer, *told),
        calls_of=dossiers.calls_of(reading, context.viewer, *told),
        calls=texts,
    )
