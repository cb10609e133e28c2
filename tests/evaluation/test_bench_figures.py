import statistics

import pytest

from evaluation.bench_figures import Point, Spread, exponent, peak_bytes, ratios


def test_spread() -> None:
    assert Spread.of([3.0, 1.0, 2.0]) == Spread(1.0, 2.0, 3.0)


def test_ratios_are_within_a_round() -> None:
    assert ratios([10.0, 90.0, 40.0], [1.0, 3.0, 2.0]) == Spread(10.0, 20.0, 30.0)
    with pytest.raises(ValueError, match="shorter"):
        ratios([1.0, 2.0], [1.0])


@pytest.mark.parametrize("power", [0.0, 0.5, 1.0, 2.0])
def test_exponent_of_a_power(power: float) -> None:
    points = [Point(times, 3 * times, 0.2 * (3 * times) ** power) for times in (1, 2, 4, 8)]
    assert exponent(points) == pytest.approx(power)


def test_one_size_says_nothing_of_growth() -> None:
    with pytest.raises(statistics.StatisticsError):
        exponent([Point(1, 3, 0.2)])


def test_milliseconds_a_page() -> None:
    assert Point(4, 20, 0.5).milliseconds_a_page == pytest.approx(25)


def test_this_process_holds_memory() -> None:
    assert peak_bytes() > 10_000_000
