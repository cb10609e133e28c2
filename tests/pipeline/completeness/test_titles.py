"""What the words of a heading announce."""

import pytest

from pipeline.calls.parser import load_call
from pipeline.completeness.targets import targets_of
from pipeline.completeness.titles import (
    aims_of,
    annex_number,
    is_aside,
    is_contents_title,
    is_never_title,
    strip_numbering,
)

TARGETS = targets_of(load_call("aquitaine-2014"))


def strong(title: str) -> set[str | None]:
    return {TARGETS[aim.target].field.topic for aim in aims_of(title, TARGETS) if aim.strong}


@pytest.mark.parametrize(
    ("title", "topics"),
    [
        ("Qui sommes-nous ?", {"porteur"}),
        ("1. Présentation du porteur de projet", {"porteur"}),
        ("La boîte, notre coopérative", {"porteur"}),
        ("Notre histoire", {"historique"}),
        ("D'où vient l'idée ?", {"historique"}),
        ("Historique de la structure", {"porteur"}),
        ("Le projet en deux mots", {"resume"}),
        ("III – Résumé de l'action", {"resume"}),
        ("Ce que nous voulons changer", {"objectifs"}),
        ("Objectifs et publics", {"objectifs", "publics"}),
        ("Où en sommes-nous ?", {"stade"}),
        ("Pour qui ?", {"publics"}),
        ("Moyens humains et budget", {"moyens", "comptes"}),
        ("Combien ça coûte", {"comptes"}),
        ("Budget de la conciergerie", {"comptes"}),
        ("Partenaires financiers", {"comptes"}),
        ("Avec qui ?", {"partenariats"}),
        ("Une équipe de recherche associée", {"recherche"}),
        ("Comment saurons-nous si nous avons réussi ?", {"evaluation"}),
        ("Suivi et évaluation", {"evaluation"}),
        ("Méthodologie d’évaluation envisagée", {"evaluation"}),
        ("methodologie_evaluation", {"evaluation"}),
        ("publicsCibles", {"publics"}),
        ("M3thodologie d'évaluatiom", {"evaluation"}),
    ],
)
def test_titles_that_announce(title: str, topics: set[str]) -> None:
    assert strong(title) == topics


@pytest.mark.parametrize(
    "title",
    [
        "Objectif Lune",
        "Calendrier",
        "Évaluation des besoins",
        "Annexe 4",
        "Chargée d'évaluation",
        "Le Béarn",
        "Et après ?",
    ],
)
def test_titles_that_prove_nothing(title: str) -> None:
    assert strong(title) == set()


def test_the_whole_wording_of_the_call_is_a_title_of_its_field_only() -> None:
    wording = "1. " + TARGETS[0].field.wording
    assert strong(wording) == {"porteur"}


@pytest.mark.parametrize(
    ("text", "bare", "depth"),
    [
        ("3. Budget", "Budget", 1),
        ("3.2 Charges", "Charges", 2),
        ("IV – Publics", "Publics", 1),
        ("B) Moyens", "Moyens", 1),
        ("Champ n° 7 : Moyens", "Moyens", 1),
        ("Moyens", "Moyens", 0),
        ("3.", "3.", 0),
    ],
)
def test_numbering(text: str, bare: str, depth: int) -> None:
    assert strip_numbering(text) == (bare, depth)


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Annexe 3", "3"),
        ("ANNEXE n° III – Budget", "3"),
        ("annexe_02_budget", "2"),
        ("Annexe A", "a"),
        ("Annexes", None),
    ],
)
def test_annex_numbers(title: str, number: str | None) -> None:
    assert annex_number(title) == number


def test_parts_that_answer_nothing() -> None:
    assert is_aside("Annexe 1 : CV de la coordinatrice")
    assert is_aside("Glossaire")
    assert not is_aside("Partenariats")
    assert is_contents_title("Table des matières")
    assert not is_contents_title("Contenu de l'action")


@pytest.mark.parametrize(
    "line",
    [
        "23500 FELLETIN",
        "12 bis rue du Four",
        "Oloron, le 18 août 2014",
        "Fait à Pau, le 2 juin 2014",
        "La présidente",
        "Montant",
        "TOTAL (€)",
        "Tél. 05 59 00 00 00",
        "contact@hameau.example",
    ],
)
def test_lines_that_are_never_titles(line: str) -> None:
    assert is_never_title(line)


@pytest.mark.parametrize("line", ["Total des dépenses", "La présidente et son équipe", "24 mois", "Site et quartier"])
def test_lines_that_may_be_titles(line: str) -> None:
    assert not is_never_title(line)
