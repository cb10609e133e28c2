"""What was decided otherwise than the machine said, for who teaches it."""

from random import Random

import pytest
from sqlalchemy import insert

from store.canonical import Json
from store.database import Store
from store.instants import now
from store.people import corrections, decisions
from store.people.corrections import Correction
from store.people.decisions import Kind, Settlement, Statement
from store.people.room import Room
from store.schema import analyses
from tests.store.people.triage_room import CALL, Peopled, peopled

_STATUSES = ("present", "thin", "absent")
_VALUES: tuple[Json, ...] = (12000, 12000.0, 12000.5, "Les Jardins", "les Jardins", "", True, ["a", "b"])
_TYPES: tuple[Json, ...] = ([], ["services"], ["services", "territoriale"])
_FINDINGS = ("budget-unbalanced:0123456789ab", "annexe-missing:0123456789ab")


@pytest.fixture
def there(room: Room, store: Store) -> Peopled:
    made = peopled(room, store, 12)
    rows = [
        {"id": place, "dossier_id": each, "key": each, "document": f"{place:064}", "content": b"", "digest": each}
        for place, each in enumerate(made.ids, start=1)
    ]
    with store.writing() as writing:
        writing.connection.execute(insert(analyses), [{**row, "created_at": now()} for row in rows])
    return made


def _said(chance: Random) -> tuple[Kind, str, Json, Json]:
    """A kind, what it is about, what the machine says and what a person says; None: nothing, or a word taken back."""
    kind = chance.choice((Kind.FIELD, Kind.FACT, Kind.FINDING, Kind.TYPE))
    person: Json
    if kind is Kind.FIELD:
        machine: Json = {"reason": '« status »: "thin"}', "status": chance.choice(_STATUSES)}
        key, person = chance.choice("123"), chance.choice(_STATUSES)
    elif kind is Kind.FACT:
        machine, person = {"key": "un fait", "value": chance.choice(_VALUES)}, chance.choice(_VALUES)
        key = chance.choice(("commune", "code_postal"))
    elif kind is Kind.FINDING:
        machine, key = {"message": "À vérifier."}, chance.choice(_FINDINGS)
        person = chance.choice(tuple(Settlement)).value
    else:
        machine, key = {"declared": None, "suggested": chance.choice(_TYPES)}, ""
        person = chance.choice(_TYPES)
    return kind, key, None if chance.random() < 0.4 else machine, None if chance.random() < 0.1 else person


def _decided(there: Peopled, seed: int) -> None:
    chance = Random(seed)
    with there.room.writing(there.instructor.actor) as writing:
        for place, dossier_id in enumerate(there.ids, start=1):
            for _ in range(12):
                kind, key, machine, person = _said(chance)
                made = decisions.in_force(decisions.of_dossier(writing, there.instructor, dossier_id))
                former = made.get((kind, key))
                replaces, seen = former.id if former else None, chance.choice((place, place, None))
                if person is None and former is None:
                    continue  # nothing to take back
                said = Statement(kind, key, person, "", machine, seen, replaces)
                try:
                    decisions.decide(writing, there.instructor, dossier_id, said)
                except decisions.DecidedMeanwhile:
                    continue  # taken back before: it would have to be named


def _one_by_one(there: Peopled) -> list[Correction]:
    """The same, found by going through all that was ever decided."""
    found = []
    with there.room.reading() as reading:
        for place, dossier_id in enumerate(there.ids, start=1):
            every = decisions.of_dossier(reading, there.instructor, dossier_id)
            for (kind, key), made in decisions.in_force(every).items():
                said = made.said
                if said.analysis is None or (said.machine is None and kind is not Kind.FACT):
                    continue
                word = {Kind.FIELD: "status", Kind.FACT: "value", Kind.FINDING: "message", Kind.TYPE: "suggested"}[kind]
                machine = said.machine[word] if isinstance(said.machine, dict) else None
                if said.value == Settlement.NO_PROBLEM if kind is Kind.FINDING else said.value != machine:
                    named = key.partition(":")[0] if kind is Kind.FINDING else key
                    found.append(Correction(f"{place:064}", kind, named, machine, said.value))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_they_are_those_found_by_going_through_all_decisions(there: Peopled, seed: int) -> None:
    _decided(there, seed)
    with there.room.reading() as reading:
        found = corrections.corrected(reading, there.instructor, CALL)
    expected = _one_by_one(there)
    assert {one.kind for one in expected} == {Kind.FIELD, Kind.FACT, Kind.FINDING, Kind.TYPE}
    assert any(one.machine is None for one in expected)
    assert sorted(map(repr, found)) == sorted(map(repr, expected))
    assert [(one.document, one.kind) for one in found] == sorted((one.document, one.kind) for one in found)


def test_a_number_written_otherwise_is_the_same(there: Peopled) -> None:
    with there.room.writing(there.instructor.actor) as writing:
        said = Statement(Kind.FACT, "aide_demandee_eur", 12000, "", {"value": 12000.0}, 1)
        decisions.decide(writing, there.instructor, there.ids[0], said)
    with there.room.reading() as reading:
        assert corrections.corrected(reading, there.instructor, CALL) == ()
