"""Choices that jurors make among the passages offered, and passages that they add.

A choice is about a stretch of one very document, known by its digest: another reading of the dossier has other offsets.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Row, select

from pipeline.document import Span
from store.instants import instant
from store.journal import Writing, about_dossier
from store.people import revising, sealing, visible
from store.people.room import Reading
from store.people.tables.jury import passage_choices
from store.people.viewers import Viewer
from store.records import Action


class Choice(StrEnum):
    """What a juror does with a passage."""

    KEPT = "kept"
    ASIDE = "aside"
    ADDED = "added"
    WITHDRAWN = "withdrawn"  # the former choice is taken back


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the document of this digest, and its words."""

    document: str
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class PassageChoice:
    """What a juror last said of a stretch of text for a marker; `reason` is why it was set aside."""

    id: int
    dossier_id: str
    marker: str
    person_id: int
    place: Place
    choice: Choice
    reason: str
    at: datetime


def choose(
    writing: Writing, viewer: Viewer, dossier_id: str, marker: str, place: Place, choice: Choice, reason: str = ""
) -> None:
    """Adds a choice, which replaces the one that this person had made on the same stretch for the same marker.

    Raises:
        NotInStore: the person may not open the dossier.
        Settled: the jury has settled it.
    """
    revising.require_open(writing, viewer, dossier_id)
    if revising.is_settled(writing, dossier_id):
        raise revising.Settled
    row: dict[str, str | int | None] = {
        "dossier_id": dossier_id,
        "marker": marker,
        "person_id": viewer.id,
        "document": place.document,
        "start": place.span.start,
        "end": place.span.end,
        "quote": place.quote,
        "choice": choice.value,
        "reason": reason,
        "replaces": _last(writing, viewer, dossier_id, marker, place),
    }
    told = {"marker": marker, "choice": choice.value}
    sealing.append(writing, Action.PASSAGE_CHOSEN, about_dossier(dossier_id), row, told)


def of_dossier(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> tuple[PassageChoice, ...]:
    """All choices in force that the viewer sees, by marker and in the order of the document."""
    table = passage_choices
    replaced = select(table.c.replaces).where(table.c.dossier_id == dossier_id, table.c.replaces.is_not(None))
    query = (
        select(table)
        .where(table.c.dossier_id == dossier_id, visible.passage_choices_of(viewer), table.c.id.not_in(replaced))
        .where(table.c.choice != Choice.WITHDRAWN.value)
        .order_by(table.c.marker, table.c.start, table.c.end, table.c.id)
    )
    return tuple(_choice(row) for row in reading.connection.execute(query))


def mine(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> tuple[PassageChoice, ...]:
    """Those that the viewer made."""
    return tuple(choice for choice in of_dossier(reading, viewer, dossier_id) if choice.person_id == viewer.id)


def _last(writing: Writing, viewer: Viewer, dossier_id: str, marker: str, place: Place) -> int | None:
    table = passage_choices
    query = select(table.c.id).where(
        table.c.dossier_id == dossier_id,
        table.c.marker == marker,
        table.c.person_id == viewer.id,
        table.c.document == place.document,
        table.c.start == place.span.start,
        table.c.end == place.span.end,
    )
    return writing.connection.scalar(query.order_by(table.c.id.desc()).limit(1))


def _choice(row: Row[tuple[object, ...]]) -> PassageChoice:
    return PassageChoice(
        id=row.id,
        dossier_id=row.dossier_id,
        marker=row.marker,
        person_id=row.person_id,
        place=Place(row.document, Span(row.start, row.end), row.quote),
        choice=Choice(row.choice),
        reason=row.reason,
        at=instant(row.at),
    )
