"""The passages of each marker of a call."""

from collections.abc import Sequence

from pipeline.analysis import MarkerEvidence, Passage, Section
from pipeline.calls.model import Call
from pipeline.document import Document, Span
from pipeline.evidence.context import readings
from pipeline.evidence.selection import Choice, reasons, select
from pipeline.evidence.subjects import Subject, subjects_of
from pipeline.evidence.weighing import candidates
from pipeline.lexicon.cues import load_lexicon
from pipeline.protocols import Encoder
from pipeline.sentences import Sentence


def marker_evidence(
    document: Document,
    call: Call,
    sentences: Sequence[Sentence],
    encoder: Encoder,
    *,
    sections: Sequence[Section] | None = None,
) -> tuple[MarkerEvidence, ...]:
    """One entry per marker, in the call's order, with at most 8 passages in the order of the document.

    `sections`, where known, say in which answers of the dossier a marker is most likely spoken of.
    """
    subjects = subjects_of(call, encoder)
    dossier = readings(document, call, sentences)
    vectors = encoder.encode([reading.text for reading in dossier])
    answered = [_answered(subject, call, sections or ()) for subject in subjects]
    found = candidates(subjects, dossier, vectors, load_lexicon("common", "negation"), answered)
    return tuple(
        MarkerEvidence(
            subject.marker.id,
            subject.marker.title,
            tuple(_passage(document, subject, choice) for choice in select(document, column, dossier, vectors)),
        )
        for subject, column in zip(subjects, found, strict=True)
    )


def _answered(subject: Subject, call: Call, sections: Sequence[Section]) -> list[Span]:
    """Where the dossier answers the fields in which the subject is usually spoken of, in order."""
    wanted = {field.id for field in call.fields if field.topic in subject.fields}
    return sorted(span for section in sections if section.id in wanted for span in section.evidence)


def _passage(document: Document, subject: Subject, choice: Choice) -> Passage:
    return Passage(subject.marker.id, choice.span, document.quote(choice.span), reasons(choice))
