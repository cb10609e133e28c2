"""The stage that the dossier states for its action."""

import pytest

from tests.pipeline.facts.reading import values


@pytest.mark.parametrize(
    ("sketch", "stage"),
    [
        ("# 5. Stade d'avancement\n\nL'action se trouve au stade de l'amorçage.", "amorçage"),
        ("Stade d'avancement : développement", "développement"),
        ("[Stade d'avancement] essaimage", "essaimage"),
        (
            "# Stade d'avancement\n\nL'amorçage est derrière nous : nous sommes en phase de développement.",
            "développement",
        ),
        ("# Stade d'avancement : amorçage, développement, essaimage…\n\nNous en sommes à l'essaimage.", "essaimage"),
        ("# Stade d'avancement\n\n☐ amorçage ☒ développement ☐ essaimage", "développement"),
        ("# Stade d'avancement\n\n[ ] amorçage [x] développement [ ] essaimage", "développement"),
        ("# Où en est l'action\n\nLe projet est en phase de démarrage.", "amorçage"),
        ("Notre action est au stade du développement.", "développement"),
        (
            "# Stade d'avancement\n\nNous demandons un changement d'échelle : trois autres cantons nous attendent.",
            "essaimage",
        ),
        ("# 4. Vous en êtes où ?\n\nEn développement. Deux cantines nous suivent.", "développement"),
        ("# Calendrier\n\nOn développe, voilà tout. Trois villages sont servis.", "développement"),
        ("Pour l'instant on amorce, avec neuf familles.", "amorçage"),
        ("C'est donc le stade où nous essaimons : deux vallées voisines commencent.", "essaimage"),
        ("L'atelier sort de l'amorçage et entre en développement cet automne.", "développement"),
        ("# Stade d'avancement\n\nL'amorçage est accompli ; l'action est en phase de développement.", "développement"),
        ("# Stade d'avancement\n\nAmorçage. L'essaimage viendra ensuite.", "amorçage"),
        ("Durée du projet : 24 mois. Stade : on est en développement, le test a eu lieu.", "développement"),
        ("# Maturité\n\nLe jeu tourne à trois tables. Nous passons maintenant au développement.", "développement"),
        ("Nous entrons en développement après deux essais.", "développement"),
        ("L'action est en amorçage : trois séances ont eu lieu.", "amorçage"),
        ("Nous abordons l'essaimage avec quatre communes.", "essaimage"),
        ("On nous a aidés. Où en sommes-nous ? Au tout début, rien n'est ouvert.", "amorçage"),
        ("# À quel stade ?\n\nOn démarre tout juste, avec trois familles.", "amorçage"),
        ("On démarre tout juste, avec trois familles.", "amorçage"),
        ("Nous sommes en phase de test depuis six mois à Tulle.", "amorçage"),
        ("L'action n'a pas encore commencé : tout reste à construire.", "amorçage"),
        ("Le projet vient de naître, il est encore à l'état d'ébauche.", "amorçage"),
        ("# Où on en est\n\nUne phase de préfiguration s'ouvre avec huit parents.", "amorçage"),
        ("L'essai a été concluant : nous voulons consolider l'action.", "développement"),
        ("Après deux ans de fonctionnement, nous voulons changer de dimension.", "développement"),
        ("Il faut maintenant passer à la vitesse supérieure.", "développement"),
        ("# Avancement\n\nLe service fonctionne déjà ; il s'agit de monter en puissance.", "développement"),
        ("# Où en est le projet ?\n\nNous voulons ouvrir d'autres lieux, à Dax et à Orthez.", "essaimage"),
        ("Il s'agit maintenant d'ouvrir trois autres maisons dans le département.", "essaimage"),
        ("Désormais nous accompagnons d'autres communes à créer leur propre atelier.", "essaimage"),
        ("[Phase du projet] démarrage (premiers essais en mars)", "amorçage"),
        ("| Stade | essaimage |\n| Durée | 12 mois |", "essaimage"),
        ("# Stade d'avancement\n\n(x) amorçage ( ) développement ( ) essaimage", "amorçage"),
    ],
)
def test_the_stage_is_read(sketch: str, stage: str) -> None:
    assert values(sketch)["stade"] == stage


@pytest.mark.parametrize(
    "sketch",
    [
        "# Stade d'avancement\n\n☐ amorçage ☐ développement ☐ essaimage",
        "# Objectifs\n\nLe développement durable est au cœur de l'action.",
        "# Stade d'avancement\n\nà compléter",
        "# Stade du projet\n\némergence développement essaimage",
        "Nous développons un outil de réservation. On amorce la pompe chaque hiver.",
        "Amorçage, développement, essaimage : voilà les mots du règlement.",
        "Sur l'état d'avancement, disons que les choses suivent leur cours.\n\nLe démarrage du bus est à 8 h.",
        "# Où en est l'opération ?\n\n# Qui en profite ?\n\nLes huit bassins pilotes et leurs habitants.",
        "À terme, nous voulons ouvrir d'autres lieux dans le département.",
        "Dans trois ans nous pourrions transmettre la méthode à d'autres.",
        "Nous entrons en relation avec le développeur du logiciel.",
        "Nous passons au développement du logiciel au printemps.",
        "Au tout début de l'année 2012, une voisine a eu une idée.",
        "Tout reste à construire, dit l'un ; l'essai a été concluant, dit l'autre.",
        "Nous espérons un jour reproduire l'atelier dans d'autres villages.",
        "L'association Rue Libre aide trois communes à ouvrir leur marché.",
    ],
)
def test_no_stage_is_guessed(sketch: str) -> None:
    assert "stade" not in values(sketch)


@pytest.mark.parametrize(
    ("sketch", "stage"),
    [
        ("# Avancement\n\nNous sommes entre l'amorçage et le développement, plus près du second.", "développement"),
        ("# Avancement\n\nNous sommes entre l'amorçage et le développement, plutôt au premier.", "amorçage"),
        ("# Maturité\n\nLa phase d'amorçage s'achève : deux compromis signés.", "amorçage"),
        ("Au démarrage. Amorçage si vous préférez le mot. Une cave a ouvert.", "amorçage"),
        ("On voudrait faire pareil à Bray, alors mettez essaimage si c'est le mot.", "essaimage"),
        ("Le fourgon est acheté, disons le tout début.", "amorçage"),
        ("Dix-neuf contrats : le développement est engagé, sans filet.", "développement"),
        ("Elle tient. Le développement commence : c'est pour lui que nous candidatons.", "développement"),
    ],
)
def test_stages_said_in_passing(sketch: str, stage: str) -> None:
    assert values(sketch)["stade"] == stage


def test_a_stage_that_one_does_not_dare_to_claim() -> None:
    assert "stade" not in values("# Avancement\n\nEssaimage serait prétentieux ; une deuxième année commence.")
