"""How far the instruction of each dossier is, and who instructs it: people's words, one row per dossier."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, insert, select, update

from store.instants import instant, now
from store.journal import Writing, about_dossier
from store.people import visible
from store.people.room import Reading
from store.people.tables.decisions import dossier_states
from store.people.viewers import Viewer
from store.records import Action, Datum
from store.schema import dossiers, journal

_OF_JUROR = "person"
"""In the data of an event: a dossier given to a juror to read, which is no change of its instruction."""


class State(StrEnum):
    """What instructors say of the completeness of a dossier as a whole."""

    OPEN = "open"
    COMPLETE = "complete"
    PIECES_REQUESTED = "pieces-requested"
    DROPPED = "dropped"  # it stops here, for a `Reason`; nothing of it is deleted


class Reason(StrEnum):
    """Why a dossier stops here."""

    INADMISSIBLE = "inadmissible"
    LATE = "late"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"
    TRIAL = "trial"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a dossier and the account that instructs it; `updated_at` is None while nobody said anything.

    `reason` is that of a dossier that is dropped, None for all others.
    """

    state: State = State.OPEN
    assignee: int | None = None
    updated_at: datetime | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """The account that last changed where a dossier stands, and when."""

    person_id: int
    at: datetime


def of_dossier(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> Standing:
    """Where a dossier stands; as one of which nobody said anything when the viewer does not see it."""
    return _standings(reading, viewer, dossiers.c.id == dossier_id).get(dossier_id, Standing())


def of_call(reading: Reading | Writing, viewer: Viewer, call: str) -> Mapping[str, Standing]:
    """Where the dossiers of a call stand that the viewer sees; those of which nobody said anything are not in it."""
    return _standings(reading, viewer, dossiers.c.call == call)


def dropped(reading: Reading | Writing, viewer: Viewer, *dossier_ids: str) -> Mapping[str, Reason]:
    """Those of some dossiers that the viewer sees which stop here, and why."""
    row = dossier_states.c
    some = and_(row.dossier_id.in_(dossier_ids), row.state == State.DROPPED.value)
    standings = _standings(reading, viewer, some)
    return {each: standing.reason for each, standing in standings.items() if standing.reason is not None}


def count(reading: Reading, viewer: Viewer, call: str, state: State) -> int:
    """How many dossiers of a call that the viewer sees someone has given this state."""
    query = (
        select(func.count())
        .select_from(dossier_states.join(dossiers, dossiers.c.id == dossier_states.c.dossier_id))
        .where(dossiers.c.call == call, dossier_states.c.state == state.value, visible.dossiers_of(viewer))
    )
    found: int = reading.connection.execute(query).scalar_one()
    return found


def last_change(reading: Reading | Writing, viewer: Viewer, dossier_id: str, *actions: Action) -> Change | None:
    """Who last marked or entrusted a dossier that the viewer sees, by what the journal calls it; None: nobody did."""
    query = (
        select(journal.c.actor, journal.c.at, journal.c.data)
        .where(journal.c.subject == about_dossier(dossier_id), journal.c.action.in_(actions))
        .where(exists().where(dossiers.c.id == dossier_id, visible.dossiers_of(viewer)))
        .order_by(journal.c.sequence.desc())
    )
    for row in reading.connection.execute(query):
        if _OF_JUROR not in json.loads(row.data):
            return Change(int(row.actor.removeprefix("person:")), instant(row.at))
    return None


def mark(
    writing: Writing,
    dossier_ids: Sequence[str],
    state: State,
    bulk: int | None = None,
    *,
    reason: Reason | None = None,
) -> None:
    """Gives dossiers that the caller knows to be visible a state; `bulk` is the bulk action that does it.

    `reason` is said of those that are dropped, and of no other.

    Raises:
        ValueError: dropped without a reason, or a reason for another state.
    """
    if (state is State.DROPPED) is not (reason is not None):
        raise ValueError("a dossier is dropped for a reason, and for that alone")
    why = None if reason is None else reason.value
    _set(writing, dossier_ids, {"state": state.value, "reason": why})
    told: dict[str, Datum] = {"state": state.value, "bulk": bulk}
    if why is not None:
        told["dropped_for"] = why
    writing.tell_all((Action.DOSSIER_MARKED, about_dossier(dossier_id), told) for dossier_id in dossier_ids)


def entrust(writing: Writing, dossier_ids: Sequence[str], person_id: int | None, bulk: int | None = None) -> None:
    """Has an account instruct dossiers that the caller knows to be visible; None: nobody does any more."""
    _set(writing, dossier_ids, {"assignee": person_id})
    action = Action.DOSSIER_UNASSIGNED if person_id is None else Action.DOSSIER_ASSIGNED
    told: dict[str, Datum] = {"instructor": person_id, "bulk": bulk}
    writing.tell_all((action, about_dossier(dossier_id), told) for dossier_id in dossier_ids)


def _standings(reading: Reading | Writing, viewer: Viewer, condition: ColumnElement[bool]) -> dict[str, Standing]:
    query = (
        select(dossier_states)
        .join(dossiers, dossiers.c.id == dossier_states.c.dossier_id)
        .where(condition, visible.dossiers_of(viewer))
    )
    return {
        row.dossier_id: Standing(
            State(row.state),
            row.assignee,
            instant(row.updated_at),
            None if row.reason is None else Reason(row.reason),
        )
        for row in reading.connection.execute(query)
    }


def _set(writing: Writing, dossier_ids: Sequence[str], said: Mapping[str, str | int | None]) -> None:
    """Puts the same values into the rows of some dossiers, which are added where nobody said anything of them yet."""
    if not dossier_ids:
        return
    at = now()
    known = set(writing.connection.scalars(select(dossier_states.c.dossier_id)))
    each_once = dict.fromkeys(dossier_ids)
    new = [{"dossier_id": each, "state": State.OPEN.value, "updated_at": at} for each in each_once if each not in known]
    if new:
        writing.connection.execute(insert(dossier_states), new)
    values = {**said, "updated_at": at, **({"marked_at": at} if "state" in said else {})}
    change = update(dossier_states).where(dossier_states.c.dossier_id == bindparam("which")).values(values)
    writing.connection.execute(change, [{"which": each} for each in each_once])
