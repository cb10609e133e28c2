"""What files of the table hold of each dossier beside its columns: letters, the bearer's SIREN, notes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from store.index_tables import index_bearers, index_dossiers
from store.people import visible
from store.people.decisions import Kind
from store.people.letters import standing
from store.people.room import Reading
from store.people.tables.decisions import decisions
from store.people.tables.letters import letters
from store.people.viewers import Viewer
from store.schema import dossiers


@dataclass(frozen=True, slots=True)
class Beside:
    """Of one dossier: how many letters stand as sent, the day of the last, the last day by which a reply was or is due,
    what the program read as SIREN, and people's notes on the whole dossier, oldest first."""

    letters: int = 0
    sent_on: date | None = None
    expected: date | None = None
    siren: str | None = None
    notes: tuple[str, ...] = ()


def of_call(reading: Reading, viewer: Viewer, call: str) -> Mapping[str, Beside]:
    """By dossier that the viewer may open; nothing of one of which there is nothing to say."""
    sent = (
        select(letters.c.dossier_id, func.count(), func.max(letters.c.sent_on), func.max(letters.c.expected))
        .join(dossiers, dossiers.c.id == letters.c.dossier_id)
        .where(standing(), *_seen(viewer, call))
        .group_by(letters.c.dossier_id)
    )
    newest = and_(
        index_bearers.c.dossier_id == index_dossiers.c.dossier_id, index_bearers.c.deposit == index_dossiers.c.deposit
    )
    read = (
        select(index_bearers.c.dossier_id, index_bearers.c.siren)
        .join(index_dossiers, newest)
        .join(dossiers, dossiers.c.id == index_bearers.c.dossier_id)
        .where(index_bearers.c.siren.is_not(None), *_seen(viewer, call))
    )
    noted = (
        select(decisions.c.dossier_id, decisions.c.note)
        .join(dossiers, dossiers.c.id == decisions.c.dossier_id)
        .where(decisions.c.kind == Kind.NOTE.value, decisions.c.key == "", *_seen(viewer, call))
        .order_by(decisions.c.id)
    )
    found: dict[str, dict[str, Any]] = {}
    for dossier_id, count, sent_on, expected in reading.connection.execute(sent):
        said = {"letters": count, "sent_on": date.fromisoformat(sent_on)}
        found[dossier_id] = said | ({} if expected is None else {"expected": date.fromisoformat(expected)})
    for dossier_id, siren in reading.connection.execute(read):
        found.setdefault(dossier_id, {})["siren"] = siren
    for dossier_id, note in reading.connection.execute(noted):
        held = found.setdefault(dossier_id, {})
        held["notes"] = (*held.get("notes", ()), note)
    return {dossier_id: Beside(**said) for dossier_id, said in found.items()}


def _seen(viewer: Viewer, call: str) -> tuple[ColumnElement[bool], ...]:
    return dossiers.c.call == call, visible.content_of(viewer)
