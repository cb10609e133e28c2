import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.frame.pages import Site, whole_page

MAIN = """
<p><label for="q">Chercher</label> <input id="q" data-key="/" data-key-help="Chercher"></p>
<p><a href="#deux" data-key="2">Deuxième</a> <a href="#plus" data-key="P">Grand p</a>
<button type="button" data-key="x" disabled>Inactif</button></p>
<form data-confirm="Retirer 12 dossiers ?" data-confirm-action="Retirer" action="/retirer" method="post">
<button>Retirer…</button></form>
"""
BAR = """
<a class="button" href="#avant" data-key="p" data-key-help="Dossier précédent">Précédent
<kbd aria-hidden="true">p</kbd></a>
<a class="button" href="#apres" data-key="n">Dossier suivant <kbd aria-hidden="true">n</kbd></a>
<a class="button" href="#rendu" data-key="ctrl+Enter">Soumettre</a>
"""


@pytest.fixture(autouse=True)
def _pages(page: Page, site: Site) -> None:
    site.pages["/"] = [whole_page(MAIN, bar=BAR)]
    page.goto("/")


def _hash(page: Page) -> str:
    return str(page.evaluate("location.hash"))


def test_a_key_reaches_its_link(page: Page) -> None:
    for pressed, reached in (("n", "#apres"), ("p", "#avant"), ("P", "#plus"), ("2", "#deux"), ("Shift+2", "#deux")):
        page.evaluate("location.hash = ''")
        page.keyboard.press(pressed)
        expect(page).to_have_url(re.compile(f"{reached}$"))


def test_keys_do_nothing_while_typing(page: Page) -> None:
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("n?/")
    assert page.input_value("#q") == "n?/"
    assert page.locator("dialog").count() == 0
    assert _hash(page) == ""
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile("#rendu$"))


def test_the_list_of_keys_names_what_they_do(page: Page) -> None:
    page.keyboard.press("?")
    listed = page.locator("dialog .keys")
    expect(listed).to_contain_text("Dossier suivant")
    expect(listed).to_contain_text("Dossier précédent")
    expect(listed).to_contain_text("Chercher")
    expect(listed).not_to_contain_text("Inactif")
    page.keyboard.press("n")
    assert _hash(page) == ""
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


def test_single_keys_can_be_switched_off(page: Page, site: Site) -> None:
    page.click("text=Touches")
    page.locator("dialog input").uncheck()
    page.click("dialog >> text=Fermer")
    (posted,) = site.received()
    assert (posted.path, posted.fields, posted.token) == ("/preferences", {"single_keys": "off"}, "jeton")
    expect(page.locator("dialog")).to_have_count(0)
    for pressed in ("n", "?", "/"):
        page.keyboard.press(pressed)
    assert _hash(page) == ""
    assert page.locator("dialog").count() == 0
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile("#rendu$"))


def test_what_cannot_be_undone_is_asked_first(page: Page, site: Site) -> None:
    page.click("text=Retirer…")
    dialog = page.locator("dialog")
    expect(dialog).to_contain_text("Retirer 12 dossiers ?")
    expect(dialog.get_by_text("Annuler")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert site.posted == []
    page.click("text=Retirer…")
    dialog.get_by_role("button", name="Retirer", exact=True).click()
    page.wait_for_url("**/retirer")
    assert [posted.path for posted in site.posted] == ["/retirer"]


def test_tabs_open_by_arrows_and_by_address(page: Page, site: Site) -> None:
    links = '<li><a href="#un">Un</a></li><li><a href="#deux">Deux</a></li>'
    panels = '<section id="un"><p>Premier</p></section><section id="deux"><p id="la">Second</p></section>'
    site.pages["/onglets"] = [whole_page(f'<div data-tabs><ul class="tabs__list">{links}</ul>{panels}</div>')]
    page.goto("/onglets")
    expect(page.get_by_role("tabpanel")).to_have_text("Premier")
    page.get_by_role("tab", name="Un").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Deux")).to_be_focused()
    expect(page.get_by_role("tabpanel")).to_have_text("Second")
    page.goto("/onglets#un")
    expect(page.get_by_role("tabpanel")).to_have_text("Premier")
    page.evaluate("location.hash = 'la'")
    expect(page.get_by_role("tabpanel")).to_have_text("Second")


def test_a_live_part_follows_until_the_end(page: Page, site: Site) -> None:
    running = '<section id="suivi" data-live="/suivi"><p data-live-say>1 dossier lu sur 2</p></section>'
    ended = '<section id="suivi"><p data-live-say>2 dossiers lus sur 2</p></section>'
    site.pages["/depot"] = [whole_page('<section id="suivi" data-live="/suivi"><p>En attente</p></section>')]
    site.pages["/suivi"] = [running]
    page.goto("/depot")
    expect(page.locator("#suivi")).to_have_text("1 dossier lu sur 2")
    site.pages["/suivi"] = [ended, "<section>jamais</section>"]
    expect(page.locator("#suivi")).to_have_text("2 dossiers lus sur 2")
    expect(page.locator("#suivi + [role=status]")).to_have_text("2 dossiers lus sur 2")
    assert page.locator("#suivi").get_attribute("data-live") is None
