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
    exists,
    func,
    literal,
    select,
    true,
    union,
    union_all,
)

from pipeline.analysis import SectionStatus
from store.index_tables import index_dossiers, index_fields, index_findings, index_likenesses
from store.people import letters
from store.people.filters import AFTER, ALL, ANY, BEGUN, NONE, OVERDUE, READINGS, STATES, Dimension, Filter
from store.people.lateness import late
from store.people.narrowing import (
    ANALYSED,
    ASKED,
    CONFIRMED,
    DECIDED,
    DEPARTMENT,
    OUTCOME,
    OUTLINE,
    READING,
    STATE,
    TO_SETTLE,
    UNSETTLED,
    all_decided,
    mark,
    matching,
    missed,
    seen,
)
from store.people.retention import overdue
from store.people.room import Reading
from store.people.tables.calls import assignments
from store.people.tables.decisions import decided_dossiers, dossier_labels, dossier_states
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

    def of(self, dimension: Dimension) -> Mapping[str, int]:
        """The counts of one dimension."""
        return next(facet.counts for facet in self.facets if facet.dimension is dimension)


def facets(reading: Reading, viewer: Viewer, call: str, made: Filter) -> Counted:
    """All that is counted of a filter, in one query."""
    rows = _rows(viewer, call, made)
    queries = [_counted(_TOTAL, None, rows, rows.c.missed == "")]
    for dimension in Dimension:
        queries += _counting(dimension, rows)
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
    if value is None and dimension not in _UNSAID_IS_NONE:
        return []  # nobody knows yet
    if not value:
        return [NONE]
    if dimension is Dimension.SUGGESTED:
        return value.split("+")
    if dimension is Dimension.LACKING:
        return [*value.split("+"), ANY]
    if dimension is Dimension.CONFIRMED:
        return [name for name in ("services", "organisationnelle", "territoriale") if name in value] or [NONE]
    return [value]


def _rows(viewer: Viewer, call: str, made: Filter) -> CTE:
    """All that is counted of each dossier, found once for all; `missed` as `narrowing` says it."""
    return (
        select(
            missed(made).label("missed"),  # first: it is looked at each time, and a row is read from its beginning
            _machine.dossier_id,
            *(value.label(name) for name, value in _columns().items()),
        )
        .select_from(OUTLINE)
        .where(seen(viewer, call), matching(made.unchosen()))
        .order_by(_machine.dossier_id)  # the order of all indexes that are looked into: half the time of any other
        .cte("counted")
    )


def _shown(dimension: Dimension, rows: CTE) -> ColumnElement[bool]:
    """The dossiers that the filter shows, whatever it says of one dimension."""
    return rows.c.missed.in_(("", mark(dimension)))


def _counting(dimension: Dimension, rows: CTE) -> list[Select[Any]]:
    shown = _shown(dimension, rows)
    if dimension not in _TIED:
        value = _how_far(rows) if dimension is Dimension.DECIDED else rows.c[dimension.name]
        return [_counted(dimension.value, value, rows, shown).group_by(value)]
    tied = _TIED[dimension]
    among = tied.table.c.dossier_id.in_(select(rows.c.dossier_id).where(shown))
    return [
        _counted(dimension.value, tied.value, tied.table, tied.rows, among).group_by(tied.value),
        _counted(dimension.value, NONE, rows, shown, rows.c[dimension.name] == 0),
    ]


def _counted(
    name: str, value: ColumnElement[Any] | str | None, source: FromClause, *conditions: ColumnElement[bool]
) -> Select[Any]:
    said = literal(name).label("name"), cast(value, Text).label("value"), func.count().label("number")
    return select(*said).select_from(source).where(*conditions)


def _how_far(rows: CTE) -> ColumnElement[Any]:
    # Asked of what was counted: each count would be worked out once more for every case.
    decided = rows.c.decided
    return case((decided == 0, NONE), (all_decided(decided, rows.c.asked), ALL), else_=BEGUN)


def _of_analysed(number: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((ANALYSED, number))


def _ties(table: FromClause) -> ColumnElement[Any]:
    """1 where a table ties something to the dossier, else nought."""
    return case((exists().where(table.c.dossier_id == _machine.dossier_id).correlate(index_dossiers), 1), else_=0)


_ALIKE = _machine.dossier_id.in_(
    union(select(index_likenesses.c.dossier_a), select(index_likenesses.c.dossier_b)).scalar_subquery()
)
_COLUMNS: Mapping[str, ColumnElement[Any]] = {
    Dimension.STATE.name: STATE,
    Dimension.READING.name: READING,
    Dimension.ASSIGNEE.name: dossier_states.c.assignee,
    Dimension.DEPARTMENT.name: func.coalesce(DEPARTMENT, _of_analysed(literal(""))),
    Dimension.SUGGESTED.name: _of_analysed(func.coalesce(_machine.suggested, "")),
    Dimension.DECLARED.name: _of_analysed(func.coalesce(_machine.declared, "")),
    "decided": DECIDED,
    "asked": ASKED,
    Dimension.CONFIRMED.name: CONFIRMED,
    Dimension.LACKING.name: func.coalesce(decided_dossiers.c.lacking, ""),
    Dimension.OUTCOME.name: OUTCOME,
    Dimension.ALIKE.name: case((_ALIKE, "oui")),
    # Of what a dossier may have several: nought when it has none.
    Dimension.ABSENT.name: _of_analysed(_machine.absent),
    Dimension.THIN.name: _of_analysed(_machine.thin),
    Dimension.FINDING.name: TO_SETTLE,
    Dimension.FOUND.name: _machine.findings,
    Dimension.LABEL.name: _ties(dossier_labels),
    Dimension.JUROR.name: _ties(assignments),
}
_UNSAID_IS_NONE = frozenset({Dimension.ASSIGNEE, Dimension.CONFIRMED, Dimension.OUTCOME})


def _columns() -> Mapping[str, ColumnElement[Any]]:
    """All that is counted of a dossier, at this moment."""
    return {
        **_COLUMNS,
        Dimension.KEPT.name: case((overdue(), OVERDUE)),
        Dimension.REPLY.name: case((letters.overdue(), OVERDUE)),
        Dimension.RECEIVED.name: case((late(), AFTER)),
    }


@dataclass(frozen=True, slots=True)
class _Tied:
    """A dimension of which a dossier may have several: the table that says which, and which of its rows count."""

    table: FromClause
    value: ColumnElement[Any]
    rows: ColumnElement[bool] = field(default_factory=true)


_status = index_fields.c.status
_TIED: Mapping[Dimension, _Tied] = {
    Dimension.ABSENT: _Tied(index_fields, index_fields.c.field, _status == SectionStatus.ABSENT.value),
    Dimension.THIN: _Tied(index_fields, index_fields.c.field, _status == SectionStatus.THIN.value),
    Dimension.FINDING: _Tied(index_findings, index_findings.c.code, UNSETTLED),
    Dimension.FOUND: _Tied(index_findings, index_findings.c.code),
    Dimension.LABEL: _Tied(dossier_labels, dossier_labels.c.label_id),
    Dimension.JUROR: _Tied(assignments, assignments.c.person_id),
}
