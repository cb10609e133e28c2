"""The learned reader: its two networks are one, it learns what it is shown, and only a whole one is used."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from models.artefact import CARD, WEIGHTS
from models.reader.keeping import keep_reader, load_reader
from models.reader.network import ReaderNetwork
from models.reader.running import LearnedReader, Weights
from models.reader.shape import KINDS, Shape, kinds_of, positions
from models.reader.training import BORNE_ON, DECISIVE, LabelledLines, LabelledSentence, Recipe, teach
from pipeline.errors import BrokenModel
from pipeline.protocols import LineKind, ReadLine, Understanding
from tests.pipeline.readers import WordVectors

ENCODER = WordVectors()
NOTIONS, PARTS = ("gouvernance", "recherche"), ("moyens", "contexte", "~moyens")
SHAPE = Shape(vector=12, hidden=8, notions=len(NOTIONS), parts=len(PARTS))
RECIPE = Recipe(hidden=16, epochs=40, rate=1e-2, seeds=(0, 1))


def _random_network(seed: int) -> ReaderNetwork:
    torch.manual_seed(seed)
    network = ReaderNetwork(SHAPE)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.normal_(0.0, 0.3)
    return network.eval()


def _weights(network: ReaderNetwork) -> Weights:
    return {name: tensor.numpy() for name, tensor in network.state_dict().items()}


def _random_dossier(count: int) -> tuple[list[ReadLine], NDArray[np.float32]]:
    lines = [ReadLine(f"ligne {index}", KINDS[index % len(KINDS)]) for index in range(count)]
    vectors = np.random.default_rng(count).normal(size=(count, SHAPE.vector)).astype(np.float32)
    return lines, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _by_torch(
    network: ReaderNetwork, lines: Sequence[ReadLine], vectors: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    kinds, places = torch.tensor(kinds_of(lines)), torch.tensor(positions(len(lines)))
    with torch.no_grad():
        marks, parts = network(torch.tensor(vectors), kinds, places)
    return torch.sigmoid(marks).numpy(), torch.sigmoid(parts).numpy()


@pytest.mark.parametrize("count", [1, 2, 60])
def test_the_network_that_runs_is_the_one_that_was_taught(count: int) -> None:
    network = _random_network(count)
    lines, vectors = _random_dossier(count)
    read = LearnedReader([_weights(network)], NOTIONS, PARTS, "0").read(lines, vectors)
    marks, parts = _by_torch(network, lines, vectors)
    assert read.bears.shape == read.decisive.shape == (count, len(NOTIONS))
    assert np.allclose(np.concatenate([read.bears, read.decisive], axis=1), marks, atol=1e-5)
    assert np.allclose(read.answers, parts, atol=1e-5)
    assert {array.dtype for array in (read.bears, read.decisive, read.answers)} == {np.dtype(np.float64)}


@pytest.mark.parametrize("changed", [0, -1])
def test_what_stands_before_and_after_a_line_counts(changed: int) -> None:
    reader = LearnedReader([_weights(_random_network(3))], NOTIONS, PARTS, "0")
    lines, vectors = _random_dossier(5)
    before = reader.read(lines, vectors).bears[2]
    vectors[changed] = -vectors[changed]
    assert not np.allclose(before, reader.read(lines, vectors).bears[2], atol=1e-6)


def test_several_networks_say_what_they_say_on_average() -> None:
    networks = [_weights(_random_network(seed)) for seed in (1, 2)]
    lines, vectors = _random_dossier(6)
    both = LearnedReader(networks, NOTIONS, PARTS, "0").read(lines, vectors)
    each = [LearnedReader([one], NOTIONS, PARTS, "0").read(lines, vectors) for one in networks]
    assert np.allclose(both.bears, (each[0].bears + each[1].bears) / 2)
    assert np.allclose(both.decisive, (each[0].decisive + each[1].decisive) / 2)
    assert np.allclose(both.answers, (each[0].answers + each[1].answers) / 2)


def test_of_no_line_nothing_is_said() -> None:
    reader = LearnedReader([_weights(_random_network(0))], NOTIONS, PARTS, "0")
    read = reader.read([], np.zeros((0, SHAPE.vector), dtype=np.float32))
    assert read.bears.shape == read.decisive.shape == (0, len(NOTIONS))
    assert read.answers.shape == (0, len(PARTS))


BOARD, TEAM = "Le comité de pilotage réunit chaque mois les habitants.", "Une chercheuse évalue la démarche."
OTHERS = ("Le camion sera peint en bleu.", "Nous vendons du pain.", "La salle ouvre le mardi.", "Il pleut souvent.")


def _labelled(*texts: str) -> LabelledLines:
    """A heading, then the lines: the board's is decisive for the first notion, the team's bears on the second."""
    lines = (ReadLine("Notre projet", LineKind.HEADING), *(ReadLine(text, LineKind.PARAGRAPH) for text in texts))
    marks = np.zeros((len(lines), len(NOTIONS)), dtype=np.int8)
    answers = np.zeros((len(lines), len(PARTS)), dtype=np.int8)
    for row, line in enumerate(lines):
        marks[row] = [DECISIVE * (line.text == BOARD), BORNE_ON * (line.text == TEAM)]
        answers[row] = [line.text in (BOARD, TEAM), line.text in OTHERS, line.kind is LineKind.HEADING]
    return LabelledLines(lines, marks, np.ones(len(NOTIONS), dtype=np.bool_), answers)


DOSSIERS = (
    _labelled(OTHERS[0], BOARD, OTHERS[1], TEAM),
    _labelled(TEAM, OTHERS[2], OTHERS[0], BOARD),
    _labelled(OTHERS[3], TEAM, BOARD, OTHERS[2]),
)
ALONE = (LabelledSentence(BOARD, 0, True), LabelledSentence(OTHERS[1], 0, False), LabelledSentence(TEAM, 1, True))


@pytest.fixture(scope="module")
def taught() -> list[Weights]:
    return teach(DOSSIERS, ALONE, ENCODER.encode, RECIPE, workers=1)


def _read(networks: Sequence[Weights], dossier: LabelledLines) -> Understanding:
    reader = LearnedReader(networks, NOTIONS, PARTS, "0")
    return reader.read(dossier.lines, ENCODER.encode([line.text for line in dossier.lines]))


def test_a_taught_line_is_told_from_the_others(taught: list[Weights]) -> None:
    unseen = _labelled(OTHERS[1], OTHERS[3], TEAM, OTHERS[0], BOARD, OTHERS[2])
    read = _read(taught, unseen)
    told = unseen.marks > 0
    assert read.bears[told].min() > 0.5
    assert read.bears[~told].max() < 0.5
    board, team = unseen.marks.argmax(axis=0)
    assert read.decisive[board, 0] > 0.5
    assert read.decisive[team, 1] < 0.5
    assert np.array_equal(read.answers > 0.5, unseen.answers == 1)


def test_the_same_recipe_gives_the_same_weights(taught: list[Weights]) -> None:
    again = teach(DOSSIERS, ALONE, ENCODER.encode, RECIPE, workers=1)
    assert len(again) == len(RECIPE.seeds)
    for first, second in zip(taught, again, strict=True):
        assert first.keys() == second.keys()
        assert all(np.array_equal(first[name], second[name]) for name in first)
    assert not np.array_equal(taught[0]["line.weight"], taught[1]["line.weight"])


def test_a_notion_that_nobody_looked_for_teaches_nothing() -> None:
    known = np.array([True, False])
    silent, wrong = (np.zeros_like(DOSSIERS[0].marks) for _ in range(2))
    wrong[:, 1] = DECISIVE
    recipe = Recipe(hidden=4, epochs=2, seeds=(0,))
    first, second = (
        teach([replace(DOSSIERS[0], marks=marks, known=known)], (), ENCODER.encode, recipe, workers=1)[0]
        for marks in (silent, wrong)
    )
    assert all(np.array_equal(first[name], second[name]) for name in first)


def test_nothing_is_learned_from_nothing() -> None:
    with pytest.raises(ValueError, match="no dossier"):
        teach((), ALONE, ENCODER.encode, RECIPE, workers=1)


@pytest.fixture
def kept(taught: list[Weights], tmp_path: Path) -> Path:
    keep_reader(tmp_path / "reader", taught, NOTIONS, PARTS, {"encoder": ENCODER.digest})
    return tmp_path / "reader"


def test_a_kept_reader_reads_alike(taught: list[Weights], kept: Path) -> None:
    reader = load_reader(kept, ENCODER.digest)
    assert (reader.notions, reader.parts) == (NOTIONS, PARTS)
    assert reader.digest == json.loads((kept / CARD).read_text("utf-8"))["weights_sha256"]
    dossier = DOSSIERS[0]
    read = reader.read(dossier.lines, ENCODER.encode([line.text for line in dossier.lines]))
    assert np.allclose(read.bears, _read(taught, dossier).bears, atol=5e-3)  # weights are kept as half floats


def test_more_than_ten_networks_keep_their_order(tmp_path: Path) -> None:
    networks = [_weights(_random_network(seed)) for seed in range(12)]
    reader = keep_reader(tmp_path, networks, NOTIONS, PARTS, {"encoder": "0"})
    lines, vectors = _random_dossier(4)
    told = LearnedReader(networks, NOTIONS, PARTS, "0").read(lines, vectors)
    assert np.allclose(reader.read(lines, vectors).bears, told.bears, atol=2e-2)


@pytest.mark.parametrize("name", [CARD, WEIGHTS])
def test_a_missing_file_stops_everything(kept: Path, name: str) -> None:
    (kept / name).unlink()
    with pytest.raises(BrokenModel, match=rf"«.reader.» est incomplet.: {name} manque"):
        load_reader(kept, ENCODER.digest)


def test_altered_weights_stop_everything(kept: Path) -> None:
    content = bytearray((kept / WEIGHTS).read_bytes())
    content[len(content) // 2] ^= 1
    (kept / WEIGHTS).write_bytes(content)
    with pytest.raises(BrokenModel, match="a été altéré"):
        load_reader(kept, ENCODER.digest)


def test_a_reader_of_another_encoder_stops_everything(kept: Path) -> None:
    with pytest.raises(BrokenModel, match="entraîné avec un autre encodeur") as raised:
        load_reader(kept, "e" * 64)
    assert "reperes train" in raised.value.advice
    assert "REPERES_ENCODER" in raised.value.advice


@pytest.mark.parametrize("lost", ["encoder", "notions", "parts"])
def test_a_card_that_lacks_something_stops_everything(kept: Path, lost: str) -> None:
    card = json.loads((kept / CARD).read_text("utf-8"))
    del card[lost]
    (kept / CARD).write_text(json.dumps(card), "utf-8")
    with pytest.raises(BrokenModel, match="fiche du lecteur appris est incomplète"):
        load_reader(kept, ENCODER.digest)
