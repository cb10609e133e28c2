"""Letters that ask for pieces: one under way for all, those that were sent for good."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.exc import DBAPIError

from pipeline.calls.model import Call
from store.database import Store
from store.instants import now
from store.people import accounts, calls, letter_drafts, letters, received, states
from store.people.accounts import Person
from store.people.letter_drafts import LetterChanged, LetterDraft, Written
from store.people.letters import Asked, InvalidLetter, Letter, Sent
from store.people.room import Room
from store.people.states import State
from store.people.viewers import Role
from store.problems import NotInStore
from store.records import Action
from store.schema import deposits, dossiers
from tests.databases import Tamper

TODAY = letters.today()
SOON = TODAY + timedelta(days=15)
TEXT = "Madame, Monsieur,\n\nIl manque le budget."
WRITTEN = Written(TEXT, SOON, ("3", "5"))


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Midnight may pass between the first line of this file and a test."""
    monkeypatch.setattr(letters, "today", lambda: TODAY)


@pytest.fixture
def instructor(room: Room, call: Call) -> Person:
    with room.writing("machine") as writing:
        calls.open_call(writing, call.id, None)
        return accounts.add(writing, "inst", "Ines Truc", Role.INSTRUCTOR, None)


@pytest.fixture
def other(room: Room) -> Person:
    with room.writing("machine") as writing:
        return accounts.add(writing, "autre", "Omar Autre", Role.INSTRUCTOR, None)


def _save(room: Room, person: Person, dossier_id: str, words: str, version: int, *, anew: bool = False) -> int:
    with room.writing(person.viewer.actor) as writing:
        written = Written(words, SOON, ("3",))
        return letter_drafts.save(writing, person.viewer, dossier_id, written, version, anew=anew)


def _draft(room: Room, person: Person, dossier_id: str) -> LetterDraft:
    with room.reading() as reading:
        draft = letter_drafts.of_dossier(reading, person.viewer, dossier_id)
    assert draft is not None
    return draft


def _send(room: Room, person: Person, dossier_id: str, version: int, expected: date | None = SOON) -> int:
    with room.writing(person.viewer.actor) as writing:
        return letters.send(writing, person.viewer, dossier_id, version, ("3", "5"), TODAY, expected)


def _sent(room: Room, person: Person, dossier_id: str) -> tuple[Sent, ...]:
    with room.reading() as reading:
        return letters.of_dossier(reading, person.viewer, dossier_id)


def _overdue(room: Room) -> int:
    with room.reading() as reading:
        return len(reading.connection.execute(select(dossiers.c.id).where(letters.overdue())).all())


def test_a_letter_under_way_is_for_all_and_names_who_changed_it(
    room: Room, instructor: Person, other: Person, dossier_id: str
) -> None:
    assert _save(room, instructor, dossier_id, "Un", 0) == 1
    assert _save(room, instructor, dossier_id, "Un et demi", 1) == 2
    draft = _draft(room, other, dossier_id)
    assert (draft.name, draft.version, draft.former) == (instructor.name, 2, None)
    assert draft.written == Written("Un et demi", SOON, ("3",))
    _save(room, other, dossier_id, "Deux", 2)
    draft = _draft(room, instructor, dossier_id)
    assert draft.former is not None
    assert (draft.name, draft.former.text, draft.former.name) == (other.name, "Un et demi", instructor.name)
    with room.reading() as reading:
        under_way = letter_drafts.of_call(reading, other.viewer, "alpc-2016")
    assert {each: written.text for each, written in under_way.items()} == {dossier_id: "Deux"}


def test_two_who_write_at_once_lose_nothing(room: Room, instructor: Person, other: Person, dossier_id: str) -> None:
    _save(room, instructor, dossier_id, "D'Ines", 0)
    with pytest.raises(LetterChanged):
        _save(room, other, dossier_id, "D'Omar", 0)
    assert _draft(room, other, dossier_id).written == Written("D'Ines", SOON, ("3",))
    _save(room, other, dossier_id, "D'Omar", 1)
    _save(room, other, dossier_id, "D'Omar encore", 2)
    former = _draft(room, other, dossier_id).former
    assert former is not None
    assert former.text == "D'Ines"


def test_a_text_given_up_is_kept_beside(room: Room, instructor: Person, dossier_id: str) -> None:
    _save(room, instructor, dossier_id, "Le mien", 0)
    _save(room, instructor, dossier_id, "Celui du programme", 1, anew=True)
    former = _draft(room, instructor, dossier_id).former
    assert former is not None
    assert (former.text, former.name) == ("Le mien", instructor.name)


def test_who_may_not_open_a_dossier_writes_no_letter(room: Room, instructor: Person, dossier_id: str) -> None:
    with room.writing("machine") as writing:
        juror = accounts.add(writing, "jures", "Jo Jury", Role.JUROR, None)
    with pytest.raises(NotInStore):
        _save(room, juror, dossier_id, "Non", 0)
    _save(room, instructor, dossier_id, "Oui", 0)
    with room.reading() as reading:
        assert letter_drafts.of_dossier(reading, juror.viewer, dossier_id) is None
    with pytest.raises(LetterChanged):
        _send(room, juror, dossier_id, 1)
    number = _send(room, instructor, dossier_id, 1)
    assert _sent(room, juror, dossier_id) == ()
    with room.writing(juror.viewer.actor) as writing, pytest.raises(LetterChanged):
        letters.correct(writing, juror.viewer, dossier_id, number, None, None)


def test_a_letter_sent_is_sealed_and_the_dossier_waits(
    room: Room, store: Store, instructor: Person, dossier_id: str
) -> None:
    with room.writing(instructor.viewer.actor) as writing:
        letter_drafts.save(writing, instructor.viewer, dossier_id, WRITTEN, 0)
    number = _send(room, instructor, dossier_id, 1)
    (sent,) = _sent(room, instructor, dossier_id)
    assert (sent.number, sent.now.text, sent.now.asked) == (number, TEXT, ("3", "5"))
    assert (sent.now.sent_on, sent.now.expected, sent.now.name) == (TODAY, SOON, instructor.name)
    (told,) = store.journal(action=Action.LETTER_SENT)
    assert told.data["letter"] == sent.digest
    assert told.data["asked"] == ("3", "5")
    assert (told.data["sent"], told.data["expected"]) == (TODAY.isoformat(), SOON.isoformat())
    assert TEXT not in str(told)
    with room.reading() as reading:
        assert states.of_dossier(reading, instructor.viewer, dossier_id).state is State.PIECES_REQUESTED
    draft = _draft(room, instructor, dossier_id)
    assert (draft.written, draft.version, draft.former) == (None, 2, None)
    with pytest.raises(LetterChanged):
        _send(room, instructor, dossier_id, 2)
    with pytest.raises(LetterChanged):
        _save(room, instructor, dossier_id, "Une page restée ouverte", 1)
    assert store.verify().sound


def test_a_letter_altered_later_is_found_out(
    room: Room, store: Store, engine: Engine, tamper: Tamper, instructor: Person, dossier_id: str
) -> None:
    _save(room, instructor, dossier_id, TEXT, 0)
    _send(room, instructor, dossier_id, 1)
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.execute(text("UPDATE letters SET text = 'autre'"))
    tamper("UPDATE letters SET text = 'autre'")
    assert not store.verify().sound


def test_days_are_corrected_by_another_row(room: Room, store: Store, instructor: Person, dossier_id: str) -> None:
    _save(room, instructor, dossier_id, TEXT, 0)
    number = _send(room, instructor, dossier_id, 1)
    later, viewer = SOON + timedelta(days=7), instructor.viewer
    with room.writing(viewer.actor) as writing:
        letters.correct(writing, viewer, dossier_id, number, TODAY, SOON)  # says nothing new
        letters.correct(writing, viewer, dossier_id, number, TODAY - timedelta(days=1), later)
    with room.writing(viewer.actor) as writing, pytest.raises(LetterChanged):
        letters.correct(writing, viewer, dossier_id, number, None, None)
    (sent,) = _sent(room, instructor, dossier_id)
    assert [(one.sent_on, one.expected) for one in sent.versions] == [
        (TODAY, SOON),
        (TODAY - timedelta(days=1), later),
    ]
    assert (sent.number, sent.now.text) == (number, TEXT)
    with room.writing(viewer.actor) as writing:
        letters.correct(writing, viewer, dossier_id, sent.now.id, None, None)
    (sent,) = _sent(room, instructor, dossier_id)
    assert sent.now.sent_on is None
    assert [len(list(store.journal(action=action))) for action in _TOLD] == [1, 1, 1]
    assert store.verify().sound


_TOLD = (Action.LETTER_SENT, Action.LETTER_CORRECTED, Action.LETTER_WITHDRAWN)


@pytest.mark.parametrize(
    ("sent_on", "expected", "asked"),
    [
        (TODAY + timedelta(days=1), SOON, ("3",)),
        (TODAY, TODAY - timedelta(days=1), ("3",)),
        (TODAY, SOON, ()),
    ],
)
def test_a_letter_that_cannot_be_is_refused(
    room: Room, instructor: Person, dossier_id: str, sent_on: date, expected: date, asked: tuple[str, ...]
) -> None:
    _save(room, instructor, dossier_id, TEXT, 0)
    with room.writing(instructor.viewer.actor) as writing, pytest.raises(InvalidLetter):
        letters.send(writing, instructor.viewer, dossier_id, 1, asked, sent_on, expected)


def test_a_reply_is_overdue_until_another_day_is_set_or_the_pieces_are_there(
    room: Room, instructor: Person, dossier_id: str
) -> None:
    viewer, before = instructor.viewer, TODAY - timedelta(days=1)
    _save(room, instructor, dossier_id, TEXT, 0)
    number = _send(room, instructor, dossier_id, 1)
    assert _overdue(room) == 0
    with room.writing(viewer.actor) as writing:
        letters.correct(writing, viewer, dossier_id, number, before, before)
    assert _overdue(room) == 1
    _save(room, instructor, dossier_id, "Relance", 2)
    _send(room, instructor, dossier_id, 3)
    assert _overdue(room) == 0
    with room.writing(viewer.actor) as writing:
        letters.correct(writing, viewer, dossier_id, _sent(room, instructor, dossier_id)[1].now.id, None, None)
    assert _overdue(room) == 1
    with room.writing(viewer.actor) as writing:
        states.mark(writing, [dossier_id], State.COMPLETE)
    assert _overdue(room) == 0


def test_pieces_that_came_since_are_to_be_examined_not_awaited(room: Room, instructor: Person, dossier_id: str) -> None:
    viewer, before = instructor.viewer, TODAY - timedelta(days=1)
    _save(room, instructor, dossier_id, TEXT, 0)
    number = _send(room, instructor, dossier_id, 1)
    with room.writing(viewer.actor) as writing:
        letters.correct(writing, viewer, dossier_id, number, before, before)
    with room.reading() as reading:
        assert letters.is_overdue(reading, viewer, dossier_id)
    with room.writing("machine") as writing:
        more = {"dossier_id": dossier_id, "number": 2, "deposited_at": now()}
        writing.connection.execute(insert(deposits), [more])
    with room.reading() as reading:
        assert not letters.is_overdue(reading, viewer, dossier_id)
        assert received.arrived(reading, viewer, dossier_id) is not None
    assert _overdue(room) == 0
    _save(room, instructor, dossier_id, "Il manque encore les statuts.", 2)
    _send(room, instructor, dossier_id, 3)
    with room.reading() as reading:
        assert received.arrived(reading, viewer, dossier_id) is None


def test_what_came_in_is_held_against_the_letters_sent_before_it() -> None:
    at = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)  # the 11th in France

    def one(sent_on: date | None, expected: date | None, *, said: datetime = at - timedelta(days=1)) -> Sent:
        return Sent((Letter(1, TEXT, ("3",), sent_on, expected, "Ines", said, None),))

    begun, last = date(2026, 3, 1), date(2026, 3, 11)
    assert letters.asked_for([], at) is None
    assert letters.asked_for([one(None, last)], at) is None  # not sent after all
    assert letters.asked_for([one(date(2026, 3, 12), last)], at) is None
    assert letters.asked_for([one(last, last, said=at + timedelta(minutes=1))], at) is None
    assert letters.asked_for([one(last, last)], at) == Asked(last, True)
    assert letters.asked_for([one(begun, last)], at) == Asked(last, True)
    assert letters.asked_for([one(begun, last)], at + timedelta(days=1)) == Asked(last, False)
    assert letters.asked_for([one(begun, begun), one(begun, last)], at) == Asked(last, True)
    assert letters.asked_for([one(begun, None)], at) == Asked(None, True)
