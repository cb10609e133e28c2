"""What people keep of the triage table: filters under a name, their own or shared; the columns that they have shown.

Tastes, not told in the journal.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, or_, select, update

from pipeline.errors import UsageProblem
from pipeline.text import alphabetical
from store.journal import Writing
from store.people import visible
from store.people.filters import Filter, Sort, listed_columns, read, written
from store.people.room import Reading
from store.people.tables.accounts import people
from store.people.tables.calls import room_calls
from store.people.tables.decisions import saved_views, shown_columns
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
    )
    found = (
        View(row.id, row.name, read(row.query).filter, bool(row.shared), bool(row.opens), row.person_id, row.by)
        for row in reading.connection.execute(query)
    )
    return tuple(sorted(found, key=lambda view: (alphabetical(view.name), view.id)))


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


def columns(reading: Reading, viewer: Viewer) -> tuple[Sort, ...]:
    """The columns that this person has chosen to be shown, in every call; none: they have not chosen."""
    kept = reading.connection.scalar(select(shown_columns.c.columns).where(shown_columns.c.person_id == viewer.id))
    return () if kept is None else listed_columns(kept)


def show_columns(writing: Writing, viewer: Viewer, chosen: Sequence[Sort]) -> None:
    """Keeps the columns that this person has shown; none: the usual ones again."""
    writing.connection.execute(delete(shown_columns).where(shown_columns.c.person_id == viewer.id))
    if chosen:
        writing.connection.execute(insert(shown_columns).values(person_id=viewer.id, columns=written(chosen)))
