"""A filter as SQL: which dossiers of a call it lets through for a viewer, and in which order."""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    exists,
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
from store.people import letters, visible
from store.people.decisions import LACKING, Kind
from store.people.filters import ALL, ANY, BEGUN, DROPPED, NONE, READINGS, STATES, Amount, Dimension, Filter, Sort
from store.people.lateness import late
from store.people.retention import overdue
from store.people.tables.accounts import people
from store.people.tables.calls import assignments
from store.people.tables.decisions import (
    decided_dossiers,
    decisions,
    dossier_labels,
    dossier_states,
    labels,
    settled_findings,
)
from store.people.tables.deliberations import outcomes
from store.people.viewers import Viewer
from store.schema import deposits, dossiers

_machine, _people = index_dossiers.c, decided_dossiers.c
Condition = ColumnElement[bool]
_MANY = 10**6  # more fields than any call asks for

STATE = func.coalesce(dossier_states.c.state, literal("open"))
"""The state of a dossier, of which nobody may have said anything yet."""

READING = case(
    (and_(_machine.status == Status.ANALYSED.value, _machine.partly_read == 1), "partly-read"), else_=_machine.status
)
"""How far a dossier is read: `store.index.Status`, or « partly-read »."""

ANALYSED = _machine.status == Status.ANALYSED.value

OUTLINE: FromClause = (
    index_dossiers.join(dossiers, dossiers.c.id == _machine.dossier_id)
    .outerjoin(dossier_states, dossier_states.c.dossier_id == _machine.dossier_id)
    .outerjoin(decided_dossiers, decided_dossiers.c.dossier_id == _machine.dossier_id)
)
"""One row per dossier: what the machine's index holds of it, where people have it stand and what they decided of it."""

DECIDED: ColumnElement[int] = func.coalesce(_people.fields, 0)
"""On `OUTLINE`: on how many fields people's last word is not that they take it back."""

ASKED = (
    select(func.count())
    .where(index_fields.c.dossier_id == _machine.dossier_id)
    .correlate(index_dossiers)
    .scalar_subquery()
)
"""On `OUTLINE`: how many fields the call asks for, of a dossier that is analysed."""

_settled = settled_findings.c
_of_its_analysis = and_(_settled.dossier_id == _machine.dossier_id, _settled.analysis == _machine.analysis)

TO_SETTLE: ColumnElement[int] = _machine.findings - (
    select(func.coalesce(func.sum(_settled["count"]), 0))
    .where(_of_its_analysis)
    .correlate(index_dossiers)
    .scalar_subquery()
)
"""On `OUTLINE`: of how many findings of the analysis in force nobody spoke; nothing of a dossier without one."""

_current = index_dossiers.alias("current")
UNSETTLED: ColumnElement[bool] = ~(
    exists()
    .where(
        _settled.dossier_id == index_findings.c.dossier_id,
        _settled.code == index_findings.c.code,
        _settled["count"] >= index_findings.c["count"],
        _current.c.dossier_id == _settled.dossier_id,
        _current.c.analysis == _settled.analysis,
    )
    .correlate(index_findings)
)
"""On `index_findings`: there is one of this code, in the analysis in force, of which nobody spoke."""

CONFIRMED = _people.types
"""On `OUTLINE`: the types that people last confirmed (JSON); nothing when nobody did, or who did took it back."""

# A dossier is found by what a person says of a fact where one does; the rows show both, each for what it is.
BEARER = func.coalesce(_people.bearer, _machine.bearer)
DEPARTMENT = func.coalesce(_people.department, _machine.department)
AID = func.coalesce(_people.aid_eur, _machine.aid_eur)
BUDGET = func.coalesce(_people.budget_eur, _machine.budget_eur)
DURATION = func.coalesce(_people.duration_months, _machine.duration_months)
"""On `OUTLINE`: facts that people confirmed or corrected, else as the machine read them; euros, months."""

_AMOUNTS: Mapping[Amount, ColumnElement[float]] = {Amount.AID: AID, Amount.BUDGET: BUDGET}

OUTCOME = (
    select(outcomes.c.outcome)
    .where(outcomes.c.dossier_id == _machine.dossier_id)
    .order_by(outcomes.c.id.desc())
    .limit(1)
    .correlate(index_dossiers)
    .scalar_subquery()
)
"""On `OUTLINE`: what the jury last held."""


DEPOSITED = (
    select(deposits.c.deposited_at)
    .where(deposits.c.dossier_id == _machine.dossier_id, deposits.c.number == _machine.deposit)
    .correlate(index_dossiers)
    .scalar_subquery()
)
"""On `OUTLINE`: when the newest deposit was made."""


def seen(viewer: Viewer, call: str) -> Condition:
    """On `OUTLINE`: the dossiers of a call that the viewer sees."""
    # The batch is said of the index too, whose order by name goes with it.
    return and_(_machine.call == call, _machine.batch == ROOM_BATCH, visible.dossiers_of(viewer))


def matching(made: Filter) -> Condition:
    """On `OUTLINE`: what a filter lets through."""
    conditions = [_CONDITIONS[dimension](values) for dimension, values in made.chosen]
    if made.words:
        conditions.append(search.found(made.words, _machine.dossier_id))
    for amount, wanted in made.amounts:
        if wanted.least is not None:
            conditions.append(_AMOUNTS[amount] >= wanted.least)
        if wanted.most is not None:
            conditions.append(_AMOUNTS[amount] <= wanted.most)
    return and_(true(), *conditions)


def missed(made: Filter) -> ColumnElement[str]:
    """On `OUTLINE`: the marks of the dimensions that a filter does not let through, one after the other."""
    marks = (case((_CONDITIONS[each](values), ""), else_=mark(each)) for each, values in made.chosen)
    return reduce(add, marks, literal(""))


def mark(dimension: Dimension) -> str:
    """What `missed` says of one dimension alone."""
    return f"/{dimension.value}"


def order(made: Filter) -> tuple[ColumnElement[Any], ...]:
    """What the rows are sorted by; what is not known comes last both ways, equals are in the order of names."""
    key = _SORTS[made.sort]
    first = key.desc() if made.descending else key.asc()
    if made.sort is Sort.NAME:  # always known: read in the order of its index
        return (first, _machine.dossier_id)
    return (first.nulls_last(), _machine.sort_name, _machine.dossier_id)


def all_decided(decided: ColumnElement[int], asked: ColumnElement[int]) -> Condition:
    """Whether people decided on all the fields that are asked for; never where none is known."""
    return decided >= func.nullif(asked, 0)


def followed_through() -> Condition:
    """On `OUTLINE`: people decided on all the fields of a dossier that does not stop here."""
    # Fields are counted of those alone on which somebody decided something.
    return and_(STATE.is_distinct_from(STATES[DROPPED]), DECIDED > 0, all_decided(DECIDED, ASKED))


def last_decisions(*kinds: Kind) -> Select[Any]:
    """The last word of a person on each thing of each dossier: `dossier_id`, `kind`, `key` and `value` (JSON)."""
    row = decisions.c
    return select(row.dossier_id, row.kind, row.key, row.value).where(row.kind.in_(kinds), _in_force())


def decided_lacking() -> Select[Any]:
    """The fields of which people's last word is that they are absent or thin: as `last_decisions` gives them."""
    return last_decisions(Kind.FIELD).where(decisions.c.value.in_(sorted(LACKING)))


def _in_force() -> Condition:
    """On `decisions`: no other replaces it."""
    later = decisions.alias("later")
    return ~exists().where(later.c.replaces == decisions.c.id).correlate(decisions)


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


def _findings(number: ColumnElement[int], *conditions: Condition) -> Callable[[Sequence[str]], Condition]:
    """Dossiers with a finding of one of some codes, among those of which the conditions hold; or none (`number`)."""

    def condition(values: Sequence[str]) -> Condition:
        named = index_findings.c.code.in_(_names(values))
        with_finding = select(index_findings.c.dossier_id).where(named, *conditions)
        return or_(_machine.dossier_id.in_(with_finding), number == 0 if NONE in values else false())

    return condition


def _types(column: ColumnElement[Any]) -> Callable[[Sequence[str]], Condition]:
    """One of the types among those of a cell like « services+territoriale »."""
    return lambda values: or_(false(), *(column.contains(name) for name in values))


def _confirmed(values: Sequence[str]) -> Condition:
    named = [CONFIRMED.contains(name) for name in _names(values)]
    return or_(false(), *named, CONFIRMED.is_(None) if NONE in values else false())


def _outcome(values: Sequence[str]) -> Condition:
    held = last_outcomes().subquery()
    some = _machine.dossier_id.in_(select(held.c.dossier_id).where(held.c.outcome.in_(_names(values))))
    nothing = _machine.dossier_id.not_in(select(outcomes.c.dossier_id))
    return or_(some, nothing if NONE in values else false())


def _decided(values: Sequence[str]) -> Condition:
    # Each count is worked out once: of a comparison from both sides, the middle is.
    some_left = DECIDED.between(1, func.coalesce(func.nullif(ASKED, 0), _MANY) - 1)
    conditions = {NONE: DECIDED == 0, BEGUN: some_left, ALL: all_decided(DECIDED, ASKED)}
    return or_(*(conditions[value] for value in values))


def _lacking(values: Sequence[str]) -> Condition:
    said = decided_lacking().subquery()
    some = true() if ANY in values else said.c.key.in_(_names(values))
    lacks = _machine.dossier_id.in_(select(said.c.dossier_id).where(some))
    nothing = _machine.dossier_id.not_in(select(said.c.dossier_id))
    return or_(lacks, nothing if NONE in values else false())


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
    Dimension.DEPARTMENT: _known(DEPARTMENT, DEPARTMENT.in_),
    Dimension.JUROR: _tied(assignments, assignments.c.person_id),
    Dimension.LABEL: _tied(dossier_labels, dossier_labels.c.label_id),
    Dimension.DECIDED: _decided,
    Dimension.LACKING: _lacking,
    Dimension.RECEIVED: lambda _: late(),
    Dimension.CONFIRMED: _confirmed,
    Dimension.OUTCOME: _outcome,
    Dimension.ABSENT: _fields(SectionStatus.ABSENT, _machine.absent),
    Dimension.THIN: _fields(SectionStatus.THIN, _machine.thin),
    Dimension.FINDING: _findings(TO_SETTLE, UNSETTLED),
    Dimension.FOUND: _findings(_machine.findings),
    Dimension.SUGGESTED: _known(_machine.suggested, _types(_machine.suggested)),
    Dimension.DECLARED: _known(_machine.declared, _types(_machine.declared)),
    Dimension.ALIKE: _alike,
    Dimension.KEPT: lambda _: overdue(),
    Dimension.REPLY: lambda _: letters.overdue(),
}


def _of_each(*query: Any) -> ColumnElement[Any]:
    """A value worked out for the dossier of each row."""
    what, source, *conditions = query
    return (
        select(what).select_from(source).where(*conditions).correlate(index_dossiers, dossier_states).scalar_subquery()
    )


_likeness = index_likenesses.c
_SORTS: Mapping[Sort, ColumnElement[Any]] = {
    Sort.NAME: _machine.sort_name,
    Sort.BEARER: func.lower(BEARER),
    Sort.DEPARTMENT: DEPARTMENT,
    Sort.AID: AID,
    Sort.BUDGET: BUDGET,
    Sort.DURATION: DURATION,
    Sort.PAGES: _machine.pages,
    Sort.SUGGESTED: func.nullif(_machine.suggested, ""),
    Sort.DECLARED: _machine.declared,
    Sort.ABSENT: _machine.absent,
    Sort.THIN: _machine.thin,
    Sort.FINDINGS: TO_SETTLE,
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
    Sort.STATE: case((STATE == "pieces-requested", 1), (STATE == "complete", 2), (STATE == "dropped", 3), else_=0),
    Sort.DEPOSITED: DEPOSITED,
    Sort.ASSIGNEE: _of_each(func.lower(people.c.name), people, people.c.id == dossier_states.c.assignee),
    Sort.DECIDED: DECIDED,
    Sort.JURORS: _of_each(func.count(), assignments, assignments.c.dossier_id == _machine.dossier_id),
    Sort.CONFIRMED: CONFIRMED,
    Sort.OUTCOME: OUTCOME,
    Sort.LABELS: _of_each(
        func.min(func.lower(labels.c.name)),
        labels.join(dossier_labels, dossier_labels.c.label_id == labels.c.id),
        dossier_labels.c.dossier_id == _machine.dossier_id,
    ),
}
