"""Amounts as French dossiers write them."""

import pytest

from pipeline.facts.amounts import amount_at_end, amount_of_cell, find_amounts
from pipeline.facts.numbers import number_from_words
from pipeline.text import fold


@pytest.mark.parametrize(
    ("written", "euros"),
    [
        ("46 500 €", 46500),
        ("46\u202f500\u00a0€", 46500),
        ("46500€", 46500),
        ("46.500 €", 46500),
        ("46.500,00 €", 46500),
        ("46 500,00 €", 46500),
        ("46 500,50 €", 46500.5),
        ("46,5 k€", 46500),
        ("46,5 K€", 46500),
        ("46.5 k€", 46500),
        ("38 keuros", 38000),
        ("46 500 euros", 46500),
        ("46 500 Euros", 46500),
        ("46 500 EUR", 46500),
        ("1 250 000 €", 1250000),
        ("1,25 million d'euros", 1250000),
        ("92 milliers d'euros", 92000),
        ("quarante mille euros", 40000),
        ("trente-huit mille cinq cents euros", 38500),
        ("quatre-vingt-douze mille euros", 92000),
        ("4O 000 €", 40000),
        ("l2 000 €", 12000),
        ("38 000 € TTC", 38000),
    ],
)
def test_an_amount_with_its_currency_is_read(written: str, euros: float) -> None:
    (amount,) = find_amounts(fold(f"La somme de {written} est prévue."))
    assert amount.euros == euros


@pytest.mark.parametrize(
    "written",
    [
        "05 57 57 38 75",
        "33000 Bordeaux",
        "en 2014",
        "12 mois",
        "40 %",
        "sol 000",
        "le 12 mars",
        "deux euros-obligations",
    ],
)
def test_what_has_no_currency_is_no_amount(written: str) -> None:
    assert [amount.euros for amount in find_amounts(fold(written)) if amount.euros > 2] == []


def test_an_amount_keeps_its_place() -> None:
    text = "En 2014, 32 000 € puis 5 000 €."
    amounts = find_amounts(fold(text))
    assert [text[amount.span.start : amount.span.end] for amount in amounts] == ["32 000 €", "5 000 €"]


@pytest.mark.parametrize(
    ("cell", "euros"),
    [("32 000", 32000), ("32 000 €", 32000), ("- 2 335", -2335), ("(2 335)", -2335), ("12,50", 12.5), ("0", 0)],
)
def test_a_cell_may_lack_the_currency(cell: str, euros: float) -> None:
    amount = amount_of_cell(cell, 0, len(cell))
    assert amount is not None
    assert amount.euros == euros


@pytest.mark.parametrize("cell", ["12 %", "Salaires", "12 mois", "32 000 € environ 40", "", "-", "05/09/2016"])
def test_other_cells_hold_no_amount(cell: str) -> None:
    assert amount_of_cell(fold(cell), 0, len(cell)) is None


@pytest.mark.parametrize(
    ("line", "euros"),
    [
        ("salaires ..... 32 000", 32000),
        ("salaires : 950 €", 950),
        ("region : 12 €", 12),
        ("bilan de 2014", None),
        ("en 12", None),
    ],
)
def test_the_amount_that_ends_a_line(line: str, euros: float | None) -> None:
    amount = amount_at_end(line, 0, len(line))
    assert (amount.euros if amount else None) == euros


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("douze", 12),
        ("vingt-quatre", 24),
        ("dix-huit", 18),
        ("vingt et un", 21),
        ("soixante-dix", 70),
        ("soixante-quinze", 75),
        ("quatre-vingts", 80),
        ("quatre-vingt-dix-neuf", 99),
        ("cent", 100),
        ("deux cents", 200),
        ("mille", 1000),
        ("douze mille", 12000),
        ("cent vingt mille trois cents", 120300),
        ("et", None),
    ],
)
def test_numbers_in_words(words: str, number: int | None) -> None:
    assert number_from_words(words) == number
