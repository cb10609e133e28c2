"""What was received for a dossier, and pieces added to it from its page."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.calls.model import Call
from store import intakes
from store.database import Store
from store.intakes import Grouping, IntakeItem, Result
from store.keys import ROOM_BATCH
from store.people import calls, letter_drafts, letters, received, states
from store.people.accounts import Person
from store.people.letter_drafts import Written
from store.people.room import Room
from store.people.states import State
from store.records import NewFile
from tests.web.conftest import Browse
from tests.web.material import Made, make_dossier
from web.french import day, today

RIB = b"%PDF-1.7 rib"


@pytest.fixture
def made(store: Store, call: Call, tmp_path: Path, people: dict[str, Person]) -> Made:
    assert people  # the call is open
    return make_dossier(store, tmp_path / "pdf", call, "Lavoir")


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def complete(store: Store, room: Room, person: Person, made: Made, call: Call) -> int:
    """A deposit of one more piece, with a file that is none; gives the intake."""
    with room.writing(person.viewer.actor) as writing:
        intake = intakes.open_intake(writing, call.id, "Complément", Grouping.TOGETHER, made.dossier.id)
        intakes.add_file(writing, intake.id, "rib.pdf", *room.files.put(RIB))
        intakes.make_ready(writing, intake.id)
    files = [NewFile(file.name, room.files.read(file.sha256)) for file in made.dossier.files]
    after = store.deposit(call.id, ROOM_BATCH, "Lavoir", [*files, NewFile("rib.pdf", RIB)])
    items = [
        IntakeItem("rib.pdf", Result.ADDED, dossier_id=after.id, deposit=after.deposit),
        IntakeItem("notes.docx", Result.REFUSED, "not-a-pdf-file"),
    ]
    with store.writing() as writing:
        intakes.take(writing)
        intakes.say(writing, intake.id, items)
    return intake.id


def test_a_closed_call_takes_the_pieces_that_were_asked_for(
    client: Browse, people: dict[str, Person], room: Room, made: Made, call: Call
) -> None:
    browser, page = client(people["instructor"]), f"/dossiers/{made.dossier.id}/recus"
    with room.writing("machine") as writing:
        calls.close_call(writing, call.id)
    assert "Ajouter des pièces" not in browser.get(page).text
    assert "aucune pièce n’est demandée pour ce dossier" in browser.get(page).text
    begin = {"grouping": "together", "dossier": made.dossier.id}
    assert browser.post(f"/appels/{call.id}/depots/ouvrir", data=begin).status_code == 409
    settings = f"/appels/{call.id}/reglages"
    with room.writing(people["instructor"].viewer.actor) as writing:
        calls.open_call(writing, call.id, None)
        states.mark(writing, [made.dossier.id], State.PIECES_REQUESTED)
    assert "1 dossier attend encore des pièces demandées" in _plain(browser.get(settings).text)
    with room.writing("machine") as writing:
        calls.close_call(writing, call.id)
    assert "Ajouter des pièces" in browser.get(page).text
    form = browser.get(f"/appels/{call.id}/depots?dossier={made.dossier.id}").text
    assert "Ajouter des pièces à un dossier" in form
    begun = browser.post(f"/appels/{call.id}/depots/ouvrir", data=begin)
    assert begun.status_code == 201
    head = {"x-csrf-token": browser.csrf, "x-chemin": "rib.pdf", "accept": "application/json"}
    assert browser.post(begun.json()["files"], content=RIB, headers=head).status_code == 201
    assert browser.post(begun.json()["ready"]).status_code == 303
    assert browser.post(f"/appels/{call.id}/depots/ouvrir", data={"grouping": "together"}).status_code == 409


def test_each_deposit_is_shown_with_who_sent_it_and_its_files_open(
    client: Browse, people: dict[str, Person], store: Store, room: Room, made: Made, call: Call
) -> None:
    intake = complete(store, room, people["instructor"], made, call)
    page, browser = f"/dossiers/{made.dossier.id}/recus", client(people["auditor"])
    shown = browser.get(page).text
    first, second = shown.index("Dépôt 2, le"), shown.index("Dépôt 1, le")
    assert first < second
    assert "Pièces ajoutées par Instructor" in shown[first:second]
    assert f'href="/depots/{intake}"' in shown[first:second]
    assert "notes.docx" in shown[first:second]
    assert "rib.pdf" not in shown[second:]
    assert "complété depuis" in shown[second:]
    assert "remplacé depuis" not in shown
    assert "Ajouter des pièces" not in shown
    former = browser.get(f"{page}/1/0")
    assert former.content == room.files.read(made.dossier.files[0].sha256)
    assert browser.get(f"{page}/2/1").content == RIB
    for wrong in ("1/1", "3/0", "2/1?empreinte=ff"):
        assert browser.get(f"{page}/{wrong}").status_code == 404
    assert client(people["juror"]).get(f"{page}/1/0").status_code == 403


def test_pieces_that_came_after_they_were_asked_for_are_told_until_the_state_says_otherwise(
    client: Browse, people: dict[str, Person], store: Store, room: Room, made: Made, call: Call
) -> None:
    person, page = people["instructor"], f"/dossiers/{made.dossier.id}"
    browser = client(person)

    def mark(state: State) -> None:
        with room.writing(person.viewer.actor) as writing:
            states.mark(writing, [made.dossier.id], state)

    mark(State.PIECES_REQUESTED)
    assert "depuis la demande" not in browser.get(page).text
    complete(store, room, person, made, call)
    with room.writing(person.viewer.actor) as writing:
        states.entrust(writing, [made.dossier.id], person.id)  # says nothing of its pieces
    assert "pièces reçues le" in browser.get(page).text
    assert "depuis la demande" in browser.get(f"{page}/recus").text
    assert "Voir les pièces reçues depuis la demande" in browser.get("/mes-dossiers").text
    table = f"/appels/{call.id}/dossiers"
    assert "pièces reçues le" in browser.get(table).text
    lines = browser.get(f"{table}.csv").text.lstrip("\ufeff").splitlines()
    exported = next(csv.DictReader(lines, delimiter=";"))
    assert exported["Personnes : Dernier dépôt"] == today().isoformat()
    assert exported["Personnes : Pièces reçues depuis la demande"] == today().isoformat()
    with room.reading() as reading:
        assert received.arrived(reading, person.viewer, made.dossier.id) is not None
        assert received.arrived(reading, people["juror"].viewer, made.dossier.id) is None
    mark(State.COMPLETE)
    assert "depuis la demande" not in browser.get(page).text


def test_pieces_that_a_letter_asked_for_are_held_against_its_day_not_the_deadline_of_the_call(
    client: Browse, people: dict[str, Person], store: Store, room: Room, made: Made, call: Call
) -> None:
    person, page = people["instructor"], f"/dossiers/{made.dossier.id}"
    yesterday, soon = today() - timedelta(days=1), today() + timedelta(days=5)
    browser, drop = client(person), f"/appels/{call.id}/depots?dossier={made.dossier.id}"
    with room.writing(person.viewer.actor) as writing:
        calls.set_call(writing, call.id, deadline=yesterday, quorum=3, retention_months=None)
    assert "La date limite" in browser.get(drop).text
    with room.writing(person.viewer.actor) as writing:
        written = Written("Il manque le budget.", soon, ("3",))
        version = letter_drafts.save(writing, person.viewer, made.dossier.id, written, 0)
        letter = letters.send(writing, person.viewer, made.dossier.id, version, ("3",), yesterday, soon)
    asked = browser.get(drop).text
    assert "arrive dans le délai demandé." in asked
    assert "La date limite" not in asked
    complete(store, room, person, made, call)
    received_page = browser.get(f"{page}/recus").text
    assert received_page.count("Reçu dans le délai demandé") == 1  # the first deposit had not been asked for
    assert "depuis la demande, dans le délai demandé" in browser.get(page).text
    with room.writing(person.viewer.actor) as writing:
        letters.correct(writing, person.viewer, made.dossier.id, letter, yesterday, yesterday)
    assert "Reçu après le délai demandé" in browser.get(f"{page}/recus").text
    assert "arrive après le délai demandé." in browser.get(drop).text
    late = browser.get(page).text
    assert "depuis la demande, après le délai demandé" in late
    assert "réponse attendue depuis" not in late  # something came: it is to be seen first


def test_files_sent_for_a_dossier_are_for_it_alone(
    client: Browse, people: dict[str, Person], room: Room, made: Made, call: Call
) -> None:
    browser, page = client(people["instructor"]), f"/appels/{call.id}/depots"
    form = browser.get(f"{page}?dossier={made.dossier.id}").text
    assert "Tout ce que vous déposez ici est ajouté au dossier" in form
    assert "Plusieurs dossiers" not in form
    assert browser.get(f"{page}?dossier={'f' * 64}").status_code == 404
    begun = browser.post(f"{page}/ouvrir", data={"grouping": "together", "dossier": made.dossier.id})
    dropped = browser.post(page, files={"files": ("rib.pdf", RIB)}, data={"dossier": made.dossier.id})
    assert browser.post(f"{page}/ouvrir", data={"grouping": "together", "dossier": "f" * 64}).status_code == 404
    for address in (begun.json()["page"], dropped.headers["location"]):
        with room.reading() as reading:
            intake = intakes.find(reading.connection, int(address.rsplit("/", 1)[1]))
        assert (intake.target, intake.grouping) == (made.dossier.id, Grouping.TOGETHER)
        assert "pour le dossier <a" in browser.get(address).text
    assert "ajouté au dossier\N{NO-BREAK SPACE}: Lavoir" in client(people["auditor"]).get("/journal").text


def test_pieces_that_change_the_bearer_that_is_read_are_told_until_someone_decides(
    client: Browse, people: dict[str, Person], store: Store, room: Room, call: Call, tmp_path: Path
) -> None:
    person = people["instructor"]
    browser = client(person)
    make_dossier(store, tmp_path / "pdf", call, "Marché", bearer="Les Jardins")
    other = make_dossier(store, tmp_path / "pdf", call, "Marché", bearer="La Ruche", pages=[["Un tout autre projet"]])
    page = f"/dossiers/{other.dossier.id}"
    with room.writing(person.viewer.actor) as writing:
        intake = intakes.open_intake(writing, call.id, "Complément", Grouping.TOGETHER, other.dossier.id)
        intakes.add_file(writing, intake.id, "a.pdf", *room.files.put(RIB))
        intakes.make_ready(writing, intake.id)
    with store.writing() as writing:
        intakes.take(writing)
        intakes.say(writing, intake.id, [IntakeItem("a.pdf", Result.ADDED, dossier_id=other.dossier.id, deposit=2)])
    told = "e porteur lu est passé de « Les Jardins » à « La Ruche »."
    assert f"Depuis le dépôt du {_plain(day(today()))} : l{told}" in _plain(browser.get(page).text)
    assert f"L{told} Vérifiez que ces pièces sont bien celles de ce candidat." in _plain(
        browser.get(f"/depots/{intake.id}").text
    )
    again = make_dossier(store, tmp_path / "pdf", call, "Marché", bearer="la ruche", pages=[["Une pièce de plus"]])
    assert told in _plain(browser.get(page).text)  # it stays that of the deposit before
    decided = {"kind": "fact", "key": "porteur", "act": "confirm", "analysis": str(again.stored.id)}
    assert browser.post(f"{page}/decisions", data=decided).status_code == 303
    assert told not in _plain(browser.get(page).text)
    assert "La Ruche" not in client(people["auditor"]).get("/journal").text
    with room.reading() as reading:
        held = received.bearer_changes(reading, person.viewer, [other.dossier.id])[other.dossier.id]
        assert [(each.deposit, each.siren) for each in held] == [(2, None)]
        assert received.bearer_changes(reading, people["juror"].viewer, [other.dossier.id]) == {}
