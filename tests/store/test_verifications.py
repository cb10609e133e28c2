"""Verifications that people ask for: the machine makes them, the journal seals them, and none is older than it says."""

import pytest

from pipeline.errors import StoreProblem
from store import verifications as machine_side
from store.canonical import digest_of
from store.database import Store
from store.doubts import Doubt
from store.people import accounts, audits, verifications
from store.people.audits import Population
from store.people.calls import about_call, open_call
from store.people.room import Room
from store.people.sealing import append
from store.people.viewers import Role, Viewer
from store.records import Action
from tests.databases import Tamper
from tests.store.work import CALL, deposit


@pytest.fixture
def auditor(room: Room) -> Viewer:
    """The only one who is there."""
    with room.writing("machine") as writing:
        open_call(writing, CALL, None)
        return accounts.add(writing, "aude", "Aude Machin", Role.AUDITOR, None).viewer


def _ask(room: Room, viewer: Viewer) -> None:
    with room.writing(viewer.actor) as writing:
        verifications.ask(writing, viewer)


def _state(room: Room, viewer: Viewer) -> verifications.Verifying:
    with room.reading() as reading:
        return verifications.state(reading, viewer)


def test_the_machine_answers_who_asks(room: Room, store: Store, auditor: Viewer) -> None:
    assert _state(room, auditor) == verifications.Verifying(None, None)
    assert not store.verify_if_asked()
    _ask(room, auditor)
    asked = _state(room, auditor)
    assert asked.last is None
    assert asked.asked_at is not None
    assert store.verify_if_asked()
    made = _state(room, auditor)
    assert made.last is not None
    assert made.asked_at is None
    assert asked.asked_at <= made.last.at <= made.last.ended_at
    assert made.last.report.sound
    assert (made.last.found, made.last.after) == (0, 0)
    head = made.last.report.head
    (told,) = store.journal(action=Action.VERIFICATION_ASKED)
    assert (head.sequence, head.digest) == (told.sequence, told.digest)
    assert store.verify().sound


def test_what_came_since_is_counted(room: Room, store: Store, auditor: Viewer) -> None:
    _ask(room, auditor)
    store.verify_if_asked()
    deposit(store)
    deposit(store, name="Un autre")
    last = _state(room, auditor).last
    assert last is not None
    assert last.after == 2
    _ask(room, auditor)  # the former stays until the new one is there
    assert _state(room, auditor).last == last
    store.verify_if_asked()
    newest = _state(room, auditor).last
    assert newest is not None
    assert newest.after == 0


def test_it_is_for_who_reads_the_journal(room: Room, store: Store, auditor: Viewer) -> None:
    _ask(room, auditor)
    store.verify_if_asked()
    _ask(room, auditor)
    for role in (Role.INSTRUCTOR, Role.JUROR):
        assert _state(room, Viewer(auditor.id, role)) == verifications.Verifying(None, None)


def test_problems_are_kept_and_counted(
    room: Room, store: Store, auditor: Viewer, tamper: Tamper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine_side, "MOST_PROBLEMS", 1)
    tamper("UPDATE journal SET data = '{}' WHERE sequence <= 2")
    _ask(room, auditor)
    store.verify_if_asked()
    last = _state(room, auditor).last
    assert last is not None
    assert last.found == 2
    assert [problem.doubt for problem in last.report.problems] == [Doubt.EVENT_ALTERED]
    assert last.report.breaks_at == 1


@pytest.mark.parametrize(
    "statement",
    ["UPDATE verifications SET found = 3", "DELETE FROM verifications", "UPDATE verifications SET digest = ''"],
)
def test_one_changed_afterwards_is_found(
    room: Room, store: Store, auditor: Viewer, tamper: Tamper, statement: str
) -> None:
    _ask(room, auditor)
    store.verify_if_asked()
    tamper(statement)
    assert [problem.doubt for problem in store.verify().problems] == [Doubt.VERIFICATION_ALTERED]


def test_people_cannot_write_that_the_journal_is_sound(room: Room, store: Store, auditor: Viewer) -> None:
    _ask(room, auditor)
    with room.reading() as reading:
        request = machine_side.awaited(reading.connection)
    assert request is not None
    with pytest.raises(StoreProblem), room.writing(auditor.actor) as writing:
        machine_side.keep(writing, request, "", store.verify())


def test_what_a_sample_was_drawn_from_is_sealed_with_it(
    room: Room, store: Store, auditor: Viewer, tamper: Tamper
) -> None:
    former: dict[str, str | int | None] = {"call": CALL, "size": 1, "population": 2, "seed": 3, "person_id": auditor.id}
    with room.writing(auditor.actor) as writing:
        old = append(writing, Action.SAMPLE_DRAWN, about_call(CALL), former)
        new = append(writing, Action.SAMPLE_DRAWN, about_call(CALL), {**former, "among": Population.ALL.value})
    with room.reading() as reading:
        assert [one.among for one in audits.every(reading, auditor, CALL)] == [Population.ALL, None]
    (first, _) = store.journal(action=Action.SAMPLE_DRAWN)
    said = {name: value for name, value in old._mapping.items() if name != "among"}
    assert first.data["record"] == digest_of(said)  # as before samples had that column
    assert store.verify().sound
    tamper("UPDATE samples SET among = NULL WHERE id = :id", id=new.id)
    assert [problem.doubt for problem in store.verify().problems] == [Doubt.WORD_ALTERED]
    tamper("UPDATE samples SET among = 'all'")
    assert [problem.doubt for problem in store.verify().problems] == [Doubt.WORD_ALTERED]
