"""Files that several dossiers of a call hold as they are now; those that are empty are nothing in common."""

from dataclasses import dataclass

from sqlalchemy import and_, select

from store.index_tables import index_dossiers
from store.people import visible
from store.people.room import Reading
from store.people.viewers import Viewer
from store.schema import deposit_files, dossiers


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file of a dossier, and the other dossiers that hold the same, by name: pairs of an id and a name."""

    name: str
    dossiers: tuple[tuple[str, str], ...]


def of_dossier(reading: Reading, viewer: Viewer, dossier_id: str) -> tuple[SharedFile, ...]:
    """In the order of the dossier's files; only dossiers that the viewer sees, and files that one of them holds."""
    mine, there = deposit_files.alias("mine"), index_dossiers.alias("there")
    here = index_dossiers.alias("here")
    theirs = deposit_files
    query = (
        select(mine.c.position, mine.c.name, dossiers.c.id, dossiers.c.name.label("dossier"))
        .select_from(here)
        .join(mine, and_(mine.c.dossier_id == here.c.dossier_id, mine.c.deposit == here.c.deposit))
        .join(theirs, and_(theirs.c.sha256 == mine.c.sha256, theirs.c.dossier_id != mine.c.dossier_id))
        .join(there, and_(there.c.dossier_id == theirs.c.dossier_id, there.c.deposit == theirs.c.deposit))
        .join(dossiers, dossiers.c.id == there.c.dossier_id)
        .where(here.c.dossier_id == dossier_id, mine.c.size > 0)
        .where(there.c.call == here.c.call, there.c.batch == here.c.batch, visible.dossiers_of(viewer))
        .order_by(mine.c.position, there.c.sort_name, dossiers.c.id)
        .distinct()
    )
    held: dict[tuple[int, str], list[tuple[str, str]]] = {}
    for row in reading.connection.execute(query.add_columns(there.c.sort_name)):
        held.setdefault((row.position, row.name), []).append((row.id, row.dossier))
    return tuple(SharedFile(name, tuple(dict.fromkeys(others))) for (_, name), others in held.items())
