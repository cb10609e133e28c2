"""Where people said otherwise than the machine: counts by kind, and the dossiers behind each count.

Only the decisions in force count: the last on each thing, those taken back left out.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, select

from store.journal import Writing
from store.people import visible
from store.people.decisions import Kind
from store.people.room import Reading
from store.people.tables.decisions import decisions
from store.people.viewers import Viewer
from store.schema import dossiers


class Verdict(StrEnum):
    """What a person's word is to the machine's."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    ADDED = "added"  # where the machine had said nothing


@dataclass(frozen=True, slots=True)
class Difference:
    """How many decisions of a kind say what to what the machine said.

    For fields and types `machine` and `person` are JSON, as kept; for facts, whose values are free, they are None and
    `key` is the fact; for findings `key` is the code and `person` the settlement.
    """

    kind: Kind
    key: str
    verdict: Verdict
    machine: str | None
    person: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Behind:
    """A dossier behind a count; `key` is of the field, the fact or the finding."""

    dossier_id: str
    name: str
    key: str
    machine: str | None
    person: str | None


_VERDICT = case(
    (decisions.c.machine.is_(None) | (decisions.c.machine == "null"), Verdict.ADDED.value),
    (decisions.c.machine == decisions.c.value, Verdict.CONFIRMED.value),
    else_=Verdict.CORRECTED.value,
)


def of_call(reading: Reading | Writing, viewer: Viewer, call: str) -> tuple[Difference, ...]:
    """The counts of a call, over the dossiers that the viewer may open; by kind, verdict, and what was said."""
    free = decisions.c.kind == Kind.FACT.value
    # Of fields and types what counts is from what to what; of facts and findings, which one.
    keyed = decisions.c.kind.in_((Kind.FACT.value, Kind.FINDING.value))
    key = case((keyed, decisions.c.key), else_="").label("key")
    machine = case((free, None), else_=decisions.c.machine).label("machine")
    person = case((free, None), else_=decisions.c.value).label("person")
    query = (
        _in_force(
            viewer, call, decisions.c.kind, key, _VERDICT.label("verdict"), machine, person, func.count().label("found")
        )
        .group_by(decisions.c.kind, key, _VERDICT, machine, person)
        .order_by(decisions.c.kind, key, _VERDICT, machine, person)
    )
    return tuple(
        Difference(Kind(row.kind), row.key, Verdict(row.verdict), row.machine, row.person, row.found)
        for row in reading.connection.execute(query)
    )


def behind(
    reading: Reading | Writing,
    viewer: Viewer,
    call: str,
    difference: Difference,
    *,
    limit: int = 50,
    offset: int = 0,
) -> tuple[Behind, ...]:
    """The dossiers behind one of the counts, by name; its `count` is not looked at."""
    query = _in_force(
        viewer,
        call,
        dossiers.c.id,
        dossiers.c.name,
        decisions.c.key,
        decisions.c.machine,
        decisions.c.value.label("person"),
    ).where(decisions.c.kind == difference.kind.value, _VERDICT.in_([difference.verdict.value]))
    if difference.kind in (Kind.FACT, Kind.FINDING):
        query = query.where(decisions.c.key == difference.key)
    if difference.kind is not Kind.FACT:
        query = query.where(_equal(decisions.c.machine, difference.machine), decisions.c.value == difference.person)
    query = query.order_by(dossiers.c.name, dossiers.c.id, decisions.c.key).limit(limit).offset(offset)
    return tuple(
        Behind(row.id, row.name, row.key, row.machine, row.person) for row in reading.connection.execute(query)
    )


def _equal(column: ColumnElement[str | None], value: str | None) -> ColumnElement[bool]:
    return column.is_(None) if value is None else column == value


def _in_force(viewer: Viewer, call: str, *columns: ColumnElement[Any]) -> Select[Any]:
    later = decisions.alias("later")
    replaced = exists().where(
        later.c.dossier_id == decisions.c.dossier_id,
        later.c.kind == decisions.c.kind,
        later.c.key == decisions.c.key,
        later.c.id > decisions.c.id,
    )
    return (
        select(*columns)
        .select_from(decisions.join(dossiers, dossiers.c.id == decisions.c.dossier_id))
        .where(
            dossiers.c.call == call,
            visible.content_of(viewer),
            decisions.c.kind != Kind.NOTE.value,
            decisions.c.value.is_not(None),
            decisions.c.value != "null",
            ~replaced,
        )
    )
