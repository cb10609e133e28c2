"""Connections and transactions, the same for SQLite and PostgreSQL.

A write transaction holds the journal's head from its first moment to its last, so writes come one after another: the
chain never forks, a check made in a transaction still holds when it ends, and no two of them can block each other.
A read transaction sees the store as it was at one moment, whatever is written meanwhile.

A connection writes with one hand: the machine's cannot write what people say, that of people cannot write what the
machine says. SQLite refuses it for the connection, PostgreSQL by triggers.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from pipeline.errors import StoreProblem
from store.counting import counted
from store.index_tables import MACHINE_TABLES
from store.people.tables import PEOPLE_TABLES
from store.problems import InvalidDatabaseAddress, told_plainly
from store.schema import journal_head

_BUSY_SECONDS = 60
_FILE_NAME = "reperes.sqlite"


class Hand(StrEnum):
    """Who writes through a connection."""

    MACHINE = "machine"
    PEOPLE = "people"


_NOT_FOR = {Hand.MACHINE: PEOPLE_TABLES, Hand.PEOPLE: MACHINE_TABLES}


def sqlite_engine(home: Path, hand: Hand | None = None) -> Engine:
    """The engine over `home`'s database file, which only its owner may read; made empty where there is none.

    Without a `hand` it may write everything, which is for migrations.

    Raises:
        StoreProblem: the file cannot be made.
    """
    path = home / _FILE_NAME
    # SQLite gives its journal files the rights of the database. A file that is there is never opened here: closing it
    # would let go of the locks of this process's other connections, and another process would take their log away.
    with told_plainly(str(path)), suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    engine = _engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine, "connect", partial(_set_up_sqlite, None if hand is None else _authorizer(_NOT_FOR[hand])))
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def postgresql_engine(address: str, hand: Hand | None = None) -> Engine:
    """The engine over a PostgreSQL database, reached by psycopg 3.

    Without a `hand` it may write everything, which is for migrations.

    Raises:
        InvalidDatabaseAddress: not the address of a PostgreSQL database.
        StoreProblem: psycopg is not installed.
    """
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise InvalidDatabaseAddress("L'adresse de la base de données ne se lit pas.") from error
    if url.drivername not in {"postgresql", "postgresql+psycopg"}:
        raise InvalidDatabaseAddress(f"Cette sorte de base de données n'est pas connue : « {url.drivername} ».")
    try:
        engine = _engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise StoreProblem(
            "Il manque de quoi parler à PostgreSQL.", advice="Lancez « pip install reperes[postgresql] »."
        ) from error
    if hand is not None:
        event.listen(engine, "connect", partial(_set_up_postgresql, hand))
    return engine


def place_of(engine: Engine) -> str:
    """Where the database is, as it may be shown: no password."""
    if engine.dialect.name == "sqlite":
        return engine.url.database or ""
    # As users write it: which driver is used is no concern of theirs.
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=True)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees one moment of the store.

    Raises:
        StoreProblem: the database cannot be read.
    """
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with told_plainly(place_of(engine)), engine.begin() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other write transaction overlaps; it is undone when it raises.

    Raises:
        StoreProblem: the database cannot be written.
    """
    with _turn(engine), told_plainly(place_of(engine)), engine.execution_options(writes=True).begin() as connection:
        connection.execute(select(journal_head.c.sequence).with_for_update()).one()
        yield connection


_turns: WeakKeyDictionary[Engine, Lock] = WeakKeyDictionary()


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    """Lets the threads of this process write one after the other, each as soon as the former has done.

    SQLite has those who wait try again from time to time: some would wait for seconds, overtaken by who comes later.
    After as long as it would wait itself, it is left to say that it is busy.
    """
    turn = _turns[engine]
    taken = turn.acquire(timeout=_BUSY_SECONDS)
    try:
        yield
    finally:
        if taken:
            turn.release()


def _engine(url: URL, **options: Any) -> Engine:
    # Connections are kept open: closing SQLite's last one costs several writes to the disk. As many threads as there
    # are may have one at once, for it is on the database that they wait, not on each other here.
    engine = create_engine(url, hide_parameters=True, max_overflow=-1, **options)
    _turns[engine] = Lock()
    counted(engine)
    return engine


def _forget_connections() -> None:
    """What the parent process has open is not for its child to use or to close; nor do its writers hold the child."""
    for engine in _turns:
        engine.dispose(close=False)
        _turns[engine] = Lock()


os.register_at_fork(after_in_child=_forget_connections)


_Authorizer = Callable[[int, str | None, str | None, str | None, str | None], int]
_WRITES = frozenset({sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE})


def _authorizer(forbidden: frozenset[str]) -> _Authorizer:
    def decide(action: int, table: str | None, *_rest: str | None) -> int:
        return sqlite3.SQLITE_DENY if action in _WRITES and table in forbidden else sqlite3.SQLITE_OK

    return decide


def _set_up_postgresql(hand: Hand, connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("SELECT set_config('reperes.hand', %s, false)", (hand.value,))
    cursor.close()
    connection.commit()


def _set_up_sqlite(authorizer: _Authorizer | None, connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    sqlite = cast(sqlite3.Connection, connection)
    sqlite.set_authorizer(authorizer)
    sqlite.isolation_level = None  # Python's module must not begin transactions by itself: `_begin_sqlite` does
    # 32 MiB of pages kept, where SQLite keeps 2: a list of 10,000 dossiers goes through more, three times slower.
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", "synchronous = FULL", "cache_size = -32768"):
        sqlite.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE takes the write lock at once: taken later, it could find that another had written since.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
