"""What was deposited in the room and what became of it, for who may see it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, false, func, or_, select

from store import intakes
from store.index import Likeness, Status
from store.index_tables import index_dossiers, index_likenesses
from store.instants import instant
from store.intake_tables import intake_files, intake_items, retries
from store.intake_tables import intakes as intakes_table
from store.intakes import Intake, IntakeState, Result
from store.journal import Writing
from store.people import visible
from store.people.room import Reading
from store.people.tables.calls import room_calls
from store.people.viewers import Role, Viewer
from store.schema import dossiers


@dataclass(frozen=True, slots=True)
class Drop:
    """An intake in a list: `opened_by` is an actor; how many files, dossiers, things left out, and to be settled.

    `first` is the path of one of its files, None of one that has none.
    """

    id: int
    name: str
    state: IntakeState
    opened_by: str
    opened_at: datetime
    files: int
    dossiers: int
    refused: int
    to_settle: int
    first: str | None


@dataclass(frozen=True, slots=True)
class LikeOne:
    """Another dossier of the call with files or wording in common; `share` is 0 to 1."""

    dossier_id: str
    name: str
    kind: Likeness
    share: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one thing in an intake.

    What follows `reason` is about the dossier, None or empty for something refused: `failure` is the code of what made
    its analysis fail, or of why nothing could be read, `retried` says that another try is asked for, `deposit` is the
    number of the deposit that this made.
    """

    path: str
    result: Result
    reason: str | None
    dossier_id: str | None
    name: str | None
    status: Status | None
    failure: str | None
    partly_read: bool
    retried: bool
    likes: tuple[LikeOne, ...]
    deposit: int | None

    @property
    def waits(self) -> bool:
        """Whether the machine has yet to say what it is."""
        return self.status is Status.WAITING or self.retried


def of_call(reading: Reading, viewer: Viewer, call: str, limit: int = 30) -> tuple[Drop, ...]:
    """The intakes of a call, newest first."""
    held, made = intakes_table.c, intake_items.c
    files = select(func.count()).where(intake_files.c.intake == held.id).scalar_subquery()
    first = select(func.min(intake_files.c.path)).where(intake_files.c.intake == held.id).scalar_subquery()
    of_items = select(func.count()).where(made.intake == held.id)
    query = (
        select(
            held.id,
            held.name,
            held.state,
            held.opened_by,
            held.opened_at,
            files.label("files"),
            first.label("first"),
            of_items.where(made.deposit.is_not(None)).scalar_subquery().label("dossiers"),
            of_items.where(made.result == Result.REFUSED.value).scalar_subquery().label("refused"),
            of_items.where(made.result == Result.TO_SETTLE.value).scalar_subquery().label("to_settle"),
        )
        .where(held.call == call, seen(viewer))
        .order_by(held.id.desc())
        .limit(limit)
    )
    return tuple(_drop(row) for row in reading.connection.execute(query))


def dossiers_of_call(reading: Reading, viewer: Viewer, call: str) -> int:
    """How many dossiers of the call the viewer sees, however they came."""
    query = select(func.count()).select_from(dossiers).where(dossiers.c.call == call, visible.dossiers_of(viewer))
    return reading.connection.execute(query).scalar_one()


def find(reading: Reading | Writing, viewer: Viewer, intake_id: int) -> Intake | None:
    """The intake, None when there is none or not for this viewer."""
    query = select(intakes_table.c.id).where(intakes_table.c.id == intake_id, seen(viewer))
    known = reading.connection.scalar(query)
    return None if known is None else intakes.find(reading.connection, known)


def outcomes(reading: Reading, viewer: Viewer, intake_id: int) -> tuple[Outcome, ...]:
    """What became of everything in an intake that the viewer sees, as the machine met it, save what waits for people
    (`store.people.questions`)."""
    found = reading.connection.execute(
        select(
            intake_items,
            dossiers.c.name,
            index_dossiers.c.status,
            index_dossiers.c.reason.label("failure"),
            index_dossiers.c.partly_read,
            retries.c.asked_at,
        )
        .select_from(intake_items)
        .outerjoin(dossiers, and_(dossiers.c.id == intake_items.c.dossier_id, visible.dossiers_of(viewer)))
        .outerjoin(index_dossiers, index_dossiers.c.dossier_id == dossiers.c.id)
        .outerjoin(retries, retries.c.dossier_id == dossiers.c.id)
        .where(intake_items.c.intake == intake_id, intake_items.c.result != Result.TO_SETTLE.value)
        .where(exists().where(intakes_table.c.id == intake_id, seen(viewer)))
        .order_by(intake_items.c.position)
    ).all()
    likes = _likes(reading, viewer, intake_id)
    return tuple(_outcome(row, likes) for row in found)


def is_behind(reading: Reading, intake_id: int) -> bool:
    """Whether the machine has another intake to read before this one."""
    held = intakes_table.c
    earlier = and_(held.state == IntakeState.READY.value, held.id < intake_id)
    under_way = and_(held.state == IntakeState.RUNNING.value, held.id != intake_id)
    return reading.connection.scalar(select(exists().where(or_(earlier, under_way)))) or False


def seen(viewer: Viewer) -> ColumnElement[bool]:
    """On `intakes`: those of calls that the viewer sees; none for jurors, to whom dossiers are given one by one."""
    if viewer.role is Role.JUROR:
        return false()
    return exists().where(room_calls.c.call == intakes_table.c.call, visible.calls(viewer))


def _likes(reading: Reading, viewer: Viewer, intake_id: int) -> Mapping[str, Sequence[LikeOne]]:
    """By dossier of the intake, those of the call that are like it."""
    pair, mine = index_likenesses.c, intake_items.c
    either = or_(pair.dossier_a == mine.dossier_id, pair.dossier_b == mine.dossier_id)
    other = or_(pair.dossier_a == dossiers.c.id, pair.dossier_b == dossiers.c.id)
    query = (
        select(mine.dossier_id, dossiers.c.id, dossiers.c.name, pair.kind, pair.share)
        .select_from(intake_items)
        .join(index_likenesses, either)
        .join(dossiers, and_(other, dossiers.c.id != mine.dossier_id, visible.dossiers_of(viewer)))
        .where(mine.intake == intake_id, mine.result != Result.TO_SETTLE.value)
        .distinct()
        .order_by(pair.share.desc(), dossiers.c.name)
    )
    found: dict[str, list[LikeOne]] = defaultdict(list)
    for row in reading.connection.execute(query):
        found[row[0]].append(LikeOne(row[1], row[2], Likeness(row[3]), row[4]))
    return found


def _drop(row: Row[Any]) -> Drop:
    return Drop(
        row.id,
        row.name,
        IntakeState(row.state),
        row.opened_by,
        instant(row.opened_at),
        row.files,
        row.dossiers,
        row.refused,
        row.to_settle,
        row.first,
    )


def _outcome(row: Row[Any], likes: Mapping[str, Sequence[LikeOne]]) -> Outcome:
    return Outcome(
        path=row.path,
        result=Result(row.result),
        reason=row.reason,
        dossier_id=None if row.name is None else row.dossier_id,
        name=row.name,
        status=None if row.status is None else Status(row.status),
        failure=row.failure,
        partly_read=bool(row.partly_read),
        retried=row.asked_at is not None,
        likes=tuple(likes.get(row.dossier_id, ())),
        deposit=None if row.name is None else row.deposit,
    )
