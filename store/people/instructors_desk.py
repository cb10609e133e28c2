"""An instructor's desk: the dossiers that they follow, in all calls, by what remains to be done with each."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from store.index import Status
from store.index_tables import index_dossiers
from store.people import letters, received, visible
from store.people.narrowing import ASKED, DECIDED, OUTLINE, READING, STATE, all_decided
from store.people.room import Reading
from store.people.states import State
from store.people.tables.calls import room_calls
from store.people.tables.decisions import dossier_states
from store.people.viewers import Viewer
from store.schema import dossiers

PAGE = 50  # lines


class Remaining(StrEnum):
    """What remains to be done, the most pressing first; the value is its name in addresses."""

    RECEIVED = "pieces-recues"  # pieces were asked for, and some came in since
    CHASE = "a-relancer"  # pieces were asked for, and the day by which a reply was awaited is gone by
    UNREAD = "a-regarder"  # the program could read nothing of it
    DECIDE = "a-decider"  # some fields lack a decision
    MARK = "a-conclure"  # every field is decided: it is to be marked
    PIECES = "pieces-attendues"
    READING = "en-lecture"  # by the program
    NOTHING = "complets"


@dataclass(frozen=True, slots=True)
class DeskFilter:
    """Which dossiers are asked for; None: whatever remains, in whatever call."""

    remaining: Remaining | None = None
    call: str | None = None


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A dossier on the desk; `reading` as `filters.READINGS` has it, `decided` and `asked` count fields."""

    dossier_id: str
    name: str
    call: str
    reading: str
    state: State
    remaining: Remaining
    decided: int
    asked: int
    findings: int | None


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
        (state == State.COMPLETE.value, Remaining.NOTHING.value),
        (received.since_request().is_not(None), Remaining.RECEIVED.value),
        (asked_for & letters.overdue(), Remaining.CHASE.value),
        (asked_for, Remaining.PIECES.value),
        (status == Status.WAITING.value, Remaining.READING.value),
        (status != Status.ANALYSED.value, Remaining.UNREAD.value),
        (func.coalesce(all_decided(DECIDED, ASKED), False), Remaining.MARK.value),
        else_=Remaining.DECIDE.value,
    )


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
            row.findings,
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
        findings=row.findings,
    )
