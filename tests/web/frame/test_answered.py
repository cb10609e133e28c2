"""Forms that leave their page: where the server does not answer, the page stays with what was typed."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.chromium import Windows
from tests.web.frame.pages import Site, whole_page

_PLAIN = """
<form method="post" action="/presents">{{ csrf_field("jeton") }}{{ textarea("note", "Note", required=false) }}
<button name="suite" value="fin">Enregistrer</button></form>
<form method="post" action="/retirer" data-confirm="Retirer ?">{{ field("motif", "Motif") }}
<button>Retirer</button></form>
"""
_DRAFT = """
<form id="avis" method="post" action="/avis" data-autosave><input type="hidden" name="version" value="1">
{{ textarea("comment", "Commentaire") }}</form>{{ saved("avis") }}
"""
_SAID = "[data-said]"


@pytest.fixture(autouse=True)
def _pages(page: Page, site: Site, windows: Windows) -> None:
    site.pages["/"] = [whole_page(_PLAIN)]
    site.pages["/avis"] = [whole_page(_DRAFT, bar='<button form="avis" formaction="/soumettre">Soumettre</button>')]
    windows.expected.append("ERR_CONNECTION_REFUSED")


def _break_down(page: Page) -> None:
    page.route("**/*", lambda route: route.abort("connectionrefused"))


def _come_back(page: Page) -> None:
    page.unroute("**/*")


def test_what_was_typed_stays_until_the_server_answers(page: Page, site: Site) -> None:
    page.goto("/")
    page.get_by_label("Note").fill("Arrivée à midi")
    _break_down(page)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(_SAID)).to_have_text(
        "Le serveur ne répond pas\u00a0: rien n’est perdu, ce que vous avez saisi reste sur cette page. "
        "Recommencez dans un instant."
    )
    expect(page.get_by_label("Note")).to_have_value("Arrivée à midi")
    _come_back(page)
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url("**/presents")
    (posted,) = site.posted
    assert posted.fields == {"csrf": "jeton", "note": "Arrivée à midi", "suite": "fin"}


def test_what_asks_first_asks_once_the_server_answers(page: Page, site: Site) -> None:
    page.goto("/")
    page.get_by_label("Motif").fill("Doublon")
    _break_down(page)
    page.get_by_role("button", name="Retirer").click()
    expect(page.locator(_SAID)).to_contain_text("rien n’est perdu")
    expect(page.get_by_role("dialog")).to_have_count(0)
    _come_back(page)
    page.get_by_role("button", name="Retirer").click()
    page.get_by_role("dialog").get_by_role("button", name="Retirer").click()
    page.wait_for_url("**/retirer")
    (posted,) = site.posted
    assert posted.fields == {"motif": "Doublon", "confirme": "true"}


def test_a_form_that_keeps_its_texts_says_where_they_are(page: Page, site: Site) -> None:
    page.goto("/avis")
    page.get_by_label("Commentaire").fill("Presque perdu")
    _break_down(page)
    page.get_by_role("button", name="Soumettre").click()
    expect(page.locator("[data-saved-for=avis]")).to_have_text(
        "Le serveur ne répond pas\u00a0: rien n’est soumis, ce que vous avez saisi est gardé sur cette machine. "
        "Recommencez dans un instant."
    )
    expect(page.locator(_SAID)).to_have_count(0)
    _come_back(page)
    page.get_by_role("button", name="Soumettre").click()
    page.wait_for_url("**/soumettre")
    assert site.received()[-1].fields["comment"] == "Presque perdu"
