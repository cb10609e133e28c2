"""The journal's page, its verification and its export."""

from collections.abc import Callable
from datetime import date

import pytest

from store.people import accounts
from store.people.accounts import Person
from store.people.history import Choice
from store.people.room import Room
from store.records import Action
from tests.web.conftest import Browser
from web.views.journal import ACTIONS, Asked

Client = Callable[[Person | None], Browser]
pytestmark = pytest.mark.usefixtures("people")


def test_who_reads_the_journal(client: Client, people: dict[str, Person]) -> None:
    answers = {name: client(person).get("/journal").status_code for name, person in people.items()}
    assert answers == {"administrator": 200, "auditor": 200, "instructor": 403, "juror": 403, "chair": 403}
    assert client(people["juror"]).get("/journal.csv").status_code == 403
    assert client(people["juror"]).post("/journal/verifier").status_code == 403


def test_events_are_told_in_french_and_filtered(client: Client, people: dict[str, Person]) -> None:
    browser = client(people["auditor"])
    page = browser.get("/journal").text
    assert "Compte créé" in page
    assert "Connexion" in page
    assert "Programme" in page
    narrowed = browser.get("/journal?action=call-opened").text
    assert "<strong>1\N{NO-BREAK SPACE}événement</strong> dans ce filtre" in narrowed
    assert browser.get("/journal?acteur=person:1&appel=inconnu&du=2000-01-01&au=2000-01-02").status_code == 200
    assert browser.get("/journal?action=nimporte&du=hier").status_code == 200


def test_older_events_are_on_the_next_page(client: Client, people: dict[str, Person], room: Room) -> None:
    with room.writing("machine") as writing:
        for _ in range(60):
            writing.tell(Action.EXPORTED, "call:alpc-2016", {"kind": "csv"})
    browser = client(people["auditor"])
    page = browser.get("/journal?action=exported").text
    assert page.count('<th scope="row">Export</th>') == 50
    link = page.split('<a href="/journal?', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    assert browser.get(f"/journal?{link}").text.count('<th scope="row">Export</th>') == 10


def test_verification_on_request(client: Client, people: dict[str, Person]) -> None:
    page = client(people["auditor"]).post("/journal/verifier").text
    assert "Le journal est intact" in page
    assert "empreinte <code>" in page


def test_names_are_not_formulas_in_the_export(client: Client, people: dict[str, Person], room: Room) -> None:
    with room.writing(people["auditor"].viewer.actor) as writing:
        writing.tell(Action.EXPORTED, "call:alpc-2016", {"kind": "csv"})
    answer = client(people["auditor"]).get("/journal.csv?action=exported")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = answer.text.split("\r\n")
    assert rows[0].endswith("Numéro;Instant (UTC);Qui;Quoi;Sur quoi;Détails;Empreinte")
    assert ";Export;call:alpc-2016;" in rows[1]
    assert len(rows) == 3
    with room.reading() as reading:
        assert accounts.names(reading)[people["auditor"].id] in rows[1]


def test_every_action_can_be_chosen() -> None:
    assert {code for code, _ in ACTIONS} == set(Action)


def test_what_is_asked() -> None:
    asked = Asked("exported", "machine", "", "", "2026-01-02", "hier")
    assert asked.choice == Choice(action=Action.EXPORTED, actor="machine", since=date(2026, 1, 2))
    assert asked.query(avant=3) == "action=exported&acteur=machine&du=2026-01-02&au=hier&avant=3"
