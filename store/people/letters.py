"""Letters that people say they sent to applicants, to ask for pieces. Nothing is sent from here.

A letter never changes: what was wrong about it (the day it was sent, the day a reply is expected, or that it was sent
at all) is said by a row that replaces it, with the same text; both stay.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, and_, case, exists, func, select

from pipeline.errors import UsageProblem
from store.canonical import digest
from store.instants import instant
from store.journal import Writing, about_dossier
from store.people import letter_drafts, received, states, visible
from store.people.letter_drafts import LetterChanged
from store.people.room import Reading
from store.people.sealing import append
from store.people.states import State
from store.people.tables.accounts import people
from store.people.tables.decisions import dossier_states
from store.people.tables.letters import letters
from store.people.viewers import Viewer
from store.records import Action, Datum
from store.schema import dossiers

_HERE = ZoneInfo("Europe/Paris")  # as pages show days


@dataclass(frozen=True, slots=True)
class Letter:
    """What was said of a letter at one moment; `sent_on` is None when it was not sent after all.

    `asked` are the fields that it asks for and the keys of files to be sent again, `expected` the day by which a reply
    is awaited, None when none is.
    """

    id: int
    text: str
    asked: tuple[str, ...]
    sent_on: date | None
    expected: date | None
    name: str
    at: datetime
    replaces: int | None


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter with all that was said of it, oldest first: never empty."""

    versions: tuple[Letter, ...]

    @property
    def number(self) -> int:
        """What its address names it by."""
        return self.versions[0].id

    @property
    def now(self) -> Letter:
        """What stands."""
        return self.versions[-1]

    @property
    def digest(self) -> str:
        """Of its text, in UTF-8: as the journal tells it."""
        return _digest(self.now.text)


@dataclass(frozen=True, slots=True)
class Asked:
    """That something had been asked for when it came in: by which day (None: none was given), and whether it was."""

    expected: date | None
    in_time: bool


class InvalidLetter(UsageProblem):
    """Days that cannot be those of a letter, or a letter that asks for nothing."""

    code = "invalid-letter"
    advice = "Corrigez, puis enregistrez de nouveau."


def of_dossier(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> tuple[Sent, ...]:
    """The letters of a dossier that the person may open, oldest first."""
    return of_dossiers(reading, viewer, [dossier_id]).get(dossier_id, ())


def of_dossiers(
    reading: Reading | Writing, viewer: Viewer, dossier_ids: Collection[str]
) -> Mapping[str, tuple[Sent, ...]]:
    """By dossier that the person may open, its letters, oldest first; nothing of one without any."""
    query = (
        select(letters, people.c.name)
        .join(people, people.c.id == letters.c.person_id)
        .join(dossiers, dossiers.c.id == letters.c.dossier_id)
        .where(letters.c.dossier_id.in_(dossier_ids), visible.content_of(viewer))
        .order_by(letters.c.id)
    )
    made: dict[str, list[Letter]] = {}
    for row in reading.connection.execute(query):
        made.setdefault(row.dossier_id, []).append(_letter(row))
    return {dossier_id: _gathered(each) for dossier_id, each in made.items()}


def asked_for(sent: Sequence[Sent], at: datetime) -> Asked | None:
    """Whether letters of a dossier had asked for what came in at that moment, and by when: the last day that they
    give; None where none had been sent."""
    day = at.astimezone(_HERE).date()
    standing = [one.now for one in sent if _was_sent(one, at, day)]
    if not standing:
        return None
    expected = max((each.expected for each in standing if each.expected is not None), default=None)
    return Asked(expected, expected is None or day <= expected)


def _was_sent(sent: Sent, at: datetime, day: date) -> bool:
    """Of a letter of that very day, the hour is that at which someone said so."""
    sent_on = sent.now.sent_on
    return sent_on is not None and (sent_on < day or (sent_on == day and sent.versions[0].at <= at))


def send(
    writing: Writing,
    viewer: Viewer,
    dossier_id: str,
    version: int,
    asked: tuple[str, ...],
    sent_on: date,
    expected: date | None,
) -> int:
    """Says that the letter under way, of this version, was sent; the dossier then waits for pieces. Gives its number.

    Raises:
        LetterChanged: another version is under way, or none, or the person may not open the dossier.
        InvalidLetter: empty, sent after today, a reply expected before it was sent, or nothing asked.
    """
    _check(sent_on, expected)
    if not asked:
        raise InvalidLetter("Cochez au moins une chose que le courrier demande.")
    written = letter_drafts.close(writing, viewer, dossier_id, version)
    if not written.text.strip():
        raise InvalidLetter("Un courrier vide ne peut pas avoir été envoyé.")
    number = _append(writing, Action.LETTER_SENT, viewer, dossier_id, written.text, asked, sent_on, expected, None)
    waits = states.of_dossier(writing, viewer, dossier_id).state is State.PIECES_REQUESTED
    if not waits or received.arrived(writing, viewer, dossier_id) is not None:
        states.mark(writing, [dossier_id], State.PIECES_REQUESTED)
    return number


def correct(
    writing: Writing, viewer: Viewer, dossier_id: str, letter: int, sent_on: date | None, expected: date | None
) -> None:
    """Says other days of a letter, or (`sent_on` None) that it was not sent after all.

    Raises:
        LetterChanged: `letter` is not what stands of a letter of this dossier.
        InvalidLetter: sent after today, or a reply expected before it was sent.
    """
    _check(sent_on, expected)
    former = next((one.now for one in of_dossier(writing, viewer, dossier_id) if one.now.id == letter), None)
    if former is None:
        raise LetterChanged
    if (former.sent_on, former.expected) != (sent_on, expected):
        action = Action.LETTER_WITHDRAWN if sent_on is None else Action.LETTER_CORRECTED
        _append(writing, action, viewer, dossier_id, former.text, former.asked, sent_on, expected, former.id)


def awaited() -> ColumnElement[str]:
    """On `dossier_states`: the last day by which a reply is expected, of a dossier whose pieces are still asked for."""
    of_it = letters.c.dossier_id == dossier_states.c.dossier_id
    last = select(func.max(letters.c.expected)).where(of_it, standing()).correlate(dossier_states).scalar_subquery()
    return case((dossier_states.c.state == State.PIECES_REQUESTED.value, last))


def overdue() -> ColumnElement[bool]:
    """On `dossiers`: pieces are still asked for, none came in since, and the last day by which a reply was expected is
    gone. All that says a dossier overdue says it by this."""
    late = (
        select(letters.c.dossier_id)
        .where(standing())
        .group_by(letters.c.dossier_id)
        .having(func.max(letters.c.expected) < today().isoformat())
    )
    waiting = select(dossier_states.c.dossier_id).where(
        dossier_states.c.state == State.PIECES_REQUESTED.value, received.since_request().is_(None)
    )
    return dossiers.c.id.in_(late.intersect(waiting).scalar_subquery())


def is_overdue(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> bool:
    """Whether a dossier that the person may open is overdue, today."""
    this = select(dossiers.c.id).where(dossiers.c.id == dossier_id, visible.content_of(viewer), overdue())
    return reading.connection.execute(this).one_or_none() is not None


def standing() -> ColumnElement[bool]:
    """On `letters`: it was sent, and nobody has said otherwise since."""
    later = letters.alias("later")
    return and_(letters.c.sent_on.is_not(None), ~exists().where(later.c.replaces == letters.c.id).correlate(letters))


def today() -> date:
    """The day that it is in France."""
    return datetime.now(_HERE).date()


def _check(sent_on: date | None, expected: date | None) -> None:
    if sent_on is not None and sent_on > today():
        raise InvalidLetter("Un courrier ne peut pas avoir été envoyé après aujourd'hui.")
    if sent_on is not None and expected is not None and expected < sent_on:
        raise InvalidLetter("Une réponse ne peut pas être attendue avant l'envoi du courrier.")


def _append(
    writing: Writing,
    action: Action,
    viewer: Viewer,
    dossier_id: str,
    text: str,
    asked: tuple[str, ...],
    sent_on: date | None,
    expected: date | None,
    replaces: int | None,
) -> int:
    days = {
        "sent_on": None if sent_on is None else sent_on.isoformat(),
        "expected": None if expected is None else expected.isoformat(),
    }
    row: dict[str, str | int | None] = {
        "dossier_id": dossier_id,
        "text": text,
        "asked": json.dumps(asked),
        "person_id": viewer.id,
        "replaces": replaces,
        **days,
    }
    told: dict[str, Datum] = {
        "letter": _digest(text),
        "asked": asked,
        "sent": days["sent_on"],
        "expected": days["expected"],
    }
    return int(append(writing, action, about_dossier(dossier_id), row, told).id)


def _digest(text: str) -> str:
    return digest(text.encode())


def _gathered(made: Iterable[Letter]) -> tuple[Sent, ...]:
    chains: dict[int, list[Letter]] = {}
    for one in made:
        chain = [] if one.replaces is None else chains.pop(one.replaces)
        chains[one.id] = [*chain, one]
    return tuple(sorted((Sent(tuple(chain)) for chain in chains.values()), key=lambda sent: sent.number))


def _letter(row: Row[Any]) -> Letter:
    return Letter(
        id=row.id,
        text=row.text,
        asked=tuple(json.loads(row.asked)),
        sent_on=_day(row.sent_on),
        expected=_day(row.expected),
        name=row.name,
        at=instant(row.at),
        replaces=row.replaces,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
