"""What people do before the scripts of a page have run, on a slow line, is not lost and does nothing else."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.frame.pages import Site, whole_page

_MAIN = """
<form data-confirm="Clore l’appel ?" action="/clore" method="post"><button>Clore</button></form>
<form id="avis" method="post" action="/avis" data-autosave>
<input type="hidden" name="version" value="1">{{ textarea("comment", "Commentaire", "Déjà là") }}</form>
<p><a href="#un" data-key="&">Un</a> <a href="#deux" data-key="d">Deux</a></p>
"""


@pytest.fixture
def slow(page: Page, site: Site) -> Callable[[], None]:
    """Opens a page whose scripts are on their way; they come when what is given is called."""
    site.pages["/"] = [whole_page(_MAIN)]
    site.answer = lambda _: (200, {"saved_at": "2026-03-03T13:32:00+00:00", "version": 2})
    held: list[Route] = []
    on_their_way = True

    def hold(route: Route) -> None:
        if on_their_way:
            held.append(route)
        else:
            route.continue_()

    page.route("**/elements.js", hold)
    page.goto("/", wait_until="commit")
    page.wait_for_function("() => document.readyState === 'interactive'")

    def come() -> None:
        nonlocal on_their_way
        on_their_way = False
        for route in held:
            route.continue_()

    return come


def test_what_asks_first_asks_when_it_was_pressed_too_soon(page: Page, site: Site, slow: Callable[[], None]) -> None:
    page.evaluate("() => document.querySelector('form[data-confirm] button').click()")
    slow()
    expect(page.get_by_role("dialog")).to_contain_text("Clore l’appel ?")
    assert site.posted == []
    page.get_by_role("dialog").get_by_role("button", name="Clore").click()
    page.wait_for_url("**/clore")


def test_what_was_written_too_soon_is_saved(page: Page, site: Site, slow: Callable[[], None]) -> None:
    page.evaluate("() => { document.querySelector('textarea').value = 'Vite'; }")
    slow()
    assert site.received()[0].fields["comment"] == "Vite"


def test_keys_pressed_too_soon_act_in_their_order(page: Page, slow: Callable[[], None]) -> None:
    page.evaluate("() => { window.reached = []; addEventListener('hashchange', ({newURL}) => reached.push(newURL)); }")
    for key in ("&", "d"):
        page.keyboard.press(key)
    slow()
    page.wait_for_function("() => reached.length === 2")
    assert [address.split("#")[1] for address in page.evaluate("() => reached")] == ["un", "deux"]


def test_what_is_typed_too_soon_is_no_key(page: Page, slow: Callable[[], None]) -> None:
    page.evaluate("() => document.querySelector('textarea').focus()")
    page.keyboard.type("d&")
    slow()
    expect(page.get_by_label("Commentaire")).to_have_value("d&Déjà là")
    assert page.evaluate("() => location.hash") == ""
