"""Whether people are told that nobody reads what waits, by a given clock."""

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.calls.model import Call
from store import index, instants, intakes, settling, signs
from store.database import Store
from store.intakes import IntakeItem, Result
from store.keys import ROOM_BATCH
from store.people import accounts, calls, questions
from store.people.room import Room
from store.people.viewers import Role
from store.records import NewFile
from store.settling import Choice
from store.signs import SILENCE, Stopped

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SOON = timedelta(seconds=1)


class Clock:
    """What the store takes for the time."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> str:
        return instants.written(self.at)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for module in ("signs", "intakes", "index", "settling", "people.sealing"):
        monkeypatch.setattr(f"store.{module}.now", clock.now)
    return clock


def drop(store: Store, call: Call) -> None:
    """An intake that is ready."""
    [file] = store.keep_files([NewFile("a.pdf", b"%PDF-1.7")])
    with store.writing() as writing:
        intake = intakes.open_intake(writing, call.id, "Courrier")
        intakes.add_file(writing, intake.id, file.name, file.sha256, file.size)
        intakes.make_ready(writing, intake.id)


def sign(store: Store) -> None:
    with store.writing() as writing:
        signs.give(writing)


def stopped(store: Store, at: datetime) -> Stopped | None:
    with store.reading() as connection:
        return signs.stopped(connection, at)


def test_a_worker_without_a_sign_for_two_minutes_is_stopped_when_something_waits(
    store: Store, call: Call, clock: Clock
) -> None:
    sign(store)
    events = len(store.journal())
    late = NOON + SILENCE + SOON
    assert stopped(store, late) is None  # nothing waits
    drop(store, call)
    assert stopped(store, NOON + SILENCE) is None
    assert stopped(store, late) == Stopped(NOON)
    clock.at = late
    sign(store)
    assert stopped(store, late) is None
    with store.reading() as connection:
        assert signs.last(connection) == late
    assert len(store.journal()) == events + 2  # the intake alone: opened, ready


def test_one_that_never_gave_a_sign_is_given_as_long_to_begin(store: Store, call: Call, clock: Clock) -> None:
    with store.reading() as connection:
        assert signs.last(connection) is None
    assert stopped(store, NOON + SILENCE + SOON) is None
    drop(store, call)
    assert stopped(store, NOON + SILENCE) is None
    assert stopped(store, NOON + SILENCE + SOON) == Stopped(None)


def test_dossiers_to_read_tries_and_answers_wait_as_intakes_do(
    store: Store, room: Room, call: Call, clock: Clock
) -> None:
    with room.writing("machine") as writing:
        calls.open_call(writing, call.id, None)
        viewer = accounts.add(writing, "anne", "Anne", Role.INSTRUCTOR, None).viewer
    sign(store)
    late = NOON + SILENCE + SOON
    known = store.deposit(call.id, ROOM_BATCH, "Lescar", [NewFile("a.pdf", b"%PDF-1.7 a")])
    assert stopped(store, late) is not None  # it is not read
    with store.writing() as writing:
        index.fail(writing.connection, known.id, known.deposit, "interrupted")
    assert stopped(store, late) is None
    with store.writing() as writing:
        intakes.retry(writing, known.id)
    assert stopped(store, late) is not None
    with store.writing() as writing:
        intakes.take_retries(writing)
        index.fail(writing.connection, known.id, known.deposit, "interrupted")
    drop(store, call)
    pieces = store.keep_files([NewFile("a.pdf", b"%PDF-1.7 b")])
    with store.writing() as writing:
        taken = intakes.take(writing)
        assert taken is not None
        intakes.say(writing, taken.id, [IntakeItem("Lescar", Result.TO_SETTLE, dossier_id=known.id, pieces=pieces)])
        intakes.end_those_done(writing)
    assert stopped(store, late) is None  # it waits for people
    with room.writing(viewer.actor) as writing:
        questions.answer(writing, viewer, taken.id, {0: (known.id, 1)}, Choice.LEAVE)
    assert stopped(store, late) is not None
    with store.writing() as writing:
        settling.settle_chosen(writing, ROOM_BATCH)
        intakes.end_those_done(writing)
    assert stopped(store, late) is None
