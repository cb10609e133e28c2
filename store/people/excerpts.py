"""What the table's search is shown in: the documents of some dossiers of a call."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from store.index_tables import index_dossiers
from store.people.narrowing import OUTLINE, seen
from store.people.room import Reading
from store.people.viewers import Viewer

MOST = 10  # dossiers: their texts are read at once


def documents(reading: Reading, viewer: Viewer, call: str, wanted: Sequence[str]) -> Mapping[str, str]:
    """Digests of the documents of the first `MOST` dossiers of `wanted`, those alone that are read and seen."""
    known = index_dossiers.c
    query = (
        select(known.dossier_id, known.document)
        .select_from(OUTLINE)
        .where(seen(viewer, call), known.dossier_id.in_(wanted[:MOST]), known.document.is_not(None))
    )
    return {row.dossier_id: row.document for row in reading.connection.execute(query)}
