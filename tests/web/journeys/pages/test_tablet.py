"""The main pages under fingers, on a tablet held both ways."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.journeys.pages.conftest import House, Opening
from tests.web.journeys.pages.walk import await_pages

_READING = "/jury/dossiers/{dossier}/lecture?repere={marker}"

_NEAR = """() => {
  const targets = "a[href], button, input, select, textarea, summary, label, [role=separator]";
  const at = (x, y) => document.elementFromPoint(x, y)?.closest(targets) ?? null;
  const own = (target, hit) => !hit || hit.contains(target) || target.contains(hit) || hit.control === target;
  const inText = (target) => target.matches("a") && getComputedStyle(target).display === "inline";
  return [...document.querySelectorAll(targets)].flatMap((target) => {
    const { left, top, width, height } = target.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    if (!width || inText(target) || at(x, y) !== target) return [];
    const around = [[x - 11, y], [x + 11, y], [x, y - 11], [x, y + 11]];
    return around.every(([x, y]) => own(target, at(x, y))) ? [] : [target.outerHTML.slice(0, 120)];
  });
}"""
"""Targets that have another one within the 24 pixels of WCAG 2.2's rule on the size of targets."""


@pytest.fixture(scope="module")
def house(open_house: Opening) -> House:
    return open_house(lambda plain, most: plain[:most])


def _tablet(house: House, name: str, address: str, size: tuple[int, int]) -> Page:
    width, height = size
    page = house.windows.open(
        house.address,
        width=width,
        height=height,
        has_touch=True,
        is_mobile=True,
        storage_state=house.tab(name).context.storage_state(),
    )
    page.goto(house.place(address))
    await_pages(page)
    return page


@pytest.mark.parametrize("size", [(1024, 768), (820, 1180)], ids=["lying", "upright"])
@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("juror", _READING),
        ("instructor", "/dossiers/{dossier}"),
        ("instructor", "/appels/{call}/dossiers"),
        ("chair", "/deliberations/{session}/dossiers/{dossier}?repere={marker}"),
    ],
)
def test_a_finger_finds_one_thing_at_a_time(house: House, name: str, address: str, size: tuple[int, int]) -> None:
    page = _tablet(house, name, address, size)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate(_NEAR) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_words_selected_with_fingers_are_added(house: House) -> None:
    """The browser's own handles change the selection without telling of any pointer."""
    page = _tablet(house, "juror", _READING, (820, 1180))
    words = page.locator(".viewer-page .textLayer span", has_text="quatre-vingts").first
    words.evaluate("(span) => document.getSelection().setBaseAndExtent(span.firstChild, 0, span.firstChild, 30)")
    _add_and_withdraw(page, "Douze voisins")


def test_a_word_that_a_finger_rests_on_is_added(house: House) -> None:
    page = _tablet(house, "juror", _READING, (820, 1180))
    words = page.locator(".viewer-page .textLayer span", has_text="quatre-vingts").first
    words.scroll_into_view_if_needed()
    word = _rest_on(page, words)
    assert word
    _add_and_withdraw(page, word)


def _rest_on(page: Page, words: Locator) -> str:
    """Keeps a finger on the middle of words until the browser selects the one that is there, and gives it."""
    box = words.bounding_box()
    assert box is not None
    at = {"x": round(box["x"] + box["width"] / 2), "y": round(box["y"] + box["height"] / 2), "button": "left"}
    finger = page.context.new_cdp_session(page)
    finger.send("Emulation.setEmitTouchEventsForMouse", {"enabled": True, "configuration": "mobile"})
    finger.send("Input.emulateTouchFromMouseEvent", {"type": "mousePressed", "clickCount": 1, **at})
    page.wait_for_function("() => !document.getSelection().isCollapsed")
    finger.send("Input.emulateTouchFromMouseEvent", {"type": "mouseReleased", "clickCount": 1, **at})
    return str(page.evaluate("() => document.getSelection().toString()"))


def _add_and_withdraw(page: Page, quote: str) -> None:
    passages = page.locator("[data-passage]")
    before = passages.count()
    add = page.get_by_role("button", name="Ajouter ce passage")
    expect(add).to_be_in_viewport()
    add.tap()
    expect(passages).to_have_count(before + 1)
    added = passages.filter(has=page.get_by_role("button", name="Retirer"))
    expect(added).to_contain_text(quote)
    added.get_by_role("button", name="Retirer").tap()
    expect(passages).to_have_count(before)
