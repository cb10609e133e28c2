"""The letter that is being written on a dossier: one for all who instruct it, told to no journal until it is sent.

Whoever changes it is named. The text that another person had left, or that was given up for the program's, is kept
beside until the letter is sent: two people who write at once lose nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, insert, select, update

from pipeline.errors import UsageProblem
from store.instants import instant, now
from store.journal import Writing
from store.people import dossiers, visible
from store.people.room import Reading
from store.people.tables.accounts import people
from store.people.tables.letters import letter_drafts
from store.people.viewers import Viewer
from store.problems import NotInStore
from store.schema import dossiers as dossiers_table

_former = people.alias("former")


@dataclass(frozen=True, slots=True)
class Written:
    """What a person writes. `expected` is the day by which a reply is awaited, None when none is.

    `asked` are the fields that were decided to be lacking when the letter was begun, in the order of the call.
    """

    text: str
    expected: date | None
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormerText:
    """What stood there before, and who had written it."""

    text: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """`written` is None where the last letter was sent and no other is begun; `version` never comes twice."""

    written: Written | None
    version: int
    person_id: int
    name: str
    updated_at: datetime
    former: FormerText | None


class LetterChanged(UsageProblem):
    """Someone else has changed the letter, or said that it is sent."""

    code = "letter-changed"
    advice = "Rechargez la page pour voir le texte enregistré."

    def __init__(self) -> None:
        super().__init__("Ce courrier a changé entre-temps.")


def of_dossier(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> LetterDraft | None:
    """The letter under way on a dossier that the person may open; None where none was ever begun."""
    row = reading.connection.execute(_drafts(viewer).where(letter_drafts.c.dossier_id == dossier_id)).one_or_none()
    return None if row is None else _draft(row)


def of_call(reading: Reading | Writing, viewer: Viewer, call: str) -> Mapping[str, Written]:
    """The letters under way in a call, by dossier that the person may open."""
    query = _drafts(viewer).where(dossiers_table.c.call == call, letter_drafts.c.text.is_not(None))
    found = ((row.dossier_id, _draft(row).written) for row in reading.connection.execute(query))
    return {dossier_id: written for dossier_id, written in found if written is not None}


def save(
    writing: Writing, viewer: Viewer, dossier_id: str, written: Written, version: int, *, anew: bool = False
) -> int:
    """Keeps the letter in the place of the one of this `version`, 0 where none was begun; gives its new version.

    `anew`: it gives up the text that stands there, even one's own, which is then kept beside.

    Raises:
        NotInStore: the person may not open the dossier.
        LetterChanged: the letter has another version.
    """
    if not dossiers.opens(writing, viewer, dossier_id):
        raise NotInStore("Ce dossier n'existe pas, ou n'est pas ouvert à cette personne.")
    known = _known(writing, dossier_id)
    if (known.version if known else 0) != version:
        raise LetterChanged
    row: dict[str, Any] = {
        "text": written.text,
        "expected": None if written.expected is None else written.expected.isoformat(),
        "asked": json.dumps(written.asked),
        "version": version + 1,
        "person_id": viewer.id,
        "updated_at": now(),
    }
    if known is not None and known.text not in (None, written.text) and (anew or known.person_id != viewer.id):
        row |= {"former_text": known.text, "former_person": known.person_id, "former_at": known.updated_at}
    _keep(writing, dossier_id, known is not None, row)
    return version + 1


def close(writing: Writing, viewer: Viewer, dossier_id: str, version: int) -> Written:
    """Ends the letter of this version, which is sent; gives what it says.

    Raises:
        LetterChanged: it has another version, or none is under way.
    """
    draft = of_dossier(writing, viewer, dossier_id)
    if draft is None or draft.version != version or draft.written is None:
        raise LetterChanged
    nothing = dict.fromkeys(("text", "expected", "former_text", "former_person", "former_at"))
    ended = {**nothing, "version": version + 1, "person_id": viewer.id, "updated_at": now()}
    _keep(writing, dossier_id, True, ended)
    return draft.written


def _known(writing: Writing, dossier_id: str) -> Row[Any] | None:
    return writing.connection.execute(
        select(letter_drafts).where(letter_drafts.c.dossier_id == dossier_id)
    ).one_or_none()


def _keep(writing: Writing, dossier_id: str, known: bool, row: Mapping[str, Any]) -> None:
    if known:
        writing.connection.execute(update(letter_drafts).where(letter_drafts.c.dossier_id == dossier_id).values(**row))
    else:
        writing.connection.execute(insert(letter_drafts).values(dossier_id=dossier_id, **row))


def _drafts(viewer: Viewer) -> Select[Any]:
    return (
        select(letter_drafts, people.c.name, _former.c.name.label("former_name"))
        .join(people, people.c.id == letter_drafts.c.person_id)
        .outerjoin(_former, _former.c.id == letter_drafts.c.former_person)
        .join(dossiers_table, dossiers_table.c.id == letter_drafts.c.dossier_id)
        .where(visible.content_of(viewer))
    )


def _draft(row: Row[Any]) -> LetterDraft:
    former = None if row.former_text is None else FormerText(row.former_text, row.former_name, instant(row.former_at))
    expected = None if row.expected is None else date.fromisoformat(row.expected)
    written = None if row.text is None else Written(row.text, expected, tuple(json.loads(row.asked)))
    return LetterDraft(written, row.version, row.person_id, row.name, instant(row.updated_at), former)
