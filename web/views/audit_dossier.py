"""A dossier as auditors see it: the machine's completeness with its proofs, each decision, all that jurors said."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from pipeline.analysis import Provenance
from pipeline.calls.model import Call, Level
from pipeline.document import Document
from store.people.answers import Answer, AnswerKind
from store.people.collective import CollectiveAnswer, CollectiveValue
from store.people.conflicts import ConflictKind, Declared
from store.people.decisions import Decision, Kind
from store.people.outcomes import Outcome
from store.people.passages import Choice, PassageChoice
from store.people.scores import Score, Shown
from store.records import StoredAnalysis
from web.french import STATUSES, counted, day, typeset
from web.opened import Opened, provenance_of
from web.views import machine
from web.views.audit import subject
from web.views.deliberation import value_held
from web.views.dossier import anchor
from web.views.evidence import place_of
from web.views.machine import MachineWord, kept_text, value_text
from web.views.outcomes import label
from web.views.panes import answer_said, items_of
from web.views.reading_room import levels_of, value_said
from web.views.triage_words import field_titles

_CONFLICTS = {
    ConflictKind.FAMILY: "lien familial",
    ConflictKind.FINANCIAL: "intérêt financier",
    ConflictKind.PROFESSIONAL: "lien professionnel",
    ConflictKind.OTHER: "autre lien",
}

_T = TypeVar("_T")
Names = Mapping[int, str]
"""Of people, by the number of their account."""


@dataclass(frozen=True, slots=True)
class Said:
    """A word of a person: about what, what it says, and what stood beside it then; `replaced` by a later one.

    `void` says why it does not count any more, empty when it does; `passages` are those that the juror was shown.
    """

    name: str
    at: datetime
    about: str
    said: str
    note: str
    beside: str
    replaced: bool
    void: str = ""
    passages: tuple["Seen", ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """A passage that a juror had before the eyes: its words, where they stand, and what the juror had made of it."""

    quote: str
    where: str
    made: str


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field of the call: the machine's word with its proofs, then the decision in force; None where there is none."""

    id: str
    title: str
    machine: MachineWord | None
    person: Said | None


@dataclass(frozen=True, slots=True)
class AnalysisLine:
    """An analysis and what made it; `shown` is the one in force."""

    id: int
    digest: str
    at: datetime
    made_by: Provenance
    shown: bool


def completeness(dossier: Opened, decisions: Sequence[Said]) -> tuple[FieldLine, ...]:
    """The fields of the call in its order; `decisions` as `decided` gives them."""
    sections = {} if dossier.analysed is None else {one.id: one for one in dossier.analysed.analysis.sections}
    in_force = {one.about: one for one in decisions if not one.replaced}
    titles = field_titles(dossier.call)
    lines = []
    for field in dossier.call.fields:
        word = None
        if dossier.analysed is not None and field.id in sections:
            analysed, name = dossier.analysed, anchor(Kind.FIELD, field.id)
            word = machine.of_field(analysed.analysis, sections[field.id], analysed.document, name)
        lines.append(FieldLine(field.id, titles[field.id], word, in_force.get(titles[field.id])))
    return tuple(lines)


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
            beside=_machine(one),
            replaced=one.said.kind is not Kind.NOTE and last[one.said.kind, one.said.key] != one.id,
        )
        for one in made
    )


def withdrawn(made: Sequence[Declared]) -> Names:
    """Why what each juror who is in conflict had said does not count any more; `made` is oldest first."""
    last = {one.person_id: one.declaration for one in made}
    return {
        person: f"ne compte plus (conflit déclaré le {day(one.at)})"
        for person, one in last.items()
        if one.kind is not None
    }


def submitted(
    dossier: Opened, people: Names, scores: Sequence[Score], void: Names, documents: Mapping[str, Document]
) -> tuple[Said, ...]:
    """All that jurors submitted on markers, in the order of the call, with what the machine had shown them.

    `void`, here and below, as `withdrawn` gives it; `documents` are those that were shown, by digest.
    """
    replaced = {score.replaces for score in scores}
    levels = _levels(dossier)
    titles = _titles(dossier)
    return tuple(
        Said(
            name=_name(people, score.person_id),
            at=score.at,
            about=titles.get(score.marker, score.marker),
            said=value_said(score.value, levels.get(score.marker, ())),
            note=score.comment,
            beside=_shown(score),
            replaced=score.id in replaced,
            void=void.get(score.person_id, ""),
            passages=_seen(score.shown, documents),
        )
        for score in _in_order(scores, titles, lambda score: score.marker)
    )


def chosen(dossier: Opened, people: Names, choices: Sequence[PassageChoice], void: Names) -> tuple[Said, ...]:
    """The passages that jurors kept, set aside or added, in the order of the call and of the document."""
    titles = _titles(dossier)
    return tuple(
        Said(
            name=_name(people, one.person_id),
            at=one.at,
            about=titles.get(one.marker, one.marker),
            said=STATUSES["passage"][one.choice.value].label,
            note=one.reason,
            beside=one.place.quote,
            replaced=False,
            void=void.get(one.person_id, ""),
        )
        for one in _in_order(choices, titles, lambda one: one.marker)
    )


def answered(
    call: Call, kind: AnswerKind, people: Names, answers: Sequence[Answer | CollectiveAnswer], void: Names
) -> tuple[Said, ...]:
    """All that jurors answered to the grid or the synthesis, or what the jury held on it, in the order of the call."""
    items = {item.id: item for item in items_of(call, kind)}
    replaced = {answer.replaces for answer in answers}

    def said(answer: Answer | CollectiveAnswer) -> Said:
        item = items.get(answer.item)
        by_jury = isinstance(answer, CollectiveAnswer)
        return Said(
            name=_name(people, answer.person_id),
            at=answer.at,
            about=item.text if item else answer.item,
            said=answer_said(answer.value, item.options if item else (), jury=by_jury),
            note=answer.comment,
            beside=_session(answer.session_id) if isinstance(answer, CollectiveAnswer) else "",
            replaced=answer.id in replaced,
            void="" if by_jury else void.get(answer.person_id, ""),
        )

    return tuple(said(answer) for answer in _in_order(answers, items, lambda answer: answer.item))


def held_values(dossier: Opened, people: Names, values: Sequence[CollectiveValue]) -> tuple[Said, ...]:
    """What the jury held on markers, in the order of the call; entered by the chair."""
    titles, levels = _titles(dossier), _levels(dossier)
    replaced = {value.replaces for value in values}
    return tuple(
        Said(
            name=_name(people, value.person_id),
            at=value.at,
            about=titles.get(value.marker, value.marker),
            said=value_held(value.value, levels.get(value.marker, ())),
            note=value.comment,
            beside=_session(value.session_id, counted(value.jurors, "juré avait répondu", "jurés avaient répondu")),
            replaced=value.id in replaced,
        )
        for value in _in_order(values, titles, lambda value: value.marker)
    )


def outcomes(call: Call, people: Names, held: Sequence[Outcome]) -> tuple[Said, ...]:
    """What became of the dossier, oldest first."""
    return tuple(
        Said(
            name=_name(people, one.person_id),
            at=one.at,
            about="Suite donnée",
            said=label(call, one.outcome),
            note=one.comment,
            beside=_session(one.session_id),
            replaced=one is not held[-1],
        )
        for one in held
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
            beside="",
            replaced=last[one.name] != place,
        )
        for place, one in enumerate(made)
    )


def analyses(dossier: Opened, made: Sequence[StoredAnalysis]) -> tuple[AnalysisLine, ...]:
    """Every analysis with what made it, oldest first."""
    shown = None if dossier.analysed is None else dossier.analysed.id
    return tuple(AnalysisLine(one.id, one.digest, one.created_at, provenance_of(one), one.id == shown) for one in made)


def _in_order(said: Sequence[_T], known: Iterable[str], subject_of: Callable[[_T], str]) -> list[_T]:
    """As the call has it, what it no longer asks at the end; else as given."""
    place = {key: number for number, key in enumerate(known)}
    return sorted(said, key=lambda one: place.get(subject_of(one), len(place)))


def _name(people: Names, person_id: int) -> str:
    return people.get(person_id, f"compte {person_id}")


def _titles(dossier: Opened) -> dict[str, str]:
    return {marker.id: marker.title for marker in dossier.call.markers}


def _levels(dossier: Opened) -> dict[str, tuple[Level, ...]]:
    return {marker.id: levels_of(dossier, marker) for marker in dossier.call.markers}


def _session(number: int, more: str = "") -> str:
    return typeset(f"séance n° {number}{', ' if more else ''}{more}")


def _machine(decision: Decision) -> str:
    text = kept_text(decision.said.kind, decision.said.key, decision.said.machine)
    if not text:
        return ""
    made = "" if decision.said.analysis is None else f" (analyse n° {decision.said.analysis})"
    return typeset(f"{text}{made}")


def _seen(shown: Shown, documents: Mapping[str, Document]) -> tuple[Seen, ...]:
    document = documents.get(shown.document or "")
    if document is None:
        return ()
    places = ((place_of(document, one.span), one.choice) for one in shown.passages)
    return tuple(
        Seen(place.quote, place.where, "" if choice is None else STATUSES["passage"][choice.value].label)
        for place, choice in places
    )


def _shown(score: Score) -> str:
    if score.shown.analysis is None:
        return "aucune analyse"
    added = sum(passage.choice is Choice.ADDED for passage in score.shown.passages)
    passages = counted(len(score.shown.passages) - added, "passage", "passages")
    own = f", et {counted(added, 'ajouté', 'ajoutés')} par le juré" if added else ""
    return typeset(f"analyse n° {score.shown.analysis}, {passages}{own}")
