"""A dossier dropped under the name of a known one: people say what it is, then the machine does it."""

import pytest

from pipeline.calls.model import Call
from store import intakes, settling
from store.database import Store
from store.intakes import IntakeItem, IntakeState, Result
from store.keys import ROOM_BATCH
from store.people import accounts, calls, questions
from store.people.accounts import Person
from store.people.questions import AnsweredMeanwhile
from store.people.room import Room
from store.people.viewers import Role
from store.records import Action, Dossier, NewFile
from store.settling import Choice

OLD, NEW, RIB = b"%PDF-1.7 old", b"%PDF-1.7 new", b"%PDF-1.7 rib"


@pytest.fixture
def person(room: Room, call: Call) -> Person:
    with room.writing("machine") as writing:
        calls.open_call(writing, call.id, None)
        return accounts.add(writing, "anne", "Anne", Role.INSTRUCTOR, "quatre mots sans rapport")


@pytest.fixture
def known(store: Store, call: Call) -> Dossier:
    return store.deposit(call.id, ROOM_BATCH, "Lescar", [NewFile("budget.pdf", OLD), NewFile("rib.pdf", RIB)])


@pytest.fixture
def intake(store: Store, room: Room, person: Person, call: Call, known: Dossier) -> int:
    """One with the dossier « Lescar » of other files, and a dossier of its own."""
    with room.writing(person.viewer.actor) as writing:
        made = intakes.open_intake(writing, call.id, "Courrier")
        intakes.add_file(writing, made.id, "Lescar/budget.pdf", *room.files.put(NEW))
        intakes.make_ready(writing, made.id)
    pieces = store.keep_files([NewFile("budget.pdf", NEW), NewFile("copie.pdf", RIB)])
    with store.writing() as writing:
        intakes.take(writing)
        said = [
            IntakeItem("notes.txt", Result.REFUSED, "not-a-pdf-file"),
            IntakeItem("Lescar", Result.TO_SETTLE, dossier_id=known.id, pieces=pieces),
        ]
        intakes.say(writing, made.id, said)
    return made.id


def settle(store: Store) -> None:
    with store.writing() as writing:
        assert settling.is_one_chosen(writing.connection)
        settling.settle_chosen(writing, ROOM_BATCH)
        assert not settling.is_one_chosen(writing.connection)


def end(store: Store, intake: int) -> IntakeState:
    with store.writing() as writing:
        intakes.end_those_done(writing)
        return intakes.find(writing.connection, intake).state


def item(store: Store, intake: int) -> IntakeItem:
    with store.reading() as connection:
        return intakes.items(connection, intake)[1]


def answer(
    room: Room, person: Person, intake: int, choice: Choice, deposit: int = 1, about: Dossier | None = None
) -> None:
    with room.writing(person.viewer.actor) as writing:
        [asked] = questions.of_intake(writing, person.viewer, intake)
        which = asked.known[0].dossier.id if about is None else about.id
        questions.answer(writing, person.viewer, intake, {1: (which, deposit)}, choice)


def test_what_is_asked_shows_both_and_is_counted(
    room: Room, store: Store, person: Person, known: Dossier, intake: int, call: Call
) -> None:
    assert end(store, intake) is IntakeState.TO_SETTLE
    with room.reading() as reading:
        [asked] = questions.of_intake(reading, person.viewer, intake)
        assert [each.questions for each in questions.waiting(reading, person.viewer)] == [1]
        assert questions.waiting(reading, person.viewer, "autre") == ()
    assert (asked.position, asked.path, asked.choice) == (1, "Lescar", None)
    assert [each.dossier for each in asked.known] == [known]
    assert [piece.name for piece in asked.pieces] == ["budget.pdf", "copie.pdf"]
    answer(room, person, intake, Choice.ADD)
    with room.reading() as reading:
        assert questions.waiting(reading, person.viewer, call.id) == ()
        assert questions.of_intake(reading, person.viewer, intake)[0].by == person.id


@pytest.mark.parametrize(
    ("choice", "result", "name", "files"),
    [
        (Choice.ADD, Result.ADDED, "Lescar", ["budget.pdf", "rib.pdf", "budget (2).pdf"]),
        (Choice.REPLACE, Result.REPLACED, "Lescar", ["budget.pdf", "copie.pdf"]),
        (Choice.OTHER, Result.NEW, "Lescar (2)", ["budget.pdf", "copie.pdf"]),
    ],
)
def test_the_machine_does_what_was_chosen(
    room: Room, store: Store, person: Person, intake: int, choice: Choice, result: Result, name: str, files: list[str]
) -> None:
    assert end(store, intake) is IntakeState.TO_SETTLE
    answer(room, person, intake, choice)
    settle(store)
    done = item(store, intake)
    assert (done.result, done.pieces) == (result, ())
    assert done.dossier_id is not None
    dossier = store.dossier(done.dossier_id)
    assert (dossier.name, dossier.deposit) == (name, done.deposit)
    assert [file.name for file in dossier.files] == files
    assert end(store, intake) is IntakeState.RUNNING  # its dossier waits to be read
    [told] = store.journal(action=Action.DEPOSIT_SETTLED)
    assert (told.actor, told.data["intake"], told.data["choice"]) == (person.viewer.actor, intake, choice.value)
    assert store.verify().sound


def test_what_is_left_aside_changes_nothing(
    room: Room, store: Store, person: Person, known: Dossier, intake: int
) -> None:
    answer(room, person, intake, Choice.LEAVE)
    settle(store)
    assert item(store, intake) == IntakeItem("Lescar", Result.REFUSED, settling.LEFT)
    assert end(store, intake) is IntakeState.DONE
    assert store.dossiers() == (known,)


def test_only_the_first_answer_counts_and_only_about_what_was_shown(
    room: Room, store: Store, person: Person, known: Dossier, intake: int, call: Call
) -> None:
    with pytest.raises(AnsweredMeanwhile, match="reçu d'autres fichiers"):
        answer(room, person, intake, Choice.REPLACE, deposit=2)
    answer(room, person, intake, Choice.OTHER)
    with pytest.raises(AnsweredMeanwhile, match="déjà répondu"):
        answer(room, person, intake, Choice.REPLACE)
    settle(store)
    with pytest.raises(AnsweredMeanwhile, match="déjà répondu"), room.writing(person.viewer.actor) as writing:
        questions.answer(writing, person.viewer, intake, {1: (known.id, 1)}, Choice.REPLACE)
    with store.reading() as connection:
        again = settling.namesake(connection, call.id, ROOM_BATCH, "Lescar", store.keep_files([NewFile("b", NEW)]))
    assert again is not None
    assert (again[0].name, again[1]) == ("Lescar (2)", True)  # the other applicant's, sent again, is known


def test_of_several_dossiers_of_the_name_the_one_that_people_name_receives_the_files(
    room: Room, store: Store, person: Person, known: Dossier, intake: int, call: Call
) -> None:
    second = store.deposit(call.id, ROOM_BATCH, "Lescar (2)", [NewFile("projet.pdf", OLD)])
    store.deposit(call.id, ROOM_BATCH, "Lescar (4)", [NewFile("projet.pdf", OLD)])  # after a gap: a name of its own
    stranger = store.deposit(call.id, ROOM_BATCH, "Pau", [NewFile("projet.pdf", OLD)])
    with room.reading() as reading:
        [asked] = questions.of_intake(reading, person.viewer, intake)
    assert [each.dossier.name for each in asked.known] == ["Lescar", "Lescar (2)"]
    with pytest.raises(AnsweredMeanwhile, match="reçu d'autres fichiers"):
        answer(room, person, intake, Choice.ADD, about=stranger)
    answer(room, person, intake, Choice.ADD, about=second)
    with room.reading() as reading:
        assert questions.of_intake(reading, person.viewer, intake)[0].about == second.id
    settle(store)
    assert item(store, intake).dossier_id == second.id
    assert [file.name for file in store.dossier(second.id).files] == ["projet.pdf", "budget.pdf", "copie.pdf"]
    assert store.dossier(known.id) == known


def test_another_applicant_takes_the_next_number_whichever_dossier_was_met(
    room: Room, store: Store, person: Person, known: Dossier, intake: int, call: Call
) -> None:
    second = store.deposit(call.id, ROOM_BATCH, "Lescar (2)", [NewFile("projet.pdf", OLD)])
    answer(room, person, intake, Choice.OTHER, about=second)
    settle(store)
    assert [each.name for each in store.dossiers()] == ["Lescar", "Lescar (2)", "Lescar (3)"]


def test_files_of_a_numbered_dossier_are_known_where_another_of_its_name_holds_them(
    store: Store, known: Dossier, call: Call
) -> None:
    store.deposit(call.id, ROOM_BATCH, "Lescar (2)", [NewFile("projet.pdf", NEW)])
    alone = store.deposit(call.id, ROOM_BATCH, "Pau (2)", [NewFile("projet.pdf", OLD)])
    with store.reading() as connection:
        held = settling.namesake(connection, call.id, ROOM_BATCH, "Lescar (2)", known.files)
        assert held == (known, True)
        assert settling.namesake(connection, call.id, ROOM_BATCH, "Lescar (3)", known.files) is None
        assert settling.namesakes(connection, [alone]) == {alone.id: (alone,)}  # nobody is called « Pau »
