"""Teaches the reader: labelled dossiers, and labelled sentences that stand in none."""

import multiprocessing
import os
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray
from torch import Tensor

from models.reader.network import ReaderNetwork
from models.reader.running import Weights
from models.reader.shape import Shape, kinds_of, positions
from pipeline.protocols import LineKind, ReadLine

BORNE_ON, DECISIVE = 1, 2
DECISIVE_SHARE = 0.7  # weight of telling decisive lines, beside telling lines that bear on the notion
MARKS_SHARE = 20.0
ORDER_SHARE = 0.3  # weight of finding, for each notion, the right lines among the dossier's own
PARTS_SHARE = 2.0
ALONE_SHARE = 0.5
ALONE_BATCH = 48
GREATEST_GRADIENT = 1.0


@dataclass(frozen=True, slots=True)
class LabelledLines:
    """A dossier with its labels.

    `marks`, (n, notions): 0, `BORNE_ON` or `DECISIVE`. `known`, (notions,): whether the notion was looked for.
    `answers`, (n, parts): 1 where the line answers or announces the part; None where nobody said.
    """

    lines: tuple[ReadLine, ...]
    marks: NDArray[np.int8]
    known: NDArray[np.bool_]
    answers: NDArray[np.int8] | None


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence in no dossier, and whether it bears on one notion (by its index)."""

    text: str
    notion: int
    bears: bool


@dataclass(frozen=True, slots=True)
class Recipe:
    """How it is taught. The same recipe on the same examples gives the same weights on the same machine."""

    hidden: int = 192
    epochs: int = 18
    rate: float = 2e-3
    decay: float = 1e-2
    seeds: tuple[int, ...] = (0, 1, 2, 3)


@dataclass(frozen=True, slots=True)
class _Prepared:
    vectors: Tensor
    kinds: Tensor
    places: Tensor
    bears: Tensor
    decisive: Tensor
    counted: Tensor
    answers: Tensor | None


Encode = Callable[[Sequence[str]], NDArray[np.float32]]


def teach(
    dossiers: Sequence[LabelledLines],
    sentences: Sequence[LabelledSentence],
    encode: Encode,
    recipe: Recipe,
    workers: int | None = None,
) -> list[Weights]:
    """One network a seed, each taught in a process of its own, `workers` at once (as many as there are processors).

    Raises:
        ValueError: there is no dossier to learn from.
    """
    if not dossiers:
        raise ValueError("no dossier to learn from")
    prepared = [_prepared(dossier, encode) for dossier in dossiers]
    alone = _Alone(sentences, encode, dossiers[0].marks.shape[1]) if sentences else None
    sample = next((one.answers for one in dossiers if one.answers is not None), None)
    shape = Shape(
        prepared[0].vectors.shape[1],
        recipe.hidden,
        dossiers[0].marks.shape[1],
        0 if sample is None else sample.shape[1],
    )
    spawn = multiprocessing.get_context("spawn")  # a copy of a process that has used torch may never end
    with ProcessPoolExecutor(min(workers or os.cpu_count() or 1, len(recipe.seeds)), mp_context=spawn) as processes:
        taught = [processes.submit(_taught, prepared, alone, shape, recipe, seed) for seed in recipe.seeds]
        return [one.result() for one in taught]


def _prepared(dossier: LabelledLines, encode: Encode) -> _Prepared:
    headings = np.array([line.kind is LineKind.HEADING for line in dossier.lines])
    counted = np.broadcast_to(dossier.known, dossier.marks.shape) & ~headings[:, None]
    return _Prepared(
        vectors=torch.tensor(encode([line.text for line in dossier.lines])),
        kinds=torch.tensor(kinds_of(dossier.lines)),
        places=torch.tensor(positions(len(dossier.lines))),
        bears=torch.tensor(dossier.marks >= BORNE_ON).float(),
        decisive=torch.tensor(dossier.marks >= DECISIVE).float(),
        counted=torch.tensor(counted).float(),
        answers=None if dossier.answers is None else torch.tensor(dossier.answers).float(),
    )


class _Alone:
    """Sentences without a dossier, drawn a few at a time."""

    def __init__(self, sentences: Sequence[LabelledSentence], encode: Encode, notions: int) -> None:
        self._vectors = torch.tensor(encode([one.text for one in sentences]))
        self._bears = torch.zeros(len(sentences), notions)
        self._known = torch.zeros(len(sentences), notions)
        for row, one in enumerate(sentences):
            self._known[row, one.notion] = 1.0
            self._bears[row, one.notion] = float(one.bears)
        self._kinds = torch.tensor(kinds_of([ReadLine("", LineKind.PARAGRAPH)]).repeat(ALONE_BATCH))
        self._places = torch.full((ALONE_BATCH, 2), 0.5)

    def loss(self, network: ReaderNetwork, chance: random.Random) -> Tensor:
        rows = chance.choices(range(len(self._vectors)), k=ALONE_BATCH)
        marks = network.by_itself(self._vectors[rows], self._kinds, self._places)
        bears, known = self._bears[rows], self._known[rows]
        each = functional.binary_cross_entropy_with_logits(marks[:, : bears.shape[1]], bears, reduction="none")
        return (each * known).sum() / known.sum()


def _taught(
    dossiers: Sequence[_Prepared],
    alone: _Alone | None,
    shape: Shape,
    recipe: Recipe,
    seed: int,
) -> Weights:
    torch.set_num_threads(1)  # operations are too small to share
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311 (the order of examples is no secret)
    network = ReaderNetwork(shape)
    optimiser = torch.optim.AdamW(network.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    steps = recipe.epochs * len(dossiers) + 1
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, recipe.rate, total_steps=steps, pct_start=0.1)
    network.train()
    order = list(range(len(dossiers)))
    for _ in range(recipe.epochs):
        chance.shuffle(order)
        for index in order:
            loss = _loss(network, dossiers[index])
            if alone is not None:
                loss = loss + ALONE_SHARE * alone.loss(network, chance)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), GREATEST_GRADIENT)
            optimiser.step()
            schedule.step()
    return {name: tensor.numpy() for name, tensor in network.state_dict().items()}


def _loss(network: ReaderNetwork, dossier: _Prepared) -> Tensor:
    marks, parts = network(dossier.vectors, dossier.kinds, dossier.places)
    notions = dossier.bears.shape[1]
    bears, decisive = marks[:, :notions], marks[:, notions:]
    each = functional.binary_cross_entropy_with_logits(bears, dossier.bears, reduction="none")
    each = each + DECISIVE_SHARE * functional.binary_cross_entropy_with_logits(
        decisive, dossier.decisive, reduction="none"
    )
    loss = MARKS_SHARE * (each * dossier.counted).sum() / dossier.counted.sum().clamp(min=1)
    loss = loss + ORDER_SHARE * _order_loss(bears + decisive, dossier)
    if dossier.answers is not None:
        loss = loss + PARTS_SHARE * functional.binary_cross_entropy_with_logits(parts, dossier.answers)
    return loss


def _order_loss(weights: Tensor, dossier: _Prepared) -> Tensor:
    """How far, for each notion, the dossier's lines are from standing in the right order, decisive ones first."""
    wanted = (dossier.bears + 2 * dossier.decisive) * dossier.counted
    totals = wanted.sum(0)
    spoken = totals > 0
    out_of_reach = (1 - dossier.counted) * 50.0
    logarithms = functional.log_softmax(weights - out_of_reach, dim=0)
    each = -(logarithms * wanted / totals.clamp(min=1)).sum(0)
    return (each * spoken).sum() / spoken.sum().clamp(min=1)
