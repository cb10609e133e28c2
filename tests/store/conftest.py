"""A store on each database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database import Store, open_store
from store.people.room import Room, open_room
from tests.databases import KINDS, Bare, empty_database


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, home: Path, bare: Bare) -> Iterator[str | None]:
    """With the tables of a store for those who ask for one; else empty."""
    made = bare.database(request.param, home) if "store" in request.fixturenames else empty_database(request.param)
    with made as address:
        yield address


@pytest.fixture
def store(home: Path, database: str | None) -> Store:
    return open_store(home, database)


@pytest.fixture
def room(store: Store, home: Path, database: str | None) -> Room:
    """What people write in `store`."""
    return open_room(home, database)
