"""How far a call is covered: what was read and what was not, what people have settled, what made the analyses."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, select

from store.index import Status
from store.index_tables import index_dossiers
from store.journal import Writing
from store.people import visible
from store.people.filters import DROPPED, READINGS, STATES
from store.people.narrowing import READING, STATE, followed_through
from store.people.room import Reading
from store.people.tables.decisions import decided_dossiers, dossier_states
from store.people.viewers import Viewer
from store.schema import dossiers

PARTLY_READ = READINGS["lu-en-partie"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Dossiers of a call by reading (as `filters.READINGS` has it) and by state, and its pages.

    `dropped` are those that stop here, by reason; `decided` those whose fields are all decided, but for those dropped.
    `pages_unknown` counts the dossiers with files that nobody could open: how many pages these have is not known.
    """

    by_reading: Mapping[str, int]
    by_state: Mapping[str, int]
    dropped: Mapping[str, int]
    decided: int
    pages: int
    pages_unread: int
    pages_unknown: int

    @property
    def dossiers(self) -> int:
        return sum(self.by_reading.values())

    @property
    def followed(self) -> int:
        """Those that do not stop here."""
        return self.dossiers - sum(self.dropped.values())


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A dossier that was not read, or not whole; `reason` is the code of a failure, or of why no file could be
    read when it is the same for all."""

    id: str
    name: str
    status: Status
    reason: str | None
    pages: int
    pages_unread: int


@dataclass(frozen=True, slots=True)
class Version:
    """What made analyses, and how many dossiers have theirs from it; `models` are names with short digests."""

    program: str
    call_digest: str
    models: str
    dossiers: int


def of_call(reading: Reading | Writing, viewer: Viewer, call: str) -> Coverage:
    """The coverage of a call, over the dossiers that the viewer sees."""
    return of_calls(reading, viewer, call)[call]


def of_calls(reading: Reading | Writing, viewer: Viewer, *calls: str) -> Mapping[str, Coverage]:
    """The same of each of these calls."""
    statuses = reading.connection.execute(
        _seen(
            viewer,
            calls,
            dossiers.c.call,
            READING.label("reading"),
            func.count().label("dossiers"),
            func.coalesce(func.sum(index_dossiers.c.pages), 0).label("pages"),
            func.coalesce(func.sum(index_dossiers.c.pages_unread), 0).label("unread"),
            func.count(case((_pages_unknown(), 1))).label("unknown"),
        ).group_by(dossiers.c.call, index_dossiers.c.status, index_dossiers.c.partly_read)
    ).all()
    states = reading.connection.execute(
        select(
            dossiers.c.call,
            STATE.label("state"),
            dossier_states.c.reason,
            func.count().label("dossiers"),
            func.count().filter(followed_through()).label("decided"),
        )
        .select_from(
            dossiers.outerjoin(index_dossiers, index_dossiers.c.dossier_id == dossiers.c.id)
            .outerjoin(dossier_states, dossier_states.c.dossier_id == dossiers.c.id)
            .outerjoin(decided_dossiers, decided_dossiers.c.dossier_id == dossiers.c.id)
        )
        .where(dossiers.c.call.in_(calls), visible.dossiers_of(viewer))
        .group_by(dossiers.c.call, dossier_states.c.state, dossier_states.c.reason)
    ).all()
    return {
        call: _coverage([row for row in statuses if row.call == call], [row for row in states if row.call == call])
        for call in calls
    }


def _coverage(statuses: Sequence[Row[Any]], states: Sequence[Row[Any]]) -> Coverage:
    readings, by_state = Counter[str](), Counter[str]()
    for row in statuses:
        readings[row.reading] += row.dossiers
    for row in states:
        by_state[row.state] += row.dossiers
    return Coverage(
        by_reading={each: readings[each] for each in READINGS.values() if each in readings},
        by_state=by_state,
        dropped={row.reason: row.dossiers for row in states if row.state == STATES[DROPPED]},
        decided=sum(row.decided for row in states),
        pages=sum(row.pages for row in statuses),
        pages_unread=sum(row.unread for row in statuses),
        pages_unknown=sum(row.unknown for row in statuses),
    )


def _pages_unknown() -> ColumnElement[bool]:
    """On `index_dossiers`: read not at all, or but in part though no page that it counts is unread."""
    not_read = index_dossiers.c.status != Status.ANALYSED.value
    return not_read | ((index_dossiers.c.partly_read == 1) & (func.coalesce(index_dossiers.c.pages_unread, 0) == 0))


def uncovered(
    reading: Reading | Writing, viewer: Viewer, call: str, *, limit: int = 50, offset: int = 0
) -> tuple[Uncovered, ...]:
    """The dossiers that were not read, or of which pages were not, by name."""
    query = (
        _seen(
            viewer,
            (call,),
            dossiers.c.id,
            dossiers.c.name,
            index_dossiers.c.status,
            index_dossiers.c.reason,
            index_dossiers.c.pages,
            index_dossiers.c.pages_unread,
        )
        .where((index_dossiers.c.status != Status.ANALYSED.value) | (index_dossiers.c.partly_read == 1))
        .order_by(index_dossiers.c.sort_name, dossiers.c.id)
        .limit(limit)
        .offset(offset)
    )
    return tuple(
        Uncovered(row.id, row.name, Status(row.status), row.reason, row.pages or 0, row.pages_unread or 0)
        for row in reading.connection.execute(query)
    )


def versions(reading: Reading | Writing, viewer: Viewer, call: str) -> tuple[Version, ...]:
    """What made the analyses of a call that are in force, the most frequent first."""
    made_by = (index_dossiers.c.program, index_dossiers.c.call_digest, index_dossiers.c.models)
    query = (
        _seen(viewer, (call,), *made_by, func.count().label("dossiers"))
        .where(index_dossiers.c.program.is_not(None))
        .group_by(*made_by)
        .order_by(func.count().desc())
    )
    return tuple(
        Version(row.program, row.call_digest, row.models, row.dossiers) for row in reading.connection.execute(query)
    )


def _seen(viewer: Viewer, calls: Sequence[str], *columns: ColumnElement[Any]) -> Select[Any]:
    return (
        select(*columns)
        .select_from(dossiers.join(index_dossiers, index_dossiers.c.dossier_id == dossiers.c.id))
        .where(dossiers.c.call.in_(calls), visible.dossiers_of(viewer))
    )
