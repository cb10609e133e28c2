import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection

from pipeline.errors import StoreProblem
from store import intake_tables  # noqa: F401 (makes its tables known)
from store.database import Store, open_store
from store.engine import sqlite_engine
from store.migrations import upgrade
from store.people import tables as people_tables  # noqa: F401 (makes their tables known)
from store.problems import (
    InvalidDatabaseAddress,
    StoreBusy,
    StoreDamaged,
    StoreFull,
    StoreNotWritable,
    StoreTooNew,
    StoreUnreachable,
)
from store.schema import metadata
from tests.store.work import deposit


def test_migrations_make_the_very_tables_that_queries_use(engine: Engine) -> None:
    with engine.begin() as connection:
        options = {"include_name": _is_ours}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Each database keeps words in its own way, in tables that queries do not name."""
    return kind != "table" or not str(name).startswith("index_words")


def test_opening_again_changes_nothing(store: Store, home: Path, database: str | None, engine: Engine) -> None:
    dossier = deposit(store)
    upgrade(engine)
    assert open_store(home, database).dossier(dossier.id) == dossier


def test_a_newer_schema_is_refused_and_left_alone(
    store: Store, home: Path, database: str | None, engine: Engine
) -> None:
    deposit(store)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreTooNew, match="plus récente") as told:
        open_store(home, database)
    assert "Mettez le programme à jour" in told.value.advice
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
        assert connection.scalar(text("SELECT count(*) FROM journal")) == 1


def test_several_processes_make_one_store(home: Path, database: str | None) -> None:
    code = "import pathlib, sys, store.database as d; d.open_store(pathlib.Path(sys.argv[1]), sys.argv[2] or None)"
    command = [sys.executable, "-W", "error", "-c", code, str(home), database or ""]
    processes = [subprocess.Popen(command) for _ in range(4)]
    assert [process.wait(240) for process in processes] == [0, 0, 0, 0]
    assert open_store(home, database).verify().sound


def test_only_the_owner_reads_the_database(home: Path) -> None:
    deposit(open_store(home))
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    for path in home.glob("reperes.sqlite*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_sqlite_is_set_up_for_many_writers(home: Path) -> None:
    open_store(home)
    with sqlite_engine(home).begin() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 60_000


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreNotWritable, match="file") as told:
        open_store(tmp_path / "file" / "home")
    assert "REPERES_HOME" in told.value.advice


def test_a_file_that_is_no_database_is_told(home: Path) -> None:
    home.mkdir()
    (home / "reperes.sqlite").write_bytes(b"not a database, not at all" * 100)
    with pytest.raises(StoreDamaged, match="endommagée"):
        open_store(home)


@pytest.fixture
def on_connect() -> Iterator[list[str]]:
    """Statements to run on each new connection of any engine."""
    statements: list[str] = []

    def run(connection: DBAPIConnection, _entry: object) -> None:
        for statement in statements:
            connection.cursor().execute(statement)

    event.listen(Engine, "connect", run)
    yield statements
    event.remove(Engine, "connect", run)


def test_a_full_disk_is_told_and_nothing_is_half_written(home: Path, on_connect: list[str]) -> None:
    open_store(home)
    on_connect.append("PRAGMA max_page_count = 1")  # SQLite then has no room to grow
    store = open_store(home)
    with pytest.raises(StoreFull, match="plus de place"):
        _deposit_many(store)
    assert store.verify().sound
    assert len(store.dossiers()) == store.head().sequence


def _deposit_many(store: Store) -> None:
    for number in range(1000):
        deposit(store, f"dossier-{number}")


def test_a_database_held_by_another_is_told(home: Path, on_connect: list[str]) -> None:
    open_store(home)
    on_connect.append("PRAGMA busy_timeout = 50")
    store = open_store(home)
    with sqlite_engine(home).execution_options(writes=True).begin():
        with pytest.raises(StoreBusy, match="occupée"):
            deposit(store)
        assert store.dossiers() == ()  # reading goes on
    assert deposit(store).deposit == 1


def test_a_read_only_database_is_told(home: Path, on_connect: list[str]) -> None:
    open_store(home)
    on_connect.append("PRAGMA query_only = ON")
    store = open_store(home)
    with pytest.raises(StoreNotWritable):
        deposit(store)


@pytest.mark.parametrize("address", ["mysql://u@h/b", "sqlite:///x.db", "postgresql+psycopg2://u@h/b", "no address"])
def test_other_addresses_are_refused(home: Path, address: str) -> None:
    with pytest.raises(InvalidDatabaseAddress) as told:
        open_store(home, address)
    assert told.value.exit_code == 2


def test_a_server_that_does_not_answer_is_told_without_its_password(home: Path) -> None:
    with pytest.raises(StoreUnreachable) as told:
        open_store(home, "postgresql://user:secret@127.0.0.1:1/base")
    assert "127.0.0.1" in told.value.message
    assert "secret" not in told.value.message


def test_every_problem_of_the_store_is_of_one_family() -> None:
    for kind in (InvalidDatabaseAddress, StoreBusy, StoreDamaged, StoreFull, StoreNotWritable, StoreTooNew):
        assert issubclass(kind, StoreProblem)
        assert kind.advice
