"""A report as JSON, and the words that every way of showing it shares."""

import json

import pytest

from evaluation.figures import Estimate
from evaluation.report import COMPARED, LABELS, OF_REAL_TEXTS, SLICED, agreement_rows, interval, number, to_json
from tests.evaluation.reports import HOSTILE, UNMEASURED, agreement, report


@pytest.mark.parametrize(
    ("value", "digits", "shown"), [(0.846, 2, "0,85"), (61.4, 0, "61"), (3.25, 1, "3,2"), (float("nan"), 2, "–")]
)
def test_figures_are_written_in_french(value: float, digits: int, shown: str) -> None:
    assert number(value, digits) == shown


def test_an_interval_stays_on_one_line() -> None:
    assert interval(Estimate(0.5, 0.25, 0.75, 3)) == "0,25\u00a0–\u00a00,75"
    assert interval(UNMEASURED) == "–"


def test_all_that_is_shown_is_measured() -> None:
    shown = [*COMPARED.values(), *SLICED.values(), OF_REAL_TEXTS]
    assert {id_ for measures in shown for id_ in measures} <= LABELS.keys()


def test_agreement_says_what_it_counts() -> None:
    rows = agreement_rows(agreement())
    assert rows[0] == ("Passages, F1 entre annotateurs", "1,00", "1,00\u00a0–\u00a01,00")
    assert rows[-2:] == [
        ("Statuts des champs, alpha de Krippendorff", "1,00", "6 sur 6 identiques"),
        ("Types, alpha de Krippendorff", "–", "2 sur 2 identiques"),
    ]


def test_json_holds_everything_and_is_always_the_same() -> None:
    content = to_json(report())
    assert content == to_json(report())
    data = json.loads(content)
    assert data["suite"]["systems"][0]["figures"]["facts.exact.siren"] == {
        "value": None,
        "low": None,
        "high": None,
        "support": 0,
    }
    assert data["suite"]["statuses"] == {"present → present": 7, "absent → thin": 2}
    assert data["suite"]["misses"][0]["expected"] == HOSTILE
    assert data["suite"]["systems"][0]["seconds"] == 3.25
    assert data["agreement"]["types_alpha"] is None
    assert data["shortfalls"] == [{"measure": "sections.accused", "value": 0.31, "bound": 0.25}]
