"""Saved views of the triage table: a filter under a name, one's own or shared. A taste, not told in the journal."""

from dataclasses import dataclass

from sqlalchemy import delete, insert, or_, select, update

from pipeline.errors import UsageProblem
from store.journal import Writing
from store.people import visible
from store.people.filters import Filter, read
from store.people.room import Reading
from store.people.tables.accounts import people
from store.people.tables.calls import room_calls
from store.people.tables.decisions import saved_views
from store.people.viewers import Viewer

_LONGEST = 80  # characters


class InvalidView(UsageProblem):
    """A view that cannot be saved."""

    code = "invalid-view"


@dataclass(frozen=True, slots=True)
class View:
    """A saved view; `default` when the table opens with it, for its owner."""

    id: int
    name: str
    filter: Filter
    shared: bool
    default: bool
    owner: int
    by: str


def every(reading: Reading, viewer: Viewer, call: str) -> tuple[View, ...]:
    """One's own views of a call and those that others share, by name."""
    query = (
        select(saved_views, people.c.name.label("by"))
        .join(people, people.c.id == saved_views.c.person_id)
        .join(room_calls, room_calls.c.call == saved_views.c.call)
        .where(saved_views.c.call == call, visible.calls(viewer))
        .where(or_(saved_views.c.person_id == viewer.id, saved_views.c.shared == 1))
        .order_by(saved_views.c.name, saved_views.c.id)
    )
    return tuple(
        View(row.id, row.name, read(row.query).filter, bool(row.shared), bool(row.opens), row.person_id, row.by)
        for row in reading.connection.execute(query)
    )


def default(reading: Reading, viewer: Viewer, call: str) -> Filter | None:
    """What the table opens with for this person; None: all dossiers."""
    query = select(saved_views.c.query).where(
        saved_views.c.call == call, saved_views.c.person_id == viewer.id, saved_views.c.opens == 1
    )
    kept = reading.connection.scalar(query)
    return None if kept is None else read(kept).filter


def save(writing: Writing, viewer: Viewer, call: str, name: str, made: Filter, *, shared: bool, opens: bool) -> None:
    """Keeps a view of one's own, in the place of the one of the same name; `opens`: the table opens with it.

    Raises:
        InvalidView: the name is empty or too long.
    """
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST:
        raise InvalidView(f"Le nom d'une vue compte de 1 à {_LONGEST} caractères.")
    mine = (saved_views.c.call == call, saved_views.c.person_id == viewer.id)
    writing.connection.execute(delete(saved_views).where(*mine, saved_views.c.name == name))
    if opens:
        writing.connection.execute(update(saved_views).where(*mine).values(opens=0))
    row = {"call": call, "person_id": viewer.id, "name": name, "query": made.query()}
    writing.connection.execute(insert(saved_views).values(shared=int(shared), opens=int(opens), **row))


def remove(writing: Writing, viewer: Viewer, view_id: int) -> bool:
    """Takes a view of one's own away; false when there is none."""
    query = delete(saved_views).where(saved_views.c.id == view_id, saved_views.c.person_id == viewer.id)
    return writing.connection.execute(query).rowcount > 0
