"""Every decision on the dossiers of a call, replaced too: who said what, over what word of the machine, and why."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, exists, func, or_, select

from pipeline.text import alphabetical
from store.canonical import Json
from store.instants import instant
from store.journal import Writing
from store.people import visible
from store.people.decisions import Kind
from store.people.differences import VERDICT, Verdict
from store.people.room import Reading
from store.people.tables.accounts import people
from store.people.tables.audits import sample_dossiers
from store.people.tables.decisions import decisions
from store.people.viewers import Viewer
from store.schema import dossiers


class Sense(StrEnum):
    """What a decision does to the machine's word."""

    AGAINST = "against"  # corrects it, or says something where it was silent
    CORRECTED = "corrected"
    ADDED = "added"
    CONFIRMED = "confirmed"
    TAKEN_BACK = "taken-back"  # the decision that it replaces is no longer in force, nor any other


@dataclass(frozen=True, slots=True)
class Asked:
    """What the decisions are narrowed to: None does not narrow; `in_force` leaves out those that were replaced."""

    person: int | None = None
    kind: Kind | None = None
    sense: Sense | None = None
    in_force: bool = False
    sample: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A decision. `machine` is what the machine said then, None where it was silent; `value` None takes one back.

    `verdict` is None for a decision that takes another back.
    """

    id: int
    dossier_id: str
    dossier: str
    kind: Kind
    key: str
    verdict: Verdict | None
    machine: Json
    analysis: int | None
    value: Json
    note: str
    name: str
    at: datetime
    replaced: bool


def of_call(
    reading: Reading | Writing,
    viewer: Viewer,
    call: str,
    asked: Asked,
    *,
    before: int | None = None,
    limit: int | None = None,
) -> tuple[Change, ...]:
    """The decisions of a call that the viewer may read, the newest first, from below the number `before`."""
    columns = (dossiers.c.name.label("dossier"), people.c.name, VERDICT.label("verdict"), _REPLACED.label("replaced"))
    query = (
        select(decisions, *columns)
        .join(dossiers, dossiers.c.id == decisions.c.dossier_id)
        .join(people, people.c.id == decisions.c.person_id)
        .where(_in_call(viewer, call), *_conditions(asked))
        .order_by(decisions.c.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(decisions.c.id < before)
    return tuple(_change(row) for row in reading.connection.execute(query))


def count(reading: Reading | Writing, viewer: Viewer, call: str, asked: Asked) -> int:
    """How many decisions are left."""
    query = select(func.count()).select_from(decisions).join(dossiers, dossiers.c.id == decisions.c.dossier_id)
    seen = dossiers.c.call == call, visible.content_of(viewer)
    return reading.connection.execute(query.where(*seen, *_conditions(asked))).scalar_one()


def deciders(reading: Reading | Writing, viewer: Viewer, call: str) -> Mapping[int, str]:
    """Who has decided anything in a call, by name."""
    decided = (
        select(decisions.c.person_id)
        .join(dossiers, dossiers.c.id == decisions.c.dossier_id)
        .where(dossiers.c.call == call, visible.content_of(viewer))
    )
    query = select(people.c.id, people.c.name).where(people.c.id.in_(decided))
    found = reading.connection.execute(query)
    return {row.id: row.name for row in sorted(found, key=lambda row: alphabetical(row.name))}


_LATER = decisions.alias("later_decision")
_REPLACED = exists().where(
    _LATER.c.dossier_id == decisions.c.dossier_id,
    _LATER.c.kind == decisions.c.kind,
    _LATER.c.key == decisions.c.key,
    _LATER.c.id > decisions.c.id,
)
_GIVEN = decisions.c.value.is_not(None) & (decisions.c.value != "null")
_SENSES: Mapping[Sense, ColumnElement[bool]] = {
    Sense.AGAINST: _GIVEN & VERDICT.in_((Verdict.CORRECTED.value, Verdict.ADDED.value)),
    Sense.CORRECTED: _GIVEN & (Verdict.CORRECTED.value == VERDICT),
    Sense.ADDED: _GIVEN & (Verdict.ADDED.value == VERDICT),
    Sense.CONFIRMED: _GIVEN & (Verdict.CONFIRMED.value == VERDICT),
    Sense.TAKEN_BACK: or_(decisions.c.value.is_(None), decisions.c.value == "null"),
}


def _in_call(viewer: Viewer, call: str) -> ColumnElement[bool]:
    """On `decisions`: of a call, and open to the viewer; asked of each in turn, so that some are found without all."""
    opened = select(dossiers.c.id).where(
        dossiers.c.id == decisions.c.dossier_id, dossiers.c.call == call, visible.content_of(viewer)
    )
    return opened.correlate(decisions).exists()


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    conditions = [decisions.c.kind != Kind.NOTE.value]
    if asked.person is not None:
        conditions.append(decisions.c.person_id == asked.person)
    if asked.kind is not None:
        conditions.append(decisions.c.kind == asked.kind.value)
    if asked.sense is not None:
        conditions.append(_SENSES[asked.sense])
    if asked.in_force:
        conditions.append(~_REPLACED)
    if asked.sample is not None:
        drawn = (sample_dossiers.c.sample_id == asked.sample, sample_dossiers.c.dossier_id == decisions.c.dossier_id)
        conditions.append(exists().where(*drawn))
    return conditions


def _change(row: Row[Any]) -> Change:
    value = None if row.value is None else json.loads(row.value)
    return Change(
        id=row.id,
        dossier_id=row.dossier_id,
        dossier=row.dossier,
        kind=Kind(row.kind),
        key=row.key,
        verdict=None if value is None else Verdict(row.verdict),
        machine=None if row.machine is None else json.loads(row.machine),
        analysis=row.analysis,
        value=value,
        note=row.note,
        name=row.name,
        at=instant(row.at),
        replaced=bool(row.replaced),
    )
