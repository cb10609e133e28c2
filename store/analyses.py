"""Analyses: added, never changed. A new version of the program makes new ones beside the old."""

from collections.abc import Collection

from sqlalchemy import Connection, Row, insert, select

from store.canonical import digest
from store.instants import instant, now
from store.journal import Writing, about_dossier
from store.problems import ConflictingAnalysis
from store.records import Action, StoredAnalysis
from store.schema import analyses


def append(writing: Writing, dossier_id: str, key: str, document: str, content: bytes) -> StoredAnalysis:
    """Adds the analysis, or gives the one of this key if it is the same.

    Raises:
        ConflictingAnalysis: the one of this key has other bytes.
    """
    sealed = digest(content)
    known = find(writing.connection, dossier_id, key)
    if known is not None and known.digest != sealed:
        raise ConflictingAnalysis(f"Deux analyses différentes pour une même version (analyse n° {known.id}).")
    if known is None:
        row = {"dossier_id": dossier_id, "key": key, "document": document, "content": content, "digest": sealed}
        added = insert(analyses).values(created_at=now(), **row).returning(analyses)
        known = _analysis(writing.connection.execute(added).one())
        told = {"key": key, "document": document, "analysis": sealed}
        writing.tell(Action.DOSSIER_ANALYSED, about_dossier(dossier_id), told)
    return known


def find(connection: Connection, dossier_id: str, key: str) -> StoredAnalysis | None:
    query = select(analyses).where(analyses.c.dossier_id == dossier_id, analyses.c.key == key)
    row = connection.execute(query).one_or_none()
    return None if row is None else _analysis(row)


def by_id(connection: Connection, analysis_id: int) -> StoredAnalysis:
    """The analysis of this number, which must be there."""
    return _analysis(connection.execute(select(analyses).where(analyses.c.id == analysis_id)).one())


def by_ids(connection: Connection, analysis_ids: Collection[int]) -> tuple[StoredAnalysis, ...]:
    """The analyses of these numbers, in no order."""
    return tuple(_analysis(row) for row in connection.execute(select(analyses).where(analyses.c.id.in_(analysis_ids))))


def find_all(connection: Connection, dossier_id: str) -> tuple[StoredAnalysis, ...]:
    """All of a dossier's, oldest first."""
    query = select(analyses).where(analyses.c.dossier_id == dossier_id).order_by(analyses.c.id)
    return tuple(_analysis(row) for row in connection.execute(query))


def _analysis(row: Row[tuple[object, ...]]) -> StoredAnalysis:
    return StoredAnalysis(
        id=row.id,
        dossier_id=row.dossier_id,
        key=row.key,
        document=row.document,
        content=row.content,
        digest=row.digest,
        created_at=instant(row.created_at),
    )
