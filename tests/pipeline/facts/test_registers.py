"""SIREN, SIRET and RNA numbers."""

import pytest

from tests.pipeline.facts.reading import read_text, values

SIREN, SIRET = "732829320", "73282932000074"


@pytest.mark.parametrize(
    "sketch",
    [
        f"SIREN : {SIREN}",
        "N° SIREN : 732 829 320",
        "Numéro SIREN : 732.829.320",
        "Siren n° 732 829 320",
        "L'association est immatriculée sous le numéro SIREN 732 829 320.",
        "RCS Bordeaux 732 829 320",
        "R.C.S. Pau : 732 829 320",
        "TVA intracommunautaire : FR 44 732829320",
        "S.I.R.E.N. 732 829 320",
        "SIREN : 7 3 2 8 2 9 3 2 0",
        "[N° SIREN] 732829320",
        "| SIREN | 732 829 320 |\n| Ville | Pau |",
        "SIREN/SIRET : 732 829 320 00074",
        "N° SIRET du siège social : 732 829 320 00074",
        "SIRET 73282932000074",
        "Nous sommes déclarés.\n\n~ Association Les Tisseurs - SIRET 732 829 320 00074 - page 1",
        "SIRET\n\n732 829 320 00074",
        "SIRET\n\nAujourd'hui nous comptons 19 salariés :\n\n732 829 320 00074\n\ndix à l'atelier",
    ],
)
def test_the_siren_is_read(sketch: str) -> None:
    assert values(sketch)["siren"] == SIREN


@pytest.mark.parametrize(
    "sketch", ["SIRET : 732 829 320 00074", "[Numéro SIRET] 732 829 320 00074", "SIREN/SIRET : 73282932000074"]
)
def test_the_siret_is_read(sketch: str) -> None:
    assert values(sketch)["siret"] == SIRET


@pytest.mark.parametrize(
    "sketch",
    [
        "SIRET : en cours",
        "# Partenariats\n\nFédération Léo Lagrange, SIRET 732 829 320 00074",
        "Tél. : 05 56 00 17 42",
        "Notre partenaire, la société Boa, SIREN 732 829 320, fournit le bois.",
        "IBAN FR76 3000 4000 0500 0012 3456 789",
        "Commissaire aux comptes : cabinet Lestage, SIREN 732 829 320",
    ],
)
def test_other_figures_are_no_siren_of_the_bearer(sketch: str) -> None:
    assert "siren" not in values(sketch)


def test_wrong_figures_are_kept_and_told() -> None:
    (number,) = read_text("SIREN : 732 829 321").identity.sirens
    assert (number.value, number.valid) == ("732829321", False)


def test_a_right_number_is_preferred_to_a_wrong_one() -> None:
    found = values("SIRET : 732 829 320 00075\n\nAvis de situation\n\nSIRET : 732 829 320 00074")
    assert found["siret"] == SIRET


@pytest.mark.parametrize(
    ("sketch", "valid"),
    [("RNA : W332012345", True), ("n° RNA W 331900418", True), ("RNA : W33201234", False), ("RNA : W999012345", False)],
)
def test_rna_numbers(sketch: str, valid: bool) -> None:
    (number,) = read_text(sketch).identity.rnas
    assert number.valid is valid


def test_a_telephone_is_no_number_of_the_register() -> None:
    assert "siren" not in values("RCS Brive\n\nGérante : Anne Roux, 06 00 12 34 56")
