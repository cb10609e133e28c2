"""What the room asks when a dossier is dropped under the name of a known one."""

from pathlib import Path

import pytest

from pipeline.calls.model import Call
from store import intakes, settling
from store.database import Store
from store.intakes import IntakeItem, Result
from store.keys import ROOM_BATCH
from store.people.accounts import Person
from store.people.room import Room
from store.records import NewFile
from tests.web.conftest import Browse
from tests.web.material import Made, make_dossier

NEW, RIB = b"%PDF-1.7 nouveau", b"%PDF-1.7 rib"


@pytest.fixture
def known(store: Store, call: Call, tmp_path: Path, people: dict[str, Person]) -> Made:
    assert people  # the call is open
    return make_dossier(store, tmp_path / "pdf", call, "dossier", bearer="Les Jardins")


@pytest.fixture
def page(store: Store, room: Room, people: dict[str, Person], call: Call, known: Made) -> str:
    """A deposit with two dossiers of that name, as two archives may give them."""
    with room.writing(people["instructor"].viewer.actor) as writing:
        intake = intakes.open_intake(writing, call.id, "Courrier")
        intakes.add_file(writing, intake.id, "dossier.pdf", *room.files.put(NEW))
        intakes.make_ready(writing, intake.id)
    first, second = (store.keep_files([NewFile(known.dossier.files[0].name, held)]) for held in (NEW, RIB))
    which = known.dossier.id
    items = [
        IntakeItem("lot/dossier.pdf", Result.TO_SETTLE, dossier_id=which, pieces=first),
        IntakeItem("autre/dossier.pdf", Result.TO_SETTLE, dossier_id=which, pieces=second),
    ]
    with store.writing() as writing:
        intakes.take(writing)
        intakes.say(writing, intake.id, items)
        intakes.end_those_done(writing)
    return f"/depots/{intake.id}"


def key(known: Made, position: int, deposit: int = 1) -> str:
    """What a form sends about a known dossier, as it was shown."""
    return f"{position}.{deposit}.{known.dossier.id}"


def test_what_waits_is_shown_with_the_known_dossier_and_nothing_is_chosen(
    client: Browse, people: dict[str, Person], page: str, known: Made, call: Call
) -> None:
    shown = client(people["instructor"]).get(page).text
    assert "à préciser" in shown
    assert "2\N{NO-BREAK SPACE}dossiers attendent votre réponse." in shown
    assert f'href="/dossiers/{known.dossier.id}"' in shown
    assert "Les Jardins" in shown
    assert "même nom, autre contenu" in shown
    for label in ("Ajouter ces pièces au dossier", "Remplacer ses fichiers", "C’est un autre candidat"):
        assert shown.count(f">{label}<span") == 3  # each, and all at once
    assert " checked" not in shown.split('id="reponses"')[1]
    assert "data-live" not in shown.split('id="suivi"')[1].split(">")[0]
    waiting = client(people["auditor"]).get(f"{page}/a-preciser/1/0")
    assert (waiting.status_code, waiting.content) == (200, RIB)
    assert client(people["auditor"]).get(f"{page}/a-preciser/1/1").status_code == 404
    listing = client(people["instructor"]).get(f"/appels/{call.id}/depots").text
    assert f'href="{page}#reponses"' in listing
    assert "2\N{NO-BREAK SPACE}dossiers à préciser" in client(people["instructor"]).get("/appels").text


def test_the_auditor_sees_the_question_and_answers_nothing(
    client: Browse, people: dict[str, Person], page: str, known: Made
) -> None:
    auditor = client(people["auditor"])
    assert "à préciser" in auditor.get(page).text
    assert "/reponses" not in auditor.get(page).text
    assert auditor.post(f"{page}/reponses", data={"choice": "add", "item": key(known, 0)}).status_code == 403


def test_an_answer_is_kept_once_and_then_done(
    client: Browse, people: dict[str, Person], store: Store, page: str, known: Made
) -> None:
    browser = client(people["instructor"])
    assert browser.post(f"{page}/reponses", data={"choice": "other", "item": key(known, 0)}).headers["location"] == page
    shown = browser.get(page).text
    assert "Instructor d’Essai a répondu\N{NO-BREAK SPACE}: un nouveau dossier va être formé." in shown
    assert "data-live" in shown
    again = client(people["administrator"]).post(f"{page}/reponses", data={"choice": "replace", "item": key(known, 0)})
    assert again.status_code == 409
    assert "Quelqu’un a déjà répondu." in again.text
    with store.writing() as writing:
        settling.settle_chosen(writing, ROOM_BATCH)
        intakes.end_those_done(writing)
    assert [dossier.name for dossier in store.dossiers()] == ["dossier", "dossier (2)"]
    after = browser.get(page).text
    assert "2\N{NO-BREAK SPACE}dossiers portent déjà ce nom" in after  # « dossier » and « dossier (2) »
    assert "À préciser (1)" in after
    stale = browser.post(f"{page}/reponses", data={"choice": "add", "item": key(known, 1, 2)})
    assert stale.status_code == 409
    assert "d’autres fichiers depuis" in stale.text


def test_one_answer_for_all(client: Browse, people: dict[str, Person], store: Store, page: str, known: Made) -> None:
    data = {"choice": "add", "item": [key(known, 0), key(known, 1)]}
    browser = client(people["instructor"])
    assert browser.post(f"{page}/reponses", data=data).status_code == 303
    assert "Le programme fait ce qui a été répondu." in browser.get(f"{page}/suivi").text
    with store.writing() as writing:
        settling.settle_chosen(writing, ROOM_BATCH)
    name = known.dossier.files[0].name
    stem = name.removesuffix(".pdf")
    held = [file.name for file in store.dossier(known.dossier.id).files]
    assert held == [name, f"{stem} (2).pdf", f"{stem} (3).pdf"]


def test_each_dossier_of_the_name_has_its_own_answer(
    client: Browse, people: dict[str, Person], store: Store, page: str, known: Made, call: Call, tmp_path: Path
) -> None:
    second = make_dossier(store, tmp_path / "pdf", call, "dossier (2)", bearer="La Ruche")
    browser = client(people["instructor"])
    shown = browser.get(page).text
    for made in (known, second):
        assert shown.count(f'href="/dossiers/{made.dossier.id}"') == 2  # of each question
        assert shown.count(f'value="{key(made, 0)}"') == (3 if made is known else 1)
    assert "La Ruche" in shown
    assert "déjà dans le dossier" not in shown
    assert shown.count(">Ajouter ces pièces au dossier<span") == 4  # none for all at once
    assert shown.count(">C’est un autre candidat<span") == 3
    browser.post(f"{page}/reponses", data={"choice": "add", "item": key(second, 0)})
    answered = browser.get(page).text
    assert "vont être ajoutées au dossier «\N{NO-BREAK SPACE}dossier (2)\N{NO-BREAK SPACE}»." in answered
    with store.writing() as writing:
        settling.settle_chosen(writing, ROOM_BATCH)
    assert (store.dossier(second.dossier.id).deposit, store.dossier(known.dossier.id).deposit) == (2, 1)


@pytest.mark.parametrize(
    "data",
    [{"choice": "add"}, {"choice": "peut-être", "item": f"0.1.{'a' * 64}"}, {"choice": "add", "item": "0.1"}],
)
def test_what_is_no_answer_is_refused(
    client: Browse, people: dict[str, Person], page: str, data: dict[str, str]
) -> None:
    assert client(people["instructor"]).post(f"{page}/reponses", data=data).status_code == 400
