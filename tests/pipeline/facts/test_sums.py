"""Totals told by arithmetic where no word tells them, and tables read in pieces."""

import pytest

from pipeline.facts.sums import TwoSums, two_sums
from tests.pipeline.facts.reading import values

ODD_TOTALS = """
# Les sous

| Un poste à mi-temps | 23 000 € |
| Capteurs | 5 000 € |
| Salles, café | 2 000 € |
| {first} | 30 000 € |
| Région | 18 000 € |
| Communauté urbaine | 8 000 € |
| Cagnotte | 4 000 € |
| {second} | 30 000 € |
"""


@pytest.mark.parametrize(
    ("cents", "found"),
    [
        ([1, 2, 3, 4, 5, 9], TwoSums(2, 5)),
        ([1, 2, 4, 4, 5, 9], None),  # the first list is not summed
        ([1, 2, 3, 4, 5, 8], None),
        ([3, 3, 3, 3], None),  # one row and the same amount again
        ([], None),
        ([0, 0, 0, 0, 0, 0], None),
    ],
)
def test_two_lists_with_their_exact_sums(cents: list[int], found: TwoSums | None) -> None:
    assert two_sums(cents) == found


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ce que ça coûte", "Ce qu’on aura"),
        ("Somme des charges", "Somme des produits"),
        ("Total à payer", "Total pour payer"),
        ("TOTAL", "TOTAL"),
        ("Sortie", "Entrée"),
    ],
)
def test_sums_are_totals_whatever_they_are_called(first: str, second: str) -> None:
    facts = values(ODD_TOTALS.format(first=first, second=second))
    assert facts["budget_charges_eur"] == facts["budget_produits_eur"] == facts["budget_total_eur"] == 30000
    assert facts["budget_equilibre"] is True
    assert facts["aide_demandee_eur"] == 18000


def test_what_comes_in_may_come_first() -> None:
    facts = values(
        "# Budget\n\n| Région | 18 000 |\n| Cagnotte | 4 000 |\n| Ensemble | 22 000 |\n| Salaires | 15 000 |\n"
        "| Achats | 7 500 |\n| Ensemble | 22 500 |\n"
    )
    assert (facts["budget_produits_eur"], facts["budget_charges_eur"]) == (22000, 22500)
    assert facts["budget_equilibre"] is False


def test_groups_of_one_half_are_no_halves() -> None:
    facts = values(
        "# Dépenses de l'action\n\n| Salaires | 15 000 |\n| Primes | 5 000 |\n| Personnel | 20 000 |\n"
        "| Papier | 2 000 |\n| Outils | 3 000 |\n| Achats | 5 000 |\n"
    )
    assert "budget_equilibre" not in facts


def test_a_total_that_the_table_left_out_is_its_last_row() -> None:
    facts = values(
        "# Budget prévisionnel de l'action\n\n| Salaires | 15 000 |\n| Achats | 5 000 |\n| TOTAL | 20 000 |\n"
        "| Région | 12 000 |\n| Commune | 8 000 |\nTOTAL 20 000\n\nNous tiendrons nos comptes."
    )
    assert facts["budget_equilibre"] is True
