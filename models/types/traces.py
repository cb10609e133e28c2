"""What of a sentence tells a type: the stems of its words, and the cues of the types' lexicons.

A stem is a word's first letters, without accents or capitals: as good here as a French stemmer, and far quicker.
"""

import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis import INNOVATION_TYPES
from pipeline.lexicon.cues import Lexicon, Strength, WordIndex, load_lexicon, word_lists
from pipeline.text import fold

CUE_WEIGHTS = {Strength.STRONG: 1.0, Strength.WEAK: 0.3}
_SAME_CUE = 24  # letters by which two forms of a cue are held for one
_STEM = 7  # letters
_WORD = re.compile(r"[^\W\d_]{2,}")

CueCounts = Counter[tuple[int, str, float]]
"""How often a cue was found: (index of the type, its words, its weight)."""


@dataclass(frozen=True, slots=True)
class Traces:
    """What a sentence, or several, hold: how often each stem and each cue."""

    stems: Counter[str]
    cues: CueCounts

    @property
    def words(self) -> int:
        return self.stems.total()


class TraceFinder:
    """Finds the traces of sentences. `digest` is that of all the cues: a model is only as good as they stay."""

    def __init__(self) -> None:
        self._lexicons = tuple(load_lexicon("types", kind) for kind in INNOVATION_TYPES)
        self.digest = _digest_of(self._lexicons)

    def find(self, text: str) -> Traces:
        folded = fold(text)
        index = WordIndex.of(folded)
        cues: CueCounts = Counter()
        for kind, lexicon in enumerate(self._lexicons):
            for match in lexicon.find_in(index):
                said = folded[match.span.start : match.span.end][:_SAME_CUE]
                cues[kind, said, CUE_WEIGHTS[match.cue.strength]] += 1
        return Traces(Counter(word[:_STEM] for word in _WORD.findall(folded)), cues)


@cache
def trace_finder() -> TraceFinder:
    """The finder of this process: lexicons are compiled once."""
    return TraceFinder()


def together(traces: Iterable[Traces]) -> Traces:
    """What several sentences hold."""
    stems: Counter[str] = Counter()
    cues: CueCounts = Counter()
    for one in traces:
        stems.update(one.stems)
        cues.update(one.cues)
    return Traces(stems, cues)


def cue_evidence(cues: CueCounts) -> NDArray[np.float64]:
    """Array (3,): each cue counts once in full and then less and less, so that one word said often does not decide."""
    evidence = np.zeros(len(INNOVATION_TYPES))
    for (kind, _, weight), count in sorted(cues.items()):
        evidence[kind] += weight * math.log2(1 + count)
    return evidence


def cue_shares(sentences: Sequence[Traces], whole: CueCounts) -> NDArray[np.float64]:
    """Array (n, 3): the evidence of `whole`, the n sentences' cues, shared among those that hold them."""
    shares = np.zeros((len(sentences), len(INNOVATION_TYPES)))
    for row, sentence in enumerate(sentences):
        for cue, count in sorted(sentence.cues.items()):
            kind, _, weight = cue
            shares[row, kind] += weight * math.log2(1 + whole[cue]) * count / whole[cue]
    return shares


def _digest_of(lexicons: Sequence[Lexicon]) -> str:
    cues = [repr(cue) for lexicon in lexicons for cue in lexicon.cues]
    return hashlib.sha256("\n".join([*cues, repr(sorted(word_lists().items()))]).encode()).hexdigest()
