"""Budgets of every shape: charges, produits, totals, lines that add up, and the table that counts."""

import pytest

from pipeline.facts.budget import CoveredMonths, wrong_sum
from tests.pipeline.facts.reading import read_text, values

SIDE_BY_SIDE = """
# Comptes prévisionnels de l'action

| Charges | Montant | Produits | Montant |
| 60 – Achats | 4 000 | Région Aquitaine – AMI | 32 000 |
| 62 – Étude | 20 000 | Conseil général | 12 000 |
| 64 – Salaires | 40 000 | Fonds propres | 20 000 |
| TOTAL CHARGES | 64 000 | TOTAL PRODUITS | 64 000 |
"""
TWO_TABLES = """
# Budget de l'action

| Dépenses | Montant TTC |
| Salaires | 40 000 € |
| Études | 24 000 € |
| Total des dépenses | 64 000 € |

Plan de financement

| Ressources | Montant |
| Région (AMI innovation sociale) | 32 000 € |
| Commune | 12 000 € |
| Autofinancement | 20 000 € |
| Total des ressources | 64 000 € |
"""
ONE_COLUMN = """
# Budget prévisionnel de l'action

| CHARGES | |
| Salaires | 40 000 |
| Études | 24 000 |
| TOTAL DES CHARGES | 64 000 |
| PRODUITS | |
| Région Aquitaine | 32 000 |
| Commune | 12 000 |
| Fonds propres | 20 000 |
| TOTAL DES PRODUITS | 64 000 |
"""
YEARS_AND_TOTAL = """
# Comptes prévisionnels de l'action

| Dépenses | Année 1 | Année 2 | Total |
| Salaires | 20 000 | 20 000 | 40 000 |
| Études | 14 000 | 10 000 | 24 000 |
| Total dépenses | 34 000 | 30 000 | 64 000 |

| Recettes | Année 1 | Année 2 | Total |
| Région | 16 000 | 16 000 | 32 000 |
| Commune | 18 000 | 14 000 | 32 000 |
| Total recettes | 34 000 | 30 000 | 64 000 |
"""
YEARS_WITHOUT_TOTAL = """
# Comptes prévisionnels de l'action

| Charges | 2016 | 2017 | 2018 |
| Salaires | 20 000 | 10 000 | 10 000 |
| Études | 14 000 | 5 000 | 5 000 |
| Total charges | 34 000 | 15 000 | 15 000 |
| Produits | | | |
| Région | 16 000 | 8 000 | 8 000 |
| Commune | 18 000 | 7 000 | 7 000 |
| Total produits | 34 000 | 15 000 | 15 000 |
"""
THOUSANDS = """
# Budget prévisionnel de l'action (en k€)

| Charges | | Produits | |
| Salaires | 40 | Région | 32 |
| Études | 24 | Commune | 32 |
| Total | 64 | Total | 64 |
"""
PERCENTAGES = """
# Plan de financement de l'action

| Poste | Montant | % |
| Salaires | 40 000 € | 62,5 % |
| Études | 24 000 € | 37,5 % |
| Total des charges | 64 000 € | 100 % |
| Région | 32 000 € | 50 % |
| Autofinancement | 32 000 € | 50 % |
| Total des produits | 64 000 € | 100 % |
"""
LIST = """
# Budget de l'action

Dépenses

- Salaires : 40 000 €
- Études : 24 000 €
- Total des dépenses : 64 000 €

Recettes

- Région Aquitaine : 32 000 €
- Commune : 12 000 €
- Fonds propres : 20 000 €
- Total des recettes : 64 000 €
"""
ACCOUNTS = """
# Budget prévisionnel de l'action

| Charges | Montant | Produits | Montant |
| 60 Achats | 24 000 | 70 Ventes | 12 000 |
| 601 Fournitures | 20 000 | 74 Subventions | 52 000 |
| 606 Énergie | 4 000 | dont Région (AMI) | 32 000 |
| 64 Personnel | 40 000 | dont commune | 20 000 |
| TOTAL DES CHARGES | 64 000 | TOTAL DES PRODUITS | 64 000 |
| 86 Bénévolat | 9 000 | 87 Contributions volontaires | 9 000 |
"""
SUBTOTALS = """
# Budget prévisionnel de l'action

| Charges | Montant |
| Salaires | 30 000 |
| Cotisations | 10 000 |
| Sous-total personnel | 40 000 |
| Études | 20 000 |
| Déplacements | 4 000 |
| Sous-total fonctionnement | 24 000 |
| TOTAL CHARGES | 64 000 |
"""
FUNDERS_AS_COLUMNS = """
# Plan de financement de l'action

| Dépenses | Coût total | Région | Autofinancement |
| Salaires | 40 000 | 20 000 | 20 000 |
| Études | 24 000 | 12 000 | 12 000 |
| Total | 64 000 | 32 000 | 32 000 |
"""
SHAPES = {
    "side by side": SIDE_BY_SIDE,
    "two tables": TWO_TABLES,
    "one column": ONE_COLUMN,
    "years and total": YEARS_AND_TOTAL,
    "years without total": YEARS_WITHOUT_TOTAL,
    "thousands": THOUSANDS,
    "percentages": PERCENTAGES,
    "list": LIST,
    "accounts": ACCOUNTS,
    "subtotals": SUBTOTALS,
    "funders as columns": FUNDERS_AS_COLUMNS,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_total_is_read_whatever_the_shape(shape: str) -> None:
    assert values(SHAPES[shape])["budget_total_eur"] == 64000


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape not in {"subtotals", "funders as columns"}])
def test_both_halves_are_read_and_balance(shape: str) -> None:
    found = values(SHAPES[shape])
    assert found["budget_charges_eur"] == 64000
    assert found["budget_produits_eur"] == 64000
    assert found["budget_equilibre"] is True


@pytest.mark.parametrize("shape", SHAPES)
def test_right_sums_are_not_doubted(shape: str) -> None:
    budget = read_text(SHAPES[shape]).budget
    assert budget is not None
    assert [wrong_sum(half) for half in (budget.charges, budget.produits) if half is not None and wrong_sum(half)] == []


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "subtotals"])
def test_the_aid_in_the_budget(shape: str) -> None:
    budget = read_text(SHAPES[shape]).budget
    assert budget is not None
    assert budget.aid_asked is not None
    assert budget.aid_asked.euros == 32000


@pytest.mark.parametrize("shape", SHAPES)
def test_a_wrong_total_is_noticed(shape: str) -> None:
    if shape == "years without total":
        sketch = SHAPES[shape].replace("| Total charges | 34 000 |", "| Total charges | 36 400 |")
    elif shape == "thousands":
        sketch = SHAPES[shape].replace("| Total | 64 | Total", "| Total | 74 | Total")
    else:
        lines = SHAPES[shape].splitlines()
        index = next(i for i, line in enumerate(lines) if "total" in line.lower() and "64 000" in line)
        lines[index] = lines[index].replace("64 000", "66 400", 1)
        sketch = "\n".join(lines)
    budget = read_text(sketch).budget
    assert budget is not None
    assert budget.charges is not None
    assert wrong_sum(budget.charges) is not None


def test_past_accounts_are_not_the_forecast() -> None:
    annual = """
# Comptes annuels 2013 (extraits)

| Charges | Montant | Produits | Montant |
| Achats | 6 120 | Subventions | 24 300 |
| Personnel | 60 870 | Cotisations | 9 800 |
| Total | 66 990 | Total | 34 100 |
"""
    assert "budget_total_eur" not in values(annual)
    assert values(annual + SIDE_BY_SIDE)["budget_total_eur"] == 64000


def test_unequal_halves_are_told() -> None:
    found = values(SIDE_BY_SIDE.replace("TOTAL PRODUITS | 64 000", "TOTAL PRODUITS | 62 500"))
    assert found["budget_equilibre"] is False


def test_columns_of_years_say_how_long_the_accounts_run() -> None:
    budget = read_text(YEARS_WITHOUT_TOTAL, "alpc-2016").budget
    assert budget is not None
    assert budget.covered == CoveredMonths(14, 36)
