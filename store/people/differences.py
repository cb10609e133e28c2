"""Where people said otherwise than the machine: counts by kind, and the dossiers behind each count.

Only the decisions in force count: the last on each thing, those taken back left out.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, literal, select

from pipeline.analysis import SectionStatus
from store.journal import Writing
from store.people import visible
from store.people.decisions import Kind, Settlement
from store.people.room import Reading
from store.people.tables.decisions import decisions
from store.people.viewers import Viewer
from store.schema import dossiers

_FINDING_DIGEST = 13  # characters after the code: « : » and the digest of the message


class Verdict(StrEnum):
    """What a person's word is to the machine's."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    ADDED = "added"  # where the machine had said nothing


@dataclass(frozen=True, slots=True)
class Difference:
    """How many decisions of a kind say what to what the machine said.

    For fields `machine` and `person` are JSON of a status, for types JSON of what was kept and of the types. For facts,
    whose values are free, they are None and `key` is the fact; for findings `key` is the code and `person` the
    settlement: one without problem stands against the machine.
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


def _ends(name: str, value: ColumnElement[str] | str) -> ColumnElement[bool]:
    """What the machine said ends with this member: canonical JSON, whose names are in order."""
    before, after = f'"{name}":', "}"
    end: ColumnElement[str]
    size: ColumnElement[int]
    # This is asked of every decision of a call: what can be put together and counted beforehand is.
    if isinstance(value, str):
        end, size = literal(before + value + after), literal(len(before + value + after))
    else:
        end, size = literal(before) + value + literal(after), func.length(value) + len(before + after)
    # Not LIKE, to which « _ » is any character, and on SQLite a capital the same as a small letter.
    return func.substr(decisions.c.machine, func.length(decisions.c.machine) - size + 1) == end


_SILENT = decisions.c.machine.is_(None) | (decisions.c.machine == "null")
_FIELD, _FACT, _FINDING, _TYPE = (
    decisions.c.kind == kind.value for kind in (Kind.FIELD, Kind.FACT, Kind.FINDING, Kind.TYPE)
)
VERDICT = case(
    (_SILENT, Verdict.ADDED.value),
    (_FIELD & _ends("status", decisions.c.value), Verdict.CONFIRMED.value),
    (_FACT & _ends("value", decisions.c.value), Verdict.CONFIRMED.value),
    (_TYPE & _ends("suggested", decisions.c.value), Verdict.CONFIRMED.value),
    (_FINDING & (decisions.c.value != f'"{Settlement.NO_PROBLEM.value}"'), Verdict.CONFIRMED.value),
    else_=Verdict.CORRECTED.value,
)
"""On `decisions` that say something: what it is to the machine's word."""

# Of fields and types what counts is from what to what; of facts and findings, which one.
_KEY = case(
    (_FACT, decisions.c.key),
    (_FINDING, func.substr(decisions.c.key, 1, func.length(decisions.c.key) - _FINDING_DIGEST)),
    else_="",
)
_MACHINE = case(
    *((_FIELD & _ends("status", f'"{status.value}"'), f'"{status.value}"') for status in SectionStatus),
    (_TYPE & ~_SILENT, decisions.c.machine),
    else_=None,
)
_PERSON = case((_FACT, None), else_=decisions.c.value)


def of_call(reading: Reading | Writing, viewer: Viewer, call: str) -> tuple[Difference, ...]:
    """The counts of a call, over the dossiers that the viewer may open; by kind, verdict, and what was said."""
    parts = (_KEY.label("key"), _MACHINE.label("machine"), _PERSON.label("person"), VERDICT.label("verdict"))
    counts = in_force(viewer, call, decisions.c.kind, *parts).subquery()
    grouped = (counts.c.kind, counts.c.key, counts.c.verdict, counts.c.machine, counts.c.person)
    query = select(*grouped, func.count().label("found")).group_by(*grouped).order_by(*grouped)
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
    query = in_force(
        viewer,
        call,
        dossiers.c.id,
        dossiers.c.name,
        decisions.c.key,
        decisions.c.machine,
        decisions.c.value.label("person"),
    ).where(
        decisions.c.kind == difference.kind.value,
        literal(difference.verdict.value) == VERDICT,
        literal(difference.key) == _KEY,
        _equal(_MACHINE, difference.machine),
        _equal(_PERSON, difference.person),
    )
    query = query.order_by(dossiers.c.name, dossiers.c.id, decisions.c.key).limit(limit).offset(offset)
    return tuple(
        Behind(row.id, row.name, row.key, row.machine, row.person) for row in reading.connection.execute(query)
    )


def _equal(column: ColumnElement[Any], value: str | None) -> ColumnElement[bool]:
    return column.is_(None) if value is None else column == literal(value)


def in_force(viewer: Viewer, call: str, *columns: ColumnElement[Any]) -> Select[Any]:
    """Of the decisions of a call that say something and that no other replaces, over what the viewer may open."""
    later = decisions.alias("later")
    # Few decisions replace another: an index holds those alone.
    replaced = exists().where(later.c.replaces == decisions.c.id)
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
