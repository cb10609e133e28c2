"""The review room as the tests of the worker use it: files dropped by a person, a store to look at."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from store import intakes
from store.intakes import Grouping, Intake, IntakeItem
from store.people.room import Room
from tests.flows.dossiers import write_dossier

CALL = "aquitaine-2014"


def pdf(folder: Path, name: str) -> bytes:
    """The bytes of a one-page dossier."""
    path = folder / "made" / f"{name}.pdf"
    write_dossier(path, name)
    return path.read_bytes()


def archive(files: Mapping[str, bytes]) -> bytes:
    """The bytes of a .zip."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return held.getvalue()


def drop(
    room: Room,
    files: Mapping[str, bytes],
    grouping: Grouping = Grouping.SEPARATE,
    call: str = CALL,
    target: str | None = None,
) -> Intake:
    """An intake of these files, handed to the machine; with a `target`, all of them are for that dossier."""
    grouping = grouping if target is None else Grouping.TOGETHER
    with room.writing("person:1") as writing:
        intake = intakes.open_intake(writing, call, "Lot de mars", grouping, target)
        for path, content in files.items():
            intakes.add_file(writing, intake.id, path, *room.files.put(content))
        return intakes.make_ready(writing, intake.id)


def told(room: Room, intake: Intake) -> list[tuple[str, str, str | None]]:
    """What became of everything in an intake: path, result, reason."""
    return [(item.path, item.result.value, item.reason) for item in items(room, intake)]


def items(room: Room, intake: Intake) -> tuple[IntakeItem, ...]:
    with room.reading() as reading:
        return intakes.items(reading.connection, intake.id)


def state(room: Room, intake: Intake) -> tuple[str, str | None]:
    with room.reading() as reading:
        found = intakes.find(reading.connection, intake.id)
    return found.state.value, found.reason
