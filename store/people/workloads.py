"""How far people and calls are, in counts alone: nothing of what a juror answered is in them.

Who withdrew from a dossier for a conflict of interest counts for it no more, nor what they had answered there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, Row, Select, Subquery, and_, cast, func, select

from store.index import Status
from store.index_tables import index_dossiers
from store.people import visible
from store.people.deliberations import conflicting
from store.people.narrowing import followed_through
from store.people.room import Reading
from store.people.tables.calls import assignments, jurors
from store.people.tables.decisions import decided_dossiers, dossier_states
from store.people.tables.jury import declarations, scores
from store.people.viewers import Viewer
from store.schema import dossiers


@dataclass(frozen=True, slots=True)
class Workload:
    """A juror's: dossiers given to read, those begun, and how many of their markers were answered."""

    assigned: int = 0
    begun: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """A call's: its dossiers by state and by reading, its jury, and the answers that the jury has given.

    `assigned` counts pairs of a dossier and a juror, `answered` triples of these and a marker.
    """

    dossiers: int = 0
    complete: int = 0
    pieces_requested: int = 0
    dropped: int = 0
    decided: int = 0  # of which all fields are decided, but for those dropped
    read: int = 0
    unread: int = 0  # looked at, in vain: unreadable or failed
    waiting: int = 0
    jurors: int = 0
    assigned: int = 0
    answered: int = 0

    @property
    def to_instruct(self) -> int:
        """Dossiers on whose completeness nobody has spoken."""
        return self.followed - self.complete - self.pieces_requested

    @property
    def followed(self) -> int:
        """Dossiers that do not stop here."""
        return self.dossiers - self.dropped


def of_jurors(reading: Reading, viewer: Viewer) -> Mapping[int, Workload]:
    """The workload of each juror who has one, on the dossiers that the viewer sees; by the number of their account."""
    return _workloads(reading, viewer)


def of_juror(reading: Reading, viewer: Viewer, person_id: int) -> Workload | None:
    """The workload of one account; None for one that has none."""
    return _workloads(reading, viewer, person_id).get(person_id)


def of_calls(reading: Reading, viewer: Viewer) -> Mapping[str, Progress]:
    """How far each call is whose dossiers the viewer sees; a call without any has only its jury."""
    connection = reading.connection
    found = {call: Progress(jurors=count) for call, count in connection.execute(_juries())}
    for row in connection.execute(_states(viewer)):
        found[row.call] = replace(found.get(row.call, Progress()), **_counts_of(row))
    for call, pairs in connection.execute(_assigned(viewer)):
        found[call] = replace(found[call], assigned=pairs)
    given = _first_answers()
    answered = _of_dossiers(viewer, given, dossiers.c.call, _sum(given.c.markers)).group_by(dossiers.c.call)
    for call, markers in connection.execute(answered):
        found[call] = replace(found[call], answered=markers)
    return found


def _juries() -> Select[Any]:
    return select(jurors.c.call, func.count()).group_by(jurors.c.call)


def _states(viewer: Viewer) -> Select[Any]:
    reading, state = index_dossiers.c.status, dossier_states.c.state
    return (
        select(
            dossiers.c.call,
            func.count().label("dossiers"),
            _number(state == "complete").label("complete"),
            _number(state == "pieces-requested").label("pieces_requested"),
            _number(state == "dropped").label("dropped"),
            _number(followed_through()).label("decided"),
            _number(reading == Status.ANALYSED.value).label("read"),
            _number(reading.in_((Status.UNREADABLE.value, Status.FAILED.value))).label("unread"),
            _number(reading == Status.WAITING.value).label("waiting"),
        )
        .outerjoin(index_dossiers, index_dossiers.c.dossier_id == dossiers.c.id)
        .outerjoin(dossier_states, dossier_states.c.dossier_id == dossiers.c.id)
        .outerjoin(decided_dossiers, decided_dossiers.c.dossier_id == dossiers.c.id)
        .where(visible.dossiers_of(viewer))
        .group_by(dossiers.c.call)
    )


def _counts_of(row: Row[Any]) -> dict[str, int]:
    return {name: value for name, value in row._mapping.items() if name != "call"}


def _assigned(viewer: Viewer) -> Select[Any]:
    return _of_dossiers(viewer, assignments, dossiers.c.call, func.count()).group_by(dossiers.c.call)


def _workloads(reading: Reading, viewer: Viewer, person_id: int | None = None) -> dict[int, Workload]:
    """Of one account, or of all when it is None."""
    given = _first_answers()
    assigned = _of_dossiers(viewer, assignments, assignments.c.person_id, func.count())
    answered = _of_dossiers(viewer, given, given.c.person_id, func.count(), _sum(given.c.markers))
    if person_id is not None:
        assigned = assigned.where(assignments.c.person_id == person_id)
        answered = answered.where(given.c.person_id == person_id)
    pairs = reading.connection.execute(assigned.group_by(assignments.c.person_id))
    found = {person: Workload(count) for person, count in pairs}
    for person, begun, markers in reading.connection.execute(answered.group_by(given.c.person_id)):
        found[person] = replace(found.get(person, Workload()), begun=begun, answered=markers)
    return found


def _first_answers() -> Subquery:
    """Pairs of a juror and a dossier, with how many of its markers they answered, however often they thought again."""
    # An index holds the answers that replace none.
    pair = scores.c.person_id, scores.c.dossier_id
    count = func.count().label("markers")
    return select(*pair, count).where(scores.c.replaces.is_(None)).group_by(*pair).subquery("given")


def _of_dossiers(viewer: Viewer, table: FromClause, *columns: ColumnElement[Any]) -> Select[Any]:
    """Columns of `table`, whose rows are about a juror and a dossier that the viewer sees; none of who withdrew."""
    seen = and_(dossiers.c.id == table.c.dossier_id, visible.dossiers_of(viewer))
    # Joined, not « not in »: few have withdrawn, and these are looked up in no time once they are found.
    gone = select(declarations.c.dossier_id, declarations.c.person_id).where(conflicting()).subquery("gone")
    theirs = and_(gone.c.dossier_id == table.c.dossier_id, gone.c.person_id == table.c.person_id)
    joined = table.join(dossiers, seen).outerjoin(gone, theirs)
    return select(*columns).select_from(joined).where(gone.c.person_id.is_(None))


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


def _sum(numbers: ColumnElement[int]) -> ColumnElement[int]:
    return cast(func.sum(numbers), Integer)
