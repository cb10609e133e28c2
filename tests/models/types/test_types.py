"""The classifier of types: taught, kept, and at work."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from models.types.keeping import keep_types, load_types
from models.types.running import LearnedTypes
from models.types.training import Taught, TypedTexts, teach
from pipeline.analysis import INNOVATION_TYPES
from pipeline.errors import BrokenModel

SAID = {
    "services": "La navette dessert le hameau {} et livre les repas aux malades.",
    "organisationnelle": "Les salariés de l'atelier {} élisent leur gérante et fixent leurs horaires.",
    "territoriale": "Les onze communes du bassin {} partagent la forêt avec les éleveurs.",
    "": "Le présent document {} récapitule les amortissements de l'exercice.",
}
ENCODER = "e" * 64


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """One direction for each kind of sentence, as an encoder that would understand everything."""
    kinds = [next((at for at, said in enumerate(SAID.values()) if said[:9] in text), 0) for text in texts]
    return np.eye(6, dtype=np.float32)[kinds]


def examples() -> list[TypedTexts]:
    found = []
    for kind, said in SAID.items():
        for number in range(10):
            texts = (said.format(f"n{number}"), "Nous demandons une aide.")
            found.append(TypedTexts(texts, (kind,) if kind else (), is_dossier=bool(kind) and number % 2 == 0))
    return found


@pytest.fixture(scope="module")
def taught() -> Taught:
    return teach(examples(), encode)


@pytest.fixture(scope="module")
def reader(taught: Taught) -> LearnedTypes:
    return LearnedTypes(taught.weights, taught.stems, "d")


@pytest.mark.parametrize("kind", INNOVATION_TYPES)
def test_the_type_and_the_sentence_that_tells_it(kind: str, reader: LearnedTypes) -> None:
    texts = ["Nous demandons une aide.", SAID[kind].format("nouveau")]
    told = reader.read(texts, encode(texts))
    place = INNOVATION_TYPES.index(kind)
    assert told.probabilities.argmax() == place
    assert told.probabilities.sum() == pytest.approx(1)
    assert told.support.shape == (2, 3)
    assert told.support[1, place] > max(0, told.support[0, place])


def test_a_text_without_type_is_less_sure(reader: LearnedTypes) -> None:
    silent, telling = ([SAID[kind].format("x")] for kind in ("", "services"))
    sure = reader.read(telling, encode(telling)).probabilities.max()
    assert reader.read(silent, encode(silent)).probabilities.max() < sure


def test_nothing_tells_nothing(reader: LearnedTypes) -> None:
    told = reader.read([], np.zeros((0, 6), dtype=np.float32))
    assert told.probabilities == pytest.approx([1 / 3] * 3)
    assert told.support.shape == (0, 3)


def test_foreseen_probabilities_are_of_every_example(taught: Taught) -> None:
    typed = [(row, one.types[0]) for row, one in enumerate(examples()) if one.types]
    assert taught.foreseen.sum(axis=1) == pytest.approx(1)
    assert all(INNOVATION_TYPES[taught.foreseen[row].argmax()] == kind for row, kind in typed)


def test_the_same_lessons_teach_the_same(taught: Taught) -> None:
    again = teach(examples(), encode)
    assert again.stems == taught.stems
    assert all(np.array_equal(again.weights[name], values) for name, values in taught.weights.items())


def test_too_few_lessons_are_refused() -> None:
    with pytest.raises(ValueError, match="fewer than"):
        teach(examples()[:12], encode)


def test_kept_then_loaded(taught: Taught, tmp_path: Path) -> None:
    kept = keep_types(tmp_path, taught.weights, taught.stems, {"encoder": ENCODER})
    texts = [SAID["territoriale"].format("x")]
    loaded = load_types(tmp_path, ENCODER)
    assert loaded.digest == kept.digest
    assert loaded.read(texts, encode(texts)).probabilities.argmax() == INNOVATION_TYPES.index("territoriale")
    with pytest.raises(BrokenModel):
        load_types(tmp_path, "f" * 64)
