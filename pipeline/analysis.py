"""All that the machine says of one dossier: immutable, and pointing to the page for every statement.

Nothing here is, holds or can become a score: markers carry passages, in the order of the document, and
nothing else.
"""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.document import Page, SourceFile, Span

INNOVATION_TYPES = ("services", "organisationnelle", "territoriale")
"""The three types of the calls, in the order in which they are written everywhere."""


class SectionStatus(StrEnum):
    PRESENT = "present"
    THIN = "thin"
    ABSENT = "absent"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class ItemReading:
    """Whether a sub-item of a field (comptes annuels, statuts...) was found, and where."""

    id: str
    title: str
    found: bool
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """What the dossier answers to one required field or document; `reason` is one French sentence."""

    id: str
    title: str
    status: SectionStatus
    reason: str
    evidence: tuple[Span, ...] = ()
    items: tuple[ItemReading, ...] = ()


FactValue = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Fact:
    """Something read in the dossier (bearer, SIREN, requested aid...) with the places where it was read."""

    name: str
    value: FactValue
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a person should look at. It never decides and never blocks."""

    code: str
    message: str  # French
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeSuggestion:
    """`suggested` is best first and empty when the program abstains; `probabilities` follow INNOVATION_TYPES."""

    suggested: tuple[str, ...]
    probabilities: tuple[float, float, float]
    declared: str | None
    rationale: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text offered as evidence on a marker, with the words that made it be offered.

    `quote` is kept so that a change of the document is noticed instead of highlighting something else.
    """

    marker: str
    span: Span
    quote: str
    cues: tuple[str, ...]  # French, why it is shown


@dataclass(frozen=True, slots=True)
class MarkerEvidence:
    """At most 8 passages, in the order of the document; none when the dossier says nothing."""

    id: str
    title: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class ModelUsed:
    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made the analysis: the same provenance and files give the same bytes."""

    program_version: str
    call_digest: str
    models: tuple[ModelUsed, ...]


class AnalysisStatus(StrEnum):
    ANALYSED = "analysed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Analysis:
    """The whole pre-instruction of one dossier by the machine."""

    dossier: str
    call: str
    files: tuple[SourceFile, ...]
    pages: tuple[Page, ...]
    status: AnalysisStatus
    sections: tuple[Section, ...]
    innovation_type: TypeSuggestion
    markers: tuple[MarkerEvidence, ...]
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    provenance: Provenance
