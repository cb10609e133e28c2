"""What an instructor follows in all calls, and what remains to be done with each."""

from collections import Counter
from datetime import date

import pytest

from store.counting import counting
from store.database import Store
from store.people import bulk, calls, decisions, instructors_desk
from store.people.bulk_changes import Entrust, Mark
from store.people.decisions import Kind, Statement
from store.people.instructors_desk import DeskFilter, DeskLine, Remaining
from store.people.room import Room
from store.people.states import State
from store.people.viewers import Viewer
from tests.store.people.filling import FIELDS, fill
from tests.store.people.triage_room import CALL, Peopled, peopled

OTHER = "aquitaine-2014"


@pytest.fixture
def held(room: Room, store: Store) -> Peopled:
    """Twelve dossiers of one call and three of another; the instructor follows the first ten and the three."""
    held = peopled(room, store, 12)
    with store.writing() as writing:
        others = fill(writing, OTHER, 3)
    with room.writing(held.instructor.actor) as writing:
        calls.open_call(writing, OTHER, date(2026, 1, 1))
        for call, ids in ((CALL, held.ids[:10]), (OTHER, others)):
            bulk.apply(writing, held.instructor, call, ids, len(ids), Entrust(held.instructor.id))
        for which, state in ((held.ids[0], State.COMPLETE), (held.ids[1], State.PIECES_REQUESTED)):
            bulk.apply(writing, held.instructor, CALL, [which], 1, Mark(state))
        for field in FIELDS:
            decisions.decide(writing, held.instructor, held.ids[2], Statement(Kind.FIELD, field, "present"))
        decisions.decide(writing, held.instructor, held.ids[3], Statement(Kind.FIELD, FIELDS[0], "absent"))
    return held


def _lines(held: Peopled, viewer: Viewer, asked: DeskFilter) -> tuple[DeskLine, ...]:
    with held.room.reading() as reading:
        return instructors_desk.lines(reading, viewer, asked, 1)


def test_what_remains_comes_first_then_calls_whose_deadline_is_first(held: Peopled) -> None:
    found = _lines(held, held.instructor, DeskFilter())
    assert [(line.remaining, line.call) for line in found] == [
        *[(Remaining.DECIDE, OTHER)] * 3,
        *[(Remaining.DECIDE, CALL)] * 6,
        (Remaining.MARK, CALL),
        (Remaining.PIECES, CALL),
        (Remaining.READING, CALL),
        (Remaining.NOTHING, CALL),
    ]
    marked = next(line for line in found if line.remaining is Remaining.MARK)
    assert (marked.dossier_id, marked.decided, marked.asked) == (held.ids[2], len(FIELDS), len(FIELDS))
    assert next(line for line in found if line.dossier_id == held.ids[3]).decided == 1


def test_counts_are_those_of_the_lines(held: Peopled) -> None:
    with held.room.reading() as reading:
        counts = instructors_desk.counts(reading, held.instructor)
        with counting() as asked:
            instructors_desk.lines(reading, held.instructor, DeskFilter(), 1)
            instructors_desk.counts(reading, held.instructor)
    assert asked.statements == 2
    assert counts == Counter((line.call, line.remaining) for line in _lines(held, held.instructor, DeskFilter()))
    for (call, remaining), number in counts.items():
        assert len(_lines(held, held.instructor, DeskFilter(remaining, call))) == number


def test_each_sees_what_they_follow_and_nothing_else(held: Peopled) -> None:
    assert _lines(held, held.other, DeskFilter()) == ()
    with held.room.writing(held.other.actor) as writing:
        bulk.apply(writing, held.other, CALL, [held.ids[3]], 1, Entrust(held.other.id))
    assert [line.dossier_id for line in _lines(held, held.other, DeskFilter())] == [held.ids[3]]
    assert held.ids[3] not in {line.dossier_id for line in _lines(held, held.instructor, DeskFilter())}
    assert _lines(held, held.juror, DeskFilter()) == ()
