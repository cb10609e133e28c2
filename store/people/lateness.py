"""Which dossiers were received after the deadline set for their call: a fact of the room, that no program judges."""

from datetime import date

from sqlalchemy import ColumnElement, Integer, case, cast, exists, func, or_, select

from store.people import visible
from store.people.room import Reading
from store.people.tables.calls import room_calls
from store.people.viewers import Viewer
from store.schema import deposits, dossiers

_FIRST = 1
"""The deposit that counts: pieces that are added later are those that were asked for."""


def late() -> ColumnElement[bool]:
    """On `dossiers`: those that were first deposited after the last day of their call, as days are in France."""
    there = exists().where(
        room_calls.c.call == dossiers.c.call,
        deposits.c.dossier_id == dossiers.c.id,
        deposits.c.number == _FIRST,
        after(deposits.c.deposited_at, room_calls.c.deadline),
    )
    return there.correlate(dossiers)


def passed(reading: Reading, viewer: Viewer, dossier_id: str) -> date | None:
    """The deadline that a dossier which the viewer may open was received after; None where it was in time."""
    query = (
        select(room_calls.c.deadline)
        .join(dossiers, dossiers.c.call == room_calls.c.call)
        .where(dossiers.c.id == dossier_id, visible.content_of(viewer), late())
    )
    found = reading.connection.scalar(query)
    return None if found is None else date.fromisoformat(found)


def after(at: ColumnElement[str], day: ColumnElement[str | None]) -> ColumnElement[bool]:
    """Whether an instant (UTC, as text) is later than a day of France (ISO), years 1996 to 2099."""
    said, hour = func.substr(at, 1, 10), func.substr(at, 12, 2)
    return or_(said > day, (said == day) & (hour >= case((_in_summer(day), "22"), else_="23")))


def _in_summer(day: ColumnElement[str | None]) -> ColumnElement[bool]:
    """Whether a day ends in summer time: it begins on the last Sunday of March, and is over on that of October."""
    quarters = 5 * cast(func.substr(day, 1, 4), Integer) // 4
    begins, ends = 31 - (quarters + 4) % 7, 31 - (quarters + 1) % 7
    in_year = cast(func.substr(day, 6, 2), Integer) * 100 + cast(func.substr(day, 9, 2), Integer)
    return (in_year >= 300 + begins) & (in_year < 1000 + ends)
