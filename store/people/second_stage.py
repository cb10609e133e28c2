"""Where a dossier is with the feasibility grid of its call: what jurors answer once it is held acceptable."""

from collections.abc import Iterable, Mapping
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
    return stages_of(reading, viewer, call, dossier_id).get(dossier_id, Stage.NONE)


def stages_of(reading: Reading | Writing, viewer: Viewer, call: Call, *dossier_ids: str) -> Mapping[str, Stage]:
    """Where those dossiers of a call are that have a grid to answer, or had one."""
    if call.grid is None:
        return {}
    held = outcomes.last_of(outcomes.of_dossiers(reading, viewer, *dossier_ids))
    accepted = [each for each in held.values() if outcomes.is_retained(call, each.outcome)]
    opened = [each for each in accepted if outcomes.parent(call, each.outcome) is None]
    over = _deliberated(reading, opened) if opened else frozenset()
    to_answer = {each.dossier_id for each in opened} - over
    return {each.dossier_id: Stage.OPEN if each.dossier_id in to_answer else Stage.SHUT for each in accepted}


def _deliberated(reading: Reading | Writing, held: Iterable[Outcome]) -> frozenset[str]:
    """Of which dossiers a session opened since what was held is over, with no other to come."""
    by_dossier = {each.dossier_id: each for each in held}
    query = (
        select(
            session_dossiers.c.dossier_id,
            session_dossiers.c.session_id,
            session_dossiers.c.settled,
            jury_sessions.c.opened_at,
            jury_sessions.c.state,
        )
        .join(session_dossiers, session_dossiers.c.session_id == jury_sessions.c.id)
        .where(session_dossiers.c.dossier_id.in_(by_dossier))
    )
    over, to_come = set(), set()
    for row in reading.connection.execute(query):
        last = by_dossier[row.dossier_id]
        if row.session_id == last.session_id:
            continue
        if row.state != "closed" and not row.settled:
            to_come.add(row.dossier_id)
        elif row.opened_at is not None and instant(row.opened_at) > last.at:
            over.add(row.dossier_id)
    return frozenset(over - to_come)
