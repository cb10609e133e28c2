"""The table of dossiers in a browser: what is ticked, printed, found."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pipeline.analysis import SectionStatus
from pipeline.calls.model import Call
from store.database import Store
from store.people.accounts import Person
from tests.web.journeys.conftest import SignIn
from tests.web.material import make_dossier

TABLE = "/appels/alpc-2016/dossiers?tri=nom"


@pytest.fixture
def page(sign_in: SignIn, store: Store, people: dict[str, Person], call: Call, tmp_path: Path) -> Page:
    """The table of two dossiers, of which the first lacks a field."""
    make_dossier(store, tmp_path, call, "Alpha", statuses={"3": SectionStatus.ABSENT})
    make_dossier(store, tmp_path, call, "Bêta", department="23")
    opened = sign_in("instructor")
    opened.goto(TABLE)
    return opened


def test_a_page_that_one_comes_back_to_has_nothing_ticked(page: Page) -> None:
    page.locator("[data-scope]").check()
    page.locator("summary", has_text="Étiqueter").click()
    page.get_by_label("Nouvelle étiquette").fill("À revoir")
    page.get_by_label("Nouvelle étiquette").press("Enter")
    expect(page.get_by_text("2\N{NO-BREAK SPACE}dossiers étiquetés").first).to_be_visible()
    page.go_back()
    expect(page.locator("[data-picked]")).to_have_text("0\N{NO-BREAK SPACE}dossier coché")
    expect(page.locator("[data-scope]")).not_to_be_checked()
    expect(page.locator('input[name="dossier"]').first).to_be_enabled()


def test_what_is_ticked_lasts_when_the_page_changes_and_serves_once(page: Page) -> None:
    page.get_by_role("checkbox", name="Cocher Alpha").check()
    page.goto("/appels")
    page.goto(TABLE)
    expect(page.get_by_role("checkbox", name="Cocher Alpha")).to_be_checked()
    key = next(iter(page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('picked:'))")))
    page.evaluate("(key) => sessionStorage.setItem(key, JSON.stringify(['0'.repeat(64)]))", key)
    page.goto("/appels")
    page.goto(TABLE)
    expect(page.locator("[data-picked]")).to_have_text("1\N{NO-BREAK SPACE}dossier coché, dont 1 sur d’autres pages")
    page.get_by_role("button", name="Tout décocher").click()
    expect(page.locator("[data-picked]")).to_have_text("0\N{NO-BREAK SPACE}dossier coché")


def test_what_a_search_finds_is_shown_under_the_names(page: Page) -> None:
    page.get_by_label("Chercher dans tous les textes").fill("friches")
    page.get_by_role("button", name="Chercher", exact=True).click()
    expect(page.locator("tbody th mark")).to_have_text(["friche", "friche"])


def test_counts_are_printed_and_filters_wait_behind_a_press(page: Page) -> None:
    expect(page.get_by_text("Département", exact=True).first).to_be_hidden()
    page.locator("summary", has_text="Plus de filtres").click()
    page.locator("summary", has_text="Département").click()
    page.get_by_label("23 Creuse").check()
    page.locator("details[open] > fieldset").get_by_role("button", name="Appliquer").click()
    expect(page.locator("#total")).to_contain_text("dans ce filtre")
    expect(page.locator("summary", has_text="Département")).to_be_visible()
    page.goto(TABLE)
    page.emulate_media(media="print")
    expect(page.locator("tbody tr").first.locator(".which summary").first).to_be_visible()


def test_columns_are_chosen_by_the_keyboard_and_stay(page: Page) -> None:
    heads = page.locator("thead th[scope=col]")
    expect(heads.filter(has_text="Budget")).to_have_count(0)
    page.keyboard.press("c")
    menu = page.locator("details[open] .triage__columns")
    menu.get_by_label("Budget total").check()
    menu.get_by_label("Étiquettes").uncheck()
    page.get_by_role("button", name="Montrer ces colonnes").press("Enter")
    expect(page.get_by_text("Le tableau montre les colonnes")).to_be_visible()
    expect(heads.filter(has_text="Budget")).to_have_count(1)
    expect(heads.filter(has_text="Étiquettes")).to_have_count(0)
    expect(page.locator("tbody tr").first).to_contain_text("30\N{NARROW NO-BREAK SPACE}000")
    page.goto(TABLE)
    expect(heads.filter(has_text="Budget")).to_have_count(1)
    page.locator("summary", has_text="Colonnes").click()
    page.get_by_role("button", name="Colonnes habituelles").click()
    expect(heads.filter(has_text="Budget")).to_have_count(0)
