"""The commune of the seat where no postal code gives it."""

import pytest

from tests.pipeline.facts.reading import values


@pytest.mark.parametrize(
    ("sketch", "commune"),
    [
        ("# Le porteur\n\nDronne à Nous est une SCIC, siège 8, rue du Minage à Ribérac.", "Ribérac"),
        ("# Le porteur\n\nLes Murets, SCOP SARL, un dépôt route de Coulonges à Niort.", "Niort"),
        ("# Qui signe\n\nAssociation des Gens du Port, adresse : quai d'Aval, ancien poste, Creil.", "Creil"),
        ("# Le porteur\n\nMenuiserie Fradier, Bressuire. Voir notre site.", "Bressuire"),
        ("# Le porteur\n\nLes Haies Vives, association, Auzances (23), déclarée en 2009.", "Auzances"),
        ("# Le porteur\n\nCoup de Froid, association loi 1901, née en février 2014 à Aytré.", "Aytré"),
        ("Madame du Conseil régional,\n\nJe suis bottier à Saint-Léonard-de-Noblat, rue Haute.", "Saint-Léonard"),
        ("Ham, dimanche 26 mars 2017\n\nMadame, Monsieur, nous promenons des chiens.", "Ham"),
        ("Nous tenons boutique.\n\nFait à Hagetmau, le 20 juin 2014, la directrice.", "Hagetmau"),
        ("Nous tenons boutique.\n\nÀ Auzances, le 16/06/2016.", "Auzances"),
        ("Nous tenons boutique.\n\nPierre Maçon, pour les dix-neuf, Niort, 30 août 2016", "Niort"),
        ("Adresse : bât. F, Champ-de-Manœuvre, Soyaux (QPV)", "Soyaux"),
        ("# Qui parle\n\nLe siège est au 27 rue de Kater à Bordeaux, dans une arrière-salle.", "Bordeaux"),
        ("Je suis maire de Saint-Aubin, à côté de Brive.", "Saint-Aubin"),
    ],
)
def test_the_commune_is_read_in_words(sketch: str, commune: str) -> None:
    assert str(values(sketch)["commune"]).startswith(commune)


@pytest.mark.parametrize(
    "sketch",
    [
        "# Le porteur\n\nLes Haies Vives, association déclarée à la sous-préfecture de Bayonne.",
        "Nous avons commencé le samedi 5 mars 2016 avec douze familles.",
        "Les produits se décomposent ainsi : commune 49 400, Région 26 000, soit 75 400 €.",
        "De Nathalie, 30 août : tout est collé.",
        "# Partenaires\n\nLe cabinet Dupuis, 12 rue Haute à Bordeaux.",
    ],
)
def test_a_place_that_is_no_seat(sketch: str) -> None:
    assert "commune" not in values(sketch)
