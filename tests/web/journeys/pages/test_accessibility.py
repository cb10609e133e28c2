"""axe finds nothing against WCAG 2.1 AA, and so RGAA 4.1, on any page of the room."""

import pytest
from fastapi.routing import APIRoute
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.web.frame.pages import WEB
from tests.web.journeys.keyboard import Keyboard
from tests.web.journeys.pages.conftest import House, Opening
from tests.web.journeys.pages.walk import NO_PAGES, NOBODY, PAGES, Page, come_to
from web.screens import ROUTERS

_AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
_RUN = """async (within) => {
  const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
  const found = await axe.run(within, {runOnly: rules, resultTypes: ["violations"]});
  return found.violations.flatMap((fault) => fault.nodes.map((node) => `${fault.id}: ${node.html.slice(0, 200)}`));
}"""


@pytest.fixture(scope="module")
def house(open_house: Opening) -> House:
    """Ordinary words everywhere."""
    if not _AXE.exists():
        pytest.skip("axe-core is not installed (make install)")
    return open_house(lambda plain, most: plain[:most])


def test_every_route_that_answers_a_page_is_walked() -> None:
    asked = {
        route.path
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and "GET" in (route.methods or ())
    }
    walked = {page.route for page in PAGES}
    assert walked & set(NO_PAGES) == set()
    assert asked == walked | set(NO_PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address)
def test_a_page_is_open_to_all(page: Page, house: House) -> None:
    """axe finds nothing; the keyboard goes through the page in its order, is seen wherever it is, and leaves it."""
    found = {}
    for name in page.people:
        tab = house.tab(name)
        come_to(tab, house.place(page.address))
        expect(tab.get_by_role("heading", level=1)).to_have_count(1)
        found[name] = _faults(tab)
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert Keyboard(house.tab(page.people[-1])).tour()[0] == "Repères"


def test_axe_finds_nothing_where_a_page_refuses(house: House) -> None:
    house.windows.expected.extend(("404", "403"))
    for name, address in ((NOBODY, "/introuvable"), ("juror", "/introuvable"), ("juror", "/comptes")):
        tab = house.tab(name)
        tab.goto(address)
        assert _faults(tab) == []


@pytest.mark.parametrize(
    ("name", "address", "button"),
    [
        ("administrator", "/comptes/{person}", "Fermer le compte"),
        ("instructor", "/appels/{call}/reglages", "Clore l’appel"),
        ("juror", "/jury/dossiers/{apart}", "Déclarer un conflit d’intérêts"),
    ],
)
def test_axe_finds_nothing_in_a_dialog_that_asks(name: str, address: str, button: str, house: House) -> None:
    tab = house.tab(name)
    come_to(tab, house.place(address))
    if name == "juror":
        tab.locator("input[name=lien]").nth(1).check()
    tab.get_by_role("button", name=button).click()
    expect(tab.get_by_role("dialog")).to_be_visible()
    assert _faults(tab) == []
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("button", name=button)).to_be_focused()


@pytest.mark.parametrize(("name", "address"), [("instructor", "/dossiers/{dossier}"), ("chair", "/deliberations")])
def test_axe_finds_nothing_in_the_list_of_keys(name: str, address: str, house: House) -> None:
    tab = house.tab(name)
    come_to(tab, house.place(address))
    tab.keyboard.press("?")
    expect(tab.get_by_role("dialog")).to_be_visible()
    assert _faults(tab) == []


def test_axe_finds_nothing_in_the_menus_of_the_table(house: House) -> None:
    tab = house.tab("instructor")
    come_to(tab, house.place("/appels/{call}/dossiers"))
    for menu in tab.locator("details[data-menu]").all():
        menu.evaluate("(menu) => { menu.open = true; }")
        assert _faults(tab, "details[open]") == []
        menu.evaluate("(menu) => { menu.open = false; }")


def test_highlights_have_words(house: House) -> None:
    """Colours say nothing alone: each highlight is a button that names its label, its kind and its words."""
    tab = house.tab("juror")
    come_to(tab, house.place("/jury/dossiers/{dossier}/lecture?repere={marker}"))
    marks = tab.locator(".viewer-marks").get_by_role("button")
    expect(marks).not_to_have_count(0)
    for mark in marks.all():
        name = mark.evaluate("(mark) => mark.ariaLabel ?? mark.textContent")
        assert len(str(name).split()) >= 2, name
    expect(tab.get_by_role("img", name="Plan du dossier")).to_be_visible()


def _faults(tab: Tab, within: str = "html") -> list[str]:
    """What axe finds in the first element of a selector."""
    if not tab.evaluate("() => 'axe' in window"):
        tab.evaluate(_AXE.read_text(encoding="utf-8"))
    found: list[str] = tab.evaluate(_RUN, within)
    return found
