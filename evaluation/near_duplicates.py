"""Sentences that two dossiers share or nearly share: they would let a model recognise instead of understand."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from pipeline.text import fold

LEAST_WORDS = 8
"""Shorter stretches are the language's, not an author's."""
TOO_NEAR = 0.8
"""Cosine of groups of letters from which two sentences are one with a few words changed."""

_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Two sentences of two dossiers; `similarity` is in 0..1, 1 for the same letters."""

    first: str
    second: str
    first_text: str
    second_text: str
    similarity: float


def near_duplicates(sentences: Mapping[str, list[str]], *, official: str = "") -> list[NearDuplicate]:
    """Pairs of near sentences of different dossiers, nearest first; `sentences` are those of each dossier.

    Sentences that stand in `official` (the calls' own wording) may be shared.
    """
    known = fold(official)
    owners, texts = [], []
    for dossier in sorted(sentences):
        for text in sentences[dossier]:
            folded = " ".join(fold(text).split())
            if len(folded.split()) >= LEAST_WORDS and folded not in known:
                owners.append(dossier)
                texts.append((text, folded))
    if not texts:
        return []
    table = TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 5), dtype=np.float32).fit_transform(
        [folded for _, folded in texts]
    )
    found = []
    for start in range(0, len(texts), _CHUNK):
        near = (table[start : start + _CHUNK] @ table.T).tocoo()
        for row, column, similarity in zip(near.row + start, near.col, near.data, strict=True):
            if row < column and similarity >= TOO_NEAR and owners[row] != owners[column]:
                pair = (owners[row], owners[column], texts[row][0], texts[column][0])
                found.append(NearDuplicate(*pair, round(float(similarity), 3)))
    return sorted(found, key=lambda pair: (-pair.similarity, pair.first, pair.second, pair.first_text))
