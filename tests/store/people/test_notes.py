"""Notes without a decision: a draft of their author's, or left for all."""

import pytest

from pipeline.calls.model import Call
from store.database import Store
from store.people import accounts, calls, decisions, jurors_desk, notes
from store.people.accounts import Person
from store.people.decisions import Kind, Statement
from store.people.drafts import DraftChanged
from store.people.jurors_desk import DeskFilter
from store.people.notes import About, NoteDraft
from store.people.room import Room
from store.people.viewers import Role, Viewer
from store.problems import NotInStore
from store.records import Action

FIELD: About = (Kind.FIELD, "3")
FINDING: About = (Kind.FINDING, "aid-above-ceiling:0123456789ab")
TYPE: About = (Kind.TYPE, "")


def _person(room: Room, call: Call, login: str, role: Role) -> Person:
    with room.writing("machine") as writing:
        calls.open_call(writing, call.id, None)
        return accounts.add(writing, login, f"{login} d'Essai", role, None)


@pytest.fixture
def instructor(room: Room, call: Call) -> Person:
    return _person(room, call, "ines", Role.INSTRUCTOR)


def _typed(room: Room, person: Person, dossier_id: str) -> dict[About, NoteDraft]:
    with room.reading() as reading:
        return dict(notes.typed(reading, person.viewer, dossier_id))


def test_what_is_typed_is_its_author_s_alone_and_no_journal_tells_it(
    room: Room, store: Store, call: Call, instructor: Person, dossier_id: str
) -> None:
    other = _person(room, call, "omar", Role.INSTRUCTOR)
    before = len(list(store.journal()))
    with room.writing(instructor.viewer.actor) as writing:
        for about, text in ((FIELD, "À vérif"), (FINDING, "Voir l'annexe."), (TYPE, "Deux types ?")):
            assert notes.keep(writing, instructor.viewer, dossier_id, about, text, 0) == 1
        assert notes.keep(writing, instructor.viewer, dossier_id, FIELD, "À vérifier.", 1) == 2
        with pytest.raises(DraftChanged):
            notes.keep(writing, instructor.viewer, dossier_id, FIELD, "D'une autre fenêtre", 1)
    assert _typed(room, instructor, dossier_id) == {
        FIELD: NoteDraft("À vérifier.", 2),
        FINDING: NoteDraft("Voir l'annexe.", 1),
        TYPE: NoteDraft("Deux types ?", 1),
    }
    assert _typed(room, other, dossier_id) == {}
    assert len(list(store.journal())) == before
    with room.writing(instructor.viewer.actor) as writing:
        assert notes.keep(writing, instructor.viewer, dossier_id, FIELD, "", 2) == 0
    assert FIELD not in _typed(room, instructor, dossier_id)


def test_a_note_that_is_left_is_a_word_for_all_and_decides_nothing(
    room: Room, store: Store, instructor: Person, dossier_id: str
) -> None:
    with room.writing(instructor.viewer.actor) as writing:
        notes.keep(writing, instructor.viewer, dossier_id, FIELD, "À vérifier.", 0)
        notes.leave(writing, instructor.viewer, dossier_id, FIELD, "À vérifier avec le porteur.")
        decisions.decide(writing, instructor.viewer, dossier_id, Statement(Kind.NOTE, "", None, "Sur le tout."))
    assert _typed(room, instructor, dossier_id) == {}
    with room.reading() as reading:
        made = decisions.of_dossier(reading, instructor.viewer, dossier_id)
    assert [(notes.beside(one.said), one.said.note) for one in made] == [
        (FIELD, "À vérifier avec le porteur."),
        (None, "Sur le tout."),
    ]
    assert decisions.in_force(made) == {}
    first, _ = store.journal(action=Action.DECISION_MADE)
    assert (first.data["kind"], first.data["key"]) == ("note", "field:3")
    assert store.verify().sound


def test_who_may_not_open_a_dossier_leaves_no_note(room: Room, call: Call, instructor: Person, dossier_id: str) -> None:
    juror = _person(room, call, "jo", Role.JUROR)
    with room.writing(juror.viewer.actor) as writing:
        with pytest.raises(NotInStore):
            notes.leave(writing, juror.viewer, dossier_id, FIELD, "Non")
        with pytest.raises(NotInStore):
            notes.keep(writing, juror.viewer, dossier_id, FIELD, "Non", 0)


def test_notes_are_no_answers_begun_on_a_juror_s_desk(room: Room, call: Call, dossier_id: str) -> None:
    """Of someone who instructed before they sat on a jury."""
    person = _person(room, call, "jo", Role.JUROR)
    with room.writing("machine") as writing:
        calls.seat(writing, call.id, person.id, chair=False)
        calls.assign(writing, person.id, [dossier_id])
    former = Viewer(person.id, Role.INSTRUCTOR)
    with room.writing(former.actor) as writing:
        notes.keep(writing, former, dossier_id, FIELD, "À vérifier.", 0)
    with room.reading() as reading:
        (line,) = jurors_desk.lines(reading, person.viewer, DeskFilter(call.id, len(call.markers)), 0, 10)
    assert line.drafts == 0
