"""One dossier, for who may see it: what was deposited, and what the machine last said of it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from pipeline.text import alphabetical
from store import analyses
from store.dossiers import find as deposited
from store.index import Status
from store.index_tables import index_dossiers
from store.journal import Writing
from store.people import visible
from store.people.room import Reading
from store.people.viewers import Viewer
from store.records import Dossier, DossierFile, StoredAnalysis
from store.schema import dossiers

_WORD = re.compile(r"\w+")
_BEGINNING_OF_ID = re.compile(r"[0-9a-f]{8,64}")  # shorter, it might as well be letters of a name


@dataclass(frozen=True, slots=True)
class Named:
    """A dossier among others: its id, its name and the id of its call."""

    id: str
    name: str
    call: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A dossier with its newest deposit and where its reading is; `analysis` is None until it is analysed.

    `reason` is the code of what made the analysis fail.
    """

    dossier: Dossier
    status: Status
    reason: str | None
    analysis: StoredAnalysis | None


def sees(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> bool:
    """Whether the dossier is in this person's lists."""
    query = select(dossiers.c.id).where(dossiers.c.id == dossier_id, visible.dossiers_of(viewer))
    return reading.connection.execute(query).one_or_none() is not None


def opens(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> bool:
    """Whether this person may open the dossier's pages, text and analysis."""
    query = select(dossiers.c.id).where(dossiers.c.id == dossier_id, visible.content_of(viewer))
    return reading.connection.execute(query).one_or_none() is not None


def call_of(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> str | None:
    """The call of a dossier that the person sees; None for another."""
    return reading.connection.scalar(
        select(dossiers.c.call).where(dossiers.c.id == dossier_id, visible.dossiers_of(viewer))
    )


def sheet(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> Sheet | None:
    """The dossier as the person may open it; None for one that they may not."""
    if not opens(reading, viewer, dossier_id):
        return None
    row = reading.connection.execute(
        select(index_dossiers.c.status, index_dossiers.c.reason, index_dossiers.c.analysis).where(
            index_dossiers.c.dossier_id == dossier_id
        )
    ).one_or_none()
    dossier = deposited(reading.connection, dossier_id, None)
    if row is None:
        return Sheet(dossier, Status.WAITING, None, None)
    made = None if row.analysis is None else analyses.by_id(reading.connection, row.analysis)
    return Sheet(dossier, Status(row.status), row.reason, made)


def analyses_shown(
    reading: Reading | Writing, viewer: Viewer, dossier_ids: Collection[str]
) -> Mapping[str, StoredAnalysis]:
    """The analyses shown of those of some dossiers that the person may open; nothing of one that has none."""
    row = index_dossiers.c
    query = select(row.dossier_id, row.analysis).join(dossiers, dossiers.c.id == row.dossier_id)
    some = query.where(row.dossier_id.in_(dossier_ids), row.analysis.is_not(None), visible.content_of(viewer))
    shown = {found.analysis: found.dossier_id for found in reading.connection.execute(some)}
    return {shown[made.id]: made for made in analyses.by_ids(reading.connection, shown)}


def files(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> tuple[DossierFile, ...]:
    """The files of the newest deposit of a dossier that the person may open; none of another."""
    if not opens(reading, viewer, dossier_id):
        return ()
    return deposited(reading.connection, dossier_id, None).files


def names(reading: Reading | Writing, viewer: Viewer, *dossier_ids: str) -> Mapping[str, str]:
    """The names of dossiers that the person sees, among these."""
    query = select(dossiers.c.id, dossiers.c.name).where(dossiers.c.id.in_(dossier_ids), visible.dossiers_of(viewer))
    return {row.id: row.name for row in reading.connection.execute(query)}


def calls_of(reading: Reading | Writing, viewer: Viewer, *dossier_ids: str) -> Mapping[str, str]:
    """The ids of the calls of dossiers that the person sees, among these."""
    query = select(dossiers.c.id, dossiers.c.call).where(dossiers.c.id.in_(dossier_ids), visible.dossiers_of(viewer))
    return {row.id: row.call for row in reading.connection.execute(query)}


def called(words: str) -> ColumnElement[bool]:
    """On `index_dossiers`: the name holds each of these words or parts of words, accents and capitals apart; or the id
    begins so. Nothing is called by no word."""
    name = index_dossiers.c.sort_name
    parts = [name.contains(word, autoescape=True) for word in _WORD.findall(alphabetical(words)[0])]
    conditions = [and_(*parts)] if parts else []
    beginning = words.strip().lower()
    if _BEGINNING_OF_ID.fullmatch(beginning):
        conditions.append(index_dossiers.c.dossier_id.startswith(beginning))
    return or_(false(), *conditions)


def named(
    reading: Reading | Writing, viewer: Viewer, words: str, *, call: str | None = None, most: int
) -> tuple[int, tuple[Named, ...]]:
    """How many dossiers that the person sees are `called` so, of one call or of all, and the first `most` by name."""
    these = [called(words), visible.dossiers_of(viewer)]
    if call is not None:
        these.append(dossiers.c.call == call)
    there = index_dossiers.join(dossiers, dossiers.c.id == index_dossiers.c.dossier_id)
    count = reading.connection.execute(select(func.count()).select_from(there).where(*these)).scalar_one()
    first = (
        select(dossiers.c.id, dossiers.c.name, dossiers.c.call)
        .select_from(there)
        .where(*these)
        .order_by(index_dossiers.c.sort_name, dossiers.c.id)
        .limit(most)
    )
    return count, tuple(Named(row.id, row.name, row.call) for row in reading.connection.execute(first))


def analyses_made(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> tuple[StoredAnalysis, ...]:
    """All analyses of a dossier that the person may open, oldest first."""
    return analyses.find_all(reading.connection, dossier_id) if opens(reading, viewer, dossier_id) else ()
