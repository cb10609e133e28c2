"""The bearer where only sentences, titles and signatures name it."""

import pytest

from tests.pipeline.facts.reading import values


@pytest.mark.parametrize(
    ("sketch", "name"),
    [
        ("Dossier de candidature de l'association Les Deux Rives\n\nNous voilà.", "Les Deux Rives"),
        ("Nous sommes Les Tisserandes réunies, association loi 1901, 12 rue du Four.", "Les Tisserandes réunies"),
        ("Nous sommes douze, réunis depuis 2012 sous le nom de Collectif des berges.", "Collectif des berges"),
        ("Pas de président, pas de statuts, un nom : « Les Oreilles ».", "Les Oreilles"),
        ("Notre association est toute neuve. Pour l'association, elle s'appelle Laisse.", "Laisse"),
        ("# Qui sommes-nous ?\n\nLoin du bruit est une association loi 1901.", "Loin du bruit"),
        ("# Le porteur\n\nGroupement d'employeurs des fermes du haut pays, association, Auzances.", "Groupement d'em"),
        ("# Le porteur\n\nEn mai 2014, la transformation en SCIC SARL Le Gué Santé, capital variable.", "Le Gué Santé"),
        (
            "# Identification du porteur\n\nGroupement de coopération sociale (GCSMS) « Voix Double », siège à Arras.",
            "Voix Double",
        ),
        ("# En-tête\n\nLes Comptoirs du Val, association déclarée le 14 octobre 2014.", "Les Comptoirs du Val"),
        ("# La commune de Peyrac-le-Château\n\nMille quinze habitants.", "commune de Peyrac-le-Château"),
        ("Repères\n\nCommunauté de communes Val-Est 11 avenue de la Paix, 87120 Eymoutiers", "Val-Est"),
        ("Je préside une petite association loi 1901 qui s'appelle La Relève du Val.", "Relève du Val"),
        ("On s'appelle la Tirelire d'Albon, on est déclarés depuis 2015.", "Tirelire d'Albon"),
        ("AMI Innovation sociale 2017 – Coopérative L'Égale Voile\n\nJe remplis.", "Coopérative L'Égale Voile"),
        ("# Qui parle\n\nLa Porte à côté est une association fondée à Bordeaux.", "La Porte à côté"),
        (
            "# Présentation du maître d'ouvrage\n\nLe Syndicat intercommunal d'éclairage du Marais (SIEM) est un EPCI.",
            "Syndicat intercommunal d'éclairage du Marais",
        ),
        ("La Fédération des fêtes du Haut-Pays, que je préside, est une association de 1974.", "fêtes du Haut-Pays"),
        ("C'est l'association Les Deux Tours, fondée en 2012, qui porte le dossier.", "Les Deux Tours"),
        ("# La Suite\n\nAssociation loi 1901 déclarée à la préfecture le 21 mai 2014.", "La Suite"),
        ("Kevin Dauchel, 27 ans, ex-boulanger, entrepreneur individuel depuis 2017", "Kevin Dauchel"),
        ("Le conseil municipal de Saint-Loup, commune de 830 habitants, légalement convoqué.", "Saint-Loup"),
        ("Bon, donc on est la SARL Mèche Folle, trois salons.", "Mèche Folle"),
        ("Le porteur est l'association La Relève des guichets, déclarée en 2016.", "La Relève des guichets"),
        ("Je garde le 14 rue Haute, et je préside l'association La Loge ouverte.", "La Loge ouverte"),
        ("Depuis 2013 je suis aussi présidente de l'association Les Deux Vallées, loi 1901.", "Les Deux Vallées"),
        ("L'association c'est Gouttes, deux t, elle est déclarée depuis mai.", "Gouttes"),
        ("# Le porteur\n\nLes Comptoirs du Vimoy sont une association fondée en 1994.", "Les Comptoirs du Vimoy"),
        ("# Qui porte\n\nLa communauté de communes du Pays nord Somme, née en 2017, siège ici.", "Pays nord Somme"),
        ("Je suis maire de Saint-Aubin, à côté de Brive.", "Saint-Aubin"),
        ("Je reste à l'atelier.\n\nLucien Chassagne, SIREN 993 118 240, bottier@exemple.fr", "Lucien Chassagne"),
        ("2. Nom de la structure\nSoirs clairs\n3. Statut et date\nAssociation, déclarée en 2013.", "Soirs clairs"),
    ],
)
def test_the_bearer_is_named(sketch: str, name: str) -> None:
    assert name.lower() in str(values(sketch)["porteur"]).lower()


@pytest.mark.parametrize(
    "sketch",
    [
        "Le dispositif que nous prêtons aux familles, elle s'appelle Baluchon.",
        "Carnet de l'officine, en guise de dossier\n\nLa dame de la Région, au téléphone, m'a dit : racontez.",
        "Diapo 1 — LE SAS À L'ENDROIT\n\nNous sommes douze soignants.",
    ],
)
def test_what_is_no_bearer(sketch: str) -> None:
    assert "porteur" not in values(sketch)


@pytest.mark.parametrize(
    ("sketch", "form"),
    [
        ("# Le porteur\n\nGroupement d'employeurs des CUMA du Cher, association, Auzances (23).", "association"),
        ("Pour l'association, elle s'appelle Laisse, on l'a déclarée en janvier.", "association"),
        ("Je suis maire de Saint-Aubin, à côté de Brive.", "commune"),
    ],
)
def test_the_form_of_a_bearer_named_in_words(sketch: str, form: str) -> None:
    assert values(sketch)["statut_juridique"] == form


def test_a_number_of_registration_is_a_siren() -> None:
    sketch = "La SCIC Routes Douces a été immatriculée à Limoges sous le numéro 994 550 217."
    assert values(sketch)["siren"] == "994550217"
