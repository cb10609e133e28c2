"""The journal as its page shows it: who did what, when and to what, in French."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.text import alphabetical
from store.canonical import canonical_json
from store.instants import written
from store.journal_words import ACTION_WORDS, ACTOR_WORDS, DOSSIERS, Names, actor_words, detail_words, subject_words
from store.records import JournalEvent
from web.french import typeset
from web.opened import Opened
from web.views.csv_lines import inert
from web.views.csv_lines import written as csv_written


def _begun(words: str) -> str:
    """As a cell begins: names keep their capitals."""
    return words[:1].upper() + words[1:]


ACTIONS = tuple(
    sorted(
        ((action.value, typeset(_begun(words))) for action, words in ACTION_WORDS.items()),
        key=lambda option: alphabetical(option[1]),
    )
)
"""Options of the filter: code and words of each action."""


@dataclass(frozen=True, slots=True)
class Line:
    """An event; `href` is the page of its subject, empty when there is none, and `details` its codes and counts."""

    sequence: int
    at: datetime
    who: str
    what: str
    subject: str
    href: str
    details: str


def lines(events: Iterable[JournalEvent], names: Names, *, linked: bool) -> tuple[Line, ...]:
    """Lines of events; `linked` gives the page of a dossier."""
    return tuple(_line(event, names, linked) for event in events)


def names_in(dossier: Opened, people: Mapping[int, str]) -> Names:
    """What the events of one dossier tell by number or id."""
    call, found = dossier.call, dossier.dossier
    return Names(people, {found.id: found.name}, {found.id: call.id}, {call.id: call})


def dossiers_of(events: Iterable[JournalEvent]) -> tuple[str, ...]:
    """The ids of the dossiers that events are about, or name beside what they are about."""
    told = set()
    for event in events:
        if event.subject.startswith("dossier:"):
            told.add(event.subject.partition(":")[2])
        for key in DOSSIERS & event.data.keys():
            ids = event.data[key]
            told.update(ids if isinstance(ids, tuple) else ())
    return tuple(sorted(told))


def actors(people: Mapping[int, str]) -> tuple[tuple[str, str], ...]:
    """Options of the filter: what is no person, then people by name."""
    named = sorted(
        ((f"person:{number}", name) for number, name in people.items()), key=lambda one: alphabetical(one[1])
    )
    return (*((actor, typeset(_begun(words))) for actor, words in ACTOR_WORDS.items()), *named)


COLUMNS = (
    "Numéro",
    "Instant (UTC)",
    "Qui",
    "Quoi",
    "Sur quoi",
    "Détails",
    "Auteur (code)",
    "Action (code)",
    "Sujet (code)",
    "Données (codes)",
    "Empreinte précédente",
    "Empreinte",
)
"""Of the file. The codes, with the number and the instant, are all that a digest seals: it can be worked out again."""


def csv_title() -> str:
    """The first line of the file."""
    return csv_written([COLUMNS])


def csv_lines(events: Sequence[JournalEvent], names: Names) -> str:
    """Lines of events; a name that a spreadsheet would take for a formula is opened by an apostrophe."""
    told = zip(events, lines(events, names, linked=False), strict=True)
    return csv_written(
        (
            str(line.sequence),
            written(event.at),
            inert(line.who),
            line.what,
            inert(line.subject),
            line.details,
            event.actor,
            event.action.value,
            event.subject,
            canonical_json(event.data).decode(),
            event.previous,
            event.digest,
        )
        for event, line in told
    )


def _line(event: JournalEvent, names: Names, linked: bool) -> Line:
    kind, _, name = event.subject.partition(":")
    who, subject = actor_words(event.actor, names.people), subject_words(event.subject, names)
    return Line(
        sequence=event.sequence,
        at=event.at,
        who=who if event.actor.startswith("person:") else typeset(_begun(who)),
        what=typeset(_begun(ACTION_WORDS[event.action])),
        subject=subject if kind == "person" or name in names.dossiers else typeset(_begun(subject)),
        href=f"/dossiers/{name}" if linked and kind == "dossier" and name in names.dossiers else "",
        details=typeset(", ".join(detail_words(event, names))),
    )
