from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.web.chromium import Windows
from tests.web.frame.pages import Posted, Site, whole_page

SAID = "[data-saved-for=avis]"
KEPT = "Object.keys(localStorage).filter(place => place.startsWith('reperes:texte:'))"


def _form(version: int = 1, comment: str = "") -> str:
    return whole_page(
        '<form id="avis" method="post" action="/avis" data-autosave>{{ csrf_field("jeton") }}<fieldset>'
        f'<input type="hidden" name="version" value="{version}">'
        f'{{{{ textarea("comment", "Commentaire", "{comment}") }}}}'
        '{{ choices("level", "Niveau", [("0", "Inexistant", ""), ("1", "Faible", "")]) }}</fieldset></form>'
        '{{ saved("avis") }}',
        bar='<button form="avis">Soumettre</button>',
    )


def _saved(posted: Posted) -> tuple[int, Mapping[str, Any]]:
    return 200, {"saved_at": "2026-03-03T13:32:00+00:00", "version": int(posted.fields["version"]) + 1}


@pytest.fixture(autouse=True)
def _pages(site: Site, windows: Windows) -> None:
    site.pages["/avis"] = [_form()]
    site.answer = _saved
    # Refusals and cut lines are made on purpose.
    windows.expected.extend(("Failed to load resource", "ERR_INTERNET_DISCONNECTED"))


def test_what_is_written_is_saved_and_says_so(page: Page, site: Site) -> None:
    page.goto("/avis")
    page.fill("#comment", "Réponse claire, budget à revoir")
    expect(page.locator(SAID)).to_have_text("Enregistré à 14\u00a0h\u00a032")
    assert site.posted[-1].token == "jeton"
    assert site.posted[-1].fields["comment"] == "Réponse claire, budget à revoir"
    assert "level" not in site.posted[-1].fields
    page.check("#level-2")
    expect(page.locator("[name=version]")).to_have_value("3")
    assert site.posted[-1].fields["level"] == "1"
    assert site.posted[-1].fields["version"] == "2"
    assert page.evaluate(KEPT) == []


def test_text_written_without_a_connection_is_kept_and_sent_again(page: Page, site: Site) -> None:
    page.goto("/avis")
    page.context.set_offline(True)
    page.fill("#comment", "Hors ligne")
    expect(page.locator(SAID)).to_contain_text("Hors connexion\u00a0: gardé sur cette machine, envoyé dès que possible")
    assert page.evaluate(KEPT) == ["reperes:texte:7:/avis"]
    page.context.set_offline(False)
    expect(page.locator(SAID)).to_contain_text("Enregistré")
    assert site.posted[-1].fields["comment"] == "Hors ligne"
    assert page.evaluate(KEPT) == []


def test_text_that_the_server_never_got_comes_back_with_the_page(page: Page, site: Site) -> None:
    page.goto("/avis")
    site.answer = lambda _: (503, {})
    page.fill("#comment", "Presque perdu")
    expect(page.locator(SAID)).to_contain_text("Le serveur ne répond pas")
    site.answer = _saved
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator(SAID)).to_contain_text("Enregistré")
    assert page.input_value("#comment") == "Presque perdu"
    assert site.posted[-1].fields["comment"] == "Presque perdu"


def test_a_page_left_at_once_sends_what_it_has_without_a_question(page: Page, site: Site) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    site.pages["/suite"] = [whole_page("<p>Suite</p>")]
    page.goto("/avis")
    page.click("#comment")
    page.keyboard.insert_text("vite")
    page.goto("/suite")
    assert [posted.fields["comment"] for posted in site.received()] == ["vite"]
    assert asked == []
    site.pages["/avis"] = [_form(version=2, comment="vite")]
    page.goto("/avis")
    assert page.evaluate(KEPT) == []


def test_leaving_with_text_that_cannot_be_sent_is_warned_of(page: Page, site: Site) -> None:
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    site.answer = lambda _: (503, {})
    page.goto("/avis")
    page.click("#comment")
    page.keyboard.type("x")
    expect(page.locator(SAID)).to_contain_text("Le serveur ne répond pas")
    page.reload()
    assert asked == ["beforeunload"]


def _changed_elsewhere(posted: Posted) -> tuple[int, Mapping[str, Any]]:
    if posted.fields["version"] == "5":
        return _saved(posted)
    return 409, {"version": 5, "values": {"comment": "Le leur", "level": "1"}, "by": "Karim Benali"}


@pytest.mark.parametrize(("button", "comment"), [("Garder ce que", "Le mien"), ("Reprendre ce qui", "Le leur")])
def test_a_form_changed_elsewhere_shows_both_and_asks(page: Page, site: Site, button: str, comment: str) -> None:
    site.answer = _changed_elsewhere
    page.goto("/avis")
    page.fill("#comment", "Le mien")
    panel = page.locator(".conflict")
    expect(panel).to_contain_text("Modifié entre-temps par Karim Benali")
    expect(panel.locator("dt")).to_have_text(
        [f"{label}\u00a0: {where}" for label in ("Commentaire", "Niveau") for where in ("enregistré", "sur cette page")]
    )
    expect(panel.locator("dd")).to_have_text(["Le leur", "Le mien", "Faible", "(vide)"])
    assert page.input_value("#comment") == "Le mien"
    panel.get_by_text(button).click()
    expect(page.locator(f"{SAID}[data-state=saved]")).to_be_visible()
    assert page.input_value("#comment") == comment
    assert page.evaluate(KEPT) == []


def test_the_end_of_the_session_keeps_the_text(page: Page, site: Site) -> None:
    site.answer = lambda _: (401, {"message": "Votre session est terminée."})
    page.goto("/avis")
    page.fill("#comment", "À garder")
    expect(page.locator(SAID)).to_contain_text("Votre session est terminée")
    assert page.get_attribute(f"{SAID} a", "href") == "/connexion?suite=%2Favis"
    assert page.evaluate(KEPT) == ["reperes:texte:7:/avis"]


def test_a_refusal_is_told_in_the_servers_words(page: Page, site: Site) -> None:
    site.answer = lambda _: (422, {"message": "Ce texte est trop long.", "advice": "2 000 signes au plus."})
    page.goto("/avis")
    page.fill("#comment", "Long")
    expect(page.locator(SAID)).to_have_text("Non enregistré. Ce texte est trop long. 2 000 signes au plus.")


def test_logging_out_clears_what_is_kept(page: Page, site: Site) -> None:
    site.answer = lambda posted: (503, {}) if posted.path == "/avis" else (200, {})
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/avis")
    page.fill("#comment", "À effacer")
    expect(page.locator(SAID)).to_contain_text("gardé sur cette machine")
    page.click("text=Quitter")
    dialog = page.get_by_role("dialog", name="Un texte n’est pas enregistré")
    dialog.get_by_role("button", name="Rester").click()
    assert page.evaluate(KEPT) == ["reperes:texte:7:/avis"]
    page.click("text=Quitter")
    dialog.get_by_role("button", name="Quitter et l’effacer").click()
    page.wait_for_url("**/deconnexion")
    assert page.evaluate(KEPT) == []


def test_a_text_handed_in_does_not_come_back(page: Page, site: Site) -> None:
    page.goto("/avis")
    page.fill("#comment", "Rendu")
    page.check("#level-1")
    with page.expect_navigation():
        page.click("text=Soumettre")
    site.pages["/avis"] = [_form(version=2, comment="Changé depuis")]
    page.goto("/avis")
    assert page.input_value("#comment") == "Changé depuis"
    assert page.evaluate(KEPT) == []
