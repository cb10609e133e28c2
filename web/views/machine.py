"""What the machine says of each thing that an instructor decides on: as it is kept beside a decision, and in French."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from pipeline.analysis import Analysis, AnalysisStatus, Finding, Section
from pipeline.calls.model import Call
from pipeline.document import Document, PageState
from pipeline.labels import FACT_LABELS, fact_text, finding_label, suggested_text
from store.canonical import Json
from store.people.decisions import Kind, Settlement
from web import french
from web.views.evidence import Mark, marks_of

SETTLEMENTS: Mapping[str, str] = {
    Settlement.NOTED: "pris en note",
    Settlement.SETTLED: "réglé",
    Settlement.NO_PROBLEM: "sans problème",
}

_AFTER_DEADLINE = "after-deadline"
UNVERIFIED = "unverified"
"""How a field of a dossier that could not be read is shown."""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One of the things that a field asks for: found or not, and where."""

    title: str
    found: bool
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class MachineWord:
    """`status` is a field's, None for the rest; `text` is French; `kept` is what stands beside a decision made now.

    `recognised`: it was drawn from words that were recognised on an image.
    """

    status: str | None
    text: str
    marks: tuple[Mark, ...]
    items: tuple[ItemLine, ...]
    kept: Json
    recognised: bool = False

    @property
    def all_marks(self) -> tuple[Mark, ...]:
        """Of the statement and of its items."""
        return (*self.marks, *(mark for item in self.items for mark in item.marks))


def finding_key(finding: Finding) -> str:
    """What a finding is known by: another message is another finding, to be settled anew."""
    return f"{finding.code}:{sha256(finding.message.encode()).hexdigest()[:12]}"


def of_field(analysis: Analysis, section: Section, document: Document, name: str) -> MachineWord:
    """Its status, reason and proofs; `name` begins the ids of the marks.

    Of a dossier that could not be read, every field is `UNVERIFIED`: nothing was looked at, so nothing is absent.
    """
    kept: Json = {"status": section.status.value, "reason": section.reason}
    items = []
    first = 1
    for item in section.items:
        items.append(ItemLine(item.title, item.found, marks_of(document, item.evidence, name, item.title, first)))
        first += len(item.evidence)
    marks = marks_of(document, section.evidence, name, section.title, first)
    status = UNVERIFIED if analysis.status is AnalysisStatus.UNREADABLE else section.status.value
    return MachineWord(status, section.reason, marks, tuple(items), kept)


def of_fact(analysis: Analysis, document: Document, key: str, name: str) -> MachineWord | None:
    """Its value and places; None of a fact that was not read."""
    for fact in analysis.facts:
        if fact.name == key:
            marks = marks_of(document, fact.evidence, name, FACT_LABELS.get(key, key))
            regions = (region for span in fact.evidence for region in document.locate(span))
            recognised = any(document.pages[region.page].state is PageState.OCR for region in regions)
            return MachineWord(None, fact_text(key, fact.value), marks, (), {"value": fact.value}, recognised)
    return None


def of_finding(finding: Finding, document: Document, name: str) -> MachineWord:
    """Its message and places."""
    marks = marks_of(document, finding.evidence, name, finding_label(finding.code))
    return MachineWord(None, finding.message, marks, (), {"message": finding.message})


def deadlines(finding: Finding, call: Call, deadline: date | None) -> str:
    """Both deadlines, beside a finding that holds a date against that of the call's file; empty when they are one."""
    if finding.code != _AFTER_DEADLINE or call.deadline is None or deadline == call.deadline:
        return ""
    own = "aucune" if deadline is None else f"le {french.day(deadline)}"
    return (
        f"Le programme compare aux dates du fichier de l’appel (date limite : le {french.day(call.deadline)}). "
        f"Dans les réglages de la salle, date limite : {own}."
    )


def of_type(analysis: Analysis, document: Document, name: str) -> MachineWord:
    """The types suggested, that declared, and the words that made them be suggested."""
    suggestion = analysis.innovation_type
    declared = "" if suggestion.declared is None else f" Type déclaré : {suggested_text([suggestion.declared])}."
    text = f"Type suggéré : {suggested_text(suggestion.suggested)}.{declared}"
    kept: Json = {"suggested": list(suggestion.suggested), "declared": suggestion.declared}
    return MachineWord(None, text, marks_of(document, suggestion.rationale, name, "Type"), (), kept)


def value_text(kind: Kind, key: str, value: Json) -> str:
    """What a person decided, in French."""
    if value is None:
        return "Décision retirée"
    if kind is Kind.FIELD:
        return french.status(str(value), "field").label
    if kind is Kind.FINDING:
        return SETTLEMENTS[str(value)]
    if kind is Kind.TYPE:
        return _types(value)
    return fact_text(key, value) if isinstance(value, str | int | float | bool) else ""


def kept_text(kind: Kind, key: str, kept: Json) -> str:
    """What the machine had said, as it was kept beside a decision; empty when it said nothing."""
    if not isinstance(kept, Mapping):
        return ""
    if kind is Kind.FIELD:
        return f"{french.status(str(kept['status']), 'field').label}. {kept['reason']}"
    if kind is Kind.FINDING:
        return str(kept["message"])
    if kind is Kind.TYPE:
        return _types(kept["suggested"])
    return value_text(kind, key, kept["value"])


def _types(kept: Json) -> str:
    return suggested_text([str(one) for one in kept]) if isinstance(kept, list) else ""
