"""How far jurors agree on each marker over the dossiers of a session: help for a discussion, about markers alone.

No figure is ever given of a dossier or of a juror, and none on the scale of the scores.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import krippendorff
import numpy as np
from sqlalchemy import Select, exists, select

from store.people import deliberations, visible
from store.people.room import Reading
from store.people.tables.deliberations import jury_sessions, session_dossiers
from store.people.tables.jury import scores
from store.people.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Agreement:
    """Krippendorff's alpha on an ordinal scale: 1 is full agreement, 0 that of chance.

    None when fewer than two dossiers have two answers, or when all answers are one and the same. `dossiers` and
    `jurors` count what it rests on.
    """

    alpha: float | None
    dossiers: int
    jurors: int


def of_session(reading: Reading, viewer: Viewer, session_id: int, scale: Sequence[str]) -> Mapping[str, Agreement]:
    """The agreement on each marker that has answers, over the dossiers and answers that the viewer sees."""
    withdrawn = deliberations.withdrawn(reading, viewer, session_id)
    answers: dict[str, dict[tuple[int, str], int]] = {}
    for row in reading.connection.execute(last_scores(viewer, session_id)):
        if row.value in scale and row.person_id not in withdrawn.get(row.dossier_id, frozenset()):
            answers.setdefault(row.marker, {})[row.person_id, row.dossier_id] = scale.index(row.value)
    return {marker: agreement(levels, len(scale)) for marker, levels in answers.items()}


def agreement(levels: Mapping[tuple[int, str], int], size: int) -> Agreement:
    """Of the levels (from 0, of `size`) that jurors gave to dossiers, by juror and dossier."""
    jurors = sorted({juror for juror, _ in levels})
    given = Counter(dossier for _, dossier in levels)
    paired = sorted(dossier for dossier, count in given.items() if count > 1)
    kept = {levels[juror, dossier] for juror, dossier in levels if dossier in paired}
    if len(paired) < 2 or len(kept) < 2:
        return Agreement(None, len(paired), len(jurors))
    table = np.full((len(jurors), len(paired)), np.nan)
    for row, juror in enumerate(jurors):
        for column, dossier in enumerate(paired):
            table[row, column] = levels.get((juror, dossier), np.nan)
    domain = list(range(size))
    alpha = krippendorff.alpha(reliability_data=table, level_of_measurement="ordinal", value_domain=domain)
    return Agreement(float(alpha), len(paired), len(jurors))


def last_scores(viewer: Viewer, session_id: int) -> Select[Any]:
    """Dossier, marker, person and value: the last answers of those who sat, as the session shows them."""
    later = scores.alias("later")
    replaced = (
        exists()
        .where(later.c.replaces == scores.c.id)
        .where(deliberations.said_in_time(later))
        .correlate(scores, jury_sessions)
    )
    in_time = deliberations.said_in_time(scores)
    return (
        select(scores.c.dossier_id, scores.c.marker, scores.c.person_id, scores.c.value)
        .join(session_dossiers, session_dossiers.c.dossier_id == scores.c.dossier_id)
        .join(jury_sessions, jury_sessions.c.id == session_dossiers.c.session_id)
        .where(
            jury_sessions.c.id == session_id, deliberations.sat(scores), visible.scores_of(viewer), in_time, ~replaced
        )
    )
