"""How far jurors are before a session is opened, and which juries are too small: counts alone, no answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from store.journal import Writing
from store.people import deliberations, visible
from store.people.room import Reading
from store.people.tables.deliberations import session_dossiers, session_jurors
from store.people.tables.jury import scores
from store.people.viewers import Viewer
from store.schema import dossiers


@dataclass(frozen=True, slots=True)
class Readiness:
    """Of a dossier: how many jurors may speak of it, and how many of them have answered every marker, some, none."""

    jurors: int
    everything: int
    some: int
    nothing: int


def of_session(reading: Reading | Writing, viewer: Viewer, session_id: int, markers: int) -> Mapping[str, Readiness]:
    """By dossier of the session that the viewer sees; jurors in conflict with one do not count for it."""
    jurors = set(deliberations.attending(reading, session_id))
    withdrawn = deliberations.withdrawn(reading, viewer, session_id)
    answered = _answered(reading, viewer, session_id)
    found = {}
    for item in deliberations.agenda(reading, viewer, session_id):
        there = jurors - withdrawn.get(item.dossier_id, frozenset())
        counts = [answered.get((item.dossier_id, juror), 0) for juror in there]
        everything, nothing = sum(count >= markers for count in counts), counts.count(0)
        found[item.dossier_id] = Readiness(len(there), everything, len(there) - everything - nothing, nothing)
    return found


def _answered(reading: Reading | Writing, viewer: Viewer, session_id: int) -> Mapping[tuple[str, int], int]:
    """How many markers each juror of the session has answered, by dossier: that they did, never what."""
    query = (
        select(scores.c.dossier_id, scores.c.person_id, func.count(scores.c.marker.distinct()).label("markers"))
        .join(session_dossiers, session_dossiers.c.dossier_id == scores.c.dossier_id)
        .join(
            session_jurors,
            (session_jurors.c.session_id == session_dossiers.c.session_id)
            & (session_jurors.c.person_id == scores.c.person_id),
        )
        .join(dossiers, dossiers.c.id == scores.c.dossier_id)
        .where(session_dossiers.c.session_id == session_id, visible.dossiers_of(viewer))
        .group_by(scores.c.dossier_id, scores.c.person_id)
    )
    return {(row.dossier_id, row.person_id): row.markers for row in reading.connection.execute(query)}
