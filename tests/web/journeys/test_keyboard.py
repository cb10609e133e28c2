"""The main paths of an instructor and of a juror, without a mouse."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from pipeline.analysis import SectionStatus
from pipeline.calls.model import Call
from store.database import Store
from store.people import calls, triage
from store.people.accounts import Person
from store.people.filters import Filter
from store.people.room import Room
from tests.web.chromium import Windows
from tests.web.conftest import PASSWORD
from tests.web.journeys.keyboard import Keyboard
from tests.web.material import make_dossier


@pytest.fixture
def keyboard(
    address: str, windows: Windows, people: dict[str, Person], store: Store, call: Call, tmp_path: Path
) -> Keyboard:
    """At the door of a room of two dossiers; the first lacks its first field."""
    make_dossier(store, tmp_path / "pdf", call, "Lavoir", statuses={call.fields[0].id: SectionStatus.ABSENT})
    make_dossier(store, tmp_path / "pdf", call, "Moulin", bearer="Les Ailes")
    assert people
    page = windows.open(address)
    page.goto("/connexion")
    return Keyboard(page)


def _enter(keyboard: Keyboard, login: str) -> None:
    keyboard.go_to("Identifiant")
    keyboard.type(login)
    keyboard.go_to("Mot de passe")
    keyboard.type(PASSWORD)
    keyboard.follow()
    keyboard.page.get_by_role("button", name="Quitter").wait_for()


def test_an_instructor_decides_and_goes_on(keyboard: Keyboard) -> None:
    page = keyboard.page
    _enter(keyboard, "instructor")
    keyboard.go_to("Dossiers")
    keyboard.follow()
    keyboard.go_to("Lavoir")
    keyboard.follow()
    page.locator(".viewer-page--drawn").first.wait_for()
    _prove(keyboard)
    _correct(keyboard)
    keyboard.follow(">")
    expect(page.get_by_role("heading", level=1)).to_have_text("Moulin")


def _prove(keyboard: Keyboard) -> None:
    """The second field, which is the first with a proof."""
    page = keyboard.page
    keyboard.press("j", "g")
    expect(page.locator(".viewer-mark--current .viewer-mark-box").first).to_be_in_viewport()
    expect(page.locator(".item--current")).to_have_count(1)


def _correct(keyboard: Keyboard) -> None:
    """The first field, with a note."""
    page = keyboard.page
    keyboard.press("k")
    card = page.locator("#champs [data-item]").first
    expect(card).to_be_focused()
    keyboard.press("m")
    expect(card.get_by_role("textbox")).to_be_focused()
    keyboard.type("Vu en annexe.")
    keyboard.go_to("Présent", back=True, most=8)
    keyboard.press("Enter")
    card = page.locator("#champs [data-item]").first
    expect(card).to_contain_text("décidé")
    expect(card).to_contain_text("Vu en annexe.")
    expect(card).to_be_focused()


def test_keys_are_listed_and_switched_off(keyboard: Keyboard) -> None:
    page = keyboard.page
    _enter(keyboard, "instructor")
    page.goto("/appels/alpc-2016/dossiers")
    keyboard.go_to("Lavoir")
    keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Touches du clavier")
    expect(dialog).to_contain_text("Chercher dans tous les textes")
    keyboard.focused("Fermer")
    keyboard.go_to("Touches simples", back=True, most=4)
    with page.expect_response("**/preferences"):  # the next page asks the server
        keyboard.press("Space")
    keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    keyboard.focused("Lavoir")
    for _ in range(2):
        keyboard.press("?", "e", "/")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.locator("details[open]")).to_have_count(0)
        expect(page.locator("#recherche")).not_to_be_focused()
        page.reload()


def test_a_juror_reads_chooses_and_submits(
    keyboard: Keyboard, room: Room, people: dict[str, Person], call: Call
) -> None:
    page = keyboard.page
    _enter(keyboard, "juror")
    with room.writing("machine") as writing:
        calls.assign(writing, people["juror"].id, _ids(room, people, call))
    page.reload()
    keyboard.go_to("Lavoir")
    keyboard.follow()
    keyboard.go_to("Le déclarer et ouvrir le dossier")
    keyboard.follow()
    expect(page.locator(".viewer-mark-box").first).to_be_visible()
    keyboard.follow("n")
    expect(page.get_by_role("heading", level=2)).to_contain_text(call.markers[1].title[:12])
    keyboard.follow("p")
    expect(page.get_by_role("heading", level=2)).to_contain_text(call.markers[0].title[:12])
    page.locator(".viewer-mark-box").first.wait_for()
    _choose(keyboard)
    _submit(keyboard)


def _ids(room: Room, people: dict[str, Person], call: Call) -> list[str]:
    with room.reading() as reading:
        return list(triage.ids(reading, people["instructor"].viewer, call.id, Filter()))


def _choose(keyboard: Keyboard) -> None:
    """A passage is kept, then neither, then set aside with a reason."""
    passage = keyboard.page.locator("[data-passage]")
    keyboard.press("e")
    expect(passage).to_contain_text("gardé")
    expect(passage).to_be_focused()
    keyboard.press("u")
    expect(passage).not_to_contain_text("gardé")
    keyboard.press("x")
    expect(passage.get_by_role("textbox")).to_be_focused()
    keyboard.type("Hors sujet.")
    keyboard.press("Enter")
    expect(passage).to_contain_text("Hors sujet.")


def _submit(keyboard: Keyboard) -> None:
    """A score that nothing chose beforehand, a comment, and others' words afterwards."""
    page = keyboard.page
    keyboard.press("r")
    expect(page.get_by_role("group", name="Ma note")).to_be_focused()
    expect(page.locator("input[name=value]:checked")).to_have_count(0)
    keyboard.press("Tab")
    keyboard.press("ArrowDown")
    assert page.locator("input[name=value]:checked").get_attribute("value") == "Faible"
    keyboard.go_to("Commentaire", most=3)
    keyboard.type("Des habitants décident.")
    expect(page.locator("[data-saved-for=reponse]")).to_contain_text("Enregistré à")
    keyboard.go_to("Soumettre ma réponse", most=12)
    keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ce que vous avez soumis")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Des habitants décident.")
