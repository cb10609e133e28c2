"""Figures are sums over dossiers; intervals are over dossiers, and always the same."""

import math

import pytest

from evaluation.figures import Estimate, Measure, Tally, estimate, f1_of, ratio

RIGHT = ratio("right", "Justes", "right", "all")
FOUND = f1_of("found", "F1", "x")


def test_a_ratio_is_that_of_the_sums_not_the_mean_of_ratios() -> None:
    found = estimate([Tally({"right": 1, "all": 1}), Tally({"right": 1, "all": 9})], [RIGHT])["right"]
    assert (found.value, found.support) == (0.2, 10)


def test_the_interval_spreads_over_dossiers_and_never_varies() -> None:
    tallies = [Tally({"right": hits, "all": 10}) for hits in (2, 5, 8, 9, 10)]
    one, other = (estimate(tallies, [RIGHT])["right"] for _ in range(2))
    assert one == other
    assert 0.2 <= one.low < one.value < one.high <= 1


def test_dossiers_that_all_agree_leave_no_doubt() -> None:
    found = estimate([Tally({"right": 3, "all": 4})] * 6, [RIGHT])["right"]
    assert (found.low, found.high) == (0.75, 0.75)


@pytest.mark.parametrize("tallies", [[], [Tally({"other": 1})]])
def test_what_is_nowhere_to_be_measured_has_no_value(tallies: list[Tally]) -> None:
    found = estimate(tallies, [RIGHT])["right"]
    assert math.isnan(found.value)
    assert found.support == 0


@pytest.mark.parametrize(
    ("counts", "value"),
    [
        ({"x/gold": 4, "x/gold-met": 2, "x/said": 2, "x/said-right": 2}, 2 * 1 * 0.5 / 1.5),
        ({"x/gold": 4, "x/gold-met": 0, "x/said": 3, "x/said-right": 0}, 0.0),
        ({"x/gold": 4}, 0.0),  # nothing said
    ],
)
def test_f1_weighs_what_is_said_against_what_is_there(counts: dict[str, int], value: float) -> None:
    assert estimate([Tally(counts)], [FOUND])["found"].value == pytest.approx(value)


def test_a_measure_may_stand_on_several_counts() -> None:
    both = Measure("both", "Les deux", lambda sums: sums["a"] + sums["b"], ("a", "b"))
    assert estimate([Tally({"a": 2}), Tally({"b": 3})], [both])["both"].support == 5
    assert isinstance(estimate([Tally({"a": 2})], [both])["both"], Estimate)
