"""Signs of life of the worker: people whose files wait are told when nobody is there to read them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, insert, select, union_all, update

from store.index import Status
from store.index_tables import index_dossiers
from store.instants import instant, now
from store.intake_tables import intakes, retries
from store.intakes import IntakeState
from store.journal import Writing
from store.keys import ROOM_BATCH
from store.people.tables.deposits import deposit_choices
from store.schema import worker_signs
from store.settling import chosen

SILENCE = timedelta(minutes=2)
"""Without a sign for longer, the worker is held to be stopped."""
_ONE = 1


@dataclass(frozen=True, slots=True)
class Stopped:
    """That something waits and no worker is there; `since` is its last sign, None where none was ever given."""

    since: datetime | None


def give(writing: Writing) -> None:
    """Says that the worker is there now. The journal is told nothing."""
    at = {"at": now()}
    if writing.connection.execute(update(worker_signs).values(at)).rowcount == 0:
        writing.connection.execute(insert(worker_signs).values(id=_ONE, **at))


def last(connection: Connection) -> datetime | None:
    """When the worker last said that it was there; None where it never did."""
    at = connection.scalar(select(worker_signs.c.at))
    return None if at is None else instant(at)


def stopped(connection: Connection, at: datetime) -> Stopped | None:
    """Whether something waits for the worker at that moment, and no worker is there; None otherwise.

    One that never gave a sign is given as long to begin with, from when the first thing waits.
    """
    since = last(connection)
    if since is not None and at - since <= SILENCE:
        return None
    waiting = _waiting_since(connection)
    if waiting is None or (since is None and at - instant(waiting) <= SILENCE):
        return None
    return Stopped(since)


def _waiting_since(connection: Connection) -> str | None:
    """From when the first thing that the worker has to do waits; None when there is nothing to do."""
    under_way = (IntakeState.READY.value, IntakeState.RUNNING.value)
    waits = (index_dossiers.c.batch == ROOM_BATCH) & (index_dossiers.c.status == Status.WAITING.value)
    each = union_all(
        select(func.min(intakes.c.updated_at).label("at")).where(intakes.c.state.in_(under_way)),
        select(func.min(index_dossiers.c.updated_at)).where(waits),
        select(func.min(retries.c.asked_at)),
        chosen().with_only_columns(func.min(deposit_choices.c.at)),
    ).subquery()
    first: str | None = connection.scalar(select(func.min(each.c.at)))
    return first
