"""The table of all dossiers of a call: what the machine says of each beside what people say, filtered and sorted.

No score is in it, nor anything made of scores. Every function counts and pages in the database; none decodes an
analysis. The number of queries does not depend on how many dossiers there are.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, func, not_, or_, select, true

from pipeline.analysis import FactValue, SectionStatus
from pipeline.text import alphabetical
from store.index_tables import index_dossiers, index_fields, index_findings, index_likenesses
from store.instants import instant
from store.journal import Writing
from store.people import visible
from store.people.decisions import Kind
from store.people.filters import Filter
from store.people.lateness import late
from store.people.narrowing import (
    ASKED,
    DECIDED,
    DEPOSITED,
    OUTLINE,
    READING,
    STATE,
    all_decided,
    decided_lacking,
    last_decisions,
    last_outcomes,
    matching,
    order,
    seen,
)
from store.people.received import since_request
from store.people.room import Reading
from store.people.states import Reason, State
from store.people.tables.calls import assignments
from store.people.tables.decisions import decisions, dossier_labels, dossier_states, labels, settled_findings
from store.people.viewers import Viewer
from store.schema import dossiers

PAGE = 50  # rows


@dataclass(frozen=True, slots=True)
class MachineSays:
    """What the program read; euros, months. `reading` is one of `filters.READINGS`, types are best first.

    `absent` and `thin` are ids of required fields, `findings` pairs of a code and how often; `alike` are ids and names
    of dossiers that hold the same file or nearly the same text.
    """

    reading: str
    pages: int | None
    pages_unread: int | None
    bearer: str | None
    department: str | None
    commune: str | None
    aid_eur: float | None
    budget_eur: float | None
    duration_months: int | None
    suggested: tuple[str, ...] | None  # None: not analysed; empty: the program abstains
    declared: str | None
    absent: tuple[str, ...]
    thin: tuple[str, ...]
    findings: tuple[tuple[str, int], ...]
    alike: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PeopleSay:
    """What people said; `assignee` and `jurors` are numbers of accounts; `types` and `outcome` are None until said.

    `reason` is why the dossier stops here, None for one that does not. `late` says that it was received after the
    deadline that they set for the call; `arrived` is when pieces came in after they were asked for, None where none
    did. `settled` counts, by code, the findings of the analysis shown of which they spoke; `findings` are pairs of a
    code and what they made of a finding. `fields` are the statuses of the fields that they decided, by id; `facts` the
    values of facts that they confirmed or corrected, by name: what the program read stays in `MachineSays`.
    """

    state: State
    reason: Reason | None
    late: bool
    arrived: datetime | None
    assignee: int | None
    jurors: tuple[int, ...]
    types: tuple[str, ...] | None
    labels: tuple[str, ...]
    outcome: str | None  # one of the call's
    settled: Mapping[str, int]
    findings: tuple[tuple[str, str], ...]
    fields: Mapping[str, str]
    facts: Mapping[str, FactValue]


@dataclass(frozen=True, slots=True)
class TriageRow:
    """A dossier in the table, as it was last deposited."""

    id: str
    name: str
    deposited_at: datetime
    machine: MachineSays
    people: PeopleSay


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where a dossier stands among those of a filter: ids of the one before and after, its place (1-based).

    `position` is None for one that the filter no longer lets through: its neighbours are those of its former place.
    """

    previous: str | None
    next: str | None
    position: int | None
    total: int


def count(reading: Reading | Writing, viewer: Viewer, call: str, made: Filter) -> int:
    """How many dossiers the filter lets through."""
    query = select(func.count()).select_from(OUTLINE).where(seen(viewer, call), matching(made))
    return reading.connection.scalar(query) or 0


def ids(reading: Reading | Writing, viewer: Viewer, call: str, made: Filter) -> tuple[str, ...]:
    """The dossiers that the filter lets through, in its order."""
    return tuple(reading.connection.scalars(_chosen(viewer, call, made).order_by(*order(made))))


def among(reading: Reading | Writing, viewer: Viewer, call: str, wanted: Sequence[str]) -> tuple[str, ...]:
    """Those of some dossiers that are of the call and that the viewer sees."""
    query = _chosen(viewer, call, Filter()).where(index_dossiers.c.dossier_id.in_(wanted))
    return tuple(reading.connection.scalars(query))


def unfinished(reading: Reading, viewer: Viewer, call: str, chosen: Filter | Sequence[str]) -> tuple[str, ...]:
    """The dossiers, of a filter or of some ids, with a field that nobody decided, or that is decided lacking; by name.

    None that stops here.
    """
    made, some = (chosen, true()) if isinstance(chosen, Filter) else (Filter(), index_dossiers.c.dossier_id.in_(chosen))
    complete, said = func.coalesce(all_decided(DECIDED, ASKED), False), decided_lacking().subquery()
    lacking = or_(not_(complete), index_dossiers.c.dossier_id.in_(select(said.c.dossier_id)))
    followed = STATE.is_distinct_from(State.DROPPED.value)
    query = _chosen(viewer, call, made).where(some, followed, lacking).order_by(*order(Filter()))
    return tuple(reading.connection.scalars(query))


def page(reading: Reading, viewer: Viewer, call: str, made: Filter, number: int) -> tuple[TriageRow, ...]:
    """The rows of a page of `PAGE`, from 1."""
    # Ids are sorted alone: with all that rows hold, sorting takes longer than finding a page of them again.
    chosen = _chosen(viewer, call, made).order_by(*order(made)).limit(PAGE).offset((number - 1) * PAGE)
    query = _outline(viewer, call, made.unnarrowed()).where(index_dossiers.c.dossier_id.in_(chosen))
    rows = reading.connection.execute(query).all()
    return _rows(reading, viewer, rows, [row.dossier_id for row in rows])


def every(reading: Reading, viewer: Viewer, call: str, made: Filter) -> tuple[TriageRow, ...]:
    """All the rows that the filter lets through."""
    rows = reading.connection.execute(_outline(viewer, call, made)).all()
    return _rows(reading, viewer, rows, _chosen(viewer, call, made))


def neighbours(reading: Reading, viewer: Viewer, call: str, made: Filter, dossier_id: str) -> Neighbours:
    """The dossiers before and after one in the table; none for a dossier that the viewer does not see."""
    row, passes = index_dossiers.c, func.coalesce(matching(made), False)
    place = order(made)
    among_them = (
        select(
            row.dossier_id,
            passes.label("passes"),
            func.lag(row.dossier_id).over(order_by=place).label("before"),
            func.lead(row.dossier_id).over(order_by=place).label("after"),
            func.row_number().over(order_by=place).label("place"),
            func.count().over().label("held"),
        )
        .select_from(OUTLINE)
        .where(seen(viewer, call), or_(row.dossier_id == dossier_id, matching(made)))
        .subquery()
    )
    found = reading.connection.execute(select(among_them).where(among_them.c.dossier_id == dossier_id)).one_or_none()
    if found is None:
        return Neighbours(None, None, None, count(reading, viewer, call, made))
    return Neighbours(
        found.before, found.after, found.place if found.passes else None, found.held - (0 if found.passes else 1)
    )


def _chosen(viewer: Viewer, call: str, made: Filter) -> Select[tuple[str]]:
    return select(index_dossiers.c.dossier_id).select_from(OUTLINE).where(seen(viewer, call), matching(made))


def _outline(viewer: Viewer, call: str, made: Filter) -> Select[Any]:
    return (
        select(
            index_dossiers,
            dossiers.c.name,
            READING.label("how_read"),
            DEPOSITED.label("deposited_at"),
            STATE.label("state"),
            dossier_states.c.reason.label("dropped_for"),
            late().label("late"),
            since_request().label("arrived"),
            dossier_states.c.assignee,
        )
        .select_from(OUTLINE)
        .where(seen(viewer, call), matching(made))
        .order_by(*order(made))
    )


_Which = Sequence[str] | Select[tuple[str]]


def _rows(reading: Reading, viewer: Viewer, rows: Sequence[Row[Any]], which: _Which) -> tuple[TriageRow, ...]:
    """The rows with their details; `which` are their ids, or the query that gives them."""
    fields = _fields(reading, which)
    findings = _findings(reading, which)
    alike = _alike(reading, viewer, which)
    jurors = _jurors(reading, which)
    decided = _decided(reading, which)
    held = _labels(reading, which)
    ends = _outcomes(reading, which)
    return tuple(
        TriageRow(
            row.dossier_id,
            row.name,
            instant(row.deposited_at),
            MachineSays(
                reading=row.how_read,
                pages=row.pages,
                pages_unread=row.pages_unread,
                bearer=row.bearer,
                department=row.department,
                commune=row.commune,
                aid_eur=row.aid_eur,
                budget_eur=row.budget_eur,
                duration_months=row.duration_months,
                suggested=None if row.suggested is None else tuple(filter(None, row.suggested.split("+"))),
                declared=row.declared,
                absent=tuple(fields.get((row.dossier_id, SectionStatus.ABSENT.value), ())),
                thin=tuple(fields.get((row.dossier_id, SectionStatus.THIN.value), ())),
                findings=tuple((code, number) for code, number, _ in findings.get(row.dossier_id, ())),
                alike=tuple(alike.get(row.dossier_id, ())),
            ),
            PeopleSay(
                state=State(row.state),
                reason=None if row.dropped_for is None else Reason(row.dropped_for),
                late=bool(row.late),
                arrived=None if row.arrived is None else instant(row.arrived),
                assignee=row.assignee,
                jurors=tuple(jurors.get(row.dossier_id, ())),
                types=_types(decided.get((row.dossier_id, Kind.TYPE), {})),
                labels=tuple(held.get(row.dossier_id, ())),
                outcome=ends.get(row.dossier_id),
                settled={code: spoken for code, _, spoken in findings.get(row.dossier_id, ()) if spoken},
                findings=tuple(
                    (key.partition(":")[0], said)
                    for key, said in sorted(decided.get((row.dossier_id, Kind.FINDING), {}).items())
                ),
                fields=decided.get((row.dossier_id, Kind.FIELD), {}),
                facts=decided.get((row.dossier_id, Kind.FACT), {}),
            ),
        )
        for row in rows
    )


def _fields(reading: Reading, which: _Which) -> Mapping[tuple[str, str], list[str]]:
    row = index_fields.c
    query = select(row.dossier_id, row.status, row.field).where(
        row.dossier_id.in_(which), row.status.in_((SectionStatus.ABSENT.value, SectionStatus.THIN.value))
    )
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for dossier_id, status, field in reading.connection.execute(query):
        found[dossier_id, status].append(field)
    return found


def _findings(reading: Reading, which: _Which) -> Mapping[str, list[tuple[str, int, int]]]:
    """Codes of findings, with how many there are and of how many of them people spoke."""
    row, spoken = index_findings.c, settled_findings.c
    of_it = and_(
        spoken.dossier_id == row.dossier_id, spoken.code == row.code, spoken.analysis == index_dossiers.c.analysis
    )
    query = (
        select(row.dossier_id, row.code, row["count"].label("number"), func.coalesce(spoken["count"], 0))
        .join(index_dossiers, index_dossiers.c.dossier_id == row.dossier_id)
        .outerjoin(settled_findings, of_it)
        .where(row.dossier_id.in_(which))
        .order_by(row.code)
    )
    return _grouped((dossier_id, told) for dossier_id, *told in reading.connection.execute(query))


def _alike(reading: Reading, viewer: Viewer, which: _Which) -> Mapping[str, list[tuple[str, str]]]:
    pair = index_likenesses.c
    both = [
        select(mine.label("mine"), dossiers.c.id, dossiers.c.name)
        .select_from(index_likenesses)
        .join(dossiers, and_(dossiers.c.id == other, visible.dossiers_of(viewer)))
        .where(mine.in_(which))
        for mine, other in ((pair.dossier_a, pair.dossier_b), (pair.dossier_b, pair.dossier_a))
    ]
    found = reading.connection.execute(both[0].union(both[1])).all()
    return _grouped((mine, (other, name)) for mine, other, name in sorted(found, key=lambda row: row.name))


def _jurors(reading: Reading, which: _Which) -> Mapping[str, list[int]]:
    row = assignments.c
    query = select(row.dossier_id, row.person_id).where(row.dossier_id.in_(which)).order_by(row.person_id)
    return _grouped((dossier_id, person) for dossier_id, person in reading.connection.execute(query))


def _decided(reading: Reading, which: _Which) -> Mapping[tuple[str, Kind], Mapping[str, Any]]:
    """What people decided that is in force, by dossier and kind, then by key."""
    said = decisions.c
    query = last_decisions(Kind.FIELD, Kind.FACT, Kind.FINDING, Kind.TYPE).where(
        said.dossier_id.in_(which), said.value.is_not(None)
    )
    found: dict[tuple[str, Kind], dict[str, Any]] = defaultdict(dict)
    for row in reading.connection.execute(query):
        found[row.dossier_id, Kind(row.kind)][row.key] = json.loads(row.value)
    return found


def _types(decided: Mapping[str, Any]) -> tuple[str, ...] | None:
    return tuple(decided[""]) if "" in decided else None


def _outcomes(reading: Reading, which: _Which) -> Mapping[str, str]:
    held = last_outcomes().subquery()
    query = select(held.c.dossier_id, held.c.outcome).where(held.c.dossier_id.in_(which))
    return {row.dossier_id: row.outcome for row in reading.connection.execute(query)}


def _labels(reading: Reading, which: _Which) -> Mapping[str, list[str]]:
    tie = dossier_labels.c
    query = (
        select(tie.dossier_id, labels.c.name).join(labels, labels.c.id == tie.label_id).where(tie.dossier_id.in_(which))
    )
    return _grouped(sorted(reading.connection.execute(query), key=lambda row: alphabetical(row.name)))


def _grouped(pairs: Any) -> Mapping[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
