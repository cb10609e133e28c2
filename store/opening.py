"""Opening a database for one hand, its schema brought up to date first."""

from pathlib import Path

from sqlalchemy import Engine

from store.engine import Hand, postgresql_engine, sqlite_engine
from store.files import make_private_folder
from store.migrations import upgrade
from store.problems import told_plainly


def open_engine(home: Path, database: str | None, hand: Hand) -> Engine:
    """The engine over the database that `database` names, else over the SQLite file of `home`.

    Raises:
        StoreProblem: the folder or the database cannot be used, or a newer program made it.
    """
    with told_plainly(str(home)):
        make_private_folder(home)
    whole = _engine(home, database, None)
    try:
        upgrade(whole)
    finally:
        whole.dispose()
    return _engine(home, database, hand)


def _engine(home: Path, database: str | None, hand: Hand | None) -> Engine:
    return sqlite_engine(home, hand) if database is None else postgresql_engine(database, hand)
