"""From candidate sentences to passages: few, whole, each said once, in the order of the document."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline.document import BlockKind, Document, Span
from pipeline.evidence.context import Reading
from pipeline.evidence.weighing import Bar, Candidate

MOST = 8
SAME = 88.0  # token ratio (0..100) from which two sentences say the same: a summary, then the detail
MOST_WORDS = 60

_LEANS_BACK = re.compile(
    r"(?:ils?|elles?|celui|celle|ceux|celles|cela|ceci|(?:ce|cette|ces) dernie(?:re?)s?|l'un|d'autres"
    r"|chacune?|tous deux|y|en outre|de plus|ainsi|c'est|ce sont|aussi|leurs?|son|sa|ses|la plupart|aucune? d'entre)\b"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A passage to show: a stretch of text, and the indices of the readings for which it was chosen."""

    span: Span
    readings: tuple[int, ...]


def select(
    document: Document,
    candidates: Sequence[Candidate],
    dossier: Sequence[Reading],
    bar: Bar,
    most: int = MOST,
) -> tuple[Choice, ...]:
    """At most `most` passages, in the order of the document; none when nothing speaks plainly of the subject."""
    chosen = _without_repeats(_worth_showing(candidates, bar), dossier, most)
    passages = [_extended(candidate, document, dossier) for candidate in sorted(chosen, key=lambda c: c.span)]
    return tuple(_merged(passages, document, dossier))


def _worth_showing(candidates: Sequence[Candidate], bar: Bar) -> list[Candidate]:
    """Heaviest first; ties in the order of the document."""
    best = max((candidate.weight for candidate in candidates), default=0.0)
    if best < bar.spoken:
        return []
    least = max(bar.least, bar.share * best)
    kept = [candidate for candidate in candidates if candidate.weight >= least]
    return sorted(kept, key=lambda candidate: (-candidate.weight, candidate.span))


def _without_repeats(ranked: Sequence[Candidate], dossier: Sequence[Reading], most: int) -> list[Candidate]:
    chosen: list[Candidate] = []
    for candidate in ranked:
        folded = dossier[candidate.reading].folded
        if not any(fuzz.token_sort_ratio(folded, dossier[other.reading].folded) >= SAME for other in chosen):
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
    return Choice(Span(dossier[first].span.start, dossier[last].span.end), (candidate.reading,))


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
            merged[-1] = Choice(span, last.readings + passage.readings)
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
