"""Jurors' other answers: the feasibility grid of the second stage, the items of the synthesis."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Row, exists, select

from pipeline.calls.model import Call
from store.instants import instant
from store.journal import Writing, about_dossier
from store.people import revising, sealing, second_stage, visible
from store.people.room import Reading
from store.people.second_stage import Stage
from store.people.tables.jury import answers
from store.people.viewers import Viewer
from store.records import Action, Datum

NOT_APPLICABLE = "not-applicable"
"""The value of an item of a group that the call asks only "if relevant"; no scale has it."""


class AnswerKind(StrEnum):
    """What is answered."""

    GRID = "grid"
    SYNTHESIS = "synthesis"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a juror answers to an item (its id in the call: items of the grid have one each, whatever their group).

    `value` is one of the grid's or `NOT_APPLICABLE`; None for a synthesis, or when the juror cannot say.
    """

    id: int
    dossier_id: str
    kind: AnswerKind
    item: str
    person_id: int
    value: str | None
    comment: str
    at: datetime
    replaces: int | None


def submit(
    writing: Writing,
    viewer: Viewer,
    dossier_id: str,
    call: Call,
    kind: AnswerKind,
    item: str,
    *,
    value: str | None,
    comment: str,
    replaces: int | None,
) -> None:
    """Adds the juror's answer to an item; `replaces` is the former one that they saw, None for the first.

    Raises:
        NotInStore: the person may not open the dossier.
        Settled: the jury has deliberated on it; for the grid, the dossier is not, or no longer, at its second stage.
        Overtaken: they have submitted another meanwhile.
    """
    revising.require_open(writing, viewer, dossier_id)
    if not _asked(writing, viewer, call, dossier_id, kind):
        raise revising.Settled
    revising.require_last(_last(writing, viewer, dossier_id, kind, item), replaces)
    row: dict[str, str | int | None] = {
        "dossier_id": dossier_id,
        "kind": kind.value,
        "item": item,
        "person_id": viewer.id,
        "value": value,
        "comment": comment,
        "replaces": replaces,
    }
    told: dict[str, Datum] = {"kind": kind.value, "item": item, "revised": replaces is not None}
    sealing.append(writing, Action.ANSWER_SUBMITTED, about_dossier(dossier_id), row, told)


def mine(reading: Reading | Writing, viewer: Viewer, dossier_id: str, kind: AnswerKind) -> Mapping[str, Answer]:
    """The viewer's own answers, the last of each item, by item."""
    found = of_dossier(reading, viewer, dossier_id, kind)
    return {answer.item: answer for answer in found if answer.person_id == viewer.id}


def of_dossier(reading: Reading | Writing, viewer: Viewer, dossier_id: str, kind: AnswerKind) -> tuple[Answer, ...]:
    """The last answer of each juror to each item that the viewer sees, by item and juror; of who withdraws, none."""
    later = answers.alias("later")
    replaced = exists().where(later.c.replaces == answers.c.id, later.c.dossier_id == dossier_id)
    query = (
        select(answers)
        .where(answers.c.dossier_id == dossier_id, answers.c.kind == kind.value, visible.answers_of(viewer), ~replaced)
        .where(~visible.said_in_conflict(answers))
        .order_by(answers.c.item, answers.c.person_id)
    )
    return tuple(_answer(row) for row in reading.connection.execute(query))


def history(reading: Reading | Writing, viewer: Viewer, dossier_id: str, kind: AnswerKind) -> tuple[Answer, ...]:
    """All that jurors answered to each item and the viewer sees, the oldest first."""
    query = (
        select(answers)
        .where(answers.c.dossier_id == dossier_id, answers.c.kind == kind.value, visible.answers_of(viewer))
        .order_by(answers.c.id)
    )
    return tuple(_answer(row) for row in reading.connection.execute(query))


def _asked(writing: Writing, viewer: Viewer, call: Call, dossier_id: str, kind: AnswerKind) -> bool:
    if kind is AnswerKind.SYNTHESIS:
        return not revising.is_settled(writing, dossier_id)
    return second_stage.stage_of(writing, viewer, call, dossier_id) is Stage.OPEN


def _last(writing: Writing, viewer: Viewer, dossier_id: str, kind: AnswerKind, item: str) -> int | None:
    query = select(answers.c.id).where(
        answers.c.dossier_id == dossier_id,
        answers.c.kind == kind.value,
        answers.c.item == item,
        answers.c.person_id == viewer.id,
    )
    return writing.connection.scalar(query.order_by(answers.c.id.desc()).limit(1))


def _answer(row: Row[tuple[object, ...]]) -> Answer:
    return Answer(
        id=row.id,
        dossier_id=row.dossier_id,
        kind=AnswerKind(row.kind),
        item=row.item,
        person_id=row.person_id,
        value=row.value,
        comment=row.comment,
        at=instant(row.at),
        replaces=row.replaces,
    )
