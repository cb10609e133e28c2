"""The passages of each marker of a call."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis import MarkerEvidence, Passage, Section
from pipeline.calls.model import Call
from pipeline.document import Document, Span
from pipeline.evidence.context import Reading, readings
from pipeline.evidence.selection import MOST, Choice, reasons, select
from pipeline.evidence.subjects import Subject, subjects_of
from pipeline.evidence.weighing import Candidate, candidates
from pipeline.lexicon.cues import load_lexicon
from pipeline.protocols import Encoder
from pipeline.sentences import Sentence


@dataclass(frozen=True, slots=True)
class WeighedMarkers:
    """What each marker's passages are chosen from; `candidates[i]` are those of subject i, in order."""

    subjects: Sequence[Subject]
    dossier: Sequence[Reading]
    vectors: NDArray[np.float32]
    candidates: Sequence[Sequence[Candidate]]


def weigh_markers(
    document: Document,
    call: Call,
    sentences: Sequence[Sentence],
    encoder: Encoder,
    *,
    sections: Sequence[Section] | None = None,
) -> WeighedMarkers:
    """The sentences that speak of each marker of the call.

    `sections`, where known, say in which answers of the dossier a marker is most likely spoken of.
    """
    subjects = subjects_of(call, encoder)
    dossier = readings(document, call, sentences)
    vectors = encoder.encode([reading.text for reading in dossier])
    answered = [_answered(subject, call, sections or ()) for subject in subjects]
    found = candidates(subjects, dossier, vectors, load_lexicon("common", "negation"), answered)
    return WeighedMarkers(subjects, dossier, vectors, found)


def choose_passages(document: Document, weighed: WeighedMarkers, most: int = MOST) -> tuple[MarkerEvidence, ...]:
    """One entry per marker, in the call's order, with at most `most` passages in the order of the document."""
    return tuple(
        MarkerEvidence(
            subject.marker.id,
            subject.marker.title,
            tuple(
                _passage(document, subject, choice)
                for choice in select(document, column, weighed.dossier, weighed.vectors, most)
            ),
        )
        for subject, column in zip(weighed.subjects, weighed.candidates, strict=True)
    )


def marker_evidence(
    document: Document,
    call: Call,
    sentences: Sequence[Sentence],
    encoder: Encoder,
    *,
    sections: Sequence[Section] | None = None,
) -> tuple[MarkerEvidence, ...]:
    """The passages of each marker, in the call's order (`weigh_markers`, then `choose_passages`)."""
    return choose_passages(document, weigh_markers(document, call, sentences, encoder, sections=sections))


def _answered(subject: Subject, call: Call, sections: Sequence[Section]) -> list[Span]:
    """Where the dossier answers the fields in which the subject is usually spoken of, in order."""
    wanted = {field.id for field in call.fields if field.topic in subject.fields}
    return sorted(span for section in sections if section.id in wanted for span in section.evidence)


def _passage(document: Document, subject: Subject, choice: Choice) -> Passage:
    return Passage(subject.marker.id, choice.span, document.quote(choice.span), reasons(choice))
