"""A juror, from the door to what they submitted."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pipeline.calls.model import Call
from store.database import Store
from store.people import calls, conflicts, scores
from store.people.accounts import Person
from store.people.room import Room
from tests.web.journeys.conftest import SignIn
from tests.web.material import PASSAGES, Made, make_dossier

SAVED = "[data-saved-for=reponse][data-state=saved]"  # all that was typed until now


@pytest.fixture
def made(store: Store, room: Room, people: dict[str, Person], call: Call, tmp_path: Path) -> Made:
    """A dossier given to both jurors; the one who chairs has declared no conflict and answered the first marker."""
    made = make_dossier(store, tmp_path / "pdf", call, "Lavoir", bearer="Les Jardins du Lavoir")
    make_dossier(store, tmp_path / "pdf", call, "Moulin", bearer="Les Ailes")
    chair = people["chair"].viewer
    with room.writing("machine") as writing:
        for name in ("juror", "chair"):
            calls.assign(writing, people[name].id, [made.dossier.id])
    with room.writing(chair.actor) as writing:
        conflicts.declare(writing, chair, made.dossier.id, None)
        shown = scores.Shown(made.stored.id, made.stored.document, ())
        marker = call.markers[0].id
        scores.submit(
            writing,
            chair,
            made.dossier.id,
            marker,
            value="Fort",
            comment="Avis de la chaire.",
            shown=shown,
            replaces=None,
        )
    return made


def test_from_the_door_to_what_was_submitted(sign_in: SignIn, made: Made, call: Call) -> None:
    page = sign_in("juror", expected="ERR_INTERNET_DISCONNECTED")
    _open(page)
    _choose_passages(page)
    _answer(page, call)
    page.get_by_role("link", name="Tous les repères").click()
    expect(page.locator("main")).to_contain_text("soumis")
    page.goto(f"/jury/dossiers/{made.dossier.id}/ma-lecture")
    expect(page.locator("main")).to_contain_text("Des habitants décident.")
    expect(page.locator("main")).to_contain_text(PASSAGES[0])


def test_a_conflict_takes_the_dossier_away(sign_in: SignIn, made: Made) -> None:
    page = sign_in("juror")
    page.get_by_role("link", name="Lavoir").first.click()
    page.locator("form.form input[name=lien]").first.check()
    page.get_by_role("button", name="Déclarer un conflit d’intérêts").click()
    page.get_by_role("dialog").get_by_role("button", name="Déclarer le conflit").click()
    page.wait_for_url("**/jury?appel=alpc-2016")
    expect(page.locator("main")).not_to_contain_text("Lavoir")


def _open(page: Page) -> None:
    """The desk, then the declaration, then the reading room with its highlights."""
    page.get_by_role("link", name="Lavoir").first.click()
    page.get_by_role("button", name="Le déclarer et ouvrir le dossier").click()
    page.wait_for_url("**/lecture")
    expect(page.locator(".viewer-mark-box").first).to_be_visible()
    expect(page.locator("input[name=value]:checked")).to_have_count(0)
    expect(page.locator("body")).not_to_contain_text("Avis de la chaire.")


def _choose_passages(page: Page) -> None:
    page.get_by_role("button", name="Garder", exact=True).click()
    expect(page.locator("[data-passage]")).to_contain_text("gardé")
    page.get_by_role("button", name="Annuler ce choix").click()
    expect(page.locator("[data-passage]")).not_to_contain_text("gardé")
    page.get_by_text("Écarter…").click()
    page.get_by_label("Pourquoi ce passage est-il écarté ?").fill("Hors sujet.")
    page.get_by_role("button", name="Écarter", exact=True).click()
    expect(page.locator("[data-passage]")).to_contain_text("Hors sujet.")
    words = page.locator(".viewer-page .textLayer span", has_text="quatre-vingts familles").first
    words.scroll_into_view_if_needed()
    box = words.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 1, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, middle, steps=6)
    page.mouse.up()
    page.get_by_role("button", name="Ajouter ce passage").click()
    expect(page.locator("[data-passage]")).to_have_count(2)
    expect(page.locator("#passages")).to_contain_text("ajouté")


def _answer(page: Page, call: Call) -> None:
    """What is written outlives a cut line and a reload; others' answers are seen once submitted."""
    comment = page.get_by_label("Commentaire")
    page.keyboard.press("r")
    expect(page.get_by_role("group", name="Ma note")).to_be_focused()
    expect(page.locator("input[name=value]:checked")).to_have_count(0)
    page.keyboard.press("4")
    expect(page.get_by_role("radio", name="Fort").first).to_be_checked()
    comment.focus()
    page.get_by_role("link", name="Ma réponse").click()
    expect(page.get_by_role("radio", name="Fort").first).to_be_focused()
    comment.press_sequentially("12")
    expect(page.get_by_role("radio", name="Fort").first).to_be_checked()
    comment.fill("Des habitants")
    expect(page.locator(SAVED)).to_contain_text("Enregistré à")
    page.context.set_offline(True)
    comment.fill("Des habitants décident.")
    expect(page.locator("[data-saved-for=reponse]")).to_contain_text("gardé sur cette machine")
    page.get_by_role("button", name="Soumettre ma réponse").click()
    expect(page.locator("[data-saved-for=reponse]")).to_contain_text("rien n’est soumis")
    expect(comment).to_have_value("Des habitants décident.")
    page.context.set_offline(False)
    expect(page.locator(SAVED)).to_contain_text("Enregistré à")
    page.reload()
    expect(comment).to_have_value("Des habitants décident.")
    expect(page.get_by_role("radio", name="Fort").first).to_be_checked()
    scroller = page.locator(".viewer-scroller")
    scroller.evaluate("element => element.scrollTo({ top: 400, behavior: 'instant' })")
    page.get_by_role("button", name="Soumettre ma réponse").click()
    expect(page.locator("main")).to_contain_text("Avis de la chaire.")
    expect(page.locator(".viewer-page--drawn").first).to_be_visible()
    assert scroller.evaluate("element => element.scrollTop") > 300
