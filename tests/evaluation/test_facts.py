"""Facts: stated ones are right or not, unstated ones may be invented; findings tell planted defects."""

import pytest

from corpora.gold import GoldFact
from evaluation.facts import MEASURES, missed_facts, same_value, tally_facts
from evaluation.figures import estimate
from pipeline.analysis import FactValue
from tests.evaluation.golds import gold


@pytest.mark.parametrize(
    ("expected", "found", "same"),
    [
        ("Les Ateliers du Gave", "SCOP Les Ateliers du Gave", True),
        ("SCOP", "SCIC", False),
        (12000, 12000, True),
        (12000, 12500, False),
        (True, 1, False),
        ("SCOP", None, False),
        ("SCOP", "", False),
    ],
)
def test_a_value_is_the_same_when_a_reader_would_say_so(
    expected: FactValue, found: FactValue | None, same: bool
) -> None:
    assert same_value(GoldFact("nom", expected, ()), found) is same


def test_an_invented_fact_is_not_a_wrong_one() -> None:
    figures = estimate(
        [tally_facts(gold(), {"aide_demandee_eur": 12000, "siren": "1"}, ["aid-above-ceiling"])], MEASURES
    )
    assert figures["facts.exact"].value == 1
    assert figures["facts.invented"].value == pytest.approx(1 / 9)
    assert figures["defects.noticed"].value == 1


def test_each_error_is_listed() -> None:
    misses = missed_facts(gold(), {"stade": "amorçage"}, ["budget-unbalanced"])
    assert [(miss.what, miss.expected, miss.found) for miss in misses] == [
        ("fait aide_demandee_eur", "12000", "rien"),
        ("fait stade", "non dit", "amorçage"),
        ("défaut", "aid-above-ceiling", "budget-unbalanced"),
    ]
