"""From candidate sentences to passages: few, whole, each said once, in the order of the document."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.document import BlockKind, Document, Span
from pipeline.evidence.context import Reading
from pipeline.evidence.weighing import Candidate
from pipeline.lexicon.cues import Cue, Strength

MOST = 8
LEAST_WEIGHT = 1.0  # under it nothing is shown: about one plain cue in prose
SHARE_OF_BEST = 0.5  # a subject spoken of plainly somewhere is not shown where it is only brushed
SAME = 0.85  # similarity from which two sentences say the same
MOST_WORDS = 60

_LEANS_BACK = re.compile(
    r"(?:ils?|elles?|celui|celle|ceux|celles|cela|ceci|(?:ce|cette|ces) dernie(?:re?)s?|l'un|d'autres"
    r"|chacune?|tous deux|y|en outre|de plus|ainsi|c'est|ce sont|aussi|leurs?|son|sa|ses|la plupart|aucune? d'entre)\b"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A passage to show: a stretch of one block, and why."""

    span: Span
    cues: tuple[Cue, ...]
    reserved: bool


def select(
    document: Document,
    candidates: Sequence[Candidate],
    dossier: Sequence[Reading],
    vectors: NDArray[np.float32],
    most: int = MOST,
) -> tuple[Choice, ...]:
    """At most `most` passages, in the order of the document; none when nothing speaks plainly of the subject."""
    chosen = _without_repeats(_worth_showing(candidates), vectors, most)
    passages = [_extended(candidate, document, dossier) for candidate in sorted(chosen, key=lambda c: c.span)]
    return tuple(_merged(passages, document, dossier))


def _worth_showing(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Heaviest first; ties in the order of the document."""
    best = max((candidate.weight for candidate in candidates), default=0.0)
    least = max(LEAST_WEIGHT, SHARE_OF_BEST * best)
    kept = [candidate for candidate in candidates if candidate.weight >= least]
    return sorted(kept, key=lambda candidate: (-candidate.weight, candidate.span))


def _without_repeats(ranked: Sequence[Candidate], vectors: NDArray[np.float32], most: int) -> list[Candidate]:
    chosen: list[Candidate] = []
    for candidate in ranked:
        repeated = any(float(vectors[candidate.reading] @ vectors[other.reading]) >= SAME for other in chosen)
        if not repeated:
            chosen.append(candidate)
        if len(chosen) == most:
            break
    return chosen


def _extended(candidate: Candidate, document: Document, dossier: Sequence[Reading]) -> Choice:
    """The sentence with what it needs to be understood: the one before, or the list that it opens."""
    first = last = candidate.reading
    reading = dossier[first]
    if _LEANS_BACK.match(reading.folded) and first > 0 and _same_block(dossier[first - 1], reading):
        if _words(document, Span(dossier[first - 1].span.start, reading.span.end)) <= MOST_WORDS:
            first -= 1
    elif reading.sentence.lead is not None and first > 0 and dossier[first - 1].span == reading.sentence.lead:
        first -= 1
    if reading.text.endswith(":"):
        last = _end_of_list(document, dossier, last)
    return Choice(Span(dossier[first].span.start, dossier[last].span.end), candidate.cues, candidate.reserved)


def _end_of_list(document: Document, dossier: Sequence[Reading], opening: int) -> int:
    last = opening
    while last + 1 < len(dossier):
        following = dossier[last + 1]
        in_list = following.sentence.lead == dossier[opening].span or _same_block(dossier[opening], following)
        if not in_list or _words(document, Span(dossier[opening].span.start, following.span.end)) > MOST_WORDS:
            break
        last += 1
        if following.sentence.kind is not BlockKind.ITEM:
            break
    return last


def _merged(passages: Sequence[Choice], document: Document, dossier: Sequence[Reading]) -> list[Choice]:
    """Passages that overlap, or follow one another in one block, are one as long as they stay short."""
    block_of = {reading.span.start: reading.sentence.block for reading in dossier}
    merged: list[Choice] = []
    for passage in passages:
        last = merged[-1] if merged else None
        if last is not None and _belong_together(last.span, passage.span, document, block_of):
            span = Span(min(last.span.start, passage.span.start), max(last.span.end, passage.span.end))
            cues = tuple(dict.fromkeys([*last.cues, *passage.cues]))
            merged[-1] = Choice(span, cues, last.reserved or passage.reserved)
        else:
            merged.append(passage)
    return merged


def _belong_together(first: Span, second: Span, document: Document, block_of: dict[int, int]) -> bool:
    if first.overlaps(second):
        return True
    adjacent = not document.text[first.end : second.start].strip()
    same_block = block_of.get(first.start) == block_of.get(second.start)
    return adjacent and same_block and _words(document, Span(first.start, second.end)) <= MOST_WORDS


def _same_block(first: Reading, second: Reading) -> bool:
    return first.sentence.block == second.sentence.block


def _words(document: Document, span: Span) -> int:
    return len(document.quote(span).split())


def reasons(choice: Choice) -> tuple[str, ...]:
    """Why the passage is shown, in French: plain cues first; weak ones only where there is no plain one."""
    strong = [cue.why for cue in choice.cues if cue.strength is Strength.STRONG]
    said = strong or [cue.why for cue in choice.cues]
    return tuple(dict.fromkeys([*said, *(["formulation négative ou réservée"] if choice.reserved else [])]))
