"""Fields that no heading and no usual word announces, answered all the same: the learned reader finds them.

It only ever adds proof where the headings and the words found nothing at all: what they found stays as it is.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis import Section, SectionStatus
from pipeline.calls.model import Call, RequiredField
from pipeline.completeness.phrases import place, sentence
from pipeline.document import Document
from pipeline.evidence.understood import UnderstoodDossier

# Probability from which a sentence answers a field. Lower, more answers are found in applications that neither the
# reader nor the rules had seen, but dossiers that brush past a field without answering it are believed.
LEAST = 0.7
# What proves these is figures, a name with its status, a mission: rules look for them, a reader of sentences cannot.
NEEDING_MORE = frozenset({"comptes", "porteur", "recherche"})
MOST_PLACES = 3
_NEAR = 0.75  # share of the best probability from which a sentence is shown too


def found_by_content(
    sections: Sequence[Section], document: Document, call: Call, dossier: UnderstoodDossier
) -> tuple[Section, ...]:
    """The sections, those answered without it being announced now `present`, with where."""
    fields = {field.id: field for field in call.fields}
    return tuple(_reconsidered(section, fields[section.id], document, dossier) for section in sections)


def _reconsidered(section: Section, field: RequiredField, document: Document, dossier: UnderstoodDossier) -> Section:
    if section.status is not SectionStatus.ABSENT or field.topic in NEEDING_MORE or field.topic not in dossier.parts:
        return section
    answers = dossier.answers[:, dossier.parts.index(field.topic)]
    rows = _best(answers)
    if not rows:
        return section
    spans = tuple(dossier.readings[row].span for row in rows)
    where = place(document, spans[0])
    return replace(
        section,
        status=SectionStatus.PRESENT,
        reason=sentence(f"répondu sans intitulé ni mot attendu, par le sens du texte ({where})"),
        evidence=spans,
    )


def _best(answers: NDArray[np.float64]) -> list[int]:
    """Rows of the plainest answers, in order; none under LEAST."""
    best = float(answers.max(initial=0.0))
    if best < LEAST:
        return []
    ranked = sorted(range(len(answers)), key=lambda row: (-float(answers[row]), row))
    return sorted(row for row in ranked[:MOST_PLACES] if answers[row] >= max(LEAST, _NEAR * best))
