"""The commune of the seat, and nobody else's address."""

import pytest

from pipeline.facts.place import tidy_commune
from pipeline.facts.territory import department_named, department_of_commune, department_of_postal_code
from tests.pipeline.facts.reading import values


@pytest.mark.parametrize(
    ("sketch", "commune", "department"),
    [
        ("Siège social : 12 rue des Lilas, 33000 Bordeaux", "Bordeaux", "33"),
        ("Siège social : 12 rue des Lilas\n\n33130 BÈGLES", "Bègles", "33"),
        ("Adresse : 3 place du Foirail 40000 MONT-DE-MARSAN CEDEX", "Mont-de-Marsan", "40"),
        (
            "Adresse : 7 impasse des Radeliers, 64400 Oloron-Sainte-Marie. Tél. 05 59 00 64 18",
            "Oloron-Sainte-Marie",
            "64",
        ),
        ("| Siège | 14 rue des Gemmeurs, 33340 Lesparre-Médoc |\n| Aide | 12 000 € |", "Lesparre-Médoc", "33"),
        ("[Code postal] 87300\n[Commune] Bellac", "Bellac", "87"),
        ("Commune : Bègles", "Bègles", "33"),
        ("Ville : Saint-Jean-de-Luz", "Saint-Jean-de-Luz", "64"),
        ("Code postal et ville : 24100 Bergerac", "Bergerac", "24"),
        ("L'association Les Tisseurs, dont le siège est à Bègles, compte 40 membres.", "Bègles", "33"),
        (
            "L'association Les Tisseurs, dont le siège social est situé à Riscle (32), compte 40 membres.",
            "Riscle",
            "32",
        ),
        ("L'association est installée à Mont-de-Marsan (40) depuis 2009.", "Mont-de-Marsan", "40"),
        ("Les Tisseurs\n\n12 rue des Lilas\n\n64000 Pau\n\nMonsieur le Président", "Pau", "64"),
        ("Siège social : 2 rue Haute, 80190 Y", "Y", "80"),
        ("Communauté de communes des Hautes Sources\n3 rue de l'Ancien-Foirail\n23500 FELLETIN", "Felletin", "23"),
        ("Nous tissons.\n\n~ Association Les Tisseurs - 12 rue des Lilas, 47000 Agen", "Agen", "47"),
        ("Porteur : Commune de Salies-de-Béarn", "Salies-de-Béarn", None),
        ("Adresse du siège : La Roche-Chalais (Dordogne)", "La Roche-Chalais", "24"),
        ("Siège social : 2 cours Napoléon, 20000 Ajaccio", "Ajaccio", "2A"),
        ("Association Les Tisseurs - Préfecture de la Dordogne, siège : Le Bourg, 24310 Brantôme", "Brantôme", "24"),
        ("Siège social : 8 rue Pasteur, 97400 Saint-Denis", "Saint-Denis", "974"),
    ],
)
def test_the_seat_is_read(sketch: str, commune: str, department: str | None) -> None:
    found = values(sketch)
    assert found["commune"] == commune
    assert found.get("departement") == department


@pytest.mark.parametrize(
    "sketch",
    [
        "Conseil régional d'Aquitaine, 14 rue François de Sourdis, 33077 Bordeaux",
        "Monsieur le Président du Conseil régional, 151 avenue du Président Hoover, 59555 LILLE Cedex",
        "Partenaire : Fédération des foyers ruraux, 5 rue Haute, 40000 Mont-de-Marsan",
        "Notre expert-comptable : cabinet Lestage, 33700 Mérignac",
        "# 9. Partenariats\n\nFédération Léo Lagrange, 12 rue Bodin, 33000 Bordeaux : formation.",
        "L'action se déroule dans les communes du nord Médoc.",
        "20 244 K € ont été investis par la coopérative.",
        "Siège social : S",
    ],
)
def test_other_addresses_are_not_the_seat(sketch: str) -> None:
    assert "commune" not in values(sketch)


def test_a_supporter_s_seat_is_not_the_bearer_s() -> None:
    opening = "Association Les Ronces, à Soustons (40140)."
    support = "Nous, parents de l'association Les Cartables (siège à Dax), soutenons ce projet."
    assert values(f"{opening}\n\n{support}")["commune"] == "Soustons"


def test_a_square_is_no_town() -> None:
    assert "commune" not in values("L'association Parlons-en, déclarée en 2011, siège 3 place de la Poste.")


def test_the_letter_s_sender_is_not_its_addressee() -> None:
    sender = "Association Les Tisseurs\n\n12 rue des Lilas\n\n64000 Pau"
    addressee = "Monsieur le Président du Conseil régional\n\n14 rue François de Sourdis\n\n33077 Bordeaux"
    letter = f"{sender}\n\n{addressee}"
    assert values(letter)["commune"] == "Pau"


@pytest.mark.parametrize(
    ("printed", "tidy"),
    [
        ("SAINT-JEAN-DE-LUZ", "Saint-Jean-de-Luz"),
        ("BORDEAUX CEDEX 9", "Bordeaux"),
        ("LA TESTE DE BUCH", "La Teste de Buch"),
        ("Villenave-d'Ornon", "Villenave-d'Ornon"),
        ("VILLENAVE-D'ORNON", "Villenave-d'Ornon"),
    ],
)
def test_a_commune_is_written_as_usual(printed: str, tidy: str) -> None:
    assert tidy_commune(printed) == tidy


@pytest.mark.parametrize(
    ("postal_code", "department"),
    [
        ("33000", "33"),
        ("01000", "01"),
        ("20090", "2A"),
        ("20200", "2B"),
        ("97110", "971"),
        ("97600", "976"),
        ("99000", None),
        ("00123", None),
    ],
)
def test_departments_of_postal_codes(postal_code: str, department: str | None) -> None:
    assert department_of_postal_code(postal_code) == department


def test_departments_by_name_and_by_commune() -> None:
    assert department_named("pyrenees atlantiques") == "64"
    assert department_named("Atlantide") is None
    assert department_of_commune("ST-JEAN-DE-LUZ") == "64"
    assert department_of_commune("Trifouilly") is None


@pytest.mark.parametrize("value", ["17 000", "17 000 €", "17 %", "17 k€", "12,5"])
def test_an_amount_is_no_department(value: str) -> None:
    table = f"| Recettes | Montant |\n| Département de l'Aisne | {value} |\n| Commune | 8 000 |"
    assert "departement" not in values(f"Commune : Marle\n\n{table}\n\nDépartement : {value}")


@pytest.mark.parametrize("value", ["02", "Aisne (02)", "02 - Aisne", "Aisne"])
def test_a_department_is_read_by_code_or_name(value: str) -> None:
    assert values(f"Commune : Marle\n\nDépartement : {value}")["departement"] == "02"


def test_the_postal_code_of_the_seat_may_stand_elsewhere() -> None:
    found = values("Le siège est fixé à Marle.\n\nEnseigne : les Maisons, 2 place de la Sucrerie, 02250 MARLE")
    assert (found["code_postal"], found["departement"]) == ("02250", "02")
