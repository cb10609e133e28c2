"""A room with one call, its people, and dossiers that only the index knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Connection

from store.database import open_store
from store.engine import sqlite_engine
from store.people import accounts, calls
from store.people.room import Reading, Room, open_room
from store.people.viewers import Role, Viewer
from tests.store.people.filling import fill

CALL = "alpc-2016"


@dataclass(frozen=True)
class Peopled:
    """The room, who is in it, and the ids of its dossiers, by name."""

    room: Room
    instructor: Viewer
    other: Viewer
    auditor: Viewer
    juror: Viewer
    second: Viewer
    ids: Sequence[str]


def peopled(home: Path, count: int, *, texts: bool = False) -> Peopled:
    """Makes it; `count` dossiers."""
    open_store(home)
    room = open_room(home)
    with room.writing("machine") as writing:
        made = [
            accounts.add(writing, login, name, role, None).viewer
            for login, name, role in (
                ("ines", "Inès Truc", Role.INSTRUCTOR),
                ("omar", "Omar Bidule", Role.INSTRUCTOR),
                ("aude", "Aude Machin", Role.AUDITOR),
                ("jean", "Jean Chose", Role.JUROR),
                ("zoe", "Zoé Chose", Role.JUROR),
            )
        ]
        calls.open_call(writing, CALL, None)
        for juror in made[3:]:
            calls.seat(writing, CALL, juror.id, chair=False)
    engine = sqlite_engine(home)
    with engine.begin() as connection:
        ids = fill(connection, CALL, count, texts=texts)
    engine.dispose()
    return Peopled(room, made[0], made[1], made[2], made[3], made[4], ids)


class Counter:
    """How many statements a transaction sends."""

    def __init__(self, reading: Reading) -> None:
        self._connection: Connection = reading.connection
        self.statements = 0

    def __enter__(self) -> "Counter":
        event.listen(self._connection, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_error: object) -> None:
        event.remove(self._connection, "before_cursor_execute", self._note)

    def _note(self, *_told: object) -> None:
        self.statements += 1
