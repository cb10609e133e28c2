"""Scores: what jurors enter, and nothing else. No program makes, proposes or adds up one.

Only `web` may import this module, and only a juror's own act writes a row.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, exists, select

from pipeline.document import Span
from store.canonical import canonical_json
from store.instants import instant
from store.journal import Writing, about_dossier
from store.people import revising, sealing, visible
from store.people.passages import Choice
from store.people.room import Reading
from store.people.tables.calls import assignments
from store.people.tables.jury import scores
from store.people.viewers import Viewer
from store.records import Action, Datum
from store.schema import dossiers


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage that the juror had before the eyes; `choice` is what they had made of it, None for nothing."""

    span: Span
    choice: Choice | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What the room showed the juror: the analysis and the document that the passages point into, None before there
    was one."""

    analysis: int | None
    document: str | None
    passages: tuple[ShownPassage, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """What a juror answers to one marker; `value` is one of the call's scale, None when they cannot say."""

    id: int
    dossier_id: str
    marker: str
    person_id: int
    value: str | None
    comment: str
    shown: Shown
    at: datetime
    replaces: int | None


@dataclass(frozen=True, slots=True)
class Stated:
    """A score as its juror reads it again among all theirs, without what the room showed them."""

    dossier_id: str
    marker: str
    value: str | None
    comment: str
    at: datetime


def submit(
    writing: Writing,
    viewer: Viewer,
    dossier_id: str,
    marker: str,
    *,
    value: str | None,
    comment: str,
    shown: Shown,
    replaces: int | None,
) -> None:
    """Adds the juror's score of a marker; `replaces` is the former one that they saw, None for the first.

    Raises:
        NotInStore: the person may not open the dossier.
        Settled: the jury has settled it.
        Overtaken: they have submitted another meanwhile.
    """
    revising.require_open(writing, viewer, dossier_id)
    if revising.is_settled(writing, dossier_id):
        raise revising.Settled
    revising.require_last(_last(writing, viewer, dossier_id, marker), replaces)
    row: dict[str, str | int | None] = {
        "dossier_id": dossier_id,
        "marker": marker,
        "person_id": viewer.id,
        "value": value,
        "comment": comment,
        "analysis": shown.analysis,
        "shown": _encoded(shown),
        "replaces": replaces,
    }
    told: dict[str, Datum] = {"marker": marker, "revised": replaces is not None}
    sealing.append(writing, Action.SCORE_SUBMITTED, about_dossier(dossier_id), row, told)


def mine(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> Mapping[str, Score]:
    """The viewer's own scores of a dossier that they see, the last of each marker, by marker."""
    return {score.marker: score for score in of_dossier(reading, viewer, dossier_id) if score.person_id == viewer.id}


def of_dossier(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> tuple[Score, ...]:
    """The last score of each juror on each marker that the viewer sees, by marker and juror; of who withdraws, none."""
    return _found(reading, _seen(viewer, dossier_id).where(~_replaced(), ~visible.said_in_conflict(scores)))


def versions(reading: Reading | Writing, viewer: Viewer, dossier_id: str, marker: str) -> tuple[Score, ...]:
    """All that the viewer submitted on a marker, the newest first."""
    query = _seen(viewer, dossier_id).where(scores.c.marker == marker, scores.c.person_id == viewer.id)
    return tuple(reversed(_found(reading, query)))


def history(reading: Reading | Writing, viewer: Viewer, *dossier_ids: str) -> tuple[Score, ...]:
    """All that jurors submitted on dossiers and the viewer sees, by marker and juror, the oldest first."""
    return _found(reading, select(scores).where(scores.c.dossier_id.in_(dossier_ids), visible.scores_of(viewer)))


def mine_in_call(reading: Reading | Writing, viewer: Viewer, call: str) -> tuple[Stated, ...]:
    """The viewer's own scores on the dossiers of a call that they see: the last of each marker."""
    # Only what is theirs to read: SQLite would go through all the scores of the call.
    theirs = (
        select(dossiers.c.id)
        .join(assignments, assignments.c.dossier_id == dossiers.c.id)
        .where(assignments.c.person_id == viewer.id, dossiers.c.call == call)
    )
    query = select(scores.c.dossier_id, scores.c.marker, scores.c.value, scores.c.comment, scores.c.at).where(
        scores.c.person_id == viewer.id, scores.c.dossier_id.in_(theirs), visible.scores_of(viewer), ~_replaced()
    )
    ordered = query.order_by(scores.c.dossier_id, scores.c.marker)
    return tuple(
        Stated(row.dossier_id, row.marker, row.value, row.comment, instant(row.at))
        for row in reading.connection.execute(ordered)
    )


def _replaced() -> ColumnElement[bool]:
    """On `scores`: its juror has submitted another since. Few are: an index holds those alone that replace one."""
    later = scores.alias("later")
    return exists().where(later.c.replaces == scores.c.id)


def _seen(viewer: Viewer, dossier_id: str) -> Select[tuple[object, ...]]:
    return select(scores).where(scores.c.dossier_id == dossier_id, visible.scores_of(viewer))


def _found(reading: Reading | Writing, query: Select[tuple[object, ...]]) -> tuple[Score, ...]:
    ordered = query.order_by(scores.c.marker, scores.c.person_id, scores.c.id)
    return tuple(_score(row) for row in reading.connection.execute(ordered))


def _last(writing: Writing, viewer: Viewer, dossier_id: str, marker: str) -> int | None:
    query = select(scores.c.id).where(
        scores.c.dossier_id == dossier_id, scores.c.marker == marker, scores.c.person_id == viewer.id
    )
    return writing.connection.scalar(query.order_by(scores.c.id.desc()).limit(1))


def _encoded(shown: Shown) -> str:
    passages = [[each.span.start, each.span.end, each.choice] for each in shown.passages]
    return canonical_json({"document": shown.document, "passages": passages}).decode()


def _score(row: Row[tuple[object, ...]]) -> Score:
    shown = json.loads(row.shown)
    passages = tuple(
        ShownPassage(Span(start, end), None if choice is None else Choice(choice))
        for start, end, choice in shown["passages"]
    )
    return Score(
        id=row.id,
        dossier_id=row.dossier_id,
        marker=row.marker,
        person_id=row.person_id,
        value=row.value,
        comment=row.comment,
        shown=Shown(row.analysis, shown["document"], passages),
        at=instant(row.at),
        replaces=row.replaces,
    )
