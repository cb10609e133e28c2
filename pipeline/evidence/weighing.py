"""How much a sentence speaks of a marker's subject: an inner weight for choosing passages, never shown.

It says whether the subject is spoken of, for or against alike, and how plainly; it says nothing of how well the
project does, and no output carries it. The reader's word counts where it has learned the marker's notion; words and
likeness count for markers that a call brings of its own.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.document import Span
from pipeline.evidence.context import Reading
from pipeline.evidence.subjects import Subject, announces
from pipeline.evidence.understood import UnderstoodDossier
from pipeline.lexicon.cues import CueMatch, Strength

STRONG, WEAK = 1.0, 0.3
FADING = 0.5  # each further distinct cue of the same strength counts half of the one before
UNDER_HEADING = 0.35
IN_FIELD = 0.15
OF_BEARER = 0.75  # what presents the bearer speaks of the project by chance, but where the marker is about the bearer
NEARNESS = 1.0  # weight of a similarity of 1
QUOTED = 0.5  # relevance under which a sentence is the call's own words, or a legal formula


@dataclass(frozen=True, slots=True)
class Bar:
    """What a weight must reach: `spoken` the heaviest sentence, or nothing is shown; `least` and `share` of the
    heaviest, each that is shown."""

    spoken: float
    least: float
    share: float


LEARNED = Bar(spoken=0.12, least=0.05, share=0.25)
BY_WORDS = Bar(spoken=1.0, least=1.0, share=0.5)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that speaks of a marker; `reading` is an index in the dossier's readings."""

    reading: int
    span: Span
    weight: float


def learned_candidates(notion: str, dossier: UnderstoodDossier) -> list[Candidate]:
    """The sentences in which the reader finds the notion, in order."""
    told = dossier.told_of(notion)
    return [
        Candidate(index, reading.span, round(float(told[index]), 6))
        for index, reading in enumerate(dossier.readings)
        if told[index] >= LEARNED.least and reading.relevance > QUOTED
    ]


def worded_candidates(subject: Subject, dossier: UnderstoodDossier, answered: Sequence[Span]) -> list[Candidate]:
    """The sentences that hold at least one of the subject's cues, in order.

    `answered` are places of the fields where the subject usually is.
    """
    nearness = _nearness(subject, dossier.vectors)
    field_starts = [span.start for span in answered]
    titles: dict[str, bool] = {}
    found: list[Candidate] = []
    for index, reading in enumerate(dossier.readings):
        matches = subject.find(reading.index)
        if not matches:
            continue
        weight = _cue_weight(matches) + NEARNESS * float(nearness[index])
        if any(_announced(subject, title, titles) for title in reading.titles):
            weight += UNDER_HEADING
        if _stands_in(reading.span, answered, field_starts):
            weight += IN_FIELD
        weight *= _share_of_bearer(subject, reading)
        found.append(Candidate(index, reading.span, round(weight * reading.relevance, 6)))
    return found


def _nearness(subject: Subject, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Similarity to the subject, above the dossier's own mean: an encoder finds any two texts somewhat alike."""
    if subject.profile is None or not len(vectors):
        return np.zeros(len(vectors), dtype=np.float32)
    similarity = vectors @ subject.profile
    return np.asarray(similarity - similarity.mean(), dtype=np.float32)


def _share_of_bearer(subject: Subject, reading: Reading) -> float:
    return OF_BEARER if reading.of_bearer and "porteur" not in subject.fields else 1.0


def _cue_weight(matches: Sequence[CueMatch]) -> float:
    by_strength = {
        strength: len({match.cue.why for match in matches if match.cue.strength is strength}) for strength in Strength
    }
    strong, weak = by_strength[Strength.STRONG], by_strength[Strength.WEAK]
    return STRONG * _faded(strong) + WEAK * _faded(weak)


def _faded(count: int) -> float:
    """1 + FADING + FADING² + ... over `count` terms."""
    return float((1 - FADING**count) / (1 - FADING))


def _announced(subject: Subject, title: str, known: dict[str, bool]) -> bool:
    if title not in known:
        known[title] = announces(subject.lexicons, title)
    return known[title]


def _stands_in(span: Span, places: Sequence[Span], starts: Sequence[int]) -> bool:
    index = bisect_right(starts, span.start) - 1
    return index >= 0 and places[index].overlaps(span)
