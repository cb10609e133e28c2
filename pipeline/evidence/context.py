"""What surrounds each sentence: the headings above it, and how far it is about the project at all."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.calls.model import Call
from pipeline.completeness.parts import Unit, cut
from pipeline.completeness.targets import targets_of
from pipeline.document import BlockKind, Document, Span
from pipeline.lexicon.cues import WordIndex, load_lexicon
from pipeline.sentences import Sentence
from pipeline.text import fold

ASIDE, BOILERPLATE, QUOTED_CALL, QUESTION, FRAGMENT, ROW, LONG = 0.4, 0.35, 0.2, 0.5, 0.6, 0.5, 0.85
FRAGMENT_WORDS, LONG_WORDS = 6, 75
_SHINGLE = 5
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with what is needed to judge what it speaks of.

    `relevance` is 1 for prose about the project, less for CVs, letters' formulas, legal mentions, questions of a form,
    the call's own wording, entries of a table. `of_bearer` is true in the part that presents the bearer.
    """

    sentence: Sentence
    text: str
    folded: str
    index: WordIndex
    titles: tuple[str, ...]
    words: int
    relevance: float
    of_bearer: bool

    @property
    def span(self) -> Span:
        return self.sentence.span


def readings(document: Document, call: Call, sentences: Sequence[Sentence]) -> tuple[Reading, ...]:
    """The sentences that may be evidence, in order: headings and tables of contents are left out."""
    targets = targets_of(call)
    bearer = {target.index for target in targets if target.field.topic == "porteur"}
    units = cut(document, sentences, targets).units
    starts = [unit.span.start for unit in units]
    wording = _wording(call)
    boilerplate = load_lexicon("common", "boilerplate")
    found: list[Reading] = []
    for sentence in sentences:
        unit = _unit_in(sentence.span, units, starts)
        text = document.quote(sentence.span)
        if unit is None or not any(char.isalpha() for char in text):
            continue
        folded = fold(text)
        index, words = WordIndex.of(folded), _WORD.findall(folded)
        relevance = _relevance(sentence, folded, len(words))
        relevance *= ASIDE if unit.aside else 1.0
        relevance *= BOILERPLATE if boilerplate.find_in(index) else 1.0
        relevance *= QUOTED_CALL if _quotes(words, wording) else 1.0
        titles = tuple(heading.title for heading in unit.path)
        of_bearer = _is_under(unit, bearer)
        found.append(Reading(sentence, text, folded, index, titles, len(words), relevance, of_bearer))
    return tuple(found)


def _is_under(unit: Unit, fields: set[int]) -> bool:
    """Whether the nearest heading that announces a field announces one of `fields`."""
    announcing = next((heading for heading in reversed(unit.path) if heading.aims), None)
    return announcing is not None and any(aim.target in fields and aim.strong for aim in announcing.aims)


def _unit_in(span: Span, units: Sequence[Unit], starts: Sequence[int]) -> Unit | None:
    """The last unit that overlaps `span`: what follows the heading with which a sentence may begin."""
    index = bisect_left(starts, span.end) - 1
    return units[index] if index >= 0 and units[index].span.overlaps(span) else None


def _relevance(sentence: Sentence, folded: str, words: int) -> float:
    relevance = 1.0
    if sentence.kind is BlockKind.TABLE:
        relevance *= ROW
    if folded.endswith("?"):
        relevance *= QUESTION
    if words < FRAGMENT_WORDS and not folded.endswith(":"):
        relevance *= FRAGMENT
    if words > LONG_WORDS:
        relevance *= LONG
    return relevance


@lru_cache(maxsize=8)
def _wording(call: Call) -> frozenset[tuple[str, ...]]:
    """What applicants copy from the call into their dossier, by runs of words."""
    fields = [text for field in call.fields for text in (field.title, field.wording)]
    types = [text for kind in call.types for text in (kind.title, kind.definition)]
    statements = (*call.objectives, *call.generic_criteria, *call.jury_criteria, *call.bearers, *call.expenses)
    texts = [call.definition.text, *fields, *types, *(statement.text for statement in statements)]
    return frozenset(shingle for text in texts for shingle in _shingles(_WORD.findall(fold(text))))


def _shingles(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Every run of _SHINGLE words."""
    return list(zip(*(words[first:] for first in range(_SHINGLE)), strict=False))


def _quotes(words: Sequence[str], wording: frozenset[tuple[str, ...]]) -> bool:
    """Whether most of the sentence stands, word for word, in the call's text."""
    own = _shingles(words)
    return bool(own) and sum(shingle in wording for shingle in own) > 0.5 * len(own)
