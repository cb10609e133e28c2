"""Sessions of the jury as they are held by their chair, dossier by dossier; `planning` is how they come to be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from sqlalchemy import ColumnElement, FromClause, Row, Table, exists, func, or_, select

from pipeline.errors import UsageProblem
from pipeline.text import alphabetical
from store.index import Status
from store.index_tables import index_dossiers
from store.instants import instant
from store.journal import Writing
from store.people import dossiers, visible
from store.people.room import Reading
from store.people.tables.accounts import people
from store.people.tables.deliberations import (
    collective_answers,
    collective_values,
    jury_sessions,
    outcomes,
    session_absences,
    session_dossiers,
    session_jurors,
)
from store.people.tables.jury import answers, declarations, passage_choices, scores
from store.people.viewers import Viewer
from store.problems import NotInStore
from store.schema import dossiers as dossiers_table


class SessionState(StrEnum):
    """Where a session is."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class NotHeld(UsageProblem):
    """Something that the session does not allow, or not now."""

    code = "not-held"
    advice = "Rechargez la page pour voir où en est la séance."


class _Dated(Protocol):
    @property
    def at(self) -> datetime: ...


Said = TypeVar("Said", bound=_Dated)


@dataclass(frozen=True, slots=True)
class Session:
    """A session of the jury of a call; `opened_at` and `closed_at` are None until it is.

    `quorum` is how many answers the call asked for when it was closed: None before, or where it was not kept.
    """

    id: int
    call: str
    title: str
    held_on: date
    state: SessionState
    chair: int
    opened_at: datetime | None
    closed_at: datetime | None
    quorum: int | None

    def asked(self, today: int) -> int:
        """How many answers a marker needs in this session, of a call that asks for so many `today`."""
        return today if self.quorum is None else self.quorum

    def shown(self, words: Iterable[Said]) -> tuple[Said, ...]:
        """What the session shows of what people said: all, or what stood when it was closed."""
        return tuple(each for each in words if self.closed_at is None or each.at <= self.closed_at)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session with how many of its dossiers the viewer sees, and how many of these are settled."""

    session: Session
    dossiers: int
    settled: int


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A dossier before a session; `values` counts the markers that have a collective value, `outcome` is the last.

    `unread`: the program could read nothing of it.
    """

    dossier_id: str
    name: str
    position: int
    settled: bool
    values: int
    outcome: str | None
    unread: bool

    @property
    def begun(self) -> bool:
        """Whether the jury has held anything of it."""
        return bool(self.values or self.outcome or self.settled)


def about_session(session_id: int) -> str:
    """The subject of journal events on a session."""
    return f"session:{session_id}"


def find(reading: Reading | Writing, viewer: Viewer, session_id: int) -> Session | None:
    """The session, None when there is none or not for this viewer."""
    query = select(jury_sessions).where(_this(session_id), visible.sessions_of(viewer))
    row = reading.connection.execute(query).one_or_none()
    return None if row is None else _session(row)


def several(reading: Reading | Writing, viewer: Viewer, session_ids: Iterable[int]) -> Mapping[int, Session]:
    """Those of these sessions that the viewer sees, by number."""
    query = select(jury_sessions).where(jury_sessions.c.id.in_(set(session_ids)), visible.sessions_of(viewer))
    return {row.id: _session(row) for row in reading.connection.execute(query)}


def require(reading: Reading | Writing, viewer: Viewer, session_id: int) -> Session:
    """The session.

    Raises:
        NotInStore: there is none, or not for this viewer.
    """
    session = find(reading, viewer, session_id)
    if session is None:
        raise NotInStore("Cette séance n'existe pas, ou n'est pas ouverte à cette personne.")
    return session


def every(reading: Reading | Writing, viewer: Viewer) -> tuple[SessionLine, ...]:
    """The sessions that the viewer sees, the latest day first."""
    seen = (
        select(
            session_dossiers.c.session_id,
            func.count().label("dossiers"),
            func.sum(session_dossiers.c.settled).label("settled"),
        )
        .join(dossiers_table, dossiers_table.c.id == session_dossiers.c.dossier_id)
        .where(visible.dossiers_of(viewer))
        .group_by(session_dossiers.c.session_id)
        .subquery()
    )
    query = (
        select(jury_sessions, seen.c.dossiers, seen.c.settled)
        .outerjoin(seen, seen.c.session_id == jury_sessions.c.id)
        .where(visible.sessions_of(viewer))
        .order_by(jury_sessions.c.held_on.desc(), jury_sessions.c.id.desc())
    )
    rows = reading.connection.execute(query)
    return tuple(SessionLine(_session(row), row.dossiers or 0, row.settled or 0) for row in rows)


def agenda(reading: Reading | Writing, viewer: Viewer, session_id: int) -> tuple[AgendaItem, ...]:
    """The dossiers of a session that the viewer sees, in its order."""
    held = collective_values.c.dossier_id == session_dossiers.c.dossier_id
    values = select(func.count(collective_values.c.marker.distinct())).where(
        held, visible.held_in_session(viewer, collective_values), said_in_time(collective_values)
    )
    outcome = (
        select(outcomes.c.outcome)
        .where(outcomes.c.dossier_id == session_dossiers.c.dossier_id, said_in_time(outcomes))
        .order_by(outcomes.c.id.desc())
        .limit(1)
    )
    query = (
        select(
            session_dossiers,
            dossiers_table.c.name,
            index_dossiers.c.status.in_((Status.UNREADABLE.value, Status.FAILED.value)).label("unread"),
            values.correlate(session_dossiers, jury_sessions).scalar_subquery().label("values"),
            outcome.correlate(session_dossiers, jury_sessions).scalar_subquery().label("outcome"),
        )
        .join(dossiers_table, dossiers_table.c.id == session_dossiers.c.dossier_id)
        .join(jury_sessions, jury_sessions.c.id == session_dossiers.c.session_id)
        .outerjoin(index_dossiers, index_dossiers.c.dossier_id == session_dossiers.c.dossier_id)
        .where(_this(session_id), visible.sessions_of(viewer), visible.dossiers_of(viewer))
        .order_by(session_dossiers.c.position)
    )
    return tuple(
        AgendaItem(
            dossier_id=row.dossier_id,
            name=row.name,
            position=row.position,
            settled=bool(row.settled),
            values=row._mapping["values"],
            outcome=row.outcome,
            unread=bool(row.unread),
        )
        for row in reading.connection.execute(query)
    )


def attending(reading: Reading | Writing, session_id: int) -> Mapping[int, str]:
    """The names of the jurors who attend, or are convened as long as it is not opened: by account, by name."""
    return _names(reading, session_jurors, session_id)


def absent(reading: Reading | Writing, session_id: int) -> Mapping[int, str]:
    """The same of those who were convened and did not come; nobody before it is opened."""
    return _names(reading, session_absences, session_id)


def withdrawn(reading: Reading | Writing, viewer: Viewer, session_id: int) -> Mapping[str, frozenset[int]]:
    """Who withdraws for a conflict of interest, by dossier that the viewer sees: accounts of jurors who attend."""
    query = (
        select(declarations.c.dossier_id, declarations.c.person_id)
        .join(session_dossiers, session_dossiers.c.dossier_id == declarations.c.dossier_id)
        .join(
            session_jurors,
            (session_jurors.c.session_id == session_dossiers.c.session_id)
            & (session_jurors.c.person_id == declarations.c.person_id),
        )
        .join(jury_sessions, jury_sessions.c.id == session_dossiers.c.session_id)
        .join(dossiers_table, dossiers_table.c.id == declarations.c.dossier_id)
        .where(_this(session_id), visible.dossiers_of(viewer), conflicting(), said_in_time(declarations))
    )
    found: dict[str, frozenset[int]] = {}
    for row in reading.connection.execute(query):
        found[row.dossier_id] = found.get(row.dossier_id, frozenset()) | {row.person_id}
    return found


def last_words(reading: Reading | Writing, viewer: Viewer, session_id: int, dossier_id: str) -> str:
    """Changes whenever anybody says anything of a dossier that the viewer sees, or it is settled: a code, no more."""
    if not dossiers.sees(reading, viewer, dossier_id):
        return ""
    tables = (scores, answers, passage_choices, collective_values, collective_answers, outcomes)
    newest = [
        select(func.coalesce(func.max(table.c.id), 0)).where(table.c.dossier_id == dossier_id).scalar_subquery()
        for table in tables
    ]
    here = (session_dossiers.c.session_id == session_id, session_dossiers.c.dossier_id == dossier_id)
    settled = select(func.coalesce(func.max(session_dossiers.c.settled), 0)).where(*here).scalar_subquery()
    return "-".join(str(each) for each in reading.connection.execute(select(*newest, settled)).one())


def conflicting() -> ColumnElement[bool]:
    """On `declarations`: the last of its person on its dossier, and a conflict."""
    later = declarations.alias("later")
    newest = (
        select(func.max(later.c.id))
        .where(later.c.dossier_id == declarations.c.dossier_id, later.c.person_id == declarations.c.person_id)
        .correlate(declarations)
        .scalar_subquery()
    )
    return (declarations.c.conflict == 1) & (declarations.c.id == newest)


def sat(words: Table) -> ColumnElement[bool]:
    """On words of jurors and `jury_sessions`: by who attends the session, or attended it at first."""
    here, away = session_jurors, session_absences
    attends = exists().where(here.c.session_id == jury_sessions.c.id, here.c.person_id == words.c.person_id)
    attended = exists().where(
        away.c.session_id == jury_sessions.c.id, away.c.person_id == words.c.person_id, away.c.sat == 1
    )
    return or_(attends.correlate(words, jury_sessions), attended.correlate(words, jury_sessions))


def said_in_time(words: FromClause) -> ColumnElement[bool]:
    """On words of people and `jury_sessions`: said before the session was closed, if it is."""
    return jury_sessions.c.closed_at.is_(None) | (words.c.at <= jury_sessions.c.closed_at)


def _names(reading: Reading | Writing, seats: Table, session_id: int) -> Mapping[int, str]:
    query = (
        select(people.c.id, people.c.name)
        .join(seats, seats.c.person_id == people.c.id)
        .where(seats.c.session_id == session_id)
    )
    found = reading.connection.execute(query)
    return {row.id: row.name for row in sorted(found, key=lambda row: (alphabetical(row.name), row.id))}


def _this(session_id: int) -> ColumnElement[bool]:
    return jury_sessions.c.id == session_id


def _session(row: Row[tuple[object, ...]]) -> Session:
    return Session(
        id=row.id,
        call=row.call,
        title=row.title,
        held_on=date.fromisoformat(row.held_on),
        state=SessionState(row.state),
        chair=row.chair,
        opened_at=None if row.opened_at is None else instant(row.opened_at),
        closed_at=None if row.closed_at is None else instant(row.closed_at),
        quorum=row.quorum,
    )
