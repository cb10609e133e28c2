"""What the jury of a call did, as auditors see it: who answered how much, who withdrew, sessions, outcomes; in counts.

Nothing of what a juror answered is in it, and no count is held against another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, distinct, exists, func, select

from pipeline.text import alphabetical
from store.journal import Writing
from store.people import visible
from store.people.deliberations import SessionState
from store.people.room import Reading
from store.people.tables.accounts import people
from store.people.tables.calls import assignments, jurors
from store.people.tables.deliberations import collective_values, jury_sessions, outcomes, session_dossiers
from store.people.tables.jury import answers, declarations, scores
from store.people.viewers import Viewer
from store.schema import dossiers


@dataclass(frozen=True, slots=True)
class Juror:
    """A juror of the call, seated or who answered once; all counts are over its dossiers.

    `markers` counts pairs of a dossier and a marker that they answered, `sheets` pairs of a dossier and a grid or a
    synthesis, `conflicts` the dossiers with which they last declared a conflict: their answers there are counted, and
    do not count for the jury.
    """

    name: str
    seated: bool
    chair: bool
    assigned: int
    markers: int
    sheets: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session: `values` counts the pairs of a dossier and a marker on which the jury held something in it."""

    id: int
    title: str
    held_on: date
    state: SessionState
    chair: str
    dossiers: int
    settled: int
    values: int


@dataclass(frozen=True, slots=True)
class Jury:
    """Jurors by name, sessions by day, and how many dossiers have each outcome as their last."""

    jurors: tuple[Juror, ...]
    sittings: tuple[Sitting, ...]
    outcomes: Mapping[str, int]


def of_call(reading: Reading | Writing, viewer: Viewer, call: str) -> Jury:
    """What the jury of a call did; nothing to who does not audit."""
    return Jury(_jurors(reading, viewer, call), _sittings(reading, viewer, call), _outcomes(reading, viewer, call))


def _jurors(reading: Reading | Writing, viewer: Viewer, call: str) -> tuple[Juror, ...]:
    chairs: dict[int, int] = dict(
        reading.connection.execute(
            select(jurors.c.person_id, jurors.c.chair).where(jurors.c.call == call, visible.audits(viewer))
        )
        .tuples()
        .all()
    )
    later = declarations.alias("later_declaration")
    replaced = exists().where(
        later.c.dossier_id == declarations.c.dossier_id,
        later.c.person_id == declarations.c.person_id,
        later.c.id > declarations.c.id,
    )
    in_conflict = (declarations.c.conflict == 1) & ~replaced
    each_sheet = func.count(distinct(answers.c.dossier_id + ":" + answers.c.kind))
    given = _by_person(reading, viewer, call, assignments, func.count())
    # An index holds the answers that replace none: one of each juror on each marker.
    markers = _by_person(reading, viewer, call, scores, func.count(), scores.c.replaces.is_(None))
    sheets = _by_person(reading, viewer, call, answers, each_sheet)
    withdrawn = _by_person(reading, viewer, call, declarations, func.count(), in_conflict)
    numbers = chairs.keys() | given.keys() | markers.keys() | sheets.keys() | withdrawn.keys()
    named = select(people.c.id, people.c.name).where(people.c.id.in_(numbers))
    found = reading.connection.execute(named)
    return tuple(
        Juror(
            row.name,
            row.id in chairs,
            bool(chairs.get(row.id)),
            given.get(row.id, 0),
            markers.get(row.id, 0),
            sheets.get(row.id, 0),
            withdrawn.get(row.id, 0),
        )
        for row in sorted(found, key=lambda row: (alphabetical(row.name), row.id))
    )


def _by_person(
    reading: Reading | Writing,
    viewer: Viewer,
    call: str,
    words: Table,
    count: ColumnElement[int],
    *conditions: ColumnElement[bool],
) -> Mapping[int, int]:
    """How many things each person said on the dossiers of a call."""
    query = _of_call(viewer, call, words, words.c.person_id, count).where(*conditions).group_by(words.c.person_id)
    return dict(reading.connection.execute(query).tuples().all())


def _sittings(reading: Reading | Writing, viewer: Viewer, call: str) -> tuple[Sitting, ...]:
    before = (
        select(session_dossiers.c.session_id, func.count().label("dossiers"))
        .add_columns(func.sum(session_dossiers.c.settled).label("settled"))
        .group_by(session_dossiers.c.session_id)
        .subquery()
    )
    table = collective_values
    each = func.count(distinct(table.c.dossier_id + ":" + table.c.marker))
    held = select(table.c.session_id, each.label("held")).group_by(table.c.session_id).subquery()
    query = (
        select(jury_sessions, people.c.name, before.c.dossiers, before.c.settled, held.c.held)
        .join(people, people.c.id == jury_sessions.c.chair)
        .outerjoin(before, before.c.session_id == jury_sessions.c.id)
        .outerjoin(held, held.c.session_id == jury_sessions.c.id)
        .where(jury_sessions.c.call == call, visible.audits(viewer))
        .order_by(jury_sessions.c.held_on, jury_sessions.c.id)
    )
    return tuple(
        Sitting(
            id=row.id,
            title=row.title,
            held_on=date.fromisoformat(row.held_on),
            state=SessionState(row.state),
            chair=row.name,
            dossiers=row.dossiers or 0,
            settled=row.settled or 0,
            values=row.held or 0,
        )
        for row in reading.connection.execute(query)
    )


def _outcomes(reading: Reading | Writing, viewer: Viewer, call: str) -> Mapping[str, int]:
    later = outcomes.alias("later_outcome")
    replaced = exists().where(later.c.dossier_id == outcomes.c.dossier_id, later.c.id > outcomes.c.id)
    query = (
        _of_call(viewer, call, outcomes, outcomes.c.outcome, func.count()).where(~replaced).group_by(outcomes.c.outcome)
    )
    return dict(reading.connection.execute(query).tuples().all())


def _of_call(viewer: Viewer, call: str, words: Table, *columns: ColumnElement[Any]) -> Select[Any]:
    return (
        select(*columns)
        .select_from(words.join(dossiers, dossiers.c.id == words.c.dossier_id))
        .where(dossiers.c.call == call, visible.audits(viewer), visible.dossiers_of(viewer))
    )
