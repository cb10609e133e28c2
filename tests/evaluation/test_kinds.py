"""Types: hybrids have two right answers; abstaining and confidence are measured."""

import math

import pytest

from evaluation.figures import estimate
from evaluation.kinds import MEASURES, FoundType, coverage_curve, reliability, tally_declared, tally_type


def said(services: float, organisationnelle: float, *, suggests: bool = True) -> FoundType:
    shares = {
        "services": services,
        "organisationnelle": organisationnelle,
        "territoriale": 1 - services - organisationnelle,
    }
    best = max(shares, key=lambda kind: shares[kind])
    return FoundType(shares, (best,) if suggests else ())


def test_either_type_of_a_hybrid_is_right() -> None:
    tallies = [tally_type("territoriale", "services", said(0.8, 0.1)), tally_type("territoriale", None, said(0.8, 0.1))]
    assert [tally["types/right"] for tally in tallies] == [1, 0]


def test_macro_f1_weighs_rare_types_as_much_as_common_ones() -> None:
    tallies = [tally_type("services", None, said(0.9, 0.05))] * 9 + [
        tally_type("organisationnelle", None, said(0.9, 0.05))
    ]
    figures = estimate(tallies, MEASURES)
    assert figures["types.accuracy"].value == 0.9
    assert figures["types.macro-f1"].value == pytest.approx((18 / 19 + 0) / 2)


def test_a_program_as_sure_as_it_is_right_is_calibrated() -> None:
    sure = [tally_type("services", None, said(0.75, 0.2))] * 3 + [
        tally_type("organisationnelle", None, said(0.75, 0.2))
    ]
    boastful = [tally_type("organisationnelle", None, said(0.99, 0.01))] * 4
    assert estimate(sure, MEASURES)["types.calibration-error"].value == pytest.approx(0)
    assert estimate(boastful, MEASURES)["types.calibration-error"].value == pytest.approx(0.99)
    (one,) = reliability(sure)
    assert (one.count, one.accuracy) == (4, 0.75)
    assert one.low <= one.confidence < one.high


def test_abstaining_covers_less() -> None:
    tallies = [
        tally_type("services", None, said(0.9, 0.05)),
        tally_type("services", None, said(0.3, 0.36, suggests=False)),
    ]
    figures = estimate(tallies, MEASURES)
    assert (figures["types.coverage"].value, figures["types.accuracy-when-suggested"].value) == (0.5, 1)


def test_the_surest_are_answered_first() -> None:
    assert coverage_curve([(0.5, False), (0.9, True)]) == [(0.5, 1.0), (1.0, 0.5)]


def test_a_declared_type_is_read_or_not() -> None:
    tallies = [tally_declared("services", "services"), tally_declared("services", None), tally_declared(None, None)]
    figures = estimate(tallies, MEASURES)
    assert figures["types.declared"].value == pytest.approx(2 / 3)
    assert math.isnan(figures["types.accuracy"].value)
