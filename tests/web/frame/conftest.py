from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.web.chromium import Windows, served
from tests.web.frame.pages import Site


@pytest.fixture
def site() -> Site:
    """What answers the browser."""
    return Site()


@pytest.fixture
def page(windows: Windows, site: Site) -> Iterator[Page]:
    """A page of the site."""
    with served(site.application()) as address:
        yield windows.open(address, width=1100, height=800)
        windows.close()
