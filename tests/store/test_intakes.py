import pytest

from store import index, intakes
from store.database import Store
from store.intakes import Grouping, Intake, IntakeItem, IntakeState, Result
from store.keys import ROOM_BATCH
from store.people.room import Room
from store.records import Action
from store.upload_paths import InvalidUpload, clean_path
from tests.store.entries import entry
from tests.store.work import CALL, analyse, deposit

ACTOR = "person:7"


def dropped(room: Room, *paths: str) -> Intake:
    """An intake of files named so, handed to the machine."""
    with room.writing(ACTOR) as writing:
        intake = intakes.open_intake(writing, CALL, "Lot de mars")
        for path in paths:
            intakes.add_file(writing, intake.id, path, *room.files.put(path.encode()))
        return intakes.make_ready(writing, intake.id)


def taken(store: Store) -> Intake | None:
    with store.writing() as writing:
        return intakes.take(writing)


def state(store: Store, intake: Intake) -> IntakeState:
    with store.reading() as connection:
        return intakes.find(connection, intake.id).state


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("projet.pdf", "projet.pdf"),
        ("/etc/../../passwd.pdf", "etc/passwd.pdf"),
        ("C:\\Users\\é\\a.pdf", "C:/Users/é/a.pdf"),
        ("a\x00b\n.pdf", "ab.pdf"),
        (" ./ a / b.pdf ", "a/b.pdf"),
    ],
)
def test_paths_lead_nowhere_else(given: str, kept: str) -> None:
    assert clean_path(given) == kept


def test_long_names_are_shortened_and_keep_their_kind() -> None:
    kept = clean_path("é" * 300 + ".pdf")
    assert len(kept.encode()) <= 200
    assert kept.endswith(".pdf")


@pytest.mark.parametrize("path", ["", "..", "/", " / ", "\x00", "/".join("a" * 13)])
def test_a_path_that_names_nothing_is_refused(path: str) -> None:
    with pytest.raises(InvalidUpload):
        clean_path(path)


def test_an_intake_goes_from_hand_to_hand(store: Store, room: Room) -> None:
    intake = dropped(room, "a.pdf", "b.txt")
    assert (intake.state, intake.opened_by, intake.grouping) == (IntakeState.READY, ACTOR, Grouping.SEPARATE)
    with room.writing(ACTOR) as writing, pytest.raises(InvalidUpload, match="déjà parti"):
        intakes.add_file(writing, intake.id, "c.pdf", "0" * 64, 1)

    first = taken(store)
    assert first is not None
    assert first.state is IntakeState.RUNNING
    assert taken(store) == first  # a machine that was cut off before it said anything
    dossier = deposit(store, "a", ROOM_BATCH)
    items = (
        IntakeItem("a.pdf", Result.NEW, None, dossier.id, 1),
        IntakeItem("b.txt", Result.REFUSED, "not-a-pdf-file"),
    )
    with store.writing() as writing:
        intakes.say(writing, intake.id, items)
        intakes.end_those_done(writing)
    assert taken(store) is None
    assert state(store, intake) is IntakeState.RUNNING
    with room.reading() as reading:
        assert intakes.items(reading.connection, intake.id) == items
        assert intakes.progress(reading.connection, intake.id).waiting == 1

    store.index(entry(dossier, analyse(store, dossier)))
    with store.writing() as writing:
        intakes.end_those_done(writing)
    assert state(store, intake) is IntakeState.DONE
    actions = [event.action for event in store.journal(f"intake:{intake.id}")]
    assert actions == [Action.INTAKE_OPENED, Action.INTAKE_READY, Action.INTAKE_ENDED]
    assert store.journal(f"intake:{intake.id}")[-1].data == {"new": 1, "refused": 1}


def test_a_file_sent_again_replaces_the_former(room: Room) -> None:
    with room.writing(ACTOR) as writing:
        intake = intakes.open_intake(writing, CALL, "Lot")
        for content in (b"one", b"the other"):
            intakes.add_file(writing, intake.id, "a.pdf", *room.files.put(content))
    with room.reading() as reading:
        assert [file.size for file in intakes.files(reading.connection, intake.id)] == [9]


def test_an_empty_intake_is_not_handed_over(room: Room) -> None:
    with room.writing(ACTOR) as writing, pytest.raises(InvalidUpload, match="aucun fichier"):
        intakes.make_ready(writing, intakes.open_intake(writing, CALL, "Lot").id)


def test_an_intake_that_failed_is_handed_over_again(store: Store, room: Room) -> None:
    intake = dropped(room, "a.pdf")
    taken(store)
    with store.writing() as writing:
        intakes.fail(writing, intake.id, "store-full")
    assert state(store, intake) is IntakeState.FAILED
    assert taken(store) is None
    with room.writing(ACTOR) as writing:
        intakes.make_ready(writing, intake.id)
    assert taken(store) is not None


def test_a_dossier_to_try_again_waits_for_it(store: Store, room: Room) -> None:
    dossier = deposit(store, "a", ROOM_BATCH)
    store.index(entry(dossier, analyse(store, dossier)))
    for _ in range(2):
        with room.writing(ACTOR) as writing:
            intakes.retry(writing, dossier.id)
    assert [event.actor for event in store.journal(action=Action.DOSSIER_RETRIED)] == [ACTOR]
    with store.writing() as writing:
        assert intakes.calls_for_work(writing.connection, ROOM_BATCH)
        intakes.take_retries(writing)
        assert index.waiting(writing.connection, ROOM_BATCH, 10) == ((CALL, dossier.id),)
        # What is known already is no reason to think that it was tried again.
        assert index.unindexed(writing.connection) == ()


def test_nothing_calls_for_work_in_other_batches(store: Store) -> None:
    deposit(store, "a", "lot")
    with store.reading() as connection:
        assert not intakes.calls_for_work(connection, ROOM_BATCH)


def test_intakes_of_a_call_come_newest_first(room: Room) -> None:
    first, second = dropped(room, "a.pdf"), dropped(room, "b.pdf")
    with room.reading() as reading:
        assert [intake.id for intake in intakes.of_call(reading.connection, CALL)] == [second.id, first.id]
        assert intakes.of_call(reading.connection, "alpc-2016") == ()
