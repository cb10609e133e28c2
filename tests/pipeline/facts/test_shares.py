"""Aid and totals said in one breath, by people who draw up no table."""

import pytest

from tests.pipeline.facts.reading import values


def test_a_share_gives_the_aid_and_the_whole() -> None:
    facts = values("Soixante-dix-huit mille euros pour deux ans, dont trente-cinq mille à la Région, le détail suivra.")
    assert (facts["aide_demandee_eur"], facts["budget_total_eur"], facts["duree_mois"]) == (35000, 78000, 24)


@pytest.mark.parametrize(
    "sketch",
    [
        "Le budget est de 78 000 €, dont 12 000 € à la commune.",
        "Ils étaient quarante-deux, dont douze à la Région.",
    ],
)
def test_no_share_of_the_region(sketch: str) -> None:
    assert "aide_demandee_eur" not in values(sketch)


def test_bare_figures_that_are_asked_of_the_region() -> None:
    facts = values("Nous dépenserons 38 600 euros. En face : 18 000 que nous demandons à la Région, 8 000 de la ville.")
    assert (facts["aide_demandee_eur"], facts["budget_total_eur"]) == (18000, 38600)


def test_the_only_line_of_the_region_outside_tables_is_what_is_asked() -> None:
    assert (
        values("# Budget\n\n• Budget global : 92 000 €\n• Région : 38 000 €\n• Autres : 54 000 €")["aide_demandee_eur"]
        == 38000
    )
    assert "aide_demandee_eur" not in values("• Région : 38 000 €\n• Région : 12 000 €")


def test_a_list_that_is_a_sentence_of_its_paragraph() -> None:
    facts = values(
        "10.1 Les charges de l'action s'élèvent à 92 400 € sur douze mois : postes 51 200, temps 41 200. "
        "Les produits se décomposent ainsi : commune 54 400, Région 26 000, caisse 12 000, soit 92 400 €."
    )
    assert facts["budget_equilibre"] is True
    assert (facts["aide_demandee_eur"], facts["duree_mois"]) == (26000, 12)


@pytest.mark.parametrize("sketch", ["Je vous demande donc 15 000 €.", "À la Région je demande 15 000 €."])
def test_one_person_asks(sketch: str) -> None:
    assert values(sketch)["aide_demandee_eur"] == 15000


def test_money_to_spend_and_to_come_in() -> None:
    facts = values("58 000 € à sortir sur un an et 54 500 € à rentrer, la comptable fera les colonnes.")
    assert (facts["budget_charges_eur"], facts["budget_produits_eur"]) == (58000, 54500)
    assert facts["budget_equilibre"] is False


def test_a_budget_of_a_civil_year_covers_twelve_months() -> None:
    rows = ("Salaires | 20 000", "Achats | 4 000", "Total des charges | 24 000", "Région | 14 000", "Dons | 10 000")
    table = "\n".join(f"| {row} € |" for row in (*rows, "Total des produits | 24 000"))
    assert values(f"# Économie prévisionnelle, exercice 2015\n\n{table}")["duree_mois"] == 12
    assert "duree_mois" not in values(f"# Économie, exercice 2012\n\n{table}")
