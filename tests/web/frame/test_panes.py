import pytest
from playwright.sync_api import Page, expect

from tests.web.frame.pages import Site, Someone
from web.templating import environment

SOURCE = """{% extends "split.html.j2" %}
{% block title %}Essai{% endblock %}{% block above %}<h1>Essai</h1>{% endblock %}
{% block left %}<p>{{ "Page du dossier. " * 900 }}</p>{% endblock %}
{% block right %}<p>{{ "Instruction. " * 900 }}</p>{% endblock %}
{% block bar %}<button class="button">Suivant</button>{% endblock %}"""


@pytest.fixture(autouse=True)
def _pages(page: Page, site: Site) -> None:
    made = environment().from_string(SOURCE).render(person=Someone(), csrf="jeton", nav=(), flash=())
    site.pages["/"] = [made]
    page.goto("/")


def _width(page: Page) -> float:
    return float(page.evaluate("document.querySelector('.split__left').getBoundingClientRect().width"))


def test_the_panes_scroll_by_themselves_above_the_bar(page: Page) -> None:
    heights = page.evaluate("[document.documentElement.scrollHeight, innerHeight]")
    assert heights[0] == heights[1]
    for pane in (".split__left", ".split__right"):
        held = page.evaluate("pane => document.querySelector(pane).scrollHeight", pane)
        assert held > heights[1]
    bar = page.locator(".bar").bounding_box()
    assert bar is not None
    assert bar["y"] + bar["height"] == heights[1]


def test_the_separator_moves_by_keys_and_stays_where_it_was_put(page: Page) -> None:
    separator = page.get_by_role("separator")
    expect(separator).to_have_attribute("aria-valuenow", "56")
    before = _width(page)
    separator.focus()
    page.keyboard.press("ArrowLeft")
    expect(separator).to_have_attribute("aria-valuenow", "54")
    assert _width(page) < before
    page.keyboard.press("Home")
    expect(separator).to_have_attribute("aria-valuenow", "25")
    page.keyboard.press("End")
    expect(separator).to_have_attribute("aria-valuenow", "75")
    page.reload()
    expect(separator).to_have_attribute("aria-valuenow", "75")


def test_the_separator_can_be_dragged(page: Page) -> None:
    box = page.get_by_role("separator").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, 300)
    page.mouse.down()
    page.mouse.move(440, 300, steps=3)
    page.mouse.up()
    assert abs(_width(page) - 440) < 10


def test_narrow_screens_stack_the_panes(page: Page) -> None:
    page.set_viewport_size({"width": 768, "height": 1024})
    expect(page.get_by_role("separator")).to_be_hidden()
    left, right = (page.locator(f".split__{side}").bounding_box() for side in ("left", "right"))
    assert left is not None
    assert right is not None
    assert right["y"] >= left["y"] + left["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 768
