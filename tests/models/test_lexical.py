"""The encoder by words and the classifier by cues keep the promises of `pipeline.protocols`."""

import numpy as np
import pytest

from models.lexical import DIMENSION, CueTypeClassifier, LexicalEncoder
from pipeline.analysis import INNOVATION_TYPES

ENCODER = LexicalEncoder()
CLASSIFIER = CueTypeClassifier()


def test_vectors_have_length_one_or_nothing() -> None:
    vectors = ENCODER.encode(["Les habitants décident.", "Le comité de pilotage", "12 %", ""])
    assert vectors.shape == (4, DIMENSION)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 1, 0, 0], atol=1e-6)
    assert ENCODER.encode([]).shape == (0, DIMENSION)


def test_texts_that_share_words_are_near() -> None:
    question, near, far = ENCODER.encode(
        ["réunions du comité de pilotage", "Le comité se réunira pour piloter.", "Les légumes viennent du jardin."]
    )
    assert question @ near > 0.3
    assert question @ far == 0


def test_the_same_texts_give_the_same_bytes() -> None:
    texts = ["Les habitants décident.", "Un tarif solidaire."]
    assert ENCODER.encode(texts).tobytes() == LexicalEncoder().encode(texts).tobytes()
    assert ENCODER.digest == LexicalEncoder().digest
    assert CLASSIFIER.digest == CueTypeClassifier().digest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nous proposons un service de garde aux familles isolées, avec un accueil le soir.", "services"),
        ("Les salariés réorganisent leur travail avec les représentants du personnel.", "organisationnelle"),
        ("Communes et habitants de la vallée coopèrent dans une gouvernance territoriale.", "territoriale"),
    ],
)
def test_plain_texts_are_told_apart(text: str, expected: str) -> None:
    (row,) = CLASSIFIER.probabilities([text])
    assert INNOVATION_TYPES[int(row.argmax())] == expected
    assert row.max() > 0.6


def test_probabilities_add_up_and_silence_is_even() -> None:
    table = CLASSIFIER.probabilities(["", "Bonjour.", "Un accueil pour les habitants et les salariés de la commune."])
    assert table.shape == (3, 3)
    assert np.allclose(table.sum(axis=1), 1)
    assert np.allclose(table[0], 1 / 3)
    assert CLASSIFIER.probabilities([]).shape == (0, 3)
