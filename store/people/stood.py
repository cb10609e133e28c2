"""How things stood before a jury at any moment: who was in conflict with a dossier, how many had answered a marker.

Minutes are told from it: what a jury held keeps the jury that held it, whatever was declared or answered since.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from store.instants import instant
from store.journal import Writing
from store.people import visible
from store.people.deliberations import said_in_time
from store.people.presences import Presence
from store.people.room import Reading
from store.people.tables.deliberations import jury_sessions, session_dossiers
from store.people.tables.jury import declarations, scores
from store.people.viewers import Viewer
from store.schema import dossiers


@dataclass(frozen=True, slots=True)
class Said:
    """That a person said something at a moment: `no` that there is no conflict, or that they can say of a marker."""

    person_id: int
    no: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Answering:
    """How many jurors had answered a marker, of how many who could speak, and how many that they cannot say."""

    jurors: int
    speaking: int
    unsure: int


@dataclass(frozen=True, slots=True)
class Stood:
    """Declarations by dossier, and answers by dossier and marker; the oldest first. A moment of None is the end."""

    declarations: Mapping[str, tuple[Said, ...]]
    answers: Mapping[tuple[str, str], tuple[Said, ...]]

    def declared(self, dossier_id: str, at: datetime | None) -> bool:
        """Whether anybody had declared a conflict of interest, or that there is none."""
        return bool(_last(self.declarations.get(dossier_id, ()), at))

    def in_conflict(self, dossier_id: str, at: datetime | None) -> frozenset[int]:
        """Who was in conflict with the dossier."""
        last = _last(self.declarations.get(dossier_id, ()), at)
        return frozenset(person for person, said in last.items() if not said.no)

    def speaking(self, dossier_id: str, presence: Presence, at: datetime | None) -> frozenset[int]:
        """Who was there and could speak of the dossier."""
        return presence.attendance.present - self.in_conflict(dossier_id, at)

    def answering(self, dossier_id: str, marker: str, presence: Presence, at: datetime | None) -> Answering:
        """How many of those who could speak had answered the marker."""
        there = self.speaking(dossier_id, presence, at)
        last = _last(self.answers.get((dossier_id, marker), ()), at)
        given = [said for person, said in last.items() if person in there]
        return Answering(len(given), len(there), sum(not said.no for said in given))


def of_session(reading: Reading | Writing, viewer: Viewer, session_id: int) -> Stood:
    """Of the dossiers of a session that the viewer sees, until it was closed."""
    declared: dict[str, tuple[Said, ...]] = {}
    query = (
        select(declarations.c.dossier_id, declarations.c.person_id, declarations.c.conflict, declarations.c.at)
        .join(session_dossiers, session_dossiers.c.dossier_id == declarations.c.dossier_id)
        .join(jury_sessions, jury_sessions.c.id == session_dossiers.c.session_id)
        .join(dossiers, dossiers.c.id == declarations.c.dossier_id)
        .where(jury_sessions.c.id == session_id, visible.dossiers_of(viewer), said_in_time(declarations))
        .order_by(declarations.c.id)
    )
    for row in reading.connection.execute(query):
        said = Said(row.person_id, not row.conflict, instant(row.at))
        declared[row.dossier_id] = (*declared.get(row.dossier_id, ()), said)
    given: dict[tuple[str, str], tuple[Said, ...]] = {}
    query = (
        select(scores.c.dossier_id, scores.c.marker, scores.c.person_id, scores.c.value, scores.c.at)
        .join(session_dossiers, session_dossiers.c.dossier_id == scores.c.dossier_id)
        .join(jury_sessions, jury_sessions.c.id == session_dossiers.c.session_id)
        .where(jury_sessions.c.id == session_id, visible.scores_of(viewer), said_in_time(scores))
        .order_by(scores.c.id)
    )
    for row in reading.connection.execute(query):
        said = Said(row.person_id, row.value is not None, instant(row.at))
        given[row.dossier_id, row.marker] = (*given.get((row.dossier_id, row.marker), ()), said)
    return Stood(declared, given)


def _last(said: Iterable[Said], at: datetime | None) -> dict[int, Said]:
    """The last of each person until then."""
    return {each.person_id: each for each in said if at is None or each.at <= at}
