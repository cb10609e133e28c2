"""A filter as SQL: which dossiers of a call it lets through for a viewer, and in which order."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union,
)

from pipeline.analysis import SectionStatus
from store import search
from store.index import Status
from store.index_tables import index_dossiers, index_fields, index_findings, index_likenesses
from store.keys import ROOM_BATCH
from store.people import visible
from store.people.decisions import Kind
from store.people.filters import ALL, BEGUN, NONE, READINGS, STATES, Dimension, Filter, Sort
from store.people.retention import overdue
from store.people.tables.accounts import people
from store.people.tables.calls import assignments
from store.people.tables.decisions import decisions, dossier_labels, dossier_states, labels
from store.people.tables.deliberations import outcomes
from store.people.viewers import Viewer
from store.schema import dossiers

_machine = index_dossiers.c
Condition = ColumnElement[bool]

STATE = func.coalesce(dossier_states.c.state, literal("open"))
"""The state of a dossier, of which nobody may have said anything yet."""

READING = case(
    (and_(_machine.status == Status.ANALYSED.value, _machine.partly_read == 1), "partly-read"), else_=_machine.status
)
"""How far a dossier is read: `store.index.Status`, or « partly-read »."""

ANALYSED = _machine.status == Status.ANALYSED.value

OUTLINE: FromClause = index_dossiers.join(dossiers, dossiers.c.id == _machine.dossier_id).outerjoin(
    dossier_states, dossier_states.c.dossier_id == _machine.dossier_id
)
"""One row per dossier: what the machine's index holds of it, and where people have it stand."""


def seen(viewer: Viewer, call: str) -> Condition:
    """On `OUTLINE`: the dossiers of a call that the viewer sees."""
    # The batch is said of the index too, whose order by name goes with it.
    return and_(_machine.call == call, _machine.batch == ROOM_BATCH, visible.dossiers_of(viewer))


def matching(made: Filter, without: Dimension | None = None) -> Condition:
    """On `OUTLINE`: what a filter lets through, one of its dimensions left out or none."""
    conditions = [_CONDITIONS[dimension](values) for dimension, values in made.chosen if dimension is not without]
    if made.words:
        conditions.append(search.found(made.words, _machine.dossier_id))
    if made.aid_from is not None:
        conditions.append(_machine.aid_eur >= made.aid_from)
    if made.aid_to is not None:
        conditions.append(_machine.aid_eur <= made.aid_to)
    return and_(true(), *conditions)


def order(made: Filter) -> tuple[ColumnElement[Any], ...]:
    """What the rows are sorted by; what is not known comes last both ways, equals are in the order of names."""
    key = _SORTS[made.sort]
    first = key.desc() if made.descending else key.asc()
    if made.sort is Sort.NAME:  # always known: read in the order of its index
        return (first, _machine.dossier_id)
    return (first.nulls_last(), _machine.sort_name, _machine.dossier_id)


def last_decisions(*kinds: Kind) -> Select[Any]:
    """The last word of a person on each thing of each dossier: `dossier_id`, `kind`, `key` and `value` (JSON)."""
    row, later = decisions.c, decisions.alias("later").c
    replaced = select(later.replaces).where(later.replaces.is_not(None))  # each names the one before it: found once
    return select(row.dossier_id, row.kind, row.key, row.value).where(row.kind.in_(kinds), row.id.not_in(replaced))


def progress() -> Select[Any]:
    """How far people have decided on the fields of the dossiers they began: `dossier_id`, and `BEGUN` or `ALL`."""
    last = last_decisions(Kind.FIELD).where(decisions.c.value.is_not(None)).subquery()
    asked = select(func.count()).where(index_fields.c.dossier_id == last.c.dossier_id).scalar_subquery()
    complete = and_(asked > 0, func.count() >= asked)
    how_far = case((complete, ALL), else_=BEGUN).label("how_far")
    return select(last.c.dossier_id, how_far).group_by(last.c.dossier_id)


def last_outcomes() -> Select[Any]:
    """What the jury last held of each dossier: `dossier_id` and `outcome`."""
    newest = select(func.max(outcomes.c.id)).group_by(outcomes.c.dossier_id)
    return select(outcomes.c.dossier_id, outcomes.c.outcome).where(outcomes.c.id.in_(newest))


def _names(values: Sequence[str]) -> list[str]:
    return [value for value in values if value != NONE]


def _numbers(values: Sequence[str]) -> list[int]:
    return [int(value) for value in _names(values)]


def _assignee(values: Sequence[str]) -> Condition:
    nobody = dossier_states.c.assignee.is_(None) if NONE in values else false()
    return or_(dossier_states.c.assignee.in_(_numbers(values)), nobody)


def _known(
    column: ColumnElement[Any], condition: Callable[[Sequence[str]], Condition]
) -> Callable[[Sequence[str]], Condition]:
    """What is read of a dossier, or that nothing was found by reading it."""

    def either(values: Sequence[str]) -> Condition:
        nothing = and_(ANALYSED, func.coalesce(column, "") == "") if NONE in values else false()
        return or_(condition(_names(values)), nothing)

    return either


def _fields(status: SectionStatus, number: ColumnElement[Any]) -> Callable[[Sequence[str]], Condition]:
    """Dossiers in which one of some fields has a status, or that were read and in which none has."""

    def condition(values: Sequence[str]) -> Condition:
        with_field = select(index_fields.c.dossier_id).where(
            index_fields.c.field.in_(_names(values)), index_fields.c.status == status.value
        )
        of_none = and_(ANALYSED, number == 0) if NONE in values else false()
        return or_(_machine.dossier_id.in_(with_field), of_none)

    return condition


def _findings(values: Sequence[str]) -> Condition:
    with_finding = select(index_findings.c.dossier_id).where(index_findings.c.code.in_(_names(values)))
    return or_(_machine.dossier_id.in_(with_finding), _machine.findings == 0 if NONE in values else false())


def _types(column: ColumnElement[Any]) -> Callable[[Sequence[str]], Condition]:
    """One of the types among those of a cell like « services+territoriale »."""
    return lambda values: or_(false(), *(column.contains(name) for name in values))


def _confirmed(values: Sequence[str]) -> Condition:
    words = last_decisions(Kind.TYPE).subquery()
    named = [words.c.value.contains(name) for name in _names(values)]
    some = _machine.dossier_id.in_(select(words.c.dossier_id).where(or_(false(), *named)))
    nothing = _machine.dossier_id.not_in(select(words.c.dossier_id).where(words.c.value.is_not(None)))
    return or_(some, nothing if NONE in values else false())


def _outcome(values: Sequence[str]) -> Condition:
    held = last_outcomes().subquery()
    some = _machine.dossier_id.in_(select(held.c.dossier_id).where(held.c.outcome.in_(_names(values))))
    nothing = _machine.dossier_id.not_in(select(outcomes.c.dossier_id))
    return or_(some, nothing if NONE in values else false())


def _decided(values: Sequence[str]) -> Condition:
    begun = progress().subquery()
    some = _machine.dossier_id.in_(select(begun.c.dossier_id).where(begun.c.how_far.in_(_names(values))))
    nothing = _machine.dossier_id.not_in(select(begun.c.dossier_id))
    return or_(some, nothing if NONE in values else false())


def _tied(table: FromClause, column: ColumnElement[Any]) -> Callable[[Sequence[str]], Condition]:
    """Dossiers tied by a table to one of some numbers, or to none at all."""

    def condition(values: Sequence[str]) -> Condition:
        to_one = _machine.dossier_id.in_(select(table.c.dossier_id).where(column.in_(_numbers(values))))
        to_none = _machine.dossier_id.not_in(select(table.c.dossier_id))
        return or_(to_one, to_none if NONE in values else false())

    return condition


def _alike(values: Sequence[str]) -> Condition:
    return _machine.dossier_id.in_(
        union(select(index_likenesses.c.dossier_a), select(index_likenesses.c.dossier_b)).scalar_subquery()
    )


_CONDITIONS: Mapping[Dimension, Callable[[Sequence[str]], Condition]] = {
    Dimension.STATE: lambda values: STATE.in_([STATES[value] for value in values]),
    Dimension.READING: lambda values: READING.in_([READINGS[value] for value in values]),
    Dimension.ASSIGNEE: _assignee,
    Dimension.DEPARTMENT: _known(_machine.department, _machine.department.in_),
    Dimension.JUROR: _tied(assignments, assignments.c.person_id),
    Dimension.LABEL: _tied(dossier_labels, dossier_labels.c.label_id),
    Dimension.DECIDED: _decided,
    Dimension.CONFIRMED: _confirmed,
    Dimension.OUTCOME: _outcome,
    Dimension.ABSENT: _fields(SectionStatus.ABSENT, _machine.absent),
    Dimension.THIN: _fields(SectionStatus.THIN, _machine.thin),
    Dimension.FINDING: _findings,
    Dimension.SUGGESTED: _known(_machine.suggested, _types(_machine.suggested)),
    Dimension.DECLARED: _known(_machine.declared, _types(_machine.declared)),
    Dimension.ALIKE: _alike,
    Dimension.KEPT: lambda _: overdue(),
}


def _of_each(*query: Any) -> ColumnElement[Any]:
    """A value worked out for the dossier of each row."""
    what, source, *conditions = query
    return (
        select(what).select_from(source).where(*conditions).correlate(index_dossiers, dossier_states).scalar_subquery()
    )


_likeness = index_likenesses.c
_on_fields = last_decisions(Kind.FIELD).where(decisions.c.value.is_not(None)).subquery("on_fields")
_SORTS: Mapping[Sort, ColumnElement[Any]] = {
    Sort.NAME: _machine.sort_name,
    Sort.BEARER: func.lower(_machine.bearer),
    Sort.DEPARTMENT: _machine.department,
    Sort.AID: _machine.aid_eur,
    Sort.SUGGESTED: func.nullif(_machine.suggested, ""),
    Sort.DECLARED: _machine.declared,
    Sort.ABSENT: _machine.absent,
    Sort.THIN: _machine.thin,
    Sort.FINDINGS: _machine.findings,
    Sort.READING: case(
        (_machine.status == Status.FAILED.value, 0),
        (_machine.status == Status.UNREADABLE.value, 1),
        (_machine.status == Status.WAITING.value, 2),
        (_machine.partly_read == 1, 3),
        else_=4,
    ),
    Sort.ALIKE: _of_each(
        func.count(),
        index_likenesses,
        or_(_likeness.dossier_a == _machine.dossier_id, _likeness.dossier_b == _machine.dossier_id),
    ),
    Sort.STATE: case((STATE == "pieces-requested", 1), (STATE == "complete", 2), else_=0),
    Sort.ASSIGNEE: _of_each(func.lower(people.c.name), people, people.c.id == dossier_states.c.assignee),
    Sort.DECIDED: _of_each(func.count(), _on_fields, _on_fields.c.dossier_id == _machine.dossier_id),
    Sort.JURORS: _of_each(func.count(), assignments, assignments.c.dossier_id == _machine.dossier_id),
    Sort.CONFIRMED: select(decisions.c.value)
    .where(decisions.c.dossier_id == _machine.dossier_id, decisions.c.kind == "type")
    .order_by(decisions.c.id.desc())
    .limit(1)
    .correlate(index_dossiers)
    .scalar_subquery(),
    Sort.OUTCOME: select(outcomes.c.outcome)
    .where(outcomes.c.dossier_id == _machine.dossier_id)
    .order_by(outcomes.c.id.desc())
    .limit(1)
    .correlate(index_dossiers)
    .scalar_subquery(),
    Sort.LABELS: _of_each(
        func.min(func.lower(labels.c.name)),
        labels.join(dossier_labels, dossier_labels.c.label_id == labels.c.id),
        dossier_labels.c.dossier_id == _machine.dossier_id,
    ),
}
