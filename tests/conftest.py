"""What tests of several packages begin with."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from store.database import Store
from tests.databases import Bare, Tamper, bare_store, engine_of, tampering


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bare]:
    """What each store is copied from."""
    with bare_store(tmp_path_factory.mktemp("bare")) as made:
        yield made


@pytest.fixture
def engine(store: Store, home: Path, database: str | None) -> Iterator[Engine]:
    """Straight to the tables of `store`."""
    engine = engine_of(home, database)
    yield engine
    engine.dispose()


@pytest.fixture
def tamper(engine: Engine) -> Tamper:
    """Writes in `store` what nobody may."""
    return tampering(engine)
