"""The room: the database as people reach it, one transaction at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from weakref import finalize

from sqlalchemy import Connection, Engine

from store.engine import Hand, place_of, reading, writing
from store.files import FileStore
from store.journal import Writing
from store.opening import open_engine


@dataclass(frozen=True, slots=True)
class Reading:
    """A read transaction under way: it sees one moment of the store."""

    connection: Connection


class Room:
    """Safe for many threads; a process opens its own. `files` are those of the store, by digest."""

    def __init__(self, engine: Engine, files: FileStore) -> None:
        self._engine = engine
        self.files = files
        finalize(self, engine.dispose)

    @property
    def place(self) -> str:
        """Where the database is, as it may be shown."""
        return place_of(self._engine)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A transaction to read in.

        Raises:
            StoreProblem: the database cannot be read.
        """
        with reading(self._engine) as connection:
            yield Reading(connection)

    @contextmanager
    def writing(self, actor: str) -> Iterator[Writing]:
        """A transaction to write in, which no other write overlaps; undone when it raises. It may be read from too.

        `actor` is who the journal says did it: `store.people.viewers.Viewer.actor`.

        Raises:
            StoreProblem: the database cannot be written.
        """
        with writing(self._engine) as connection:
            yield Writing(connection, actor)


def open_room(home: Path, database: str | None = None) -> Room:
    """The room over the store of `home`, as `store.database.open_store` opens it.

    Raises:
        StoreProblem: it cannot be used.
    """
    return Room(open_engine(home, database, Hand.PEOPLE), FileStore(home / "files"))
