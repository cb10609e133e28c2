"""A room on a store of its own, one account per role, a browser without JavaScript for each of them."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx2 import Response
from playwright.sync_api import Browser as Chromium
from starlette.testclient import TestClient

from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from store.database import Store, open_store
from store.people import accounts, calls, logins
from store.people.accounts import Person
from store.people.passwords import sealed
from store.people.room import Room
from store.people.viewers import Role
from tests.databases import USUAL, Bare
from tests.web.chromium import Windows, launched, watched
from web.application import build
from web.settings import RoomSettings

PASSWORD = "cheval correct pile agrafe"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def database(home: Path, bare: Bare) -> Iterator[str | None]:
    with bare.database(USUAL, home) as address:
        yield address


@pytest.fixture
def store(home: Path, database: str | None) -> Store:
    """The machine's door."""
    return open_store(home, database)


@pytest.fixture
def settings(home: Path, database: str | None) -> RoomSettings:
    return RoomSettings(home=home, database=database)


@pytest.fixture
def application(settings: RoomSettings) -> FastAPI:
    return build(settings)


@pytest.fixture
def room(application: FastAPI) -> Room:
    room: Room = application.state.room
    return room


@pytest.fixture
def call() -> Call:
    return load_call("alpc-2016")


@pytest.fixture(scope="package", autouse=True)  # tests of other packages hash as people do
def _one_hash() -> Iterator[None]:
    """Hashing is slow on purpose; the tests hash their one password once."""
    kept = sealed(PASSWORD)
    patch = pytest.MonkeyPatch()
    patch.setattr(accounts, "sealed", lambda password: kept if password == PASSWORD else sealed(password))
    yield
    patch.undo()


@pytest.fixture
def people(room: Room, call: Call) -> dict[str, Person]:
    """Accounts `administrator`, `instructor`, `juror`, `chair` (a juror who chairs), `auditor`; the call is open."""
    with room.writing("machine") as writing:
        made = {
            name: accounts.add(writing, name, f"{name.capitalize()} d'Essai", role, PASSWORD)
            for name, role in (
                ("administrator", Role.ADMINISTRATOR),
                ("instructor", Role.INSTRUCTOR),
                ("juror", Role.JUROR),
                ("chair", Role.JUROR),
                ("auditor", Role.AUDITOR),
            )
        }
        calls.open_call(writing, call.id, date(2016, 9, 5))
        calls.seat(writing, call.id, made["juror"].id, chair=False)
        calls.seat(writing, call.id, made["chair"].id, chair=True)
    return made


class Browser(TestClient):
    """A person's browser; what it sends carries the token of the session, as the room's scripts do."""

    csrf = ""

    def request(self, method: str, url: Any, **more: Any) -> Response:
        if method != "GET" and self.csrf and more.get("headers") is None:
            more["headers"] = {"x-csrf-token": self.csrf}
        return super().request(method, url, **more)


Browse = Callable[[Person | None], Browser]


def asked(browser: Browser, address: str) -> int:
    """How many statements a page takes, as its header tells."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    told = re.fullmatch(r'app;dur=\d+\.\d, store;desc="(\d+)"', answer.headers["server-timing"])
    assert told is not None
    return int(told[1])


@pytest.fixture
def client(application: FastAPI, room: Room) -> Browse:
    """Makes the browser of a person, or of nobody."""

    def browse(person: Person | None) -> Browser:
        browser = Browser(application, follow_redirects=False, base_url="http://room.test")
        if person is not None:
            with room.writing(person.viewer.actor) as writing:
                token = logins.open_login(writing, person)
            with room.reading() as reading:
                login = logins.find(reading, token)
            assert login is not None
            browser.csrf = login.csrf
            browser.cookies.set("reperes", token)
        return browser

    return browse


def known(room: Room, login: str) -> Person:
    """The account of this login."""
    with room.reading() as reading:
        person = accounts.find(reading, login)
    assert person is not None
    return person


@pytest.fixture(scope="package")
def chromium() -> Iterator[Chromium]:
    """One for all tests of this folder, and for them alone: the thread that drives it can run no loop of its own."""
    with launched() as found:
        yield found


@pytest.fixture
def windows(chromium: Chromium) -> Iterator[Windows]:
    """Windows of a browser; the test fails where something went wrong in one of them."""
    with watched(chromium) as found:
        yield found
