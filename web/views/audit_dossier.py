"""A dossier as auditors see it: the machine's completeness, each decision, all that jurors submitted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.calls.model import Call
from store.people.conflicts import ConflictKind, Declared
from store.people.decisions import Decision, Kind
from store.people.scores import Score
from web.french import counted, typeset
from web.views.audit import subject
from web.views.machine import kept_text, value_text
from web.views.triage_words import field_titles

_CONFLICTS = {
    ConflictKind.FAMILY: "lien familial",
    ConflictKind.FINANCIAL: "intérêt financier",
    ConflictKind.PROFESSIONAL: "lien professionnel",
    ConflictKind.OTHER: "autre lien",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A word of a person: about what, what it says, and what the machine had said or shown then."""

    name: str
    at: datetime
    about: str
    said: str
    note: str
    machine: str
    replaced: bool


def decided(call: Call, made: Sequence[Decision]) -> tuple[Said, ...]:
    """Every decision and note, oldest first."""
    titles = field_titles(call)
    last = {(one.said.kind, one.said.key): one.id for one in made}
    return tuple(
        Said(
            name=one.name,
            at=one.at,
            about=subject(one.said.kind, one.said.key, titles),
            said="" if one.said.kind is Kind.NOTE else value_text(one.said.kind, one.said.key, one.said.value),
            note=one.said.note or (str(one.said.value or "") if one.said.kind is Kind.NOTE else ""),
            machine=_machine(one),
            replaced=one.said.kind is not Kind.NOTE and last[one.said.kind, one.said.key] != one.id,
        )
        for one in made
    )


def submitted(call: Call, people: Mapping[int, str], scores: Sequence[Score]) -> tuple[Said, ...]:
    """All that jurors submitted on markers, with what the machine had shown them."""
    titles = {marker.id: marker.title for marker in call.markers}
    replaced = {score.replaces for score in scores}
    return tuple(
        Said(
            name=people.get(score.person_id, f"compte {score.person_id}"),
            at=score.at,
            about=titles.get(score.marker, score.marker),
            said="ne se prononce pas" if score.value is None else score.value,
            note=score.comment,
            machine=_shown(score),
            replaced=score.id in replaced,
        )
        for score in scores
    )


def declared(made: Sequence[Declared]) -> tuple[Said, ...]:
    """What jurors declared."""
    last = {one.name: place for place, one in enumerate(made)}
    return tuple(
        Said(
            name=one.name,
            at=one.declaration.at,
            about="Conflit d’intérêts",
            said="aucun" if one.declaration.kind is None else _CONFLICTS[one.declaration.kind],
            note=one.declaration.reason,
            machine="",
            replaced=last[one.name] != place,
        )
        for place, one in enumerate(made)
    )


def _machine(decision: Decision) -> str:
    text = kept_text(decision.said.kind, decision.said.key, decision.said.machine)
    if not text:
        return ""
    made = "" if decision.said.analysis is None else f" (analyse n° {decision.said.analysis})"
    return typeset(f"{text}{made}")


def _shown(score: Score) -> str:
    if score.shown.analysis is None:
        return "Aucune analyse n’était montrée."
    passages = counted(len(score.shown.passages), "passage montré", "passages montrés")
    return typeset(f"Analyse n° {score.shown.analysis}, {passages}")
