"""Dossiers that stop here: for a reason that is kept, in bulk with undo, away from what is to be read or instructed."""

import pytest

from store.database import Store
from store.people import bulk, calls, instructors_desk, jurors_desk, states, triage
from store.people.bulk import Done, Undone
from store.people.bulk_changes import Assign, Change, Entrust, Mark
from store.people.filters import Filter, read
from store.people.instructors_desk import DeskFilter, Remaining
from store.people.jurors_desk import ReadingState
from store.people.room import Room
from store.people.states import Reason, Standing, State
from store.records import Action
from tests.store.people.triage_room import CALL, Peopled, peopled

COUNT = 6
TRIAL = Mark(State.DROPPED, Reason.TRIAL)


@pytest.fixture
def held(room: Room, store: Store) -> Peopled:
    """The first dossier is dropped."""
    held = peopled(room, store, COUNT)
    with room.writing(held.instructor.actor) as writing:
        states.mark(writing, held.ids[:1], State.DROPPED, reason=Reason.LATE)
    return held


def _do(held: Peopled, change: Change, query: str = "", shown: int = COUNT) -> Done:
    with held.room.writing(held.instructor.actor) as writing:
        return bulk.apply(writing, held.instructor, CALL, read(query).filter, shown, change)


def _standing(held: Peopled, which: int) -> Standing:
    with held.room.reading() as reading:
        return states.of_dossier(reading, held.auditor, held.ids[which])


def test_it_is_kept_with_its_reason_told_and_taken_back(held: Peopled, store: Store) -> None:
    assert (_standing(held, 0).state, _standing(held, 0).reason) == (State.DROPPED, Reason.LATE)
    with held.room.writing(held.instructor.actor) as writing:
        states.mark(writing, held.ids[:1], State.OPEN)
    assert (_standing(held, 0).state, _standing(held, 0).reason) == (State.OPEN, None)
    told = [event.data for event in store.journal(limit=1000) if event.action is Action.DOSSIER_MARKED]
    assert told == [
        {"state": "dropped", "bulk": None, "dropped_for": "late"},
        {"state": "open", "bulk": None},
    ]
    assert store.verify().problems == ()


@pytest.mark.parametrize(("state", "reason"), [(State.DROPPED, None), (State.COMPLETE, Reason.LATE)])
def test_a_dossier_is_dropped_for_a_reason_and_no_other_state_has_one(
    held: Peopled, state: State, reason: Reason | None
) -> None:
    with held.room.writing(held.instructor.actor) as writing, pytest.raises(ValueError, match="reason"):
        states.mark(writing, held.ids, state, reason=reason)


def test_all_that_the_filter_shows_is_dropped_then_given_back_with_its_reasons(held: Peopled, store: Store) -> None:
    done = _do(held, TRIAL)
    assert done == Done(1, COUNT, COUNT, 0)
    assert {_standing(held, each).reason for each in range(COUNT)} == {Reason.TRIAL}
    with held.room.writing(held.other.actor) as writing:
        assert bulk.undo(writing, held.other, CALL, done.id) == Undone(COUNT, 0)
    assert [_standing(held, each).reason for each in range(2)] == [Reason.LATE, None]
    assert store.verify().problems == ()


def test_the_table_finds_them(held: Peopled) -> None:
    with held.room.reading() as reading:
        (row,) = triage.every(reading, held.instructor, CALL, read("etat=sans-suite").filter)
        assert (row.id, row.people.reason) == (held.ids[0], Reason.LATE)
        others = triage.every(reading, held.instructor, CALL, read("etat=a-instruire").filter)
    assert [row.people.reason for row in others] == [None] * (COUNT - 1)


def test_they_are_not_given_to_a_jury_in_bulk(held: Peopled) -> None:
    done = _do(held, Assign((held.juror.id,)))
    assert done == Done(1, COUNT, COUNT - 1, 1)
    with held.room.reading() as reading:
        (former,) = bulk.last(reading, held.instructor, CALL)
        rows = triage.every(reading, held.instructor, CALL, Filter())
    assert (former.found, former.changed, former.spared) == (COUNT, COUNT - 1, 1)
    assert [row.id for row in rows if not row.people.jurors] == [held.ids[0]]


def test_nothing_is_left_to_do_on_the_desk_of_who_follows_one(held: Peopled) -> None:
    _do(held, Entrust(held.instructor.id))
    with held.room.reading() as reading:
        counts = instructors_desk.counts(reading, held.instructor)
        lines = instructors_desk.lines(reading, held.instructor, DeskFilter(Remaining.DROPPED), 1)
    assert counts[CALL, Remaining.DROPPED] == 1
    assert [line.dossier_id for line in lines] == [held.ids[0]]


def test_a_juror_who_has_one_sees_that_it_stops_here(held: Peopled) -> None:
    with held.room.writing(held.instructor.actor) as writing:
        calls.assign(writing, held.juror.id, held.ids[:2])
    asked = jurors_desk.DeskFilter(CALL, 12)
    with held.room.reading() as reading:
        counts = jurors_desk.counts(reading, held.juror, asked)
        lines = jurors_desk.lines(reading, held.juror, asked, 0, 10)
        following = jurors_desk.following(reading, held.juror, asked)
    assert (counts[ReadingState.DROPPED], counts[ReadingState.TO_DECLARE]) == (1, 1)
    assert {line.dossier_id: line.state for line in lines}[held.ids[0]] is ReadingState.DROPPED
    assert following is not None
    assert following.dossier_id == held.ids[1]


def test_marking_the_others_leaves_them_until_they_are_said_to_be_open_again(held: Peopled) -> None:
    assert _do(held, Mark(State.COMPLETE)) == Done(1, COUNT, COUNT - 1, 1)
    assert _standing(held, 0).reason is Reason.LATE
    with held.room.reading() as reading:
        assert triage.unfinished(reading, held.instructor, CALL, held.ids[:1]) == ()
    assert _do(held, Mark(State.OPEN)) == Done(2, COUNT, COUNT, 0)
    assert _standing(held, 0).state is State.OPEN
