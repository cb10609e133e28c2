"""An instructor's desk: the dossiers that they follow, in all calls, by what remains to be done with each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from store.index import Status
from store.index_tables import index_dossiers
from store.instants import instant
from store.people import letters, received, visible
from store.people.narrowing import (
    ASKED,
    DECIDED,
    DEPOSITED,
    OUTLINE,
    READING,
    STATE,
    TO_SETTLE,
    all_decided,
    decided_lacking,
)
from store.people.room import Reading
from store.people.states import State
from store.people.tables.calls import room_calls
from store.people.tables.decisions import decisions, dossier_states
from store.people.viewers import Viewer
from store.schema import dossiers

PAGE = 50  # lines


class Remaining(StrEnum):
    """What remains to be done, the most pressing first; the value is its name in addresses."""

    RECEIVED = "pieces-recues"  # pieces were asked for, and some came in since
    CHASE = "a-relancer"  # pieces were asked for, and the day by which a reply was awaited is gone by
    UNREAD = "a-regarder"  # the program could read nothing of it
    DECIDE = "a-decider"  # some fields lack a decision
    ASK = "a-demander"  # every field is decided, and some are decided absent or thin: pieces are to be asked for
    MARK = "a-conclure"  # every field is decided: it is to be marked
    PIECES = "pieces-attendues"
    READING = "en-lecture"  # by the program
    NOTHING = "complets"
    DROPPED = "sans-suite"


@dataclass(frozen=True, slots=True)
class DeskFilter:
    """Which dossiers are asked for; None: whatever remains, in whatever call."""

    remaining: Remaining | None = None
    call: str | None = None


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A dossier on the desk; `reading` as `filters.READINGS` has it, `decided` and `asked` count fields.

    `lacking` counts the fields that people decided absent or thin, `findings` those that nobody has settled, None of a
    dossier that was not read. `received_at` is when something of it last came in, `expected` the last day by which a
    reply is awaited, None where none is.
    """

    dossier_id: str
    name: str
    call: str
    reading: str
    state: State
    remaining: Remaining
    decided: int
    asked: int
    lacking: int
    findings: int | None
    received_at: datetime
    expected: date | None


def lines(reading: Reading, viewer: Viewer, asked: DeskFilter, page: int) -> tuple[DeskLine, ...]:
    """A page of `PAGE` from 1, the most pressing first, then by the deadlines of the calls and by name."""
    row = index_dossiers.c
    pressing = case({each.value: place for place, each in enumerate(Remaining)}, value=_remaining())
    order = (pressing, room_calls.c.deadline.asc().nulls_last(), row.call, row.sort_name, row.dossier_id)
    query = _narrowed(_desk(viewer), asked).order_by(*order).limit(PAGE).offset((page - 1) * PAGE)
    return tuple(_line(found) for found in reading.connection.execute(query))


def counts(reading: Reading, viewer: Viewer) -> Mapping[tuple[str, Remaining], int]:
    """How many of the dossiers that the viewer follows, by call and by what remains to be done."""
    every = _desk(viewer).subquery()
    query = select(every.c.call, every.c.remaining, func.count()).group_by(every.c.call, every.c.remaining)
    return {(call, Remaining(remaining)): number for call, remaining, number in reading.connection.execute(query)}


def _remaining() -> ColumnElement[str]:
    """On `OUTLINE`, today."""
    state, status = STATE, index_dossiers.c.status
    asked_for = state == State.PIECES_REQUESTED.value
    return case(
        (state == State.DROPPED.value, Remaining.DROPPED.value),
        (state == State.COMPLETE.value, Remaining.NOTHING.value),
        (received.since_request().is_not(None), Remaining.RECEIVED.value),
        (asked_for & letters.overdue(), Remaining.CHASE.value),
        (asked_for, Remaining.PIECES.value),
        (status == Status.WAITING.value, Remaining.READING.value),
        (status != Status.ANALYSED.value, Remaining.UNREAD.value),
        (~func.coalesce(all_decided(DECIDED, ASKED), False), Remaining.DECIDE.value),
        (_lacking() > 0, Remaining.ASK.value),
        else_=Remaining.MARK.value,
    )


def _lacking() -> ColumnElement[int]:
    """On `OUTLINE`: how many fields people decided absent or thin."""
    said = decisions.c
    these = decided_lacking().with_only_columns(func.count()).where(said.dossier_id == index_dossiers.c.dossier_id)
    return these.correlate(index_dossiers).scalar_subquery()


def _desk(viewer: Viewer) -> Select[Any]:
    row = index_dossiers.c
    return (
        select(
            row.dossier_id,
            dossiers.c.name,
            row.call,
            READING.label("reading"),
            STATE.label("state"),
            _remaining().label("remaining"),
            DECIDED.label("decided"),
            ASKED.label("asked"),
            _lacking().label("lacking"),
            TO_SETTLE.label("findings"),
            DEPOSITED.label("received_at"),
            letters.awaited().label("expected"),
        )
        .select_from(OUTLINE.join(room_calls, room_calls.c.call == row.call))
        .where(dossier_states.c.assignee == viewer.id, visible.dossiers_of(viewer))
    )


def _narrowed(query: Select[Any], asked: DeskFilter) -> Select[Any]:
    if asked.remaining is not None:
        query = query.where(_remaining() == asked.remaining.value)
    return query if asked.call is None else query.where(index_dossiers.c.call == asked.call)


def _line(row: Any) -> DeskLine:
    return DeskLine(
        dossier_id=row.dossier_id,
        name=row.name,
        call=row.call,
        reading=row.reading,
        state=State(row.state),
        remaining=Remaining(row.remaining),
        decided=row.decided,
        asked=row.asked,
        lacking=row.lacking,
        findings=row.findings,
        received_at=instant(row.received_at),
        expected=None if row.expected is None else date.fromisoformat(row.expected),
    )
