"""The same stretch of text, as two readers of PDFs give it."""

import pytest

from corpora.gold import squash
from evaluation.matching import FoundPlace, begins_alike, same_passage

GOLD = "Les locataires ont écrit le règlement avec le gardien."


@pytest.mark.parametrize(
    ("found", "same"),
    [
        (GOLD, True),
        (f"Avant. {GOLD} Après.", True),
        ("ont écrit le règlement avec le gardien", True),
        ("Les locatalres ont écrit le règle- ment avec Ie gardien.", True),  # OCR
        ("Le conseil syndical a choisi un autre prestataire pour le chauffage.", False),
        ("", False),
    ],
)
def test_a_passage_is_met_whole_in_part_or_misread(found: str, same: bool) -> None:
    assert same_passage(squash(GOLD), squash(found)) is same


@pytest.mark.parametrize(
    ("found", "alike"),
    [("« Les locataires ont écrit… »", True), ("les locataires ont", False), ("Avant. " + GOLD, False)],
)
def test_an_answer_begins_with_the_first_four_words(found: str, alike: bool) -> None:
    assert begins_alike(GOLD, found) is alike


def test_a_passage_that_runs_over_a_page_break_is_whole() -> None:
    passage = {"file": "a.pdf", "page": 2, "quote": "Le conseil des", "continues": [{"quote": "anciens se réunit."}]}
    assert FoundPlace.of(passage) == FoundPlace("a.pdf", 2, "Le conseil des anciens se réunit.")
