"""Which text layers are text."""

import pytest

from pipeline.extraction.legibility import legible_words
from pipeline.extraction.raw import RawWord
from tests.pipeline.extraction.pages import lines

PROSE = [
    "Notre coopérative accompagne depuis dix ans les habitants du quartier",
    "dans la construction de réponses collectives à leurs besoins, sans but lucratif.",
]


def shifted(text: str) -> str:
    """Letters as a font without their meaning gives them: each moved by 29 places."""
    return "".join(chr(ord(char) - 29) if char.isascii() and char > "=" else char for char in text)


def words(texts: list[str]) -> list[RawWord]:
    return lines(texts, 50, 100)


def test_prose_is_legible() -> None:
    assert legible_words(words(PROSE)) == tuple(words(PROSE))


@pytest.mark.parametrize(
    "texts",
    [
        ["CHARGES 12 500 € 3 400,00 € 98 % 1 200 € PRODUITS 45 000 €"] * 4,
        ["Projet ........................................ 3"] * 6,
        ["SCIC SARL SIRET 123 456 789 00012 RNA W331234567"] * 2,
        ["«»"],
    ],
)
def test_figures_leaders_and_codes_are_legible(texts: list[str]) -> None:
    assert len(legible_words(words(texts))) == len(words(texts))


@pytest.mark.parametrize(
    "texts",
    [
        [shifted(line) for line in PROSE],
        ["".join(chr(0xE000 + ord(char)) for char in line if char != " ") for line in PROSE],
        ["\ufffd\ufffd\ufffd \ufffd\ufffd"],
        ["!\"#$ %&'( )*+,- #&!? %$#@ /&%("] * 8,
    ],
)
def test_jumbles_are_not(texts: list[str]) -> None:
    assert legible_words(words(texts)) == ()


def test_a_coded_word_among_others_is_left_out() -> None:
    mixed = words([*PROSE, "\ue001\ue002"])
    assert legible_words(mixed) == tuple(mixed[:-1])
