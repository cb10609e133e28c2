"""The passages of each marker of a call."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.analysis import MarkerEvidence, Passage, Section
from pipeline.calls.model import Call
from pipeline.document import Document, Span
from pipeline.evidence.reasons import reasons
from pipeline.evidence.selection import MOST, Choice, select
from pipeline.evidence.subjects import Subject, subjects_of
from pipeline.evidence.understood import UnderstoodDossier
from pipeline.evidence.weighing import (
    BY_WORDS,
    LEARNED,
    Bar,
    Candidate,
    learned_candidates,
    worded_candidates,
)
from pipeline.lexicon.cues import Lexicon, load_lexicon
from pipeline.protocols import Encoder


@dataclass(frozen=True, slots=True)
class WeighedMarker:
    """What a marker's passages are chosen from, in the order of the document, and what they must reach."""

    subject: Subject
    candidates: Sequence[Candidate]
    bar: Bar


def weigh_markers(
    call: Call,
    dossier: UnderstoodDossier,
    encoder: Encoder,
    *,
    sections: Sequence[Section] = (),
) -> tuple[WeighedMarker, ...]:
    """The sentences that speak of each marker of the call, in its order.

    `sections`, where known, say in which answers of the dossier a marker that nothing was learned of may be spoken of.
    """
    return tuple(_weighed(subject, call, dossier, sections) for subject in subjects_of(call, encoder, dossier.notions))


def _weighed(subject: Subject, call: Call, dossier: UnderstoodDossier, sections: Sequence[Section]) -> WeighedMarker:
    if subject.learned_as is not None:
        return WeighedMarker(subject, learned_candidates(subject.learned_as, dossier), LEARNED)
    found = worded_candidates(subject, dossier, _answered(subject, call, sections))
    return WeighedMarker(subject, found, BY_WORDS)


def choose_passages(
    document: Document, dossier: UnderstoodDossier, weighed: Sequence[WeighedMarker], most: int = MOST
) -> tuple[MarkerEvidence, ...]:
    """One entry per marker, in the call's order, with at most `most` passages in the order of the document."""
    negation = load_lexicon("common", "negation")
    return tuple(
        MarkerEvidence(
            one.subject.marker.id,
            one.subject.marker.title,
            tuple(
                _passage(document, dossier, one.subject, choice, negation)
                for choice in select(document, one.candidates, dossier.readings, one.bar, most)
            ),
        )
        for one in weighed
    )


def marker_evidence(
    document: Document,
    call: Call,
    dossier: UnderstoodDossier,
    encoder: Encoder,
    *,
    sections: Sequence[Section] = (),
) -> tuple[MarkerEvidence, ...]:
    """The passages of each marker, in the call's order (`weigh_markers`, then `choose_passages`)."""
    return choose_passages(document, dossier, weigh_markers(call, dossier, encoder, sections=sections))


def _answered(subject: Subject, call: Call, sections: Sequence[Section]) -> list[Span]:
    """Where the dossier answers the fields in which the subject is usually spoken of, in order."""
    wanted = {field.id for field in call.fields if field.topic in subject.fields}
    return sorted(span for section in sections if section.id in wanted for span in section.evidence)


def _passage(
    document: Document, dossier: UnderstoodDossier, subject: Subject, choice: Choice, negation: Lexicon
) -> Passage:
    why = reasons(subject, [dossier.readings[index] for index in choice.readings], negation)
    return Passage(subject.marker.id, choice.span, document.quote(choice.span), why)
