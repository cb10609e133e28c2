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
        ("L'association La Cour des tilleuls a été fondée en 2011 par huit voisins.", "La Cour des tilleuls"),
        ("# Qui sommes-nous\n\nÀ petit-feu, association régie par la loi de 1901, créée en 2010.", "À petit-feu"),
        ("Le Grand Figuier, union de cinq associations, siège à Dax.", "Le Grand Figuier"),
        (
            "Je m'appelle Lise Aubert.\n\nLa mutuelle Les Deux Ponts est régie par le livre II du code.",
            "Mutuelle Les Deux Ponts",
        ),
        (
            "Porteur du projet : Association des parents d'élèves de Salies",
            "Association des parents d'élèves de Salies",
        ),
        ("Porteur\n\nCommune de Saint-Pierre-d'Aurillac", "Commune de Saint-Pierre-d'Aurillac"),
        ("Dénomination : « L'Établi »", "L'Établi"),
        ("Nom de la structure : LES TISSEURS\n\nLes Tisseurs travaillent à Pau.", "Les Tisseurs"),
        ("Nom de l'association : Mille et une mains, représentée par Mme Dupuy", "Mille et une mains"),
        ("Projet porté par la mutuelle Garonne Santé", "Mutuelle Garonne Santé"),
        ("# Un four pour le bourg\n\nUn projet de l'association Pain Commun", "Pain Commun"),
        ("# Un four pour le bourg\n\nUne initiative du collectif Terre d'Abord", "Collectif Terre d'Abord"),
        (
            "# Le bus d'à côté\n\nImaginé et écrit en 2014. Démarche portée par la régie de quartier Les Deux Rives.",
            "Régie de quartier Les Deux Rives",
        ),
        ("# Réparer ensemble\n\nRécup'Adour, SARL\n\nRéponse à l'appel, août 2014", "Récup'Adour"),
        ("# Réparer ensemble\n\nLes ateliers du faubourg, SCOP\n\nAoût 2014", "Les ateliers du faubourg"),
        ("Les Amis du Lavoir\n\n4 rue du Puits, 40100 Dax\n\nMonsieur le Président,", "Les Amis du Lavoir"),
        ("Foyer rural de Morlaas\n\nMorlaas, le 3 août 2014\n\nMonsieur le Président,", "Foyer rural de Morlaas"),
        ("Nous, l'association Les Mains Vertes, cultivons huit jardins.", "Les Mains Vertes"),
        ("Nous sommes la SCOP Bois Vivant et nous fabriquons des volets.", "Bois Vivant"),
        ("Notre association s'appelle Le Grand Pré. Elle a dix ans.", "Le Grand Pré"),
        ("Nous avons créé une association dénommée « Voisins de palier » en 2010.", "Voisins de palier"),
        ("Article 1. Il est fondé une association ayant pour titre : Le Fil d'Ariane.", "Le Fil d'Ariane"),
        (
            "Je soussignée, Mme Anne Lalanne, présidente de l'association Clair Logis, sollicite une aide.",
            "Clair Logis",
        ),
        ("# Qui sommes-nous ?\n\nBraise est née en 2008 d'une envie de parents.", "Braise"),
        ("# La structure porteuse\n\nTissu Solidaire emploie douze personnes à Tulle.", "Tissu Solidaire"),
        ("# L'entreprise en une page\n\nVertige, SAS, fabrique des cordes à Tarbes.", "Vertige"),
        ("# L'équipe qui porte le projet\n\nLa Fourmilière est un tiers-lieu de Périgueux.", "La Fourmilière"),
        ("La Fabrique du Vallon est une jeune coopérative de onze salariés.", "La Fabrique du Vallon"),
        ("Fondée en 1998, l'association Cap Sud gère deux crèches.", "Cap Sud"),
        ("Le projet est neuf.\n\n~ Les Pieds sur Terre – SCIC SARL – Pau", "Les Pieds sur Terre"),
        ("Le projet est neuf.\n\nPour l'association Mieux Manger, la présidente, Odile Bru", "Mieux Manger"),
        ("Le projet est neuf.\n\nLa directrice du centre social Le Phare", "Centre social Le Phare"),
        ("Réponse de la commune de Saint-Aubin à l'appel", "Commune de Saint-Aubin"),
        ("Ville de Billère, dossier de candidature", "Ville de Billère"),
        ("| Bénéficiaire | Association Rue Libre |\n| Siège | 33000 Bordeaux |", "Rue Libre"),
        ("| Qui porte l'action ? | Le Hangar, SCIC SAS |\n| Siège | 33000 Bordeaux |", "Le Hangar"),
        ("[Nom ou raison sociale] ESAT Les Érables", "ESAT Les Érables"),
        ("[Titre de l'association] Sol et Sens", "Sol et Sens"),
        ("| Porteur | Commune | Durée |\n| Sol et Sens | Pau | 12 mois |", "Sol et Sens"),
        ("Association Le Fil Rouge\n12 rue des Tanneurs\n23200 Aubusson\n\nMonsieur,", "Le Fil Rouge"),
        ("[nom] SCOP ARL Les Colporteurs", "Les Colporteurs"),
        (
            "Depuis 2009 on y répare. L'association Roue Libre a un local. Avec l'association Roue Libre, les "
            "jeunes apprennent, et l'association Pied Neuf les aide.",
            "Roue Libre",
        ),
    ],
)
def test_the_name_is_read(sketch: str, name: str) -> None:
    assert values(sketch)["porteur"] == name


@pytest.mark.parametrize(
    "sketch",
    [
        "Personne à contacter : Mme Dupuy",
        "Nom : Dupuy",
        "Le projet est né en 2012.",
        "Porteur :",
        "# Un four pour le bourg\n\nAoût 2014\n\nLe projet est neuf.",
        "# Nos partenaires\n\nLire Partout est une association de Guéret qui prête des livres.",
        "# Qui sommes-nous ?\n\nNous réunissons des parents depuis 2011.",
        "# Qui porte l'action ?\n\nMme Dupuy est la coordinatrice de l'action.",
        "Région Aquitaine\n\n14 rue François-de-Sourdis, 33077 Bordeaux\n\nMonsieur le Président,",
        "# Qui porte l'action ?\n\nLoïc Turpault, menuisier, est détaché à mi-temps.",
        "# Qui porte l'action ?\n\nLoïc Turpault accompagne les jeunes depuis 2009.",
        "# Ce que nous ferons\n\nLa Cantine Mobile est un lieu où l'on mange à deux euros.",
        "# Lettres de soutien\n\nLe président de l'association Pied Neuf",
        "# Ils nous écrivent\n\nPour l'association Pied Neuf, le président, Jean Bru",
        "Les enfants dessinent la\nmaison\n\nHugo réunit ses amis.",
        "| Porteur | Commune |\n| | Pau |",
        "Le directeur nous a reçus. Bordeaux est une ville où l'on marche.",
    ],
)
def test_a_person_or_nothing_is_no_bearer(sketch: str) -> None:
    assert "porteur" not in values(sketch)


@pytest.mark.parametrize(
    ("sketch", "form"),
    [
        ("Statut juridique : association loi 1901", "association"),
        ("Forme juridique : Association", "association"),
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
        ("Les Tisseurs est une association régie par la loi du 1er juillet 1901.", "association"),
        ("Statut juridique : syndicat mixte", "syndicat mixte"),
        ("Statut juridique : syndicat intercommunal à vocation unique", "syndicat de communes"),
        ("Lettre de Paul Aubert, gérant de la SARL, au jury.", "SARL"),
        ("Statut : union d'associations", "association"),
        ("Porteur : Collectif des Marcheurs\n\nNous nous sommes déclarés en association en 2012.", "association"),
        ("Porteur : Collectif des Marcheurs", "collectif d’usagers"),
        ("Porteur : L'Établi\n\nL'Établi est un centre social porté par une association loi 1901.", "association"),
        ("Porteur : L'Établi\n\nNous avons choisi le statut de SCIC en 2013.", "SCIC"),
        ("Porteur : L'Établi\n\nConstituée en SARL en 2011, la maison emploie neuf personnes.", "SARL"),
        ("Porteur : L'Établi\n\n- SAS au capital de 31 000 €", "SAS"),
        ("Porteur : L'Établi\n\nNotre association compte 40 membres. Notre association a un local.", "association"),
        ("Porteur : L'Établi\n\nElle est gérée par une association à but non lucratif : nous y tenons.", "association"),
        ("Porteur : Ville de Billère", "commune"),
        ("L'association Roue Libre, déclarée en 2004, gère douze voitures.", "association"),
        ("Notre association, née en 2009 et régie par la loi de 1901, rassemble 64 adhérents.", "association"),
        ("Porteur : Université populaire du Gers\n\nNous sommes une association.", "association"),
        ("Porteur : Fédération des foyers ruraux\n\nAssociation régie par la loi de 1901.", "association"),
        ("[Forme juridique] Société par actions simplifiée", "SAS"),
        ("[Statut] Collectivité (commune de moins de 2 000 habitants)", "commune"),
        ("| Forme | Association déclarée (loi 1901) |\n| Siège | 33000 Bordeaux |", "association"),
    ],
)
def test_the_legal_form_is_read(sketch: str, form: str) -> None:
    assert values(sketch)["statut_juridique"] == form


@pytest.mark.parametrize(
    "sketch",
    [
        "Porteur : L'Établi\n\nNous sommes au pied des Pyrénées, dans la commune de Laruns.",
        "Porteur : Ma Ville en fleurs\n\nLe projet est neuf.",
        "Porteur : L'Établi\n\n# Nos partenaires\n\nLire Partout est une association loi 1901.",
        "Porteur : L'Établi\n\nL'association Rue Libre nous prête une salle ; l'association Cap Sud aussi.",
        "Porteur : L'Établi\n\nNous sommes adhérents d'une fédération. Le département nous suit.",
    ],
)
def test_no_legal_form_is_guessed(sketch: str) -> None:
    assert "statut_juridique" not in values(sketch)


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
