"""Sentences that two dossiers share or nearly share: they would let a model recognise instead of understand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from pipeline.text import fold

LEAST_WORDS = 8
"""Shorter stretches are the language's, not an author's."""
TOO_NEAR = 0.8
"""Cosine of groups of letters from which two sentences are one with a few words changed."""

_RARE = 120
"""Groups of letters in no more sentences than that are compared first: two near sentences nearly always share some."""
_CHUNK = 2000
_ROUNDING = 1e-5


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
    owners, texts, folds = [], [], []
    for dossier in sorted(sentences):
        for text in sentences[dossier]:
            folded = " ".join(fold(text).split())
            if len(folded.split()) >= LEAST_WORDS:
                owners.append(dossier)
                texts.append(text)
                folds.append(folded)
    if not texts:
        return []
    known = fold(official)
    table = TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 5), dtype=np.float32).fit_transform(folds)
    found = [
        NearDuplicate(owners[row], owners[column], texts[row], texts[column], round(similarity, 3))
        for (row, column), similarity in sorted(_near_rows(table).items())
        if owners[row] != owners[column] and folds[row] not in known and folds[column] not in known
    ]
    return sorted(found, key=lambda pair: (-pair.similarity, pair.first, pair.second, pair.first_text))


def _near_rows(table: Any) -> dict[tuple[int, int], float]:
    """Pairs of rows of a sparse matrix, the lesser first, whose cosine is `TOO_NEAR` or more; rows have length 1.

    The product of two rows is at most that of their rare columns plus that of the lengths of what is left: few pairs
    reach the limit so, and these alone are multiplied out. Rows with next to nothing rare are multiplied by all.
    """
    rare = table[:, np.bincount(table.indices, minlength=table.shape[1]) <= _RARE]
    left = np.sqrt(np.maximum(1 - _row_sums(rare.power(2)), 0))
    near: dict[tuple[int, int], float] = {}
    for start in range(0, table.shape[0], _CHUNK):
        bound = (rare[start : start + _CHUNK] @ rare.T).tocoo()
        rows, columns = bound.row + start, bound.col
        reached = (rows < columns) & (bound.data + left[rows] * left[columns] >= TOO_NEAR - _ROUNDING)
        rows, columns = rows[reached], columns[reached]
        near |= _kept(rows, columns, _row_sums(table[rows].multiply(table[columns])))
    plain = np.flatnonzero(left >= np.sqrt(TOO_NEAR))
    product = (table[plain] @ table.T).tocoo()
    return near | _kept(plain[product.row], product.col, product.data)


def _row_sums(matrix: Any) -> Any:
    return np.asarray(matrix.sum(axis=1)).ravel()


def _kept(rows: Any, columns: Any, cosines: Any) -> dict[tuple[int, int], float]:
    near = (cosines >= TOO_NEAR) & (rows != columns)
    pairs = zip(rows[near].tolist(), columns[near].tolist(), cosines[near].tolist(), strict=True)
    return {(min(row, column), max(row, column)): cosine for row, column, cosine in pairs}
