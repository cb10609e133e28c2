"""How much a sentence speaks of a marker's subject: an inner weight for choosing passages, never shown.

It says whether the subject is spoken of, for or against alike, and how plainly; it says nothing of how well the
project does, and no output carries it.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.document import Span
from pipeline.evidence.context import Reading
from pipeline.evidence.subjects import Subject, announces
from pipeline.lexicon.cues import Cue, CueMatch, Lexicon, Stance, Strength

STRONG, WEAK = 1.0, 0.3
FADING = 0.5  # each further distinct cue of the same strength counts half of the one before
UNDER_HEADING = 0.35
IN_FIELD = 0.15
OF_BEARER = 0.75  # what presents the bearer speaks of the project by chance, but where the marker is about the bearer
NEARNESS = 1.0  # weight of a similarity of 1
SHARED = 0.6  # what is left of a sentence that speaks far more of another marker
_NEGATION_REACH = 45  # characters between a negation and the cue that it turns round


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that speaks of a marker; `reading` is an index in the dossier's readings."""

    reading: int
    span: Span
    weight: float
    cues: tuple[Cue, ...]
    reserved: bool


def candidates(
    subjects: Sequence[Subject],
    dossier: Sequence[Reading],
    vectors: NDArray[np.float32],
    negation: Lexicon,
    answered: Sequence[Sequence[Span]],
) -> list[list[Candidate]]:
    """For each subject, the sentences that hold at least one of its cues, in order.

    `vectors` are those of the readings; `answered[i]` are places of the fields where subject i usually is.
    """
    columns = [
        _candidates_of(subject, dossier, vectors, negation, spans)
        for subject, spans in zip(subjects, answered, strict=True)
    ]
    best: dict[int, float] = {}
    for column in columns:
        for candidate in column:
            best[candidate.reading] = max(best.get(candidate.reading, 0.0), candidate.weight)
    return [[_among_others(candidate, best[candidate.reading]) for candidate in column] for column in columns]


def _candidates_of(
    subject: Subject,
    dossier: Sequence[Reading],
    vectors: NDArray[np.float32],
    negation: Lexicon,
    answered: Sequence[Span],
) -> list[Candidate]:
    nearness = vectors @ subject.profile
    field_starts = [span.start for span in answered]
    titles: dict[str, bool] = {}
    found: list[Candidate] = []
    for index, reading in enumerate(dossier):
        matches = subject.find(reading.index)
        if not matches:
            continue
        weight = _cue_weight(matches) + NEARNESS * float(nearness[index])
        if any(_announced(subject, title, titles) for title in reading.titles):
            weight += UNDER_HEADING
        if _stands_in(reading.span, answered, field_starts):
            weight += IN_FIELD
        if reading.of_bearer and "porteur" not in subject.fields:
            weight *= OF_BEARER
        cues = tuple(sorted({match.cue for match in matches}, key=lambda cue: (cue.strength, cue.why)))
        reserved = _is_reserved(matches, negation.find_in(reading.index))
        found.append(Candidate(index, reading.span, round(weight * reading.relevance, 6), cues, reserved))
    return found


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


def _is_reserved(matches: Sequence[CueMatch], negations: Sequence[CueMatch]) -> bool:
    """Whether the sentence speaks against the marker, or under a negation that turns all of its plain cues round."""
    if any(match.cue.stance is Stance.AGAINST for match in matches):
        return True
    plain = [match.span for match in matches if match.cue.strength is Strength.STRONG]
    return bool(plain) and all(any(_reaches(no.span, cue) for no in negations) for cue in plain)


def _reaches(negation: Span, cue: Span) -> bool:
    return negation.overlaps(cue) or 0 <= cue.start - negation.end <= _NEGATION_REACH


def _among_others(candidate: Candidate, best: float) -> Candidate:
    share = candidate.weight / best if best else 1.0
    weight = candidate.weight * (SHARED + (1 - SHARED) * share)
    return Candidate(candidate.reading, candidate.span, weight, candidate.cues, candidate.reserved)
