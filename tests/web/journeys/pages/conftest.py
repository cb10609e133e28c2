"""Rooms furnished once for all the tests of a module, which only read them; a window for each of their people."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from store.database import open_store
from store.people import logins
from store.people.room import Room
from tests.databases import USUAL, Bare
from tests.web.chromium import Windows, served, watched
from tests.web.journeys.pages.furnished import Furnished, Words, furnish
from tests.web.journeys.pages.walk import NOBODY
from web.application import build
from web.settings import RoomSettings


@dataclass
class House:
    """A furnished room that is served, and a window for each of its people who asked for one."""

    address: str
    furnished: Furnished
    windows: Windows
    room: Room
    _tabs: dict[str, Tab] = field(default_factory=dict)

    def tab(self, name: str) -> Tab:
        """The window of a person, logged in, or of nobody."""
        if name not in self._tabs:
            tab = self.windows.open(self.address, accept_downloads=True)
            if name != NOBODY:
                person = self.furnished.people[name]
                with self.room.writing(person.viewer.actor) as writing:
                    token = logins.open_login(writing, person)
                tab.context.add_cookies([{"name": "reperes", "value": token, "url": self.address}])
            self._tabs[name] = tab
        return self._tabs[name]

    def place(self, address: str) -> str:
        """An address of `walk.PAGES` in this room."""
        for name, value in self.furnished.places.items():
            address = address.replace(f"{{{name}}}", value)
        return address


Opening = Callable[[Words], House]


@pytest.fixture(scope="module")
def open_house(chromium: Browser, tmp_path_factory: pytest.TempPathFactory, bare: Bare) -> Iterator[Opening]:
    """Furnishes a room with some words and serves it."""
    with ExitStack() as stack:

        def opening(words: Words) -> House:
            home: Path = tmp_path_factory.mktemp("house") / "home"
            database = stack.enter_context(bare.database(USUAL, home))
            store, application = open_store(home, database), build(RoomSettings(home=home, database=database))
            furnished = furnish(application.state.room, store, home / "pdf", words)
            address = stack.enter_context(served(application))
            windows = stack.enter_context(watched(chromium))
            return House(address, furnished, windows, application.state.room)

        yield opening
