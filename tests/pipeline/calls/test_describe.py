"""What people read of a call."""

import pytest

from pipeline.calls.catalogue import built_in_calls
from pipeline.calls.describe import CallDescription, Entry, describe, remarks
from pipeline.calls.parser import load_call, parse_call
from tests.pipeline.calls.example import EXAMPLE, changed


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def entries(description: CallDescription, title: str) -> tuple[Entry, ...]:
    return next(group.entries for group in description.groups if plain(group.title).startswith(title))


def test_aquitaine_in_french() -> None:
    call = load_call("aquitaine-2014")
    description = describe(call)
    assert description.title == call.title
    about = {entry.label: entry.text for entry in entries(description, "L'appel")}
    assert about["Date limite"] == "31 août 2014"
    assert about["Départements"].startswith("Dordogne (24), Gironde (33)")
    fields = entries(description, "Champs demandés")
    assert [entry.label for entry in fields][:2] == ["1. Fiche de présentation du porteur", "2. Historique de l’action"]
    assert plain(fields[2].text).splitlines()[1] == "Longueur : 2 pages au plus."
    assert plain(fields[7].text).splitlines()[1] == "Période : 12 mois."
    assert fields[8].text.endswith("Inscription dans un projet territorial (le cas échéant).")
    assert fields[9].text.endswith("Le cas échéant seulement.")
    assert fields[2].source == "§ 5, champ 3"


def test_markers_show_their_dimension_and_every_level() -> None:
    marker = entries(describe(load_call("alpc-2016")), "Repères")[1]
    assert marker.label == "Richesse du collectif (Portage)"
    assert plain(marker.text).splitlines()[0] == "Inexistant : Il n'y a pas de collectif identifié"
    assert len(marker.text.splitlines()) == 4


def test_checks_show_their_amount() -> None:
    labels = [plain(entry.label) for entry in entries(describe(load_call("alpc-2016")), "Règles que le programme")]
    assert labels[:2] == ["Plafond de l'aide : 40 000 €", "Durée : 24 mois"]


def test_a_borrowed_definition_names_its_document() -> None:
    types = entries(describe(load_call("hauts-de-france-2017")), "Types d'innovation")
    assert {entry.source.split(",")[0] for entry in types} == {"AMI Innovation sociale 2014"}


def test_documents_are_told_with_what_they_must_bear() -> None:
    statutes = entries(describe(load_call("hauts-de-france-2017")), "Pièces demandées")[1]
    assert statutes.text.endswith("La pièce doit être datée et signée.")


@pytest.mark.parametrize("name", [*built_in_calls(), str(EXAMPLE)])
def test_nothing_is_empty(name: str) -> None:
    description = describe(load_call(name))
    assert all(group.entries and group.title for group in description.groups)
    assert all(entry.text or entry.label for group in description.groups for entry in group.entries)


def test_parts_that_a_call_lacks_are_left_out() -> None:
    titles = [plain(group.title) for group in describe(load_call("hauts-de-france-2017")).groups]
    assert "Versement de l'aide" not in titles
    assert not any(title.startswith("Grille") for title in titles)


def test_remarks_are_not_errors() -> None:
    assert remarks(load_call("aquitaine-2014")) == ()
    assert [plain(text) for text in remarks(load_call("hauts-de-france-2017"))] == [
        "Aucun niveau n'est décrit pour les repères : l'échelle reste à fixer collectivement."
    ]
    assert [plain(text) for text in remarks(load_call(str(EXAMPLE)))] == [
        "Nombre de repères : 9 ; les appels connus en ont 12."
    ]


def test_first_of_the_month() -> None:
    call = parse_call(changed("deadline = 2025-10-15", "deadline = 2025-11-01"), "x")
    assert any(entry.text == "1er novembre 2025" for entry in entries(describe(call), "L'appel"))
