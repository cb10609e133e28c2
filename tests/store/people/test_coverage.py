"""How far a call is covered, over dossiers of which all is known."""

import pytest
from sqlalchemy import update

from store.database import Store
from store.index import Status
from store.index_tables import index_dossiers
from store.people import calls, coverage, decisions, states, workloads
from store.people.coverage import Uncovered
from store.people.decisions import Kind, Statement
from store.people.room import Room
from store.people.states import Reason, State
from store.people.viewers import Viewer
from tests.store.people.filling import FIELDS
from tests.store.people.triage_room import CALL, Peopled, peopled

COUNT = 20  # of which 9 and 19 wait, and 0, 7 and 14 are partly read: one page of twelve is not


@pytest.fixture
def there(room: Room, store: Store) -> Peopled:
    made = peopled(room, store, COUNT)
    with store.writing() as writing:
        for numbers, values in (
            (range(3), {"program": "0.1.0", "call_digest": "a", "models": "encodeur 1"}),
            (range(3, 9), {"program": "0.2.0", "call_digest": "a", "models": "encodeur 1"}),
            ([10], {"status": "failed", "reason": "timed-out", "pages": None, "pages_unread": None}),
        ):
            which = index_dossiers.c.dossier_id.in_([made.ids[number] for number in numbers])
            writing.connection.execute(update(index_dossiers).where(which).values(**values))
    return made


def _uncovered(there: Peopled, viewer: Viewer, **page: int) -> tuple[Uncovered, ...]:
    with there.room.reading() as reading:
        return coverage.uncovered(reading, viewer, CALL, **page)


def test_every_dossier_counts_once_by_reading_and_once_by_state(there: Peopled) -> None:
    with there.room.writing(there.instructor.actor) as writing:
        states.mark(writing, there.ids[:3], State.COMPLETE)
        states.mark(writing, there.ids[3:5], State.PIECES_REQUESTED)
        states.mark(writing, there.ids[4:5], State.OPEN)
        states.entrust(writing, there.ids[5:6], there.instructor.id)
    with there.room.reading() as reading:
        covered = coverage.of_call(reading, there.auditor, CALL)
    assert covered.by_reading == {"analysed": 14, "partly-read": 3, "waiting": 2, "failed": 1}
    assert covered.by_state == {"open": 16, "complete": 3, "pieces-requested": 1}
    assert covered.dossiers == covered.followed == sum(covered.by_state.values()) == COUNT
    assert (covered.pages, covered.pages_unread) == (17 * 12, 3)


def test_dossiers_that_stop_here_are_counted_apart_by_reason(there: Peopled) -> None:
    with there.room.writing(there.instructor.actor) as writing:
        states.mark(writing, there.ids[:2], State.DROPPED, reason=Reason.LATE)
        states.mark(writing, there.ids[2:3], State.DROPPED, reason=Reason.DUPLICATE)
        states.mark(writing, there.ids[3:4], State.COMPLETE)
        for which in (there.ids[1], there.ids[3]):
            for field in FIELDS:
                decisions.decide(writing, there.instructor, which, Statement(Kind.FIELD, field, "present"))
    with there.room.reading() as reading:
        covered = coverage.of_call(reading, there.auditor, CALL)
        progress = workloads.of_calls(reading, there.auditor)[CALL]
    assert covered.by_state == {"open": 16, "complete": 1, "dropped": 3}
    assert covered.dropped == {"late": 2, "duplicate": 1}
    assert (covered.decided, covered.followed) == (1, COUNT - 3)
    assert (progress.dropped, progress.followed, progress.to_instruct) == (3, COUNT - 3, COUNT - 4)
    assert progress.decided == covered.decided


def test_what_was_not_read_is_named_with_why(there: Peopled) -> None:
    missed = _uncovered(there, there.auditor)
    assert [(each.name, each.status, each.reason, each.pages_unread) for each in missed] == [
        ("Dossier 00000", Status.ANALYSED, None, 1),
        ("Dossier 00007", Status.ANALYSED, None, 1),
        ("Dossier 00009", Status.WAITING, None, 0),
        ("Dossier 00010", Status.FAILED, "timed-out", 0),
        ("Dossier 00014", Status.ANALYSED, None, 1),
        ("Dossier 00019", Status.WAITING, None, 0),
    ]
    assert _uncovered(there, there.auditor, limit=2, offset=3) == missed[3:5]


def test_versions_count_the_analyses_in_force(there: Peopled) -> None:
    with there.room.reading() as reading:
        found = coverage.versions(reading, there.auditor, CALL)
    assert [(each.program, each.models, each.dossiers) for each in found] == [
        ("0.2.0", "encodeur 1", 6),
        ("0.1.0", "encodeur 1", 3),
    ]


def test_it_covers_what_the_viewer_sees(there: Peopled) -> None:
    with there.room.writing(there.instructor.actor) as writing:
        calls.assign(writing, there.juror.id, [there.ids[0], there.ids[1], there.ids[9]])
    with there.room.reading() as reading:
        theirs = coverage.of_call(reading, there.juror, CALL)
        nobody = coverage.of_call(reading, there.second, CALL)
        other = coverage.of_call(reading, there.auditor, "aquitaine-2014")
    assert theirs.by_reading == {"partly-read": 1, "analysed": 1, "waiting": 1}
    assert (nobody.dossiers, nobody.pages, other.dossiers) == (0, 0, 0)
    assert [each.id for each in _uncovered(there, there.juror)] == [there.ids[0], there.ids[9]]
