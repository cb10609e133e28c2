"""The rate of a sample: its exact interval over a finite population, and the seeds that drawings take."""

from datetime import UTC, datetime
from math import comb

import pytest

from store.people.audits import LARGEST_SEED, Population, Result, Sample, seed_of
from web.views.intervals import bounds
from web.views.samples import rate


@pytest.mark.parametrize(
    ("found", "among", "population", "expected"),
    [
        (0, 0, 5, (0, 5)),
        (2, 3, 5, (2, 4)),
        (3, 3, 3, (3, 3)),
        (0, 5, 5, (0, 0)),
        (0, 5, 10, (0, 3)),  # of 4, none would be found in but 6 drawings of 252
        (5, 5, 10, (7, 10)),
    ],
)
def test_bounds_worked_out_by_hand(found: int, among: int, population: int, expected: tuple[int, int]) -> None:
    assert bounds(found, among, population) == expected


@pytest.mark.parametrize(("found", "among", "population"), [(0, 59, 300), (10, 40, 120), (9, 100, 110)])
def test_bounds_are_those_of_the_definition(found: int, among: int, population: int) -> None:
    def ways(count: int, drawn: range) -> int:
        return sum(comb(count, each) * comb(population - count, among - each) for each in drawn)

    whole = comb(population, among)
    agreeing = [
        count
        for count in range(found, population - (among - found) + 1)
        if 40 * ways(count, range(found, among + 1)) > whole and 40 * ways(count, range(found + 1)) > whole
    ]
    assert bounds(found, among, population) == (agreeing[0], agreeing[-1])


def test_bounds_hold_the_true_count_nineteen_times_in_twenty() -> None:
    population, among = 30, 8
    for count in range(population + 1):
        held = sum(
            comb(count, k) * comb(population - count, among - k)
            for k in range(among + 1)
            if k <= count and among - k <= population - count
            if bounds(k, among, population)[0] <= count <= bounds(k, among, population)[1]
        )
        assert held >= 0.95 * comb(population, among)


def test_a_rate_is_said_of_the_population() -> None:
    sample = Sample(1, "alpc-2016", 3, 5, Population.ALL, 7, "Auditrice", datetime(2016, 9, 5, tzinfo=UTC), 3)
    results = {Result.CONFORM: 1, Result.DIFFERS: 2, Result.UNDECIDED: 0}
    said = rate(sample, results).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "dans la population de 5 dossiers, entre 2 et 4 écarts, soit un taux compris entre 40,0 % et 80,0 %" in said
    assert "entre" not in rate(sample, results | {Result.CONFORM: 3}).text
    left_out = rate(sample, results | {Result.UNDECIDED: 2}).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "2 écarts sur 3 dossiers contrôlés, soit 66,7 %, hors 2 dossiers non contrôlables ; dans" in left_out
    none = rate(sample, {Result.CONFORM: 0, Result.DIFFERS: 0, Result.UNDECIDED: 1}).text
    assert "Aucun dossier n’a pu être contrôlé" in none


def test_any_text_is_a_seed() -> None:
    assert seed_of("0042") == 42
    assert seed_of(str(LARGEST_SEED)) == LARGEST_SEED
    drawn = {seed_of(text) for text in ("réunion du 3 mars", "Réunion du 3 mars", "9" * 30)}
    assert len(drawn) == 3
    assert all(0 <= seed <= LARGEST_SEED for seed in drawn)
