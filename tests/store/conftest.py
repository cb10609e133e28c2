"""A store on each database. PostgreSQL is tried where REPERES_TEST_POSTGRESQL names a database to make schemas in."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree
from typing import Protocol
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.pool import NullPool

from store.database import Store, open_store
from store.engine import postgresql_engine, sqlite_engine
from store.people.room import Room, open_room


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


POSTGRESQL = os.environ.get("REPERES_TEST_POSTGRESQL", "")
KINDS = ("sqlite", "postgresql") if POSTGRESQL else ("sqlite",)


@contextmanager
def empty_database(kind: str) -> Iterator[str | None]:
    """What to give to `open_store` for an empty database of one of `KINDS`: an address of PostgreSQL, or nothing."""
    if kind == "sqlite":
        yield None
        return
    address = POSTGRESQL
    schema = f"test_{uuid4().hex}"
    engine = postgresql_engine(address)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield f"{address}{'&' if '?' in address else '?'}options=-csearch_path%3D{schema}"
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest) -> Iterator[str | None]:
    with empty_database(request.param) as address:
        yield address


@pytest.fixture
def store(home: Path, database: str | None, bare_home: Path) -> Store:
    if database is None:
        copytree(bare_home, home)
    return open_store(home, database)


@pytest.fixture
def room(store: Store, home: Path, database: str | None) -> Room:
    """What people write in `store`."""
    return open_room(home, database)


@pytest.fixture
def engine(store: Store, home: Path, database: str | None) -> Iterator[Engine]:
    """Straight to the tables of `store`, as someone with the database's password would."""
    engine = sqlite_engine(home) if database is None else postgresql_engine(database)
    yield engine
    engine.dispose()


class Tamper(Protocol):
    """Runs a statement with every guard taken away."""

    def __call__(self, statement: str, **values: str | int | bytes) -> None: ...


@pytest.fixture
def tamper(engine: Engine) -> Tamper:
    bare = create_engine(engine.url, poolclass=NullPool)  # SQLite checks no foreign key unless it is told to

    def run(statement: str, **values: str | int | bytes) -> None:
        with bare.begin() as connection:
            _unguard(connection)
            connection.execute(text(statement), values)

    return run


def _unguard(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET session_replication_role = replica"))  # neither triggers nor foreign keys
        return
    for name in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
        connection.execute(text(f"DROP TRIGGER {name}"))
