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
        ("L'action durera un an et demi.", 18),
        ("Nous demandons une aide pour deux années : l'action est prévue pour deux ans.", 24),
        ("Le projet s'étend sur trois semestres.", 18),
        ("Calendrier : lancement le 1er mars 2017, fin le 28 février 2018.", 12),
        ("L'action commencera en octobre 2014 et s'achèvera en mars 2016.", 18),
        ("[Date de début] 01/10/2014\n[Date de fin] 30/09/2015", 12),
        ("| Début | 1er janvier 2017 |\n| Fin | 31 décembre 2018 |", 24),
        ("L'action se déroulera sur les années 2017 et 2018.", 24),
        ("Budget de l'action (années 2017-2018)\n\nDurée : sur 2017 et 2018", 24),
        ("Le travail durera dix-huit mois (d'avril 2015 à septembre 2016).", 18),
        ("Nous travaillerons pendant vingt-quatre mois avec six familles.", 24),
        ("Essai prévu sur douze mois, de janvier à décembre 2015.", 12),
        ("Au terme des vingt-quatre mois, les habitants voteront.", 24),
        ("L'expert a validé un plan sur trois ans. L'action dure douze mois. Budget de l'action sur 12 mois.", 12),
        ("Le calendrier des coupes est donné six mois avant. L'action se déroule sur 12 mois.", 12),
        ("[Durée prévue] un an (de septembre 2016 à août 2017)", 12),
        ("[Durée en mois] 18", 18),
        ("| Période d'exécution | du 01/01/2017 au 30/06/2018 |\n| Porteur | X |", 18),
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
        "À trois ans, la cotisation couvrira les charges.",
        "Le planning des salles est affiché deux mois avant.",
        "D'ici deux ans, nous voulons ouvrir une autre maison.",
        "Dans deux ans, le bail sera revu.",
        "L'année scolaire 2014-2015 a été bonne.",
        "Les deux dernières années, 2012 et 2013, ont été difficiles.",
        "Le loyer de six mois a été payé d'avance.",
        "La première réunion a eu lieu il y a dix-huit mois.",
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


YEARS = """
# Comptes prévisionnels de l'action

| Charges | {first} | {second} |
| Salaires | 20 000 | 20 000 |
| Études | 14 000 | 10 000 |
| Total charges | 34 000 | 30 000 |
"""


def test_columns_of_years_say_how_long_the_action_lasts_when_nothing_else_does() -> None:
    assert values(YEARS.format(first="Année 1", second="Année 2"))["duree_mois"] == 24
    assert values(YEARS.format(first="2017", second="2018"), "alpc-2016")["duree_mois"] == 24
    assert values("L'action durera 18 mois.\n" + YEARS.format(first="Année 1", second="Année 2"))["duree_mois"] == 18


def test_two_civil_years_may_be_twelve_months() -> None:
    assert "duree_mois" not in values(YEARS.format(first="2014", second="2015"), "aquitaine-2014")
