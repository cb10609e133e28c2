"""The page of a dossier: one card per thing to decide, with the machine's word, the person's, and all that was said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from pipeline.analysis import AnalysisStatus, SectionStatus
from pipeline.calls.model import Call, RequiredField
from pipeline.labels import FACT_LABELS, field_label, finding_label
from pipeline.text import listed
from store.canonical import Json
from store.people.decisions import Decision, Kind, Settlement
from store.people.notes import About, NoteDraft, beside
from web import french
from web.opened import Analysed, Opened
from web.views import facts, machine
from web.views.evidence import shown
from web.views.machine import MachineWord

_NOTHING_TYPED: Mapping[About, NoteDraft] = MappingProxyType({})
_PREFIX = {Kind.FIELD: "champ", Kind.FACT: "fait", Kind.FINDING: "constat", Kind.TYPE: "type"}
_STATUS_KEYS = {"present": "p", "thin": "i", "absent": "a", "not-applicable": "s"}
_SETTLEMENT_KEYS = {Settlement.NOTED: "n", Settlement.SETTLED: "r", Settlement.NO_PROBLEM: "s"}


@dataclass(frozen=True, slots=True)
class Option:
    """Something that a person may decide; `key` reaches it on the keyboard, `chosen` is what is decided now."""

    value: str
    label: str
    key: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Spoken:
    """A decision as it is shown. `then` is what the machine had said when it no longer says so now, else empty.

    `earlier`: it was made on an analysis that is not the one shown.
    """

    name: str
    at: datetime
    status: str | None
    text: str
    note: str
    then: str
    earlier: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it is shown. `about` and `card` are the title and id of what it is beside; empty: the whole dossier.

    `card` is empty too where that is no longer on the page. `at` is None of what the viewer alone sees.
    """

    name: str
    at: datetime | None
    text: str
    about: str = ""
    card: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to decide. `spoken` is newest first; `typed` is what the field of a fact starts with.

    `confirms` is what « Confirmer » decides: what the machine says, None when it says nothing. `notes` were left
    without a decision, oldest first. `note` is what its field starts with: `unattached` when the viewer typed it and
    has not decided with it, then of this `version` (0: none is).
    """

    kind: Kind
    key: str
    title: str
    wording: str
    hint: str
    machine: MachineWord | None
    spoken: tuple[Spoken, ...]
    decided: bool
    replaces: int | None
    options: tuple[Option, ...]
    confirms: str | None
    typed: str
    note: str
    numeric: bool = False
    notes: tuple[Note, ...] = ()
    unattached: bool = False
    version: int = 0

    @property
    def id(self) -> str:
        """Of its part of the page."""
        return anchor(self.kind, self.key)


@dataclass(frozen=True, slots=True)
class Instruction:
    """All the cards of a dossier, by kind; `gone` are decisions on findings that are no longer told."""

    fields: tuple[Card, ...]
    facts: tuple[Card, ...]
    findings: tuple[Card, ...]
    type: Card
    gone: tuple[Spoken, ...]

    def cards(self) -> Iterator[Card]:
        """All, in the order of the page."""
        yield from (*self.fields, *self.facts, *self.findings, self.type)

    def find(self, kind: Kind, key: str) -> Card | None:
        """The card of a thing; None when there is no such thing to decide."""
        return next((card for card in self.cards() if (card.kind, card.key) == (kind, key)), None)

    def highlights(self) -> dict[str, list[dict[str, Any]]]:
        """What the viewer highlights, by card."""
        return {card.id: shown(card.machine.all_marks) for card in self.cards() if card.machine is not None}


def anchor(kind: Kind, key: str) -> str:
    """The id of a card on the page: « champ-3 »."""
    return f"{_PREFIX[kind]}-{key.replace(':', '-')}" if key else _PREFIX[kind]


def instruction(
    dossier: Opened, decisions: Sequence[Decision], typed: Mapping[About, NoteDraft] = _NOTHING_TYPED
) -> Instruction:
    """The cards of a dossier; `decisions` are all of it, oldest first; `typed` are the viewer's own drafts of notes."""
    return _Maker(dossier, decisions, typed).make()


def decided_fields(instruction: Instruction) -> tuple[int, int]:
    """How many fields are decided, of how many."""
    return sum(card.decided for card in instruction.fields), len(instruction.fields)


def unsettled(instruction: Instruction) -> int:
    """How many findings nobody has settled."""
    return sum(not card.decided for card in instruction.findings)


def undone(instruction: Instruction) -> str:
    """What is asked of who marks the dossier complete; empty when every field is decided and none to be absent.

    « Marquer complet ? 7 champs sur 11 n’ont pas été décidés, 1 est décidé absent. »
    """
    asked = len(instruction.fields)
    left = sum(not card.decided for card in instruction.fields)
    said = [card.spoken[0].status for card in instruction.fields if card.decided]
    missing = [
        (said.count(SectionStatus.ABSENT), "est décidé absent", "sont décidés absents"),
        (said.count(SectionStatus.THIN), "est décidé insuffisant", "sont décidés insuffisants"),
    ]
    told = [
        f"{left} champs sur {asked} n’ont pas été décidés" if left > 1 else f"1 champ sur {asked} n’a pas été décidé"
    ]
    told = (told if left else []) + [f"{count} {one if count < 2 else many}" for count, one, many in missing if count]
    return french.typeset(f"Marquer le dossier complet ? {listed(told)}.") if told else ""


def overtaken(card: Card | None) -> str:
    """Who decided what on a card meanwhile."""
    if card is None or not card.spoken:
        return "Ce point n’est plus celui que montrait la page."
    said = card.spoken[0]
    what = french.status(said.status, "field").label if said.status else said.text
    how = f"a décidé entre-temps : {what.rstrip('.')}" if card.decided else "a retiré entre-temps sa décision"
    return f"{said.name} {how} (« {card.title} », {french.moment(said.at)})."


def tabs(instruction: Instruction) -> tuple[tuple[str, str, int], ...]:
    """The parts of the page: id, label, and how many findings are left to settle."""
    return (
        ("champs", "Champs", 0),
        ("faits", "Faits", 0),
        ("constats", "Constats", unsettled(instruction)),
        ("typologie", "Type", 0),
        ("suivi", "Suivi", 0),
        ("recherche", "Recherche", 0),
    )


class _Maker:
    def __init__(self, dossier: Opened, decisions: Sequence[Decision], typed: Mapping[About, NoteDraft]) -> None:
        self._call: Call = dossier.call
        self._deadline: date | None = dossier.room_call.deadline
        self._analysed: Analysed | None = dossier.analysed
        self._typed = typed
        self._by_subject: dict[About, list[Decision]] = {}
        self._notes: dict[About | None, list[Note]] = {}
        for decision in decisions:
            self._by_subject.setdefault((decision.said.kind, decision.said.key), []).append(decision)
            if decision.said.kind is Kind.NOTE:
                note = Note(decision.name, decision.at, decision.said.note)
                self._notes.setdefault(beside(decision.said), []).append(note)

    @property
    def _unread(self) -> bool:
        """Nothing could be read: what the machine says is nothing to be confirmed."""
        return self._analysed is not None and self._analysed.analysis.status is AnalysisStatus.UNREADABLE

    def make(self) -> Instruction:
        findings = tuple(self._findings())
        told = {card.key for card in findings}
        gone = [
            self._spoken(decision, None)
            for (kind, key), made in self._by_subject.items()
            if kind is Kind.FINDING and key not in told
            for decision in made
        ]
        return Instruction(
            fields=tuple(self._field(field) for field in self._call.fields),
            facts=tuple(self._fact(name) for name in self._fact_names()),
            findings=findings,
            type=self._type(),
            gone=tuple(reversed(gone)),
        )

    def _field(self, field: RequiredField) -> Card:
        word = None
        if self._analysed is not None:
            section = next((one for one in self._analysed.analysis.sections if one.id == field.id), None)
            if section is not None:
                word = machine.of_field(
                    self._analysed.analysis, section, self._analysed.document, anchor(Kind.FIELD, field.id)
                )
        options = [(status.value, french.status(status, "field").label) for status in SectionStatus]
        hint = (
            "Facultatif : « sans objet » convient quand l’appel le demande « le cas échéant »."
            if field.optional
            else ""
        )
        confirms = word.status if word is not None and not self._unread else None
        return self._card(
            Kind.FIELD,
            field.id,
            field_label(field),
            word,
            options,
            _STATUS_KEYS,
            confirms,
            wording=field.wording if field.wording != field.title else "",
            hint=hint,
        )

    def _fact_names(self) -> list[str]:
        read = () if self._analysed is None else (fact.name for fact in self._analysed.analysis.facts)
        return list(dict.fromkeys((*FACT_LABELS, *read)))

    def _fact(self, name: str) -> Card:
        sort = facts.sort(name)
        word, typed = None, ""
        if self._analysed is not None:
            word = machine.of_fact(self._analysed.analysis, self._analysed.document, name, anchor(Kind.FACT, name))
            typed = next((sort.typed(fact.value) for fact in self._analysed.analysis.facts if fact.name == name), "")
        return self._card(
            Kind.FACT,
            name,
            FACT_LABELS.get(name, name),
            word,
            (),
            {},
            typed or None,
            hint=sort.hint,
            typed=typed,
            numeric=sort.numeric,
        )

    def _findings(self) -> Iterator[Card]:
        if self._analysed is None:
            return
        options = [(code, label) for code, label in machine.SETTLEMENTS.items()]
        seen = set()
        for finding in self._analysed.analysis.findings:
            key = machine.finding_key(finding)
            if key not in seen:
                seen.add(key)
                word = machine.of_finding(finding, self._analysed.document, anchor(Kind.FINDING, key))
                title = finding_label(finding.code)
                hint = machine.deadlines(finding, self._call, self._deadline)
                yield self._card(Kind.FINDING, key, title, word, options, _SETTLEMENT_KEYS, None, hint=hint)

    def _type(self) -> Card:
        word, confirms = None, None
        if self._analysed is not None:
            word = machine.of_type(self._analysed.analysis, self._analysed.document, anchor(Kind.TYPE, ""))
            confirms = "+".join(self._analysed.analysis.innovation_type.suggested) or None
        options = [(one.id, one.title) for one in self._call.types]
        return self._card(Kind.TYPE, "", "Type d’innovation sociale", word, options, {}, confirms)

    def _card(
        self,
        kind: Kind,
        key: str,
        title: str,
        word: MachineWord | None,
        options: Sequence[tuple[str, str]],
        keys: dict[Any, str],
        confirms: str | None,
        *,
        wording: str = "",
        hint: str = "",
        typed: str = "",
        numeric: bool = False,
    ) -> Card:
        made, draft = self._by_subject.get((kind, key), []), self._typed.get((kind, key))
        last = made[-1] if made else None
        value = None if last is None else last.said.value
        chosen = {str(one) for one in (value if isinstance(value, list) else [value])}
        if kind is Kind.FACT and isinstance(value, str | int | float | bool):
            typed = facts.sort(key).typed(value)
        return Card(
            kind=kind,
            key=key,
            title=title,
            wording=wording,
            hint=hint,
            machine=word,
            spoken=tuple(self._spoken(one, None if word is None else word.kept) for one in reversed(made)),
            decided=value is not None,
            replaces=None if last is None else last.id,
            options=tuple(Option(code, label, keys.get(code, ""), code in chosen) for code, label in options),
            confirms=confirms,
            typed=typed,
            note=draft.text if draft is not None else "" if last is None or value is None else last.said.note,
            numeric=numeric,
            notes=tuple(self._notes.get((kind, key), ())),
            unattached=draft is not None,
            version=0 if draft is None else draft.version,
        )

    def _spoken(self, decision: Decision, now: Json) -> Spoken:
        said = decision.said
        now_shown = None if self._analysed is None else self._analysed.id
        status = str(said.value) if said.kind is Kind.FIELD and said.value is not None else None
        return Spoken(
            name=decision.name,
            at=decision.at,
            status=status,
            text=machine.value_text(said.kind, said.key, said.value),
            note=said.note,
            then="" if said.machine == now else machine.kept_text(said.kind, said.key, said.machine),
            earlier=said.analysis is not None and said.analysis != now_shown,
        )
