"""The aid asked of the Region, and nobody else's money."""

import pytest

from tests.pipeline.facts.reading import read_text, values


@pytest.mark.parametrize(
    ("sketch", "euros"),
    [
        ("Aide demandée : 40 000 €", 40000),
        ("Aide sollicitée auprès de la Région : 38 000 euros", 38000),
        ("Montant sollicité : 38.000 €", 38000),
        ("Montant de l'aide demandée à la Région (€) : 36 000", 36000),
        ("Subvention demandée : 25 000 €", 25000),
        ("[Montant de la subvention demandée] 36 000", 36000),
        ("| Aide sollicitée | 32 000 € |\n| Durée | 12 mois |", 32000),
        ("Nous sollicitons la Région à hauteur de 38 000 €.", 38000),
        ("Nous sollicitons une aide de 38 000 € auprès du Conseil régional.", 38000),
        ("L'association sollicite du Conseil régional d'Aquitaine une subvention de 35 000 euros.", 35000),
        ("Une aide de 38 000 € est sollicitée auprès de la Région.", 38000),
        ("Sur un budget total de 92 000 €, nous demandons à la Région 38 000 €.", 38000),
        ("L'aide demandée à la Région, soit 32 000 €, porte sur l'étude.", 32000),
        ("Nous demandons quarante mille euros à la Région.", 40000),
        ("Notre demande de subvention s'élève à 28 500 €.", 28500),
        ("Le concours de la Région, à hauteur de 31 200 €, couvrira le temps de coordination.", 31200),
        ("Nous sollicitons donc de la Région une aide de 38 000 €, soit un peu moins de 40 % de la dépense.", 38000),
        ("La commune sollicite une aide régionale de 40 k€.", 40000),
        ("Ce que nous demandons : le label et 35 000 € de subvention", 35000),
        ("Le montant demandé est de 39 900 €.", 39900),
        ("L'aide régionale étant plafonnée à 40 000 €, nous sollicitons 39 000 €.", 39000),
        ("Nous demandons à la Région une subvention de 36 000 €, et au Département 10 000 €.", 36000),
        ("Les recettes sont de 30 000 € demandés à votre Région, 12 000 € de la commune.", 30000),
        ("[Montant sollicité auprès de la Région (en euros)] 28500", 28500),
        ("[Aide régionale demandée] 28 500,00", 28500),
        ("[Soutien attendu] 28,5 k€", 28500),
        ("[Subvention AMI] 28 500 €", 28500),
        ("[Part Région] 28 500 €", 28500),
        ("[Montant] 28 500 €, demandés au Conseil régional au titre de l'AMI", 28500),
        ("| Aide demandée | Durée |\n| 28 500 € | 12 mois |", 28500),
        ("La part demandée à la Région est de 28 500 €.", 28500),
        ("Nous attendons de la Région 28 500 €.", 28500),
        ("Notre demande : 28 500 € pour un an.", 28500),
        ("La Région serait sollicitée pour 28 500 €.", 28500),
        ("Il nous manque 28 500 €, que nous demandons à la Région.", 28500),
        ("Nous avons besoin d'un coup de main de la Région de 28 500 €.", 28500),
        ("À la Région nous demandons 28 500 €, au Département rien.", 28500),
        ("C'est une aide de vingt-huit mille cinq cents euros que nous demandons au Conseil régional.", 28500),
        ("La présente demande porte sur 28 500 € de subvention régionale.", 28500),
        ("Le Conseil régional est sollicité à hauteur de 28 500 €.", 28500),
        ("Nous sollicitons votre soutien financier : 28 500 euros.", 28500),
        ("Pour démarrer, on vous demande 28 500 €.", 28500),
    ],
)
def test_the_aid_is_read(sketch: str, euros: int) -> None:
    assert values(sketch)["aide_demandee_eur"] == euros


@pytest.mark.parametrize(
    "sketch",
    [
        "Le Département apporte 12 000 €.",
        "Nous sollicitons le Département à hauteur de 12 000 €.",
        "Une subvention de 8 000 € est demandée à la Fondation de France.",
        "L'aide régionale est plafonnée à 40 000 euros.",
        "Le coût total de l'action est de 92 000 €.",
        "En 2012, la Région nous a déjà versé une aide de 15 000 €.",
        "La camionnette coûte 9 800 € par an.",
        "Nous demandons 5 € par personne.",
        "Nous avons reçu une subvention de 12 000 € de la CAF.",
        "L'aide demandée sera précisée plus tard.",
        "La Région finance déjà notre poste à hauteur de 9 000 €.",
        "On nous demande une caution de 4 000 €.",
        "La banque nous demande 3 000 € de garantie.",
        "Le bailleur demande 9 600 € de loyer.",
        "Les familles demandent un prêt de 2 000 €.",
        "[Montant] 28 500 €",
        "Les communes ne versent plus seules leurs petites subventions (moins de 500 €) que nous sollicitons.",
        "L'aide de la Région est fléchée sur la recherche (16 000 €).",
        "Une subvention municipale de 5 000 € a été demandée en mairie.",
    ],
)
def test_other_money_is_not_the_aid(sketch: str) -> None:
    assert "aide_demandee_eur" not in values(sketch)


def test_the_aid_of_the_budget_stands_in_when_nothing_else_states_it() -> None:
    sketch = """
# Comptes prévisionnels de l'action

| Charges | Montant | Produits | Montant |
| Salaires | 60 000 | Conseil régional (AMI innovation sociale) | 38 000 |
| Déplacements | 4 000 | Commune | 26 000 |
| Total | 64 000 | Total | 64 000 |
"""
    readings = read_text(sketch)
    assert readings.aid == ()
    assert readings.aid_in_budget is not None
    assert values(sketch)["aide_demandee_eur"] == 38000


def test_every_place_is_kept_as_evidence() -> None:
    readings = read_text("Aide demandée : 38 000 €\n\nNous sollicitons la Région à hauteur de 38 000 €.")
    assert [mention.amount.euros for mention in readings.aid] == [38000, 38000]
