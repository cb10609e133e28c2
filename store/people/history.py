"""The journal as people read it: filtered, newest first; and all that was done to one dossier."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, func, literal, or_, select

from store.index_tables import index_dossiers
from store.instants import written
from store.journal import Writing, about_dossier, event_of
from store.people import visible
from store.people.calls import about_call
from store.people.deliberations import about_session
from store.people.dossiers import called
from store.people.room import Reading
from store.people.viewers import Viewer
from store.records import Action, JournalEvent
from store.schema import dossiers, journal

_HERE = ZoneInfo("Europe/Paris")  # as pages show instants


@dataclass(frozen=True, slots=True)
class Choice:
    """What the journal is narrowed to: None does not narrow. `until` is the last day; days are those of France."""

    action: Action | None = None
    actor: str | None = None  # "machine", "person:12"
    dossier: str | None = None  # words of its name, or the beginning of its id: `store.people.dossiers.called`
    session: int | None = None
    call: str | None = None
    since: date | None = None
    until: date | None = None


def events(
    reading: Reading | Writing, viewer: Viewer, choice: Choice, *, before: int | None = None, limit: int = 50
) -> tuple[JournalEvent, ...]:
    """At most `limit` events that the viewer sees, the newest first, from below the sequence `before`."""
    query = select(journal).where(*_conditions(viewer, choice)).order_by(journal.c.sequence.desc())
    found: list[JournalEvent] = []
    while len(found) < limit:
        below = query if before is None else query.where(journal.c.sequence < before)
        wanted = limit - len(found)
        rows = reading.connection.execute(below.limit(wanted)).all()
        found += _legible(rows)
        if len(rows) < wanted:
            break
        before = rows[-1].sequence
    return tuple(found)


def count(reading: Reading | Writing, viewer: Viewer, choice: Choice) -> int:
    """How many events the choice leaves."""
    query = select(func.count()).select_from(journal).where(*_conditions(viewer, choice))
    return reading.connection.execute(query).scalar_one()


def of_dossier(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> tuple[JournalEvent, ...]:
    """All that was done to a dossier, the oldest first."""
    subject = journal.c.subject == about_dossier(dossier_id)
    query = select(journal).where(visible.journal_of(viewer), subject).order_by(journal.c.sequence)
    return tuple(_legible(reading.connection.execute(query)))


def instruction_of(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> tuple[JournalEvent, ...]:
    """What became of a dossier and of its instruction, the oldest first: nothing of what jurors do on their own."""
    theirs = select(dossiers.c.id).where(dossiers.c.id == dossier_id, visible.dossiers_of(viewer)).exists()
    wanted = (journal.c.subject == about_dossier(dossier_id), visible.instruction_of(viewer), theirs)
    query = select(journal).where(*wanted).order_by(journal.c.sequence)
    return tuple(_legible(reading.connection.execute(query)))


def _legible(rows: Iterable[Row[Any]]) -> Iterator[JournalEvent]:
    """The events; one altered so that it says nothing any more is left to the verification, which tells it."""
    for row in rows:
        with suppress(ValueError):
            yield event_of(row)


def _conditions(viewer: Viewer, choice: Choice) -> list[ColumnElement[bool]]:
    conditions = [visible.journal_of(viewer)]
    if choice.action is not None:
        conditions.append(journal.c.action == choice.action.value)
    if choice.actor is not None:
        conditions.append(journal.c.actor == choice.actor)
    if choice.dossier is not None:
        conditions.append(journal.c.subject.in_(_subjects(choice.dossier)))
    if choice.session is not None:
        conditions.append(journal.c.subject == about_session(choice.session))
    if choice.call is not None:
        of_call = select(literal("dossier:") + dossiers.c.id).where(dossiers.c.call == choice.call)
        conditions.append(or_(journal.c.subject == about_call(choice.call), journal.c.subject.in_(of_call)))
    if choice.since is not None:
        conditions.append(journal.c.at >= written(_midnight(choice.since)))
    if choice.until is not None:
        conditions.append(journal.c.at < written(_midnight(choice.until + timedelta(days=1))))
    return conditions


def _subjects(dossier: str) -> Select[tuple[str]]:
    """Of all dossiers that are called so."""
    return select(literal("dossier:") + index_dossiers.c.dossier_id).where(called(dossier))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), _HERE)
