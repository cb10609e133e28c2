"""The journal: filtered, page by page, taken out as CSV; its verification, which the machine makes on request."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response, StreamingResponse

from pipeline.calls.model import Call
from pipeline.errors import ReperesError
from store.canonical import digest
from store.journal_words import Names
from store.people import accounts, calls, dossiers, history, verifications
from store.people.history import Choice
from store.people.room import Reading
from store.records import Action, Datum, JournalEvent
from web import policies
from web.context import Context, Signed
from web.opened import texts_of
from web.views import csv_lines, journal_filter
from web.views import journal as view
from web.views.journal_filter import Asked, Understood
from web.views.verification import proof_of

router = APIRouter()

_PER_PAGE = 50
_PART = 2000  # events of the export in memory at once

Word = Annotated[str, Query(max_length=200)]


def _asked(
    action: Word = "",
    acteur: Word = "",
    appel: Word = "",
    dossier: Word = "",
    seance: Word = "",
    du: Word = "",
    au: Word = "",
) -> Asked:
    return Asked(action, acteur, appel, dossier, seance, du, au)


Filter = Annotated[Asked, Depends(_asked)]


@router.get("/journal")
def journal(context: Signed, asked: Filter, avant: Annotated[int | None, Query(ge=1, le=2**53)] = None) -> Response:
    """Events, the newest first, from below the sequence `avant`."""
    context.require(policies.may_read_journal(context.viewer))
    with context.reading() as reading:
        told = _understood(context, reading, asked)
        count, first = _dossiers(context, reading, told.choice)
        total = history.count(reading, context.viewer, told.choice)
        found = history.events(reading, context.viewer, told.choice, before=avant, limit=_PER_PAGE + 1)
        events = found[:_PER_PAGE]
        names = _names(context, reading, events)
        proof = proof_of(verifications.state(reading, context.viewer))
    titles = {call.id: call.short_title for call in names.calls.values()}
    return context.page(
        "journal/page.html.j2",
        asked=asked,
        faults=journal_filter.with_dossiers(told, count).faults,
        narrowed=journal_filter.narrowed(asked, count, first, titles),
        total=total,
        lines=view.lines(events, names, linked=policies.may_see_triage(context.viewer)),
        older=asked.query(avant=events[-1].sequence) if len(found) > _PER_PAGE else "",
        newest=asked.query() if avant is not None else None,
        query=asked.query(),
        actions=view.ACTIONS,
        actors=view.actors(names.people),
        calls=tuple(titles.items()),
        proof=proof,
    )


@router.post("/journal/verifier")
def verify(context: Signed) -> Response:
    """Asks the machine to verify the journal and the tables that it seals; files are for `reperes journal verify`."""
    context.require(policies.may_read_journal(context.viewer))
    with context.writing() as writing:
        verifications.ask(writing, context.viewer)
    return context.go("/journal#verification")


@router.get("/journal/verification")
def verification(context: Signed) -> Response:
    """Where the verification is: what changes on the page while it is made."""
    context.require(policies.may_read_journal(context.viewer))
    with context.reading() as reading:
        proof = proof_of(verifications.state(reading, context.viewer))
    return context.part("journal/verification.html.j2", proof=proof)


@router.get("/journal.csv")
def export(context: Signed, asked: Filter) -> Response:
    """The events that the filter leaves, as CSV for a spreadsheet, the newest first; that it was taken is told."""
    context.require(policies.may_read_journal(context.viewer))
    with context.reading() as reading:
        choice = _understood(context, reading, asked).choice
        total = history.count(reading, context.viewer, choice)
        newest = history.events(reading, context.viewer, Choice(), limit=1)
    with context.writing() as writing:
        told: dict[str, Datum] = {"what": "journal", "events": total, "filter": digest(asked.query().encode())}
        writing.tell(Action.EXPORTED, "journal", told)
    below = newest[0].sequence + 1 if newest else 1
    headers = {"content-disposition": f'attachment; filename="journal-{datetime.now(UTC).date()}.csv"'}
    return StreamingResponse(_rows(context, choice, below), 200, headers, "text/csv; charset=utf-8")


def _rows(context: Context, choice: Choice, below: int) -> Iterator[str]:
    """The file part by part, each read in a moment of its own: a journal is only ever added to."""
    yield csv_lines.MARK + view.csv_title()
    while True:
        with context.reading() as reading:
            events = history.events(reading, context.viewer, choice, before=below, limit=_PART)
            names = _names(context, reading, events)
        yield view.csv_lines(events, names)
        if len(events) < _PART:
            return
        below = events[-1].sequence


def _understood(context: Context, reading: Reading, asked: Asked) -> Understood:
    """What of the filter can be understood: an account and a call are known by their names in the room."""
    actors = [code for code, _ in view.actors(accounts.names(reading))]
    known = [call.id for call in calls.every(reading, context.viewer)]
    return journal_filter.understood(asked, actors, known)


def _dossiers(context: Context, reading: Reading, choice: Choice) -> tuple[int, tuple[dossiers.Named, ...]]:
    """The dossiers that a filter names: how many, and the first of them."""
    if choice.dossier is None:
        return 0, ()
    return dossiers.named(reading, context.viewer, choice.dossier, call=choice.call, most=journal_filter.SHOWN)


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
