"""What a release must reach."""

from evaluation.figures import Estimate
from evaluation.suite import MEASURES
from evaluation.thresholds import Thresholds, load_thresholds


def figure(value: float) -> Estimate:
    return Estimate(value, value, value, 10)


def test_values_under_the_least_or_over_the_most_fall_short() -> None:
    thresholds = Thresholds({"a": 0.5, "b": 0.5}, {"c": 0.2, "d": 0.2})
    figures = {"a": figure(0.49), "b": figure(0.5), "c": figure(0.21), "d": figure(0.2)}
    assert [short.measure for short in thresholds.shortfalls(figures)] == ["a", "c"]


def test_what_could_not_be_measured_falls_short() -> None:
    assert (
        len(Thresholds({"a": 0.1}, {"c": 0.2}).shortfalls({"a": figure(float("nan")), "c": figure(float("nan"))})) == 2
    )


def test_each_bound_of_the_project_names_a_measure() -> None:
    thresholds = load_thresholds()
    known = {measure.id for measure in MEASURES}
    assert known >= {*thresholds.least, *thresholds.most}
    assert thresholds.least
