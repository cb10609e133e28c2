"""Decisions of a call as auditors read them: who changed what over the machine's word, when and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from pipeline.calls.model import Call
from store.instants import written
from store.people.changes import Asked, Change, Sense
from store.people.decisions import Kind
from web.french import typeset
from web.views.audit import KINDS, VERDICTS, subject
from web.views.machine import kept_text, value_text
from web.views.triage_words import field_titles

SENSES = (
    (Sense.AGAINST.value, "Autre chose que le programme"),
    (Sense.CORRECTED.value, "Le programme est corrigé"),
    (Sense.ADDED.value, "Le programme ne disait rien"),
    (Sense.CONFIRMED.value, "Le programme est confirmé"),
    (Sense.TAKEN_BACK.value, "Décision retirée"),
)
KIND_OPTIONS = tuple((kind.value, label) for kind, label in KINDS.items())
TITLES = (
    "Numéro",
    "Instant (UTC)",
    "Qui",
    "Dossier",
    "Identifiant",
    "Sur",
    "Programme",
    "Analyse",
    "Personne",
    "Sens",
    "Note",
    "En vigueur",
)


@dataclass(frozen=True, slots=True)
class Filter:
    """The filter as it was asked for, in the words of the address; what cannot be understood narrows nothing."""

    qui: str
    nature: str
    sens: str
    vigueur: str

    @property
    def asked(self) -> Asked:
        """What the store is asked."""
        return Asked(
            person=int(self.qui) if self.qui.isascii() and self.qui.isdigit() else None,
            kind=Kind(self.nature) if self.nature in {kind.value for kind in KINDS} else None,
            sense=Sense(self.sens) if self.sens in set(Sense) else None,
            in_force=bool(self.vigueur),
        )

    def query(self, **more: int) -> str:
        """The query of an address that asks for the same, and `more`."""
        kept: dict[str, str | int] = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name)}
        return urlencode(kept | more)


@dataclass(frozen=True, slots=True)
class Line:
    """A decision; `machine` and `note` are as they were kept, `sense` is what it does to the machine's word."""

    id: int
    at: datetime
    name: str
    dossier: str
    dossier_id: str
    about: str
    machine: str
    analysis: str
    person: str
    sense: str
    note: str
    replaced: bool


def lines(call: Call, changes: Sequence[Change]) -> tuple[Line, ...]:
    """The decisions in the order given."""
    titles = field_titles(call)
    return tuple(
        Line(
            id=one.id,
            at=one.at,
            name=one.name,
            dossier=one.dossier,
            dossier_id=one.dossier_id,
            about=typeset(_about(one, titles)),
            machine=typeset(kept_text(one.kind, one.key, one.machine) or "–"),
            analysis="" if one.analysis is None else str(one.analysis),
            person=typeset(value_text(one.kind, one.key, one.value)),
            sense=typeset(VERDICTS[one.verdict] if one.verdict else "une décision est retirée"),
            note=one.note,
            replaced=one.replaced,
        )
        for one in changes
    )


def cells(line: Line) -> tuple[str, ...]:
    """Of a table, under `TITLES`."""
    return (
        str(line.id),
        written(line.at),
        line.name,
        line.dossier,
        line.dossier_id,
        line.about,
        line.machine,
        line.analysis,
        line.person,
        line.sense,
        line.note,
        "remplacée" if line.replaced else "oui",
    )


def _about(one: Change, titles: dict[str, str]) -> str:
    about = subject(one.kind, one.key, titles)
    return about if one.kind in (Kind.FIELD, Kind.TYPE) else f"{KINDS[one.kind]} : {about}"
