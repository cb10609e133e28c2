"""The room really served, and a page per person, logged in through the form."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page

from store.people.accounts import Person
from tests.web.chromium import launched, served
from tests.web.conftest import PASSWORD

SignIn = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as found:
        yield found


@pytest.fixture
def address(application: FastAPI) -> Iterator[str]:
    """Where the room is reached."""
    with served(application) as found:
        yield found


@pytest.fixture
def sign_in(browser: Browser, address: str, people: dict[str, Person]) -> Iterator[SignIn]:
    """Opens the room for a person of `people`, by the form of the door.

    The browser may meet no error, no refused or failed request, and ask nothing of another host; `expected` are words
    of the troubles that the test makes on purpose.
    """
    with ExitStack() as stack:
        troubles: list[str] = []
        foreseen: list[str] = []

        def signing_in(name: str, *, width: int = 1300, expected: str | None = None) -> Page:
            foreseen.extend([expected] if expected else [])
            context = browser.new_context(
                base_url=address, locale="fr-FR", viewport={"width": width, "height": 850}, accept_downloads=True
            )
            stack.callback(context.close)
            context.set_default_timeout(8000)
            _watch(context, address, troubles)
            page = context.new_page()
            page.goto("/connexion")
            page.get_by_label("Identifiant").fill(people[name].login or "")
            page.get_by_label("Mot de passe").fill(PASSWORD)
            page.get_by_role("button", name="Se connecter", exact=True).click()
            page.get_by_role("button", name="Quitter").wait_for()
            return page

        yield signing_in
    assert [trouble for trouble in troubles if not any(words in trouble for words in foreseen)] == []


def _watch(context: BrowserContext, address: str, troubles: list[str]) -> None:
    host = urlsplit(address).netloc
    context.on("weberror", lambda error: troubles.append(str(error.error)))
    context.on("console", lambda told: troubles.append(told.text) if told.type in ("error", "warning") else None)
    context.on(
        "request",
        lambda asked: troubles.append(f"asked of {asked.url}") if _leaves(asked.url, host) else None,
    )
    # A request that a page gives up by being left is no failure.
    context.on(
        "requestfailed",
        lambda asked: troubles.append(f"{asked.failure}: {asked.url}") if asked.failure != "net::ERR_ABORTED" else None,
    )


def _leaves(url: str, host: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in ("data", "blob") and parts.netloc != host
