"""Headings that are there, near, and elsewhere."""

import pytest

from evaluation.figures import estimate
from evaluation.headings import MEASURES, tally_headings
from evaluation.matching import FoundPlace
from tests.evaluation.golds import place


@pytest.mark.parametrize(
    ("found", "strict", "soft"),
    [
        ([FoundPlace("essai.pdf", 1, "2. Qui sommes-nous ?")], 1.0, 1.0),
        ([FoundPlace("essai.pdf", 1, "2 Qui sommes nous l")], 0.0, 1.0),
        ([FoundPlace("essai.pdf", 2, "2. Qui sommes-nous ?")], 0.0, 0.0),
        ([FoundPlace("essai.pdf", 1, "2. Qui sommes-nous ?"), FoundPlace("essai.pdf", 1, "Gras")], 2 / 3, 2 / 3),
        ([], 0.0, 0.0),
    ],
)
def test_strict_and_soft(found: list[FoundPlace], strict: float, soft: float) -> None:
    figures = estimate([tally_headings([place("2. Qui sommes-nous ?")], found)], MEASURES)
    assert figures["headings.strict"].value == pytest.approx(strict)
    assert figures["headings.soft"].value == pytest.approx(soft)
