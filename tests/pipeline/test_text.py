"""Folding keeps every letter's place; French numbers, plurals and spaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import decimal, fold, plural, typeset


@given(st.text())
def test_a_folded_text_keeps_its_length(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_folding_drops_accents_case_and_typography() -> None:
    assert fold("L’Œuvre ÉTÉ\u00a0– ça") == "l'ouvre ete - ca"


@pytest.mark.parametrize(("count", "said"), [(0, "0 dossier"), (1, "1 dossier"), (2, "2 dossiers")])
def test_nought_is_singular(count: int, said: str) -> None:
    assert plural(count, "dossier", "dossiers") == said


@pytest.mark.parametrize(("value", "digits", "said"), [(0.846, 2, "0,85"), (61.4, 0, "61"), (-1.5, 1, "-1,5")])
def test_decimals_follow_a_comma(value: float, digits: int, said: str) -> None:
    assert decimal(value, digits) == said


@pytest.mark.parametrize(
    ("plain", "set_"),
    [
        ("Pourquoi ? « Oui » !", "Pourquoi\u00a0? «\u00a0Oui\u00a0»\u00a0!"),
        ("46 500 €, soit 95 %", "46\u202f500\u00a0€, soit 95\u00a0%"),
        ("en 2014 1200 lits", "en 2014 1200 lits"),
    ],
)
def test_french_spaces_do_not_break(plain: str, set_: str) -> None:
    assert typeset(plain) == set_
    assert typeset(set_) == set_
