"""A juror's desk: the dossiers that are theirs to read, and how far their own reading of each is, in counts alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from pipeline.text import alphabetical
from store.index import Status
from store.index_tables import index_dossiers, index_findings
from store.people import revising, visible
from store.people.room import Reading
from store.people.states import State
from store.people.tables.calls import assignments
from store.people.tables.decisions import dossier_states
from store.people.tables.jury import drafts, scores
from store.people.viewers import Viewer
from store.schema import dossiers
from store.search import found


class ReadingState(StrEnum):
    """Where a juror is with a dossier."""

    TO_DECLARE = "to-declare"
    TO_READ = "to-read"
    BEGUN = "begun"
    DONE = "done"
    DROPPED = "dropped"  # it stops here: nothing of it is to be read any more


@dataclass(frozen=True, slots=True)
class DeskFilter:
    """Which dossiers are asked for: of one call, of `markers` markers; any state when it is None."""

    call: str
    markers: int
    words: str = ""
    state: ReadingState | None = None


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A dossier on the desk; `submitted` and `drafts` count the juror's own markers. None: not read by the program.

    `files_unread` and `pages_unread` count what the program could not read of it, where it read the rest.
    """

    dossier_id: str
    name: str
    pages: int | None
    files_unread: int
    pages_unread: int
    status: Status
    state: ReadingState
    submitted: int
    drafts: int
    settled: bool


def lines(reading: Reading, viewer: Viewer, asked: DeskFilter, offset: int, limit: int) -> tuple[DeskLine, ...]:
    """The juror's dossiers that the filter shows, by name."""
    query = _filtered(viewer, asked).order_by(_sort_name(), dossiers.c.id)
    return tuple(_line(row) for row in reading.connection.execute(query.offset(offset).limit(limit)))


def counts(reading: Reading, viewer: Viewer, asked: DeskFilter) -> Mapping[ReadingState, int]:
    """How many of the juror's dossiers are in each state, whatever state the filter asks for."""
    every = _desk(viewer, asked).where(_holds(viewer, asked.words)).subquery()
    rows = reading.connection.execute(select(every.c.state, func.count()).group_by(every.c.state))
    known = {ReadingState(state): count for state, count in rows}
    return {state: known.get(state, 0) for state in ReadingState}


def following(reading: Reading, viewer: Viewer, asked: DeskFilter) -> DeskLine | None:
    """A dossier to go on with, in the order of names: one begun, else one to read, else one to declare on."""
    every = _desk(viewer, asked).subquery()
    order = case(
        (every.c.state == ReadingState.BEGUN.value, 0), (every.c.state == ReadingState.TO_READ.value, 1), else_=2
    )
    over = (ReadingState.DONE.value, ReadingState.DROPPED.value)
    waiting = select(every).where(every.c.state.not_in(over), every.c.settled == 0)
    row = reading.connection.execute(waiting.order_by(order, every.c.name).limit(1)).one_or_none()
    return None if row is None else _line(row)


def line(reading: Reading, viewer: Viewer, asked: DeskFilter, dossier_id: str) -> DeskLine | None:
    """One dossier of the juror, whatever else the filter asks for; None for another."""
    row = reading.connection.execute(_desk(viewer, asked).where(dossiers.c.id == dossier_id)).one_or_none()
    return None if row is None else _line(row)


def _filtered(viewer: Viewer, asked: DeskFilter) -> Select[Any]:
    query = _desk(viewer, asked).where(_holds(viewer, asked.words))
    return query if asked.state is None else query.where(_state(viewer, asked.markers) == asked.state.value)


def _desk(viewer: Viewer, asked: DeskFilter) -> Select[Any]:
    # What is visible says it already; SQLite would go through all the dossiers of the call to find a juror's own.
    theirs = select(assignments.c.dossier_id).where(assignments.c.person_id == viewer.id)
    return (
        select(
            dossiers.c.id,
            dossiers.c.name,
            index_dossiers.c.pages,
            case((index_dossiers.c.partly_read == 1, _files_unread()), else_=0).label("files_unread"),
            case((index_dossiers.c.partly_read == 1, index_dossiers.c.pages_unread), else_=0).label("pages_unread"),
            func.coalesce(index_dossiers.c.status, Status.WAITING.value).label("status"),
            _state(viewer, asked.markers).label("state"),
            _submitted(viewer).label("submitted"),
            _drafts(viewer).label("drafts"),
            _settled().label("settled"),
        )
        .outerjoin(index_dossiers, index_dossiers.c.dossier_id == dossiers.c.id)
        .where(dossiers.c.id.in_(theirs), dossiers.c.call == asked.call, visible.dossiers_of(viewer))
    )


def _holds(viewer: Viewer, words: str) -> ColumnElement[bool]:
    """Its name holds the words; or its text, once the juror may read it."""
    if not words.strip():
        return dossiers.c.id.is_not(None)
    named = _sort_name().contains(alphabetical(words.strip())[0], autoescape=True)
    return or_(named, and_(visible.content_of(viewer), found(words, dossiers.c.id)))


def _sort_name() -> ColumnElement[str]:
    """One that waits to be read is in no index yet."""
    return func.coalesce(index_dossiers.c.sort_name, func.lower(dossiers.c.name))


def _state(viewer: Viewer, markers: int) -> ColumnElement[str]:
    submitted = _submitted(viewer)
    here = (dossier_states.c.dossier_id == dossiers.c.id, dossier_states.c.state == State.DROPPED.value)
    return case(
        (exists().where(*here).correlate(dossiers), ReadingState.DROPPED.value),
        (~visible.declared_free(viewer), ReadingState.TO_DECLARE.value),
        (submitted == 0, ReadingState.TO_READ.value),
        (submitted < markers, ReadingState.BEGUN.value),
        else_=ReadingState.DONE.value,
    )


def _submitted(viewer: Viewer) -> ColumnElement[int]:
    mine = (scores.c.dossier_id == dossiers.c.id, scores.c.person_id == viewer.id)
    return select(func.count(scores.c.marker.distinct())).where(*mine).correlate(dossiers).scalar_subquery()


def _drafts(viewer: Viewer) -> ColumnElement[int]:
    on_marker = drafts.c.subject.startswith("marker:")
    mine = (drafts.c.dossier_id == dossiers.c.id, drafts.c.person_id == viewer.id, on_marker)
    return select(func.count()).select_from(drafts).where(*mine).correlate(dossiers).scalar_subquery()


def _files_unread() -> ColumnElement[int]:
    told = (index_findings.c.dossier_id == dossiers.c.id, index_findings.c.code == "unreadable-file")
    count = select(index_findings.c.count).where(*told).correlate(dossiers).scalar_subquery()
    return func.coalesce(count, 0)


def _settled() -> ColumnElement[int]:
    return case((revising.first_reading_over(), 1), else_=0)


def _line(row: Any) -> DeskLine:
    return DeskLine(
        dossier_id=row.id,
        name=row.name,
        pages=row.pages,
        files_unread=row.files_unread,
        pages_unread=row.pages_unread or 0,
        status=Status(row.status),
        state=ReadingState(row.state),
        submitted=row.submitted,
        drafts=row.drafts,
        settled=bool(row.settled),
    )
