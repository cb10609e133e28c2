"""The filter of the journal: what is asked in the address, what is understood of it, and what is said of the rest."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from store.people.dossiers import Named
from store.people.history import Choice
from store.records import Action
from web.french import counted

SHOWN = 10
"""Dossiers that are named one by one; of more, their number is said."""
_EARLIEST, _LATEST = date(1900, 1, 1), date(9998, 12, 31)  # what instants can be written of
_LEFT_OUT = "Ce critère n'est pas appliqué."


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter as it was asked for, in the words of the address."""

    action: str = ""
    acteur: str = ""
    appel: str = ""
    dossier: str = ""
    seance: str = ""
    du: str = ""
    au: str = ""

    def query(self, **more: str | int) -> str:
        """The query of an address that asks for the same, and `more`."""
        kept = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name)}
        return urlencode(kept | more)


@dataclass(frozen=True, slots=True)
class Understood:
    """What the store is asked; `faults` says by field what could not be understood, which narrows nothing."""

    choice: Choice
    faults: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the words of the field « Dossier » name: how many, and each with its address where they are few."""

    words: str
    each: tuple[tuple[str, str], ...]  # words, address


def understood(asked: Asked, actors: Container[str], calls: Container[str]) -> Understood:
    """What a filter asks for, where these are all who act and all calls."""
    days = {"du": _day(asked.du), "au": _day(asked.au)}
    session = asked.seance.strip()
    number = int(session) if session.isascii() and session.isdigit() else None
    choice = Choice(
        action=Action(asked.action) if asked.action in set(Action) else None,
        actor=asked.acteur if asked.acteur in actors else None,
        dossier=asked.dossier.strip() or None,
        session=number,
        call=asked.appel if asked.appel in calls else None,
        since=days["du"],
        until=days["au"],
    )
    return Understood(choice, dict(_faults(asked, choice)))


def _faults(asked: Asked, choice: Choice) -> Iterator[tuple[str, str]]:
    if asked.action and choice.action is None:
        yield "action", f"Action inconnue. {_LEFT_OUT}"
    if asked.acteur and choice.actor is None:
        yield "acteur", f"Auteur inconnu. {_LEFT_OUT}"
    if asked.appel and choice.call is None:
        yield "appel", f"Appel inconnu. {_LEFT_OUT}"
    if asked.seance.strip() and choice.session is None:
        yield "seance", f"Numéro de séance attendu, en chiffres. {_LEFT_OUT}"
    if asked.du and choice.since is None:
        yield "du", f"Date attendue. {_LEFT_OUT}"
    if asked.au and choice.until is None:
        yield "au", f"Date attendue. {_LEFT_OUT}"
    if choice.since and choice.until and choice.until < choice.since:
        yield "au", "Ce jour vient avant le premier : aucun événement ne peut être entre les deux."


def with_dossiers(told: Understood, count: int) -> Understood:
    """The same, which says so where the field « Dossier » names none."""
    if told.choice.dossier is None or count:
        return told
    none = "Aucun dossier n'a ces mots dans son nom, ni d'identifiant qui commence ainsi."
    return replace(told, faults={**told.faults, "dossier": none})


def narrowed(asked: Asked, count: int, first: tuple[Named, ...], calls: Mapping[str, str]) -> Narrowed | None:
    """Which dossiers the filter keeps; None where it asks for none. `calls`: titles by id."""
    if not count:
        return None
    words = counted(count, "dossier répond à ces mots", "dossiers répondent à ces mots")
    if count > SHOWN:
        return Narrowed(f"{words}. Précisez le nom pour en montrer la liste.", ())
    return Narrowed(
        f"{words} :",
        tuple(
            (f"{one.name} ({calls[one.call]})" if one.call in calls else one.name, _alone(asked, one)) for one in first
        ),
    )


def _alone(asked: Asked, one: Named) -> str:
    return f"/journal?{replace(asked, dossier=one.id).query()}"


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _EARLIEST <= day <= _LATEST else None
