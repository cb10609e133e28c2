import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.web.frame.pages import Site, serving


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def site() -> Site:
    """What answers the browser."""
    return Site()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A page of the site; scripts may tell no error of their own."""
    with serving(site) as address:
        context = browser.new_context(viewport={"width": 1100, "height": 800}, locale="fr-FR", base_url=address)
        opened = context.new_page()
        troubles: list[str] = []
        opened.on("pageerror", lambda error: troubles.append(str(error)))
        opened.on("console", lambda told: troubles.append(told.text) if "Security Policy" in told.text else None)
        yield opened
        context.close()
    assert troubles == []
