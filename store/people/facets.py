"""How many dossiers each value of a filter would show: for every dimension, all the others as they are chosen."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Select,
    Text,
    case,
    cast,
    func,
    literal,
    select,
    true,
    union,
    union_all,
)

from pipeline.analysis import SectionStatus
from store.index_tables import index_dossiers, index_fields, index_findings, index_likenesses
from store.people.decisions import Kind
from store.people.filters import NONE, OVERDUE, READINGS, STATES, Dimension, Filter
from store.people.narrowing import (
    ANALYSED,
    OUTLINE,
    READING,
    STATE,
    last_decisions,
    last_outcomes,
    matching,
    progress,
    seen,
)
from store.people.retention import overdue
from store.people.room import Reading
from store.people.tables.calls import assignments
from store.people.tables.decisions import decisions, dossier_labels, dossier_states
from store.people.viewers import Viewer

_machine = index_dossiers.c
_TOTAL = ""  # no dimension has this name
_NAMES: Mapping[Dimension, Mapping[str, str]] = {
    Dimension.STATE: {code: name for name, code in STATES.items()},
    Dimension.READING: {code: name for name, code in READINGS.items()},
}


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one dimension, as addresses write them, each with its count of dossiers; nought is left out."""

    dimension: Dimension
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many dossiers a filter shows, and its facets in the order of `Dimension`."""

    total: int
    facets: tuple[Facet, ...]


def facets(reading: Reading, viewer: Viewer, call: str, made: Filter) -> Counted:
    """All that is counted of a filter, in one query."""
    shown = _shown(viewer, call, made, None)
    queries = [_named(_TOTAL, None, shown)] + [
        query
        for dimension in Dimension
        for query in _counting(dimension, _shown(viewer, call, made, dimension) if made.values(dimension) else shown)
    ]
    total, found = 0, {dimension: Counter[str]() for dimension in Dimension}
    for name, value, number in reading.connection.execute(union_all(*queries)):
        if name == _TOTAL:
            total = number
            continue
        for each in _values(Dimension(name), value):
            found[Dimension(name)][each] += number
    told = (
        Facet(each, {value: number for value, number in counts.items() if number}) for each, counts in found.items()
    )
    return Counted(total, tuple(told))


def _values(dimension: Dimension, value: str | None) -> list[str]:
    """The values of a facet that a group of dossiers counts for."""
    if dimension in _NAMES:
        return [_NAMES[dimension][value or ""]]
    if value is None and dimension is not Dimension.ASSIGNEE:
        return []  # nobody knows yet
    if not value:
        return [NONE]
    if dimension is Dimension.SUGGESTED:
        return value.split("+")
    if dimension is Dimension.CONFIRMED:
        return [name for name in ("services", "organisationnelle", "territoriale") if name in value] or [NONE]
    return [value]


def _shown(viewer: Viewer, call: str, made: Filter, without: Dimension | None) -> CTE:
    """What is counted of the dossiers that a filter shows, one of its dimensions left out; found once for all."""
    number = list(Dimension).index(without) if without else "all"
    return (
        select(_machine.dossier_id, *(value.label(name) for name, value in _columns().items()))
        .select_from(OUTLINE)
        .where(seen(viewer, call), matching(made, without))
        .cte(f"shown_{number}")
    )


def _counting(dimension: Dimension, shown: CTE) -> list[Select[Any]]:
    if dimension is Dimension.ALIKE:
        alike = union(select(index_likenesses.c.dossier_a), select(index_likenesses.c.dossier_b)).scalar_subquery()
        return [_named(dimension.value, "oui", shown).where(shown.c.dossier_id.in_(alike))]
    if dimension not in _TIED:
        return [_grouped(dimension, shown.c[dimension.name], shown)]
    tied = _TIED[dimension]
    among = tied.table.c.dossier_id.in_(select(shown.c.dossier_id))
    none = shown.c[tied.number] == 0 if tied.number else shown.c.dossier_id.not_in(select(tied.table.c.dossier_id))
    return [
        _grouped(dimension, tied.value, tied.table).where(tied.rows, among),
        _named(dimension.value, NONE, shown).where(none),
    ]


def _grouped(dimension: Dimension, value: ColumnElement[Any], source: FromClause) -> Select[Any]:
    return _named(dimension.value, value, source).group_by(value)


def _named(name: str, value: ColumnElement[Any] | str | None, source: FromClause) -> Select[Any]:
    said = literal(name).label("name"), cast(value, Text).label("value"), func.count().label("number")
    return select(*said).select_from(source)


def _of_analysed(number: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((ANALYSED, number))


_COUNTED: Mapping[str, ColumnElement[Any]] = {
    Dimension.STATE.name: STATE,
    Dimension.READING.name: READING,
    Dimension.ASSIGNEE.name: dossier_states.c.assignee,
    Dimension.DEPARTMENT.name: _of_analysed(func.coalesce(_machine.department, "")),
    Dimension.SUGGESTED.name: _of_analysed(func.coalesce(_machine.suggested, "")),
    Dimension.DECLARED.name: _of_analysed(func.coalesce(_machine.declared, "")),
    "absent": _of_analysed(_machine.absent),
    "thin": _of_analysed(_machine.thin),
    "findings": _machine.findings,
}
"""What a dossier has one of: the dimensions that a column holds, and numbers of what may be none."""


def _columns() -> Mapping[str, ColumnElement[Any]]:
    """All that is counted of a dossier, at this moment."""
    return {**_COUNTED, Dimension.KEPT.name: case((overdue(), OVERDUE))}


@dataclass(frozen=True, slots=True)
class _Tied:
    """A dimension of which a dossier may have several: the table that says which, and which of its rows count.

    `number` is what says in `_COUNTED` that there is none; without it, that the table holds nothing of the dossier.
    """

    table: FromClause
    value: ColumnElement[Any]
    rows: ColumnElement[bool] = field(default_factory=true)
    number: str = ""


_spoken = last_decisions(Kind.TYPE).where(decisions.c.value.is_not(None)).subquery("spoken")
_begun = progress().subquery("begun")
_held = last_outcomes().subquery("held")
_TIED: Mapping[Dimension, _Tied] = {
    Dimension.ABSENT: _Tied(
        index_fields, index_fields.c.field, index_fields.c.status == SectionStatus.ABSENT.value, "absent"
    ),
    Dimension.THIN: _Tied(
        index_fields, index_fields.c.field, index_fields.c.status == SectionStatus.THIN.value, "thin"
    ),
    Dimension.FINDING: _Tied(index_findings, index_findings.c.code, number="findings"),
    Dimension.LABEL: _Tied(dossier_labels, dossier_labels.c.label_id),
    Dimension.JUROR: _Tied(assignments, assignments.c.person_id),
    Dimension.DECIDED: _Tied(_begun, _begun.c.how_far),
    Dimension.CONFIRMED: _Tied(_spoken, _spoken.c.value),
    Dimension.OUTCOME: _Tied(_held, _held.c.outcome),
}
