"""How long dossiers are kept: months from their last deposit, as each call sets it. Nothing is deleted here."""

from sqlalchemy import ColumnElement, Integer, cast, exists, func, literal, or_, select

from store.instants import now
from store.journal import Writing
from store.people import visible
from store.people.room import Reading
from store.people.tables.calls import room_calls
from store.people.viewers import Viewer
from store.schema import deposits, dossiers


def overdue() -> ColumnElement[bool]:
    """On `dossiers`: those that were last deposited longer ago than their call keeps them."""
    kept = (
        exists()
        .where(
            deposits.c.dossier_id == dossiers.c.id,
            _still_kept(deposits.c.deposited_at, room_calls.c.retention_months),
        )
        .correlate(dossiers, room_calls)
    )
    return (
        exists()
        .where(room_calls.c.call == dossiers.c.call, room_calls.c.retention_months.is_not(None), ~kept)
        .correlate(dossiers)
    )


def count(reading: Reading | Writing, viewer: Viewer, call: str) -> int:
    """How many dossiers of a call, among those that the viewer sees, are overdue."""
    old = (dossiers.c.call == call, visible.dossiers_of(viewer), overdue())
    return reading.connection.execute(select(func.count()).select_from(dossiers).where(*old)).scalar_one()


def _still_kept(since: ColumnElement[str], months: ColumnElement[int | None]) -> ColumnElement[bool]:
    """Whether fewer than so many months have gone by: a month is gone by on the same day, at the same time."""
    today = literal(now())
    gone = _month(today) - _month(since)
    return or_(gone < months, (gone == months) & (_within_month(today) <= _within_month(since)))


def _month(at: ColumnElement[str]) -> ColumnElement[int]:
    """The number of the month of a time as text, from year nought."""
    return cast(func.substr(at, 1, 4), Integer) * 12 + cast(func.substr(at, 6, 2), Integer)


def _within_month(at: ColumnElement[str]) -> ColumnElement[str]:
    return func.substr(at, 9)
