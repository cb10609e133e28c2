"""How long the action lasts, and over how many months its accounts run."""

import pytest

from tests.pipeline.facts.reading import read_text, values


@pytest.mark.parametrize(
    ("sketch", "months"),
    [
        ("Durée de l'action : 18 mois", 18),
        ("Durée : deux ans", 24),
        ("[Durée du projet] 24 mois", 24),
        ("| Durée de l'action | 12 mois, à compter du 1er octobre 2014 |\n| Porteur | X |", 12),
        ("L'action se déroule sur douze mois, d'octobre 2014 à septembre 2015.", 12),
        ("L'action se déroulera sur 18 mois.", 18),
        ("Le projet est prévu sur une durée de 24 mois.", 24),
        ("L'expérimentation, d'une durée de 12 mois, associe les habitants.", 12),
        ("L'action durera un an.", 12),
        ("Le projet se déroulera de septembre 2014 à août 2015.", 12),
        ("L'action sera menée du 1er octobre 2014 au 30 septembre 2015.", 12),
        ("Période de réalisation : du 01/10/2014 au 31/03/2016", 18),
        ("L'action s'étale sur vingt-quatre mois.", 24),
        ("Nous prévoyons une expérimentation de 18 mois.", 18),
        ("# Comptes prévisionnels de l'action sur 24 mois", 24),
        ("Calendrier : janvier 2017 – décembre 2018", 24),
        ("Le projet dure trois ans.", 36),
        ("[Durée de l'action (en mois)] 24", 24),
        ("Le garage démarrera le 3 novembre 2014 et se terminera le 30 octobre 2015 ; l'action dure un an.", 12),
    ],
)
def test_the_duration_is_read(sketch: str, months: int) -> None:
    assert values(sketch)["duree_mois"] == months


@pytest.mark.parametrize(
    "sketch",
    [
        "Un CDD de 12 mois est prévu pour l'animation.",
        "L'association travaille avec les habitants depuis 18 mois.",
        "La crèche accueille les enfants de 3 mois à 3 ans.",
        "Nous avons signé une convention de trois ans avec la commune.",
        "Une stagiaire sera accueillie pour 6 mois.",
        "Un premier essai, de janvier à avril 2014, a associé deux commerçants.",
        "Le comité se réunit tous les deux mois.",
        "Le prêt est remboursable sur 60 mois.",
    ],
)
def test_other_lengths_of_time_are_not_the_duration(sketch: str) -> None:
    assert "duree_mois" not in values(sketch)


def test_the_caption_of_the_budget_says_how_long_it_covers() -> None:
    readings = read_text(
        """
# Combien ça coûte

Budget prévisionnel sur 36 mois, en euros.

| Dépenses | Montant |
| Salaires | 60 000 |
| Déplacements | 4 000 |
| Total | 64 000 |
"""
    )
    assert readings.timing.accounts[0].months == 36
