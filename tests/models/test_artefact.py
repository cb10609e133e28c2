"""Trained models on disk: what is written is what is read, and nothing else is."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from models.artefact import CARD, DIGEST, WEIGHTS, keep_artefact, load_artefact
from pipeline.errors import BrokenModel

ARRAYS = {
    "b.bias": np.array([1, 2], dtype=np.float32),
    "a.weight": np.array([[0.5, -0.25, 3.0]], dtype=np.float32),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    keep_artefact(tmp_path / "essai", ARRAYS, {"about": "modèle d’essai"})
    return tmp_path / "essai"


def test_what_is_kept_is_read_again(folder: Path) -> None:
    artefact = load_artefact(folder)
    assert artefact.card["about"] == "modèle d’essai"
    assert artefact.digest == artefact.card[DIGEST]
    assert artefact.arrays.keys() == ARRAYS.keys()
    for name, values in artefact.arrays.items():
        assert values.dtype == np.float32
        assert np.array_equal(values, ARRAYS[name])


def test_only_a_card_and_arrays_are_written(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == [CARD, WEIGHTS]
    assert "modèle d’essai" in (folder / CARD).read_text("utf-8")


def test_weights_are_kept_as_half_floats(folder: Path) -> None:
    artefact = keep_artefact(folder, {"third": np.array([1 / 3], dtype=np.float32)}, {})
    assert artefact.arrays["third"][0] == np.float32(np.float16(1 / 3))
    assert list(artefact.arrays) == ["third"]


def test_the_same_model_is_the_same_bytes_in_any_order(folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "encore"
    keep_artefact(again, dict(reversed(ARRAYS.items())), {"about": "modèle d’essai"})
    for name in (CARD, WEIGHTS):
        assert (again / name).read_bytes() == (folder / name).read_bytes()


@pytest.mark.parametrize("name", [CARD, WEIGHTS])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(BrokenModel, match=rf"«.essai.» est incomplet.: {name} manque") as raised:
        load_artefact(folder)
    assert "reperes train" in raised.value.advice


def test_altered_weights_are_refused(folder: Path) -> None:
    content = bytearray((folder / WEIGHTS).read_bytes())
    content[-1] ^= 1
    (folder / WEIGHTS).write_bytes(content)
    with pytest.raises(BrokenModel, match=r"«.essai.» a été altéré") as raised:
        load_artefact(folder)
    assert "reperes train" in raised.value.advice


@pytest.mark.parametrize("card", ["", "{", "[]", "3", "null", "{}"])
def test_a_card_that_is_none_is_refused(folder: Path, card: str) -> None:
    (folder / CARD).write_text(card)
    with pytest.raises(BrokenModel, match="ne peut pas être lu"):
        load_artefact(folder)


def test_weights_that_are_none_are_refused_even_when_the_card_names_them(folder: Path) -> None:
    (folder / WEIGHTS).write_bytes(b"rien")
    (folder / CARD).write_text(json.dumps({DIGEST: hashlib.sha256(b"rien").hexdigest()}))
    with pytest.raises(BrokenModel, match="ne peut pas être lu"):
        load_artefact(folder)
