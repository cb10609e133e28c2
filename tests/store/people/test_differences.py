"""Where people said otherwise than the machine, counted from their decisions in force."""

import pytest

from store.canonical import Json
from store.database import Store
from store.people import calls, decisions, differences
from store.people.decisions import Kind, Settlement, Statement
from store.people.differences import Behind, Difference, Verdict
from store.people.room import Room
from store.people.viewers import Viewer
from tests.store.people.triage_room import CALL, Peopled, peopled

_FINDING = "budget-unbalanced:0123456789ab"  # code and digest of the message, as cards name it


@pytest.fixture
def there(room: Room, store: Store) -> Peopled:
    return peopled(room, store, 8)


def _decide(there: Peopled, number: int, kind: Kind, key: str, value: Json, machine: Json = None) -> None:
    """Whatever was decided before."""
    with there.room.writing(there.instructor.actor) as writing:
        made = decisions.in_force(decisions.of_dossier(writing, there.instructor, there.ids[number]))
        former = made.get((kind, key))
        said = Statement(kind, key, value, "", machine, replaces=former.id if former else None)
        decisions.decide(writing, there.instructor, there.ids[number], said)


def _status(status: str) -> Json:
    return {"reason": "« status » : présent", "status": status}


def _found(there: Peopled, viewer: Viewer | None = None) -> dict[tuple[Kind, str, Verdict], int]:
    with there.room.reading() as reading:
        counted = differences.of_call(reading, viewer or there.auditor, CALL)
    return {(each.kind, each.key, each.verdict): each.count for each in counted}


def _behind(there: Peopled, difference: Difference, **page: int) -> tuple[Behind, ...]:
    with there.room.reading() as reading:
        return differences.behind(reading, there.auditor, CALL, difference, **page)


def test_fields_are_counted_from_what_to_what(there: Peopled) -> None:
    _decide(there, 0, Kind.FIELD, "1", "present", _status("present"))
    _decide(there, 1, Kind.FIELD, "1", "thin", _status("absent"))
    _decide(there, 2, Kind.FIELD, "4", "thin", _status("absent"))
    _decide(there, 3, Kind.FIELD, "2", "absent", None)
    with there.room.reading() as reading:
        counted = differences.of_call(reading, there.auditor, CALL)
    assert set(counted) == {
        Difference(Kind.FIELD, "", Verdict.CONFIRMED, '"present"', '"present"', 1),
        Difference(Kind.FIELD, "", Verdict.CORRECTED, '"absent"', '"thin"', 2),
        Difference(Kind.FIELD, "", Verdict.ADDED, None, '"absent"', 1),
    }


def test_facts_and_types_hold_values_against_values(there: Peopled) -> None:
    _decide(there, 0, Kind.FACT, "aide_demandee_eur", 12000, {"key": "aide_demandee_eur", "value": 12000})
    _decide(there, 1, Kind.FACT, "aide_demandee_eur", 2000, {"key": "aide_demandee_eur", "value": 12000})
    _decide(there, 2, Kind.TYPE, "", ["services"], {"declared": None, "suggested": ["services"]})
    _decide(there, 3, Kind.TYPE, "", ["services"], {"declared": None, "suggested": ["services", "territoriale"]})
    assert _found(there) == {
        (Kind.FACT, "aide_demandee_eur", Verdict.CONFIRMED): 1,
        (Kind.FACT, "aide_demandee_eur", Verdict.CORRECTED): 1,
        (Kind.TYPE, "", Verdict.CONFIRMED): 1,
        (Kind.TYPE, "", Verdict.CORRECTED): 1,
    }


@pytest.mark.parametrize(
    ("machine", "person", "verdict"),
    [
        ("Les Jardins", "Les Jardins", Verdict.CONFIRMED),
        ("Les jardins", "Les Jardins", Verdict.CORRECTED),
        ("Les Jardins 100 %", "Les Jardins %", Verdict.CORRECTED),
        ("jardins-lavoir", "jardins_lavoir", Verdict.CORRECTED),
        ("Mes Jardins", "Jardins", Verdict.CORRECTED),
        ("", "Les Jardins", Verdict.CORRECTED),
    ],
)
def test_a_value_is_another_by_one_letter(there: Peopled, machine: str, person: str, verdict: Verdict) -> None:
    _decide(there, 0, Kind.FACT, "porteur", person, {"key": "porteur", "value": machine})
    assert _found(there) == {(Kind.FACT, "porteur", verdict): 1}


def test_a_finding_without_problem_stands_against_the_machine(there: Peopled) -> None:
    for number, settlement in enumerate(Settlement):
        _decide(there, number, Kind.FINDING, _FINDING, settlement.value, {"message": "Le budget n’est pas équilibré."})
    with there.room.reading() as reading:
        counted = differences.of_call(reading, there.auditor, CALL)
    assert {(each.key, each.count) for each in counted} == {("budget-unbalanced", 1)}
    settled = {each.person: each.verdict for each in counted}
    assert settled == {
        '"noted"': Verdict.CONFIRMED,
        '"settled"': Verdict.CONFIRMED,
        '"no-problem"': Verdict.CORRECTED,
    }


def test_only_the_last_word_counts_and_none_that_was_taken_back(there: Peopled) -> None:
    _decide(there, 0, Kind.FIELD, "1", "thin", _status("absent"))
    _decide(there, 0, Kind.FIELD, "1", "absent", _status("absent"))
    assert _found(there) == {(Kind.FIELD, "", Verdict.CONFIRMED): 1}
    _decide(there, 0, Kind.FIELD, "1", None, _status("absent"))
    assert _found(there) == {}
    _decide(there, 1, Kind.NOTE, "", None)
    assert _found(there) == {}


def test_behind_a_count_are_its_dossiers_by_name(there: Peopled) -> None:
    for number in (3, 1, 2):
        _decide(there, number, Kind.FIELD, str(number), "thin", _status("absent"))
    _decide(there, 4, Kind.FIELD, "1", "thin", _status("thin"))
    with there.room.reading() as reading:
        counted = differences.of_call(reading, there.auditor, CALL)
    for difference in counted:
        assert len(_behind(there, difference)) == difference.count
    corrected = next(each for each in counted if each.verdict is Verdict.CORRECTED)
    assert [(each.name, each.key) for each in _behind(there, corrected)] == [
        ("Dossier 00001", "1"),
        ("Dossier 00002", "2"),
        ("Dossier 00003", "3"),
    ]
    assert [each.name for each in _behind(there, corrected, limit=1, offset=1)] == ["Dossier 00002"]
    assert _behind(there, corrected)[0].machine == '{"reason":"« status » : présent","status":"absent"}'


def test_they_are_over_what_the_viewer_may_open(there: Peopled) -> None:
    _decide(there, 0, Kind.FIELD, "1", "thin", _status("absent"))
    with there.room.writing(there.instructor.actor) as writing:
        calls.assign(writing, there.juror.id, [there.ids[0]])
    assert _found(there, there.instructor) == _found(there)
    assert _found(there, there.juror) == {}  # theirs, and not opened: nothing is declared
    with there.room.reading() as reading:
        assert differences.of_call(reading, there.auditor, "aquitaine-2014") == ()
