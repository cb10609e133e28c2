"""Budgets whose totals, sides and heads are said in the applicant's own words."""

import pytest

from pipeline.document import Span
from pipeline.facts.amounts import amount_of_cell
from pipeline.facts.budget import wrong_sum
from pipeline.facts.columns import pair_rows
from pipeline.facts.grid import Grid, GridCell
from tests.pipeline.facts.reading import read_text, values
from tests.pipeline.facts.test_budget import SIDE_BY_SIDE


def test_the_region_s_other_aids_are_not_the_aid_asked() -> None:
    sketch = SIDE_BY_SIDE.replace("Conseil général", "Région Aquitaine – emplois associatifs (acquis)")
    budget = read_text(sketch).budget
    assert budget is not None
    assert budget.aid_asked is not None
    assert budget.aid_asked.euros == 32000


@pytest.mark.parametrize(
    "sketch",
    [
        "Le coût total de l'action s'élève à 92 000 €.",
        "Le budget prévisionnel est de 92 000 euros.",
        "Budget total : 92 000 €",
        "[Budget de l'action] 92 000 €",
        "Le budget total du projet est estimé à 92 k€.",
        "Pour deux ans, les dépenses s'élèvent à 92 000 € : 60 000 € de salaires et 32 000 € d'achats.",
        "L'action coûtera 92 000 €.",
        "Le tout revient à 92 000 €.",
        "[Coût total du projet (TTC)] 92 000",
        "| Coût total de l'opération | 92 000 € |\n| Porteur | X |",
        "Nous avons chiffré l'action à 92 000 €.",
        "Il nous faut 92 000 € en tout pour mener l'action.",
        "Au total, l'action représente une dépense de 92 000 €.",
        "Budget prévisionnel global : 92 000 euros TTC",
        "L'enveloppe de l'action est de 92 000 €.",
    ],
)
def test_a_total_said_in_words(sketch: str) -> None:
    assert values(sketch)["budget_total_eur"] == 92000


@pytest.mark.parametrize(
    "sketch",
    [
        "Budget annuel de l'association : 131 470 €",
        "Budget 2016 réalisé : 131 470 €",
        "Le coût de l'étude est de 9 200 €.",
        "En 2012 les dépenses s'élevaient à 92 000 € et les charges sont estimées à 90 000 €.",
        "L'action coûte 1 200 € par famille.",
        "Pour l'exercice 2013, les charges s'élèvent à 92 000 €.",
        "L'audit coûtera 9 200 €.",
        "La rénovation de la grange représente 92 000 €.",
    ],
)
def test_other_totals_are_not_the_action_s(sketch: str) -> None:
    assert "budget_total_eur" not in values(sketch)


def test_sides_and_totals_in_the_applicant_s_own_words() -> None:
    sketch = """
# Le nerf de la guerre

| Ce que nous dépenserons | Montant |
| Coordinatrice | 40 000 € |
| Études | 24 000 € |
| Total de ce que nous dépenserons | 64 000 € |

| Ce que nous espérons recevoir | Montant |
| Région Aquitaine (innovation sociale) | 32 000 € |
| Parc naturel régional | 12 000 € |
| Repas, lotos | 22 000 € |
| Total de ce que nous espérons recevoir | 66 000 € |
"""
    found = values(sketch)
    assert (found["budget_total_eur"], found["budget_equilibre"], found["aide_demandee_eur"]) == (64000, False, 32000)


def test_another_body_with_regional_in_its_name_is_not_the_region() -> None:
    sketch = SIDE_BY_SIDE.replace("Région Aquitaine – AMI", "Conseil régional").replace(
        "Conseil général", "Parc naturel régional"
    )
    assert values(sketch)["aide_demandee_eur"] == 32000


def test_a_list_that_says_its_total_in_words() -> None:
    sketch = """
# Budget

Dépenses

- Salaire de l'animatrice, 40 000 €
- Loyer, 24 000 €
- Soit au total 64 000 €

Recettes

- Région 32 000 €
- Ville 32 000 €
- Soit au total 64 000 €
"""
    assert values(sketch)["budget_total_eur"] == 64000
    assert values(sketch)["budget_equilibre"] is True


def test_an_amount_read_with_the_label_beside_it_is_told_apart() -> None:
    budget = read_text("""
## Budget de l'action

| Encadrement | 48 000 Commune | 32 400 |
| Matériaux | 29 500 Entreprises du bassin | 22 000 |
| Suivi | 7 400 Région | 30 500 |
| TOTAL DÉPENSES | 84 900 TOTAL RECETTES | 84 900 |
""").budget
    assert budget is not None
    assert budget.charges is not None
    assert budget.produits is not None
    assert [line.label for line in budget.produits.lines] == ["commune", "entreprises du bassin", "region"]
    assert wrong_sum(budget.charges) is None
    assert wrong_sum(budget.produits) is None


def test_totals_said_by_a_verb() -> None:
    budget = read_text("""
Nos comptes pour douze mois

| Animatrice à mi-temps | 15 400 € |
| Formation | 16 000 € |
| Nous dépenserions | 31 400 € |
| Région | 18 000 € |
| Mairies | 13 400 € |
| Nous recevrions | 31 400 € |
""").budget
    totals = (
        [half.total.amount.euros for half in (budget.charges, budget.produits) if half and half.total] if budget else []
    )
    assert totals == [31400, 31400]


def test_a_total_is_told_by_what_it_sums_whatever_it_is_called() -> None:
    sketch = SIDE_BY_SIDE.replace("TOTAL CHARGES", "Au bout du compte").replace("TOTAL PRODUITS", "Au bout du compte")
    found = values(sketch)
    assert (found["budget_total_eur"], found["budget_equilibre"]) == (64_000, True)


@pytest.mark.parametrize("word", ["Ensemble", "Somme", "Dépenses, en euros"])
def test_totals_have_other_names(word: str) -> None:
    budget = read_text(SIDE_BY_SIDE.replace("TOTAL CHARGES", word).replace("40 000", "39 000")).budget
    assert budget is not None
    assert budget.charges is not None
    assert budget.charges.total is not None
    assert budget.charges.total.amount.euros == 64_000


def test_both_totals_said_in_one_breath() -> None:
    found = values("Le chiffrage tient en une ligne : 52 000 € de dépenses et 49 500 € de recettes pour l'année.")
    assert (found["budget_charges_eur"], found["budget_produits_eur"]) == (52_000, 49_500)
    assert found["budget_equilibre"] is False


@pytest.mark.parametrize(
    "sketch",
    [
        "Comptes 2012 : 52 000 € de recettes et 49 500 € de dépenses.",
        "L'exercice clos en juin donne 52 000 € de produits pour 49 500 € de charges.",
    ],
)
def test_the_accounts_of_the_past_are_no_budget(sketch: str) -> None:
    assert "budget_charges_eur" not in values(sketch)


def test_a_total_that_is_reached() -> None:
    sketch = "On arrive à 41 000 € tout compris, dont 18 000 € demandés chez vous."
    found = values(sketch)
    assert (found["budget_total_eur"], found["aide_demandee_eur"]) == (41_000, 18_000)


def test_an_amount_of_the_second_half_whose_label_stands_on_other_rows_counts() -> None:
    sketch = SIDE_BY_SIDE.replace("| 64 – Salaires | 40 000 | Fonds propres | 20 000 |", "").replace(
        "| TOTAL CHARGES",
        "| | | Fonds propres et | |\n| 64 – Salaires | 40 000 | | 20 000 |\n| | | réserves | |\n| TOTAL CHARGES",
    )
    budget = read_text(sketch).budget
    assert budget is not None
    assert budget.produits is not None
    assert wrong_sum(budget.produits) is None


def test_of_two_heads_the_second_is_that_of_the_second_half() -> None:
    sketch = SIDE_BY_SIDE.replace("| Charges | Montant | Produits | Montant |", "| Emplois € | | Ressources € | |")
    found = values(sketch)
    assert (found["budget_charges_eur"], found["budget_produits_eur"]) == (64_000, 64_000)


def test_a_word_that_ends_like_an_abbreviation_is_no_subtotal() -> None:
    budget = read_text(SIDE_BY_SIDE.replace("Fonds propres", "Forfaits de test des villages")).budget
    assert budget is not None
    assert budget.produits is not None
    assert wrong_sum(budget.produits) is None


def test_heads_with_the_unit_before_them_keep_the_halves_apart() -> None:
    def cell(text: str, x0: float, x1: float) -> GridCell:
        amount = amount_of_cell(text, 0, len(text))
        return GridCell(Span(0, len(text)), text, x0, x1, amount)

    head = (cell("depenses", 77, 124), cell("€ recettes", 281, 336), cell("€", 512, 518))
    rows = [
        (cell(left, 77, 249), cell(spent, 257, 288), cell(right, 293, 479), cell(given, 488, 518))
        for left, spent, right, given in (
            ("encadrant", "48 000", "commune", "32 400"),
            ("materiaux", "29 500", "entreprises", "22 000"),
            ("total depenses", "77 500", "total recettes", "54 400"),
        )
    ]
    paired = pair_rows(Grid(Span(0, 1), 0, (head, *rows)))
    assert paired.two_halves
    assert [pair.label for pair in paired.pairs if pair.right and pair.amount is None] == ["€ recettes", "€"]


def test_two_columns_are_never_added_together() -> None:
    sketch = SIDE_BY_SIDE.replace(
        "| Charges | Montant | Produits | Montant |", "| Plan | Montant | Charges | Montant |"
    )
    budget = read_text(sketch.replace("TOTAL CHARGES", "TOTAL").replace("TOTAL PRODUITS", "TOTAL")).budget
    assert budget is not None
    assert budget.charges is not None
    assert budget.produits is not None
    assert wrong_sum(budget.charges) is None
    assert wrong_sum(budget.produits) is None
