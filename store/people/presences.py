"""Who sits in a session, under whom and on which day, from when on: a row each time it changes, sealed by the journal.

What the jury holds refers to the row in force, so that what was deliberated on one day keeps those who deliberated it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain
from typing import Protocol

from sqlalchemy import Row, delete, insert, select, update

from store.canonical import canonical_json
from store.instants import instant
from store.journal import Writing
from store.people import calls, deliberations, sealing, visible
from store.people.deliberations import NotHeld, Session, SessionState, about_session
from store.people.planning import InvalidPlan
from store.people.room import Reading
from store.people.tables.deliberations import (
    jury_sessions,
    presences,
    session_absences,
    session_dossiers,
    session_jurors,
)
from store.people.viewers import Viewer
from store.records import Action, Datum


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who is there on a day, by account: `present`, among whom who chairs."""

    held_on: date
    chair: int
    present: frozenset[int]


@dataclass(frozen=True, slots=True)
class Presence:
    """An attendance as it was told; `absent` were convened. `id` and `at` are None for a session that kept none."""

    id: int | None
    session_id: int
    attendance: Attendance
    absent: frozenset[int]
    at: datetime | None


class _Held(Protocol):
    @property
    def session_id(self) -> int: ...
    @property
    def presence(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Presences:
    """Those of some sessions, the oldest first in each; a session that was opened has one at least."""

    of_session: Mapping[int, tuple[Presence, ...]]

    def under(self, word: _Held) -> Presence:
        """The one under which something was held; the first of its session where that was not kept."""
        told = self.of_session[word.session_id]
        return next((each for each in told if each.id == word.presence), told[0])

    def sat(self, session_id: int, words: Iterable[_Held]) -> tuple[Presence, ...]:
        """Those to be told of a session in which `words` were held: one that was put right the same day is not."""
        told = self.of_session[session_id]
        held = {self.under(word).id for word in words if word.session_id == session_id}
        return tuple(
            each
            for each, following in zip(told, (*told[1:], None), strict=True)
            if each.id in held or following is None or _day(following) != _day(each)
        )


def gatherings(told: Iterable[Presence]) -> tuple[tuple[Presence, ...], ...]:
    """Presences put together where a jury changed and came back the same day: the same people under the same chair."""
    found: dict[tuple[Attendance, frozenset[int]], tuple[Presence, ...]] = {}
    for each in told:
        gathered = (each.attendance, each.absent)
        found[gathered] = (*found.get(gathered, ()), each)
    return tuple(found.values())


def of_sessions(reading: Reading | Writing, viewer: Viewer, session_ids: Iterable[int]) -> Presences:
    """Of the sessions among these that the viewer sees and that were opened."""
    query = (
        select(presences)
        .join(jury_sessions, jury_sessions.c.id == presences.c.session_id)
        .where(presences.c.session_id.in_(set(session_ids)), visible.sessions_of(viewer))
        .order_by(presences.c.id)
    )
    found: dict[int, tuple[Presence, ...]] = {}
    for row in reading.connection.execute(query):
        found[row.session_id] = (*found.get(row.session_id, ()), _presence(row))
    for session in deliberations.several(reading, viewer, set(session_ids) - found.keys()).values():
        if session.state is not SessionState.PLANNED:
            found[session.id] = (_not_kept(reading, session),)
    return Presences(found)


def in_force(writing: Writing, viewer: Viewer, session: Session) -> int | None:
    """The number of the one in force, written down first for a session that was opened before they were kept."""
    last = _last(writing, session.id)
    return _written_down(writing, viewer, session).id if last is None else last.id


def change(writing: Writing, viewer: Viewer, session_id: int, attendance: Attendance, replaces: int | None) -> None:
    """Who sits from now on; what was held before keeps those who held it. Newcomers are given the dossiers.

    `replaces` is the one that the person saw, None where none was kept.

    Raises:
        NotInStore: the viewer does not see the session.
        NotHeld: it is not open, or another presence was told meanwhile.
        InvalidPlan: who chairs is not there, or somebody is not on the jury of the call.
    """
    session = deliberations.require(writing, viewer, session_id)
    if session.state is not SessionState.OPEN:
        raise NotHeld("Les présents ne changent que dans une séance ouverte.")
    last = _last(writing, session_id)
    if last is not None and last.attendance == attendance:
        return
    if (None if last is None else last.id) != replaces:
        raise NotHeld("Les présents ont été changés entre-temps.")
    if attendance.chair not in attendance.present:
        raise InvalidPlan("Qui préside doit être parmi les jurés présents.")
    if attendance.present - {juror.person_id for juror in calls.jury(writing, session.call)}:
        raise InvalidPlan("Une des personnes choisies ne siège pas au jury de cet appel.")
    former = _written_down(writing, viewer, session) if last is None else last
    absent = (former.attendance.present | former.absent) - attendance.present
    tell(writing, viewer, session_id, attendance, absent, former)
    _seat(writing, session_id, attendance, absent)
    brought = select(session_dossiers.c.dossier_id).where(session_dossiers.c.session_id == session_id)
    dossier_ids = tuple(writing.connection.scalars(brought))
    for person_id in sorted(attendance.present - former.attendance.present):
        calls.assign(writing, person_id, dossier_ids)


def tell(
    writing: Writing,
    viewer: Viewer,
    session_id: int,
    attendance: Attendance,
    absent: frozenset[int],
    former: Presence | None = None,
) -> int:
    """Adds a presence, and the event that says it beside the `former` one; gives its number."""
    row: dict[str, str | int | None] = {
        "session_id": session_id,
        "held_on": attendance.held_on.isoformat(),
        "chair": attendance.chair,
        "present": canonical_json(sorted(attendance.present)).decode(),
        "absent": canonical_json(sorted(absent)).decode(),
        "person_id": viewer.id,
        "replaces": None if former is None else former.id,
    }
    told: dict[str, Datum] = {**_told(attendance), "absent": _codes(absent)}
    if former is not None:
        told |= {f"{name}_before": value for name, value in _told(former.attendance).items()}
    number: int = sealing.append(writing, Action.PRESENCE_SET, about_session(session_id), row, told).id
    return number


def _day(presence: Presence) -> date | None:
    """When it was written."""
    return None if presence.at is None else presence.at.date()


def _told(attendance: Attendance) -> dict[str, Datum]:
    return {
        "day": attendance.held_on.isoformat(),
        "chair": attendance.chair,
        "present": _codes(attendance.present),
    }


def _codes(people: Iterable[int]) -> tuple[str, ...]:
    return tuple(str(person_id) for person_id in sorted(people))


def _seat(writing: Writing, session_id: int, attendance: Attendance, absent: frozenset[int]) -> None:
    """Whose answers count from now on; who sat before keeps seeing the session."""
    former = writing.connection.scalars(select(presences.c.present).where(presences.c.session_id == session_id))
    sat = frozenset(chain.from_iterable(json.loads(each) for each in former))
    for seats in (session_jurors, session_absences):
        writing.connection.execute(delete(seats).where(seats.c.session_id == session_id))
    there = [{"session_id": session_id, "person_id": each} for each in sorted(attendance.present)]
    writing.connection.execute(insert(session_jurors), there)
    away = [{"session_id": session_id, "person_id": each, "sat": int(each in sat)} for each in sorted(absent)]
    if away:
        writing.connection.execute(insert(session_absences), away)
    here = jury_sessions.c.id == session_id
    writing.connection.execute(update(jury_sessions).where(here).values(chair=attendance.chair))


def _last(writing: Writing, session_id: int) -> Presence | None:
    query = select(presences).where(presences.c.session_id == session_id).order_by(presences.c.id.desc()).limit(1)
    row = writing.connection.execute(query).one_or_none()
    return None if row is None else _presence(row)


def _written_down(writing: Writing, viewer: Viewer, session: Session) -> Presence:
    told = _not_kept(writing, session)
    return replace(told, id=tell(writing, viewer, session.id, told.attendance, told.absent))


def _not_kept(reading: Reading | Writing, session: Session) -> Presence:
    """Of a session that was opened before presences were kept: it had one list of those who came, and one day."""
    present = frozenset(deliberations.attending(reading, session.id))
    absent = frozenset(deliberations.absent(reading, session.id))
    return Presence(None, session.id, Attendance(session.held_on, session.chair, present), absent, None)


def _presence(row: Row[tuple[object, ...]]) -> Presence:
    attendance = Attendance(date.fromisoformat(row.held_on), row.chair, frozenset(json.loads(row.present)))
    return Presence(row.id, row.session_id, attendance, frozenset(json.loads(row.absent)), instant(row.at))
