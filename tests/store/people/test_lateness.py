from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, literal, select, update

from store.database import Store
from store.instants import instant, written
from store.people import lateness
from store.people.facets import facets
from store.people.filters import AFTER, Dimension, Filter
from store.people.room import Room
from store.people.tables.calls import room_calls
from store.schema import deposits
from tests.store.people.triage_room import CALL, peopled

_PARIS = ZoneInfo("Europe/Paris")
_DAYS = [date(year, month, day) for year in (2016, 2026, 2027) for month in (3, 10) for day in range(24, 32)]
_DAYS += [date(2026, 1, 31), date(2026, 7, 1), date(2028, 12, 31)]


def _is_after(room: Room, at: datetime, day: date) -> bool:
    with room.reading() as reading:
        asked = select(lateness.after(literal(written(at)), literal(day.isoformat())))
        return bool(reading.connection.scalar(asked))


def test_a_day_ends_when_it_does_in_france(room: Room) -> None:
    for day in _DAYS:
        midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), _PARIS)
        last = midnight.astimezone(UTC) - timedelta(microseconds=1)
        assert not _is_after(room, last, day), day
        assert _is_after(room, last + timedelta(microseconds=1), day), day


@pytest.mark.parametrize(("days", "late"), [(-1, True), (0, False), (None, False)])
def test_a_dossier_is_late_by_its_first_deposit(room: Room, store: Store, days: int | None, late: bool) -> None:
    held = peopled(room, store, 1)
    (dossier_id,) = held.ids
    with room.reading() as reading:
        at = instant(reading.connection.scalar(select(deposits.c.deposited_at)) or "")
    deadline = None if days is None else at.astimezone(_PARIS).date() + timedelta(days=days)
    with store.writing() as writing:
        row = {"dossier_id": dossier_id, "number": 2, "deposited_at": written(at + timedelta(days=30))}
        writing.connection.execute(insert(deposits).values(row))
    with room.writing("machine") as writing:
        said = None if deadline is None else deadline.isoformat()
        writing.connection.execute(update(room_calls).values(deadline=said))
    with room.reading() as reading:
        shown = facets(reading, held.instructor, CALL, Filter()).of(Dimension.RECEIVED)
        assert shown == ({AFTER: 1} if late else {})
        assert lateness.passed(reading, held.instructor, dossier_id) == (deadline if late else None)
        assert lateness.passed(reading, held.juror, dossier_id) is None
