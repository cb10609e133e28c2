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
        ("# Stade d'avancement\n\nAmorçage. L'essaimage viendra ensuite.", "amorçage"),
        ("Durée du projet : 24 mois. Stade : on est en développement, le test a eu lieu.", "développement"),
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
    ],
)
def test_no_stage_is_guessed(sketch: str) -> None:
    assert "stade" not in values(sketch)
