"""The room really served, and a page per person, logged in through the form."""

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from playwright.sync_api import Page

from store.people.accounts import Person
from tests.web.chromium import Windows, served
from tests.web.conftest import PASSWORD

SignIn = Callable[..., Page]


@pytest.fixture
def address(application: FastAPI) -> Iterator[str]:
    """Where the room is reached."""
    with served(application) as found:
        yield found


@pytest.fixture
def sign_in(address: str, windows: Windows, people: dict[str, Person]) -> SignIn:
    """Opens the room for a person of `people`, by the form of the door, in a window of their own."""

    def signing_in(name: str, *, expected: str | None = None) -> Page:
        windows.expected.extend([expected] if expected else [])
        page = windows.open(address)
        page.goto("/connexion")
        enter(page, people[name].login or "", PASSWORD)
        return page

    return signing_in


def enter(page: Page, login: str, password: str) -> None:
    """Fills in the form of the door."""
    page.get_by_label("Identifiant").fill(login)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.get_by_role("button", name="Quitter").wait_for()
