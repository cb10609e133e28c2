"""The journal as its page shows it: who did what, when and to what, in French."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from pipeline.text import typeset
from store.journal_words import ACTION_WORDS, DATA_WORDS
from store.people.history import Choice
from store.records import Action, Datum, JournalEvent

ACTIONS = tuple(
    sorted(((action.value, words.capitalize()) for action, words in ACTION_WORDS.items()), key=lambda o: o[1])
)
"""Options of the filter: code and words of each action."""

_ACTORS = {"machine": "Programme", "room": "Salle de lecture"}
_DIGEST_SHOWN = 12


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


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter as it was asked for, in the words of the address."""

    action: str
    acteur: str
    appel: str
    dossier: str
    du: str
    au: str

    @property
    def choice(self) -> Choice:
        """What the store is asked; what cannot be understood narrows nothing."""
        return Choice(
            action=Action(self.action) if self.action in set(Action) else None,
            actor=self.acteur or None,
            dossier_id=self.dossier or None,
            call=self.appel or None,
            since=_day(self.du),
            until=_day(self.au),
        )

    def query(self, **more: str | int) -> str:
        """The query of an address that asks for the same, and `more`."""
        kept = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name)}
        return urlencode(kept | more)


def lines(
    events: Iterable[JournalEvent], people: Mapping[int, str], dossiers: Mapping[str, str], *, linked: bool
) -> tuple[Line, ...]:
    """Lines of events; `people` and `dossiers` are names by number and by id, `linked` gives the page of a dossier."""
    return tuple(_line(event, people, dossiers, linked) for event in events)


def dossiers_of(events: Iterable[JournalEvent]) -> tuple[str, ...]:
    """The ids of the dossiers that events are about."""
    told = {event.subject.partition(":")[2] for event in events if event.subject.startswith("dossier:")}
    return tuple(sorted(told))


def actors(people: Mapping[int, str]) -> tuple[tuple[str, str], ...]:
    """Options of the filter: the program, the room, then people by name."""
    named = sorted(((f"person:{number}", name) for number, name in people.items()), key=lambda option: option[1])
    return (*_ACTORS.items(), *named)


def _line(event: JournalEvent, people: Mapping[int, str], dossiers: Mapping[str, str], linked: bool) -> Line:
    kind, _, name = event.subject.partition(":")
    href = f"/dossiers/{name}" if linked and kind == "dossier" and name in dossiers else ""
    return Line(
        sequence=event.sequence,
        at=event.at,
        who=_who(event.actor, people),
        what=typeset(ACTION_WORDS[event.action].capitalize()),
        subject=_subject(kind, name, people, dossiers),
        href=href,
        details=", ".join(_detail(key, value) for key, value in event.data.items() if value not in (None, ())),
    )


def _who(actor: str, people: Mapping[int, str]) -> str:
    kind, _, number = actor.partition(":")
    if kind == "person" and number.isdigit():
        return people.get(int(number), f"Personne n° {number}")
    return _ACTORS.get(actor, actor)


def _subject(kind: str, name: str, people: Mapping[int, str], dossiers: Mapping[str, str]) -> str:
    match kind:
        case "dossier":
            return dossiers.get(name, f"dossier {name[:_DIGEST_SHOWN]}")
        case "person" if name.isdigit():
            return people.get(int(name), f"personne n° {name}")
        case _:
            return f"{DATA_WORDS.get(kind, kind)} {name[:60]}".strip()


def _detail(key: str, value: Datum) -> str:
    words = DATA_WORDS.get(key, key)
    match value:
        case bool():
            said = "oui" if value else "non"
        case tuple():
            said = ", ".join(value)
        case str() if len(value) == 64:
            said = value[:_DIGEST_SHOWN]
        case _:
            said = str(value)
    return typeset(f"{words} : {said}")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
