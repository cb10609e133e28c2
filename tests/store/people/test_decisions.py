import pytest

from store.database import Store
from store.people import accounts, calls, decisions
from store.people.accounts import Person
from store.people.decisions import DecidedMeanwhile, Decision, Kind, Settlement, Statement
from store.people.room import Room
from store.people.viewers import Role
from store.problems import NotInStore
from store.records import Action

CALL = "alpc-2016"


@pytest.fixture
def instructor(room: Room) -> Person:
    with room.writing("machine") as writing:
        calls.open_call(writing, CALL, None)
        return accounts.add(writing, "inst", "Ines Truc", Role.INSTRUCTOR, None)


def _decide(room: Room, person: Person, dossier_id: str, statement: Statement) -> bool:
    with room.writing(person.viewer.actor) as writing:
        return decisions.decide(writing, person.viewer, dossier_id, statement)


def _made(room: Room, person: Person, dossier_id: str) -> tuple[Decision, ...]:
    with room.reading() as reading:
        return decisions.of_dossier(reading, person.viewer, dossier_id)


def test_a_decision_replaces_another_and_both_stay(room: Room, instructor: Person, dossier_id: str) -> None:
    machine = {"status": "absent", "reason": "Rien trouvé."}
    first = Statement(Kind.FIELD, "3", "present", "Voir page 4 : « objectifs ».", machine)
    assert _decide(room, instructor, dossier_id, first)
    kept = _made(room, instructor, dossier_id)[0]
    assert (kept.said, kept.name) == (first, "Ines Truc")
    assert _decide(room, instructor, dossier_id, Statement(Kind.FIELD, "3", "thin", "", machine, replaces=kept.id))
    made = _made(room, instructor, dossier_id)
    assert [one.said.value for one in made] == ["present", "thin"]
    assert decisions.in_force(made)[(Kind.FIELD, "3")] == made[1]


def test_the_same_decision_again_adds_nothing(room: Room, instructor: Person, dossier_id: str) -> None:
    statement = Statement(Kind.FINDING, "aid:1", Settlement.NOTED.value, "vu")
    assert _decide(room, instructor, dossier_id, statement)
    assert not _decide(room, instructor, dossier_id, statement)
    assert len(_made(room, instructor, dossier_id)) == 1


def test_what_was_decided_meanwhile_is_not_overwritten_unseen(room: Room, instructor: Person, dossier_id: str) -> None:
    _decide(room, instructor, dossier_id, Statement(Kind.TYPE, "", ["services"]))
    with pytest.raises(DecidedMeanwhile):
        _decide(room, instructor, dossier_id, Statement(Kind.TYPE, "", ["territoriale"]))
    with pytest.raises(DecidedMeanwhile):
        _decide(room, instructor, dossier_id, Statement(Kind.FIELD, "1", "thin", replaces=12))


def test_a_decision_taken_back_is_no_longer_in_force(room: Room, instructor: Person, dossier_id: str) -> None:
    _decide(room, instructor, dossier_id, Statement(Kind.FACT, "aide_demandee_eur", 12000))
    first = _made(room, instructor, dossier_id)[0]
    _decide(room, instructor, dossier_id, Statement(Kind.FACT, "aide_demandee_eur", None, replaces=first.id))
    made = _made(room, instructor, dossier_id)
    assert len(made) == 2
    assert decisions.in_force(made) == {}


def test_notes_stand_one_after_the_other(room: Room, instructor: Person, dossier_id: str) -> None:
    for text in ("un", "deux"):
        _decide(room, instructor, dossier_id, Statement(Kind.NOTE, "", None, text))
    made = _made(room, instructor, dossier_id)
    assert [one.said.note for one in made] == ["un", "deux"]
    assert decisions.in_force(made) == {}


def test_the_journal_seals_decisions_without_their_words(
    room: Room, store: Store, instructor: Person, dossier_id: str
) -> None:
    _decide(room, instructor, dossier_id, Statement(Kind.FIELD, "3", "thin", "Une note confidentielle"))
    _decide(room, instructor, dossier_id, Statement(Kind.FACT, "porteur", "Les Jardins du Lavoir"))
    field, fact = store.journal(action=Action.DECISION_MADE)
    assert (field.data["kind"], field.data["key"], field.data["value"]) == ("field", "3", "thin")
    assert "value" not in fact.data
    assert store.verify().sound


def test_only_those_who_may_open_the_dossier_decide_and_read(
    room: Room, store: Store, instructor: Person, dossier_id: str
) -> None:
    with room.writing("machine") as writing:
        juror = accounts.add(writing, "jure", "Jure", Role.JUROR, None)
    _decide(room, instructor, dossier_id, Statement(Kind.FIELD, "3", "thin"))
    assert _made(room, juror, dossier_id) == ()
    with pytest.raises(NotInStore):
        _decide(room, juror, dossier_id, Statement(Kind.FIELD, "1", "thin"))
