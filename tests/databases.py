"""The databases that tests are given.

SQLite's is a file of their home. PostgreSQL's are made where REPERES_TEST_POSTGRESQL is the address of a database, by a
superuser's account: none else can take guards away. Tables are made once, then copied.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copytree
from typing import Any, Protocol
from uuid import uuid4

from sqlalchemy import Connection, Engine, create_engine, inspect, make_url, text
from sqlalchemy.pool import NullPool

from store.database import open_store
from store.engine import postgresql_engine, sqlite_engine

POSTGRESQL = os.environ.get("REPERES_TEST_POSTGRESQL", "")
KINDS = ("sqlite", "postgresql") if POSTGRESQL else ("sqlite",)
USUAL = KINDS[-1]
"""What tests of one database are given."""

Picture = Mapping[str, list[tuple[Any, ...]]]
"""Every row of every table."""


def engine_of(home: Path, database: str | None) -> Engine:
    """Straight to the tables, as someone with the database's password would go."""
    return sqlite_engine(home) if database is None else postgresql_engine(database)


# Making


@contextmanager
def empty_database(kind: str, template: str = "template1") -> Iterator[str | None]:
    """What to give to `open_store` for a new database of one of `KINDS`: an address of PostgreSQL, or nothing."""
    if kind == "sqlite":
        yield None
        return
    name = f"test_{uuid4().hex}"
    _order(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield make_url(POSTGRESQL).set(database=name).render_as_string(hide_password=False)
    _order(f"DROP DATABASE {name} WITH (FORCE)")


class Bare:
    """A store with nothing in it, to be copied: the migrations that make its tables take far longer than a copy."""

    def __init__(self, home: Path, template: str) -> None:
        self._home = home
        self._template = template

    @contextmanager
    def database(self, kind: str, home: Path) -> Iterator[str | None]:
        """A copy in `home`, which is not there yet, and what to give to `open_store` with it."""
        if kind == "sqlite":
            copytree(self._home, home)
        with empty_database(kind, self._template) as address:
            yield address


@contextmanager
def bare_store(folder: Path) -> Iterator[Bare]:
    """Makes what is copied, of each of `KINDS`."""
    open_store(folder / "home")
    with empty_database(USUAL) as address:
        if address is not None:
            open_store(folder / "elsewhere", address)
        yield Bare(folder / "home", make_url(address).database or "" if address else "")


def _order(statement: str) -> None:
    """Nothing else is done in the connection, for PostgreSQL makes no database in a transaction."""
    engine = create_engine(postgresql_engine(POSTGRESQL).url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(statement))


# Tampering


class Tamper(Protocol):
    """Runs a statement with every guard taken away."""

    def __call__(self, statement: str, **values: str | int | bytes) -> None: ...


def tampering(engine: Engine) -> Tamper:
    """Tampers with what `engine` reaches."""
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


# Keeping


class Kept(Protocol):
    """What a database held when it was kept."""

    def picture(self) -> Picture:
        """What the database holds now."""

    def put_back(self) -> None:
        """Gives the database back what it held then."""

    def close(self) -> None:
        """When all is done."""


def keep(home: Path, database: str | None) -> Kept:
    """Keeps what the database holds now."""
    return _KeptFile(home / "reperes.sqlite") if database is None else _KeptTables(database)


class _KeptFile:
    def __init__(self, file: Path) -> None:
        self._file = file
        self._kept = sqlite3.connect(":memory:", check_same_thread=False)
        with closing(sqlite3.connect(file)) as connection:
            connection.backup(self._kept)

    def picture(self) -> Picture:
        with closing(sqlite3.connect(self._file)) as connection:
            tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {table: connection.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables}  # noqa: S608 (own names)

    def put_back(self) -> None:
        with closing(sqlite3.connect(self._file)) as connection:
            self._kept.backup(connection)

    def close(self) -> None:
        self._kept.close()


class _KeptTables:
    """In a schema of the database itself. Sequences go on from where they are: a number is not given twice."""

    def __init__(self, address: str) -> None:
        self._engine = postgresql_engine(address)
        with self._engine.begin() as connection:
            self._tables = inspect(connection).get_table_names()
            connection.execute(text("CREATE SCHEMA kept"))
            for table in self._tables:
                connection.execute(text(f"CREATE TABLE kept.{table} AS TABLE {table}"))

    def picture(self) -> Picture:
        with self._engine.begin() as connection:
            rows = {table: connection.execute(text(f"TABLE {table}")).all() for table in self._tables}
        return {table: sorted((tuple(row) for row in found), key=repr) for table, found in rows.items()}

    def put_back(self) -> None:
        steps = [f"DELETE FROM {table}; INSERT INTO {table} TABLE kept.{table};" for table in self._tables]  # noqa: S608 (own names)
        with self._engine.begin() as connection:
            _unguard(connection)
            connection.exec_driver_sql("".join(steps))
        # The connection forgets that guards were taken away.
        self._engine.dispose()

    def close(self) -> None:
        self._engine.dispose()
