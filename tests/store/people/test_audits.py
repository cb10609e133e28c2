"""Samples that anyone can draw again, and the checks that auditors leave on them."""

from collections import Counter
from hashlib import sha256

import pytest

from store.database import Store
from store.people import audits, decisions, history, states
from store.people.audits import EmptySample, Population, Result, Sample
from store.people.decisions import Kind, Statement
from store.people.room import Room
from store.people.states import State
from store.problems import NotInStore
from store.records import Action
from store.verification import verify
from tests.store.people.triage_room import CALL, Peopled, peopled

COUNT = 30


@pytest.fixture
def there(room: Room, store: Store) -> Peopled:
    return peopled(room, store, COUNT)


def _draw(there: Peopled, size: int, population: Population = Population.ALL, seed: int | None = 7) -> int:
    with there.room.writing(there.auditor.actor) as writing:
        return audits.draw(writing, there.auditor, CALL, size, population, seed)


def _drawn(there: Peopled, sample: int) -> list[str]:
    with there.room.reading() as reading:
        return [each.dossier_id for each in audits.drawn(reading, there.auditor, sample)]


def _found(there: Peopled, sample: int) -> Sample:
    with there.room.reading() as reading:
        found = audits.find(reading, there.auditor, sample)
    assert found is not None
    return found


def _check(there: Peopled, sample: int, dossier_id: str, result: Result, note: str = "") -> None:
    with there.room.writing(there.auditor.actor) as writing:
        audits.record(writing, there.auditor, sample, dossier_id, result, note)


def test_the_same_seed_draws_the_same_dossiers_in_the_same_order(there: Peopled) -> None:
    first, again = _drawn(there, _draw(there, 10)), _drawn(there, _draw(there, 10))
    assert first == again
    assert _drawn(there, _draw(there, 10, seed=8)) != first


def test_anybody_can_draw_it_again_with_what_is_published(there: Peopled) -> None:
    """The rule as the report states it, worked out here without the room."""
    by_digest = sorted(there.ids, key=lambda each: sha256(f"7|{each}".encode()).hexdigest())
    assert _drawn(there, _draw(there, 5)) == by_digest[:5]


def test_a_larger_sample_of_a_seed_begins_with_the_smaller(there: Peopled) -> None:
    assert _drawn(there, _draw(there, 12))[:5] == _drawn(there, _draw(there, 5))


def test_no_dossier_is_drawn_twice(there: Peopled) -> None:
    assert sorted(_drawn(there, _draw(there, COUNT))) == sorted(there.ids)


def test_more_than_there_are_draws_them_all_and_says_so(there: Peopled) -> None:
    found = _found(there, _draw(there, COUNT + 20))
    assert (found.size, found.population, found.seed) == (COUNT, COUNT, 7)


def test_seeds_favour_no_dossier() -> None:
    """Over 2,000 seeds each of ten dossiers comes first about 200 times: beyond four deviations it is no chance."""
    ids = [f"dossier {number}" for number in range(10)]
    first = Counter(audits.in_drawn_order(ids, seed)[0] for seed in range(2000))
    assert set(first) == set(ids)
    assert max(abs(count - 200) for count in first.values()) < 54


def test_without_a_seed_one_is_drawn_and_kept(there: Peopled) -> None:
    seeds = {_found(there, _draw(there, 3, seed=None)).seed for _ in range(3)}
    assert len(seeds) == 3
    assert all(0 <= seed <= audits.LARGEST_SEED for seed in seeds)


def test_a_population_holds_what_it_says_and_no_more(there: Peopled) -> None:
    complete, decided = list(there.ids[:4]), list(there.ids[2:5])
    with there.room.writing(there.instructor.actor) as writing:
        states.mark(writing, complete, State.COMPLETE)
        states.mark(writing, there.ids[6:8], State.PIECES_REQUESTED)
        for each in decided:
            decisions.decide(writing, there.instructor, each, Statement(Kind.FIELD, "1", "thin"))
    for population, ids in ((Population.COMPLETE, complete), (Population.DECIDED, decided)):
        sample = _draw(there, COUNT, population)
        assert sorted(_drawn(there, sample)) == sorted(ids)
        assert _found(there, sample).population == len(ids)


def test_a_sample_does_not_change_when_its_population_does(there: Peopled) -> None:
    with there.room.writing(there.instructor.actor) as writing:
        states.mark(writing, there.ids[:4], State.COMPLETE)
    sample = _draw(there, 4, Population.COMPLETE)
    with there.room.writing(there.instructor.actor) as writing:
        states.mark(writing, there.ids[:4], State.OPEN)
    assert sorted(_drawn(there, sample)) == sorted(there.ids[:4])
    assert _found(there, sample).population == 4


@pytest.mark.parametrize(("size", "population"), [(0, Population.ALL), (-1, Population.ALL), (5, Population.COMPLETE)])
def test_there_must_be_something_to_draw(there: Peopled, size: int, population: Population) -> None:
    with pytest.raises(EmptySample):
        _draw(there, size, population)
    with there.room.reading() as reading:
        assert audits.every(reading, there.auditor, CALL) == ()


def test_a_check_is_replaced_and_both_stay(there: Peopled) -> None:
    sample = _draw(there, 3)
    first, second, _ = _drawn(there, sample)
    _check(there, sample, first, Result.UNDECIDED, "À revoir.")
    _check(there, sample, second, Result.CONFORM)
    _check(there, sample, first, Result.DIFFERS, "Le budget est page 4.")
    with there.room.reading() as reading:
        shown = {each.dossier_id: each.checks for each in audits.drawn(reading, there.auditor, sample)}
    last, former = shown[first]
    assert [(last.result, last.note), (former.result, former.note)] == [
        (Result.DIFFERS, "Le budget est page 4."),
        (Result.UNDECIDED, "À revoir."),
    ]
    assert (last.replaces, former.replaces) == (former.id, None)
    assert last.name == "Aude Machin"
    assert [check.result for check in shown[second]] == [Result.CONFORM]
    assert _found(there, sample).checked == 2  # dossiers, not checks


def test_only_dossiers_of_the_sample_are_checked(there: Peopled) -> None:
    sample = _draw(there, 3)
    other = next(each for each in there.ids if each not in _drawn(there, sample))
    for which, number in ((other, sample), (_drawn(there, sample)[0], sample + 1)):
        with pytest.raises(NotInStore):
            _check(there, number, which, Result.CONFORM)


def test_samples_are_auditors_own_matter(there: Peopled) -> None:
    sample = _draw(there, 3)
    with there.room.reading() as reading:
        for viewer in (there.instructor, there.juror):
            assert audits.every(reading, viewer, CALL) == ()
            assert audits.find(reading, viewer, sample) is None
            assert audits.drawn(reading, viewer, sample) == ()
        assert [each.id for each in audits.every(reading, there.auditor, CALL)] == [sample]
        assert audits.every(reading, there.auditor, "aquitaine-2014") == ()


def test_the_journal_seals_samples_and_checks_without_their_words(there: Peopled) -> None:
    sample = _draw(there, 3)
    _check(there, sample, _drawn(there, sample)[0], Result.DIFFERS, "Mots de l’auditrice")
    with there.room.reading() as reading:
        report = verify(reading.connection, None, None)
        (drawn,) = history.events(reading, there.auditor, history.Choice(action=Action.SAMPLE_DRAWN))
        (checked,) = history.events(reading, there.auditor, history.Choice(action=Action.CHECK_RECORDED))
    assert report.sound
    assert report.words == 2
    assert {"size": 3, "population": COUNT, "seed": 7, "among": "all"}.items() <= drawn.data.items()
    assert {"sample": sample, "result": "differs"}.items() <= checked.data.items()
    assert "auditrice" not in str(checked.data)
