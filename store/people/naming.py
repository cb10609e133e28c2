"""By what people know a dossier: who bears it, where, the aid asked; as an instructor said it, else as it was read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from store.index_tables import index_dossiers
from store.journal import Writing
from store.people import visible
from store.people.decisions import Kind
from store.people.room import Reading
from store.people.tables.decisions import decisions
from store.people.viewers import Viewer
from store.schema import dossiers

_COLUMNS = {"porteur": "bearer", "commune": "commune", "aide_demandee_eur": "aid_eur"}
"""The facts that name a dossier, and where the index holds them."""


@dataclass(frozen=True, slots=True)
class Told:
    """A fact, and whether a person said it or the machine read it."""

    value: str | float
    by_person: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a dossier, each None where nobody says it; `name` is that of its file or folder."""

    name: str
    bearer: Told | None
    commune: Told | None
    aid_eur: Told | None


def of_dossiers(reading: Reading | Writing, viewer: Viewer, *dossier_ids: str) -> Mapping[str, Known]:
    """By dossier, of those that the viewer sees."""
    query = (
        select(
            dossiers.c.id, dossiers.c.name, index_dossiers.c.bearer, index_dossiers.c.commune, index_dossiers.c.aid_eur
        )
        .outerjoin(index_dossiers, index_dossiers.c.dossier_id == dossiers.c.id)
        .where(dossiers.c.id.in_(dossier_ids), visible.dossiers_of(viewer))
    )
    rows = reading.connection.execute(query).all()
    said = _said(reading, [row.id for row in rows])
    return {
        row.id: Known(row.name, *(_told(said.get((row.id, key)), row._mapping[_COLUMNS[key]]) for key in _COLUMNS))
        for row in rows
    }


def _said(reading: Reading | Writing, ids: list[str]) -> Mapping[tuple[str, str], str | float]:
    """The facts in force that people said of dossiers that the viewer was found to see."""
    about = (decisions.c.dossier_id.in_(ids), decisions.c.kind == Kind.FACT.value, decisions.c.key.in_(_COLUMNS))
    newest = select(func.max(decisions.c.id)).where(*about).group_by(decisions.c.dossier_id, decisions.c.key)
    query = select(decisions.c.dossier_id, decisions.c.key, decisions.c.value).where(
        decisions.c.id.in_(newest), decisions.c.value.is_not(None)
    )
    return {(row.dossier_id, row.key): json.loads(row.value) for row in reading.connection.execute(query)}


def _told(said: str | float | None, read: str | float | None) -> Told | None:
    if said is not None:
        return Told(said, by_person=True)
    return None if read is None or read == "" else Told(read, by_person=False)
