"""Forms that are handed in once: nothing that was written is lost on the way."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.chromium import Windows
from tests.web.frame.pages import Site, whole_page

FORM = whole_page(
    '<form id="valeur" method="post" action="/valeurs/3" data-handed>{{ csrf_field("jeton") }}'
    '{{ choices("value", "Valeur", [("0", "Inexistant", ""), ("1", "Faible", "")]) }}'
    '{{ textarea("comment", "Ce que le jury en dit", required=false) }}</form>',
    bar='<button form="valeur" name="suite" value="1">Enregistrer</button>',
)


@pytest.fixture(autouse=True)
def _pages(page: Page, site: Site, windows: Windows) -> None:
    site.pages = {"/seance": [FORM], "/suite": [whole_page("<p>La suite</p>")]}
    site.answer = lambda _: (200, {"go": "/suite"})
    windows.expected.extend(("Failed to load resource", "ERR_INTERNET_DISCONNECTED"))
    page.goto("/seance")


def _write(page: Page) -> None:
    page.get_by_label("Faible").check()
    page.get_by_label("Ce que le jury en dit").fill("Le jury s’accorde.")


def test_it_goes_where_the_server_says(page: Page, site: Site) -> None:
    _write(page)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("main")).to_contain_text("La suite")
    (posted,) = site.received()
    assert posted.fields == {"csrf": "jeton", "value": "1", "comment": "Le jury s’accorde.", "suite": "1"}
    page.goto("/seance")
    expect(page.get_by_label("Ce que le jury en dit")).to_have_value("")


def test_a_press_while_the_page_is_being_left_hands_nothing_in_again(page: Page) -> None:
    posts: list[str] = []

    def press_again(route: Route) -> None:
        page.keyboard.press("Enter")
        route.continue_()

    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.route("**/suite", press_again)
    _write(page)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("main")).to_contain_text("La suite")
    assert len(posts) == 1


def test_it_comes_back_to_the_page_that_it_is_on(page: Page, site: Site) -> None:
    site.pages["/seance"] = [whole_page("<p>Enregistrée</p>")]
    site.answer = lambda _: (200, {"go": "/seance#valeur"})
    _write(page)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("main")).to_contain_text("Enregistrée")


def test_a_cut_line_loses_nothing(page: Page, site: Site) -> None:
    _write(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("[data-said]")).to_contain_text("Hors connexion")
    expect(page.get_by_label("Ce que le jury en dit")).to_have_value("Le jury s’accorde.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("main")).to_contain_text("La suite")
    assert [posted.fields["value"] for posted in site.received()] == ["1"]


def test_a_text_is_found_again_and_no_choice_is(page: Page) -> None:
    _write(page)
    page.reload()
    expect(page.get_by_label("Ce que le jury en dit")).to_have_value("Le jury s’accorde.")
    expect(page.locator("[data-said]")).to_contain_text("Texte retrouvé")
    expect(page.locator("input:checked")).to_have_count(0)


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "Votre session est terminée"), (409, "Non enregistré. Une autre valeur est là. Relisez.")],
)
def test_a_refusal_is_told_beside_the_text(page: Page, site: Site, status: int, words: str) -> None:
    site.answer = lambda _: (status, {"message": "Une autre valeur est là.", "advice": "Relisez."})
    _write(page)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("[data-said]")).to_contain_text(words)
    expect(page.get_by_label("Ce que le jury en dit")).to_have_value("Le jury s’accorde.")
    expect(page.get_by_label("Faible")).to_be_checked()
