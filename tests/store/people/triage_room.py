"""A room with one call, its people, and dossiers that only the index knows."""

from collections.abc import Sequence
from dataclasses import dataclass

from store.database import Store
from store.people import accounts, calls
from store.people.room import Room
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


def peopled(room: Room, store: Store, count: int, *, texts: bool = False) -> Peopled:
    """Fills it; the machine puts `count` dossiers there."""
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
    with store.writing() as writing:
        ids = fill(writing, CALL, count, texts=texts)
    return Peopled(room, made[0], made[1], made[2], made[3], made[4], ids)
