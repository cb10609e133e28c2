"""What a person is writing and has not said yet: seen by nobody else, told to no journal, gone once it is said."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from store.canonical import canonical_json
from store.instants import instant, now
from store.journal import Writing
from store.people import revising
from store.people.room import Reading
from store.people.tables.jury import drafts
from store.people.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as last saved: `subject` is `marker:<id>`, `grid`, `synthesis`, or of a note; `version` is from 1."""

    subject: str
    content: Mapping[str, str]
    version: int
    updated_at: datetime


class DraftChanged(revising.NotRevisable):
    """The draft was saved meanwhile from another page."""

    code = "draft-changed"
    advice = "Rechargez la page pour choisir entre les deux textes."

    def __init__(self) -> None:
        super().__init__("Ce brouillon a changé entre-temps dans une autre fenêtre.")


def save(
    writing: Writing, viewer: Viewer, dossier_id: str, subject: str, content: Mapping[str, str], version: int
) -> Draft:
    """Keeps a draft in the place of the one of this `version`, 0 when there was none.

    Raises:
        NotInStore: the person may not open the dossier.
        DraftChanged: the draft has another version.
    """
    revising.require_open(writing, viewer, dossier_id)
    known = mine(writing, viewer, dossier_id).get(subject)
    if (known.version if known else 0) != version:
        raise DraftChanged
    row = {"content": canonical_json(content).decode(), "version": version + 1, "updated_at": now()}
    here = {"dossier_id": dossier_id, "person_id": viewer.id, "subject": subject}
    if known is None:
        writing.connection.execute(insert(drafts).values(**here, **row))
    else:
        writing.connection.execute(update(drafts).where(*_this(viewer, dossier_id, subject)).values(**row))
    return Draft(subject, dict(content), version + 1, instant(str(row["updated_at"])))


def forget(writing: Writing, viewer: Viewer, dossier_id: str, subject: str) -> None:
    """Drops a draft, once it is submitted or given up."""
    writing.connection.execute(delete(drafts).where(*_this(viewer, dossier_id, subject)))


def mine(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> Mapping[str, Draft]:
    """The viewer's drafts on a dossier, by subject."""
    query = select(drafts).where(drafts.c.dossier_id == dossier_id, drafts.c.person_id == viewer.id)
    return {row.subject: _draft(row) for row in reading.connection.execute(query)}


def _this(viewer: Viewer, dossier_id: str, subject: str) -> tuple[ColumnElement[bool], ...]:
    return drafts.c.dossier_id == dossier_id, drafts.c.person_id == viewer.id, drafts.c.subject == subject


def _draft(row: Row[tuple[object, ...]]) -> Draft:
    return Draft(row.subject, json.loads(row.content), row.version, instant(row.updated_at))
