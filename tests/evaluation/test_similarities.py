"""The yardsticks tell what is near; those that count words find nothing in common where there is nothing."""

import numpy as np
import pytest

from evaluation.similarities import Bm25, Embeddings, Similarity, TfIdf

TEXTS = (
    "Le comité de pilotage se réunit chaque mois et vote les décisions.",
    "La camionnette livre les légumes des maraîchers aux cantines.",
    "Deux chercheuses de l'université suivent l'expérimentation.",
)
QUERIES = ("comité et règles de décision", "chercheuses, université, laboratoire")


@pytest.mark.parametrize("similarity", [Bm25(), TfIdf(), Embeddings()], ids=lambda similarity: similarity.name)
def test_the_nearest_text_is_the_one_that_speaks_of_it(similarity: Similarity) -> None:
    near = similarity.between(QUERIES, TEXTS)
    assert near.shape == (2, 3)
    assert near.dtype == np.float64
    assert near.argmax(axis=1).tolist() == [0, 2]
    assert np.array_equal(near, similarity.between(QUERIES, TEXTS))


@pytest.mark.parametrize("similarity", [Bm25(), TfIdf()], ids=lambda similarity: similarity.name)
def test_words_that_stand_nowhere_are_near_nothing(similarity: Similarity) -> None:
    assert similarity.between(["zythologie"], TEXTS).tolist() == [[0, 0, 0]]
