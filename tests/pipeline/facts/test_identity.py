"""The bearer's name, legal form and creation."""

import pytest

from tests.pipeline.facts.reading import values


@pytest.mark.parametrize(
    ("sketch", "name"),
    [
        ("Nom de la structure : Les Tisseurs", "Les Tisseurs"),
        ("Porteur : Association Les Tisseurs (loi de 1901)", "Les Tisseurs"),
        ("Raison sociale : Terres Mêlées", "Terres Mêlées"),
        ("[Nom de la structure] La Lessive Bleue", "La Lessive Bleue"),
        (
            "| Porteur | Association Les Veilleurs du Médoc (loi de 1901) |\n| Siège | 33340 Lesparre-Médoc |",
            "Les Veilleurs du Médoc",
        ),
        ("Dossier présenté par l'association Les Veilleurs du Médoc", "Les Veilleurs du Médoc"),
        ("Structure porteuse : SCIC La Criée Partagée", "La Criée Partagée"),
        ("Les Ateliers du Gave, SCOP SARL à capital variable", "Les Ateliers du Gave"),
        ("L'association Terres Mêlées, créée en 2009, regroupe 40 familles.", "Terres Mêlées"),
        (
            "La communauté de communes des Hautes Sources a été créée en 2002.",
            "Communauté de communes des Hautes Sources",
        ),
        ("Terres Mêlées est une association de 40 familles.", "Terres Mêlées"),
        (
            "Porteur du projet : Association des parents d'élèves de Salies",
            "Association des parents d'élèves de Salies",
        ),
        ("Porteur\n\nCommune de Saint-Pierre-d'Aurillac", "Commune de Saint-Pierre-d'Aurillac"),
        ("Dénomination : « L'Établi »", "L'Établi"),
        ("Nom de la structure : LES TISSEURS\n\nLes Tisseurs travaillent à Pau.", "Les Tisseurs"),
        ("Nom de l'association : Mille et une mains, représentée par Mme Dupuy", "Mille et une mains"),
        ("Projet porté par la mutuelle Garonne Santé", "Mutuelle Garonne Santé"),
    ],
)
def test_the_name_is_read(sketch: str, name: str) -> None:
    assert values(sketch)["porteur"] == name


@pytest.mark.parametrize(
    "sketch", ["Personne à contacter : Mme Dupuy", "Nom : Dupuy", "Le projet est né en 2012.", "Porteur :"]
)
def test_a_person_or_nothing_is_no_bearer(sketch: str) -> None:
    assert "porteur" not in values(sketch)


@pytest.mark.parametrize(
    ("sketch", "form"),
    [
        ("Statut juridique : association loi 1901", "association loi 1901"),
        ("Forme juridique : Association", "association loi 1901"),
        ("Statut : SCIC SAS à capital variable", "SCIC SAS"),
        ("Statut : SCIC SARL", "SCIC SARL"),
        ("Forme juridique : société coopérative d'intérêt collectif sous forme de SA", "SCIC SA"),
        ("Forme : société coopérative d'intérêt collectif à responsabilité limitée", "SCIC SARL"),
        ("[Forme juridique] SAS", "SAS"),
        ("Statut : SARL au capital de 8 000 €", "SARL"),
        ("Statut juridique : EURL", "EURL"),
        ("Statut juridique : SCOP SARL", "SCOP"),
        ("Statut juridique : société anonyme", "SA"),
        ("Porteur : Commune de Salies-de-Béarn", "commune"),
        ("Porteur : CCAS de Pessac", "CCAS"),
        ("Porteur : Communauté de communes du Pays de Nay", "EPCI"),
        ("Statut juridique : établissement public de santé", "établissement public"),
        ("Statut juridique : mutuelle régie par le livre III", "mutuelle"),
        ("Statut juridique : groupement d'intérêt public", "GIP"),
        ("Statut : collectif d'usagers", "collectif d’usagers"),
        ("Statut : fondation reconnue d'utilité publique", "fondation"),
        ("Les Ateliers du Gave, SCOP SARL à capital variable", "SCOP"),
        ("Les Tisseurs est une association régie par la loi du 1er juillet 1901.", "association loi 1901"),
        ("Statut juridique : syndicat mixte", "syndicat mixte"),
    ],
)
def test_the_legal_form_is_read(sketch: str, form: str) -> None:
    assert values(sketch)["statut_juridique"] == form


@pytest.mark.parametrize(
    ("sketch", "created"),
    [
        ("Date de création : 12 mars 2009", "2009-03-12"),
        ("L'association Terres Mêlées, créée en 2009, regroupe 40 familles.", "2009"),
        ("[Date de création] 16/03/2015", "2015-03-16"),
        ("Notre coopérative a été fondée en avril 2006.", "2006-04"),
    ],
)
def test_the_creation_is_read(sketch: str, created: str) -> None:
    assert values(sketch)["date_creation"] == created
