"""The same defects in other words: in letters, lists, form answers and tables without rules."""

import pytest

from pipeline.facts.read import Readings, facts_of
from pipeline.findings import findings
from tests.pipeline.facts.reading import read_text
from tests.pipeline.findings.test_findings import SERVICES

BEARER = "Association Les Semeurs (loi de 1901), SIREN 732 829 320, siège : 5 rue du Four, 33000 Bordeaux.\n\n"
TWO_SIDES = """
| Charges | € | Produits | € |
| Salaires | 60 000 | Région | 30 000 |
| Achats | 9 000 | Commune | 39 000 |
| Total | 69 000 | Total | 69 000 |
"""


def codes(readings: Readings) -> set[str]:
    return {finding.code for finding in findings(readings, (), SERVICES)}


def facts(text: str) -> dict[str, object]:
    return {fact.name: fact.value for fact in facts_of(read_text(BEARER + text))}


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("aid-above-ceiling", "Nous vous demandons de bien vouloir nous accorder quarante-cinq mille euros."),
        ("aid-above-ceiling", "La contribution que nous attendons de votre collectivité est de 43 200 €."),
        ("aid-above-ceiling", "Nous espérons de la Région un concours de 47 000 euros, soit la moitié du coût."),
        (
            "aid-stated-differently",
            "Nous demandons à la Région 28 000 €.\n\nPlus tard.\n\nL'aide de la Région que nous espérons, 31 000 €, "
            "couvrira le salaire de la coordinatrice.",
        ),
        (
            "aid-stated-differently",
            "La subvention sollicitée s'établit à 25 000 €.\n\nEn conclusion, c'est bien 27 500 € que nous vous "
            "demandons aujourd'hui.",
        ),
        ("budget-unbalanced", "## Budget\n\nNos dépenses s'élèvent à 64 000 € et nos recettes à 61 500 €."),
        ("budget-unbalanced", "## Combien ça coûte\n\nTotal des charges : 64 000 €. Total des produits : 61 500 €."),
        (
            "budget-unbalanced",
            "Charges : salaires 40 000 €, achats 24 000 €, soit 64 000 €.\n\n"
            "Produits : Région 30 000 €, commune 31 000 €, soit 61 000 €.",
        ),
        (
            "budget-unbalanced",
            "[Budget – charges] Cachets 37 200 ; régie 34 600 ; livret 9 800. Total des charges : 81 600 euros\n"
            "[Budget – produits] Scène 21 600 ; ville 26 000 ; Région 30 000. Total des produits : 77 600 euros",
        ),
        (
            "budget-wrong-sum",
            "Charges : salaires 40 000 €, achats 21 000 €, soit 64 000 € au total.\n\n"
            "Produits : Région 30 000 €, commune 34 000 €, soit 64 000 € au total.",
        ),
        ("annexe-missing", "Nous renvoyons à la pièce jointe n° 4 pour les lettres de soutien."),
        ("annexe-missing", "Le calendrier détaillé figure à l'annexe B."),
        ("invalid-siren", "Siren du porteur : 73282932"),
        ("seat-outside-region", "\f# Porteur\n\nSiège social : 12 quai de la Fosse, 44000 Nantes"),
    ],
)
def test_a_defect_in_other_words(code: str, text: str) -> None:
    bearer = "" if code == "seat-outside-region" else BEARER
    assert code in codes(read_text(bearer + text, "aquitaine-2014"))


@pytest.mark.parametrize(
    "caption", ["Budget triennal 2017-2019", "Comptes établis sur trente-six mois", "Nos comptes sur trois ans"]
)
def test_accounts_over_three_years(caption: str) -> None:
    assert "accounts-horizon" in codes(read_text(f"{BEARER}## Comptes\n\n{caption}\n{TWO_SIDES}", "alpc-2016"))


def test_a_gap_that_comes_from_an_addition_says_so() -> None:
    text = """
| Dépenses | € | Recettes | € |
| Coordination | 40 000 | Région | 30 000 |
| Matériel | 24 000 | Commune | 34 000 |
| Total | 62 000 | Total | 64 000 |
"""
    found = {finding.code: finding for finding in findings(read_text(BEARER + text), (), SERVICES)}
    assert "budget-wrong-sum" in found
    assert "une addition est à revoir" in found["budget-unbalanced"].message


def test_a_half_without_total_accuses_nobody() -> None:
    text = TWO_SIDES.replace("Total | 69 000 |\n", "\n").replace("Commune | 39 000", "Commune | 22 000")
    readings = read_text(BEARER + text)
    assert "budget-unbalanced" not in codes(readings)
    assert "budget_equilibre" not in {fact.name for fact in facts_of(readings)}


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("budget_total_eur", 52000, "L'ensemble nous coûtera 52 000 €, dont nous vous demandons 24 000."),
        ("budget_total_eur", 48500, "Le budget, tout compris, atteint 48 500 euros sur douze mois."),
        ("budget_total_eur", 61000, "Il nous faut 61 000 euros en tout pour y arriver."),
        ("aide_demandee_eur", 30000, "Pourriez-vous nous aider à hauteur de 30 000 € ?"),
        ("aide_demandee_eur", 20000, "Nous attendons de votre Région 20 000 euros."),
        (
            "aide_demandee_eur",
            30000,
            "[Charges] Cachets 37 200 ; régie 30 000. Total des charges : 67 200 euros\n"
            "[Produits] Ville 37 200 ; aide demandée à la Région 30 000. Total des produits : 67 200 euros",
        ),
        ("statut_juridique", "association", "Le groupement d'employeurs Les Semeurs est né en 2009."),
    ],
)
def test_facts_said_only_in_prose(name: str, value: object, text: str) -> None:
    assert facts(text)[name] == value


def test_what_is_needed_in_all_is_not_the_aid() -> None:
    assert "aide_demandee_eur" not in facts("Il nous faut 52 000 euros en tout : 24 000 de la Région et nos économies.")


def test_accounts_of_past_years_are_no_budget_of_the_action() -> None:
    text = "En 2013, nos dépenses s'élevaient à 64 000 € et nos recettes à 61 500 €."
    assert "budget-unbalanced" not in codes(read_text(BEARER + text))
