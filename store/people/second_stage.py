"""Where a dossier is with the feasibility grid of its call: what jurors answer once it is held acceptable."""

from enum import StrEnum

from sqlalchemy import select

from pipeline.calls.model import Call
from store.instants import instant
from store.journal import Writing
from store.people import outcomes
from store.people.outcomes import Outcome
from store.people.room import Reading
from store.people.tables.deliberations import jury_sessions, session_dossiers
from store.people.viewers import Viewer


class Stage(StrEnum):
    """Whether there is a grid to answer, and whether it still is to be answered."""

    NONE = "none"  # the call has no grid, or the dossier was not held acceptable
    OPEN = "open"  # held acceptable: jurors fill the grid
    SHUT = "shut"  # the jury has gone on to say what becomes of it, or has deliberated on the grid


def stage_of(reading: Reading | Writing, viewer: Viewer, call: Call, dossier_id: str) -> Stage:
    """Where the dossier is: an outcome that is held acceptable opens the grid, what makes it more precise shuts it.

    So does a session opened since, once it has stopped the reading or is closed, if no other is to come: the grid has
    its own deliberation, which is not that of the markers.
    """
    last = outcomes.last_of(outcomes.of_dossiers(reading, viewer, dossier_id)).get(dossier_id)
    if call.grid is None or last is None or not outcomes.is_retained(call, last.outcome):
        return Stage.NONE
    if outcomes.parent(call, last.outcome) is not None or _deliberated(reading, last):
        return Stage.SHUT
    return Stage.OPEN


def _deliberated(reading: Reading | Writing, held: Outcome) -> bool:
    query = (
        select(jury_sessions.c.opened_at, jury_sessions.c.state, session_dossiers.c.settled)
        .join(session_dossiers, session_dossiers.c.session_id == jury_sessions.c.id)
        .where(session_dossiers.c.dossier_id == held.dossier_id, jury_sessions.c.id != held.session_id)
    )
    over = to_come = False
    for row in reading.connection.execute(query):
        ended = row.state == "closed" or bool(row.settled)
        to_come = to_come or not ended
        over = over or (ended and row.opened_at is not None and instant(row.opened_at) > held.at)
    return over and not to_come
