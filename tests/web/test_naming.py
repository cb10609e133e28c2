"""How pages name a dossier: what an instructor checked goes before what the program read, and is told apart."""

from pathlib import Path

import pytest

from pipeline.calls.model import Call
from store.database import Store
from store.people import decisions, naming
from store.people.accounts import Person
from store.people.decisions import Kind, Statement
from store.people.naming import Known, Told
from store.people.room import Room
from tests.web.material import make_dossier
from web.views.naming import line_of, naming_of

NO_BREAK = "\N{NO-BREAK SPACE}"


def test_what_an_instructor_said_goes_first(
    room: Room, store: Store, people: dict[str, Person], call: Call, tmp_path: Path
) -> None:
    which = make_dossier(store, tmp_path / "pdf", call, "ateliers-du-gave", bearer="Les Ateliers").dossier.id
    viewer = people["instructor"].viewer
    with room.writing(viewer.actor) as writing:
        decisions.decide(writing, viewer, which, Statement(Kind.FACT, "porteur", "Les Ateliers du Gave"))
        decisions.decide(writing, viewer, which, Statement(Kind.FACT, "aide_demandee_eur", 15000))
    with room.reading() as reading:
        known = naming.of_dossiers(reading, viewer, which)[which]
        assert naming.of_dossiers(reading, people["juror"].viewer, which) == {}
    assert known.bearer == Told("Les Ateliers du Gave", by_person=True)
    assert known.commune == Told("Bordeaux", by_person=False)
    shown = naming_of(known)
    assert shown.label == "Les Ateliers du Gave (ateliers-du-gave)"
    assert "15 000 €".replace(" ", NO_BREAK) in shown.about.replace("\N{NARROW NO-BREAK SPACE}", NO_BREAK)
    assert "porteur et aide" in shown.about
    assert "le reste" in shown.about


@pytest.mark.parametrize(
    ("known", "label", "line"),
    [
        (Known("moulin", None, None, None), "moulin", ""),
        (
            Known("moulin", Told("Le Moulin", True), Told("Pau", True), None),
            "Le Moulin (moulin)",
            "Le Moulin · Pau · vérifié par l’instruction",
        ),
        (
            Known("moulin", None, Told("Pau", False), None),
            "moulin",
            "Pau · lu par le programme dans le dossier",
        ),
    ],
)
def test_a_name_says_only_what_is_known(known: Known, label: str, line: str) -> None:
    assert naming_of(known).label == label
    assert line_of(known) == line
