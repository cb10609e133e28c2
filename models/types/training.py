"""Teaches the classifier of types: each voice by itself, then how to weigh and calibrate what they say.

The weighing and the calibration learn from what the voices say of texts that they were not taught with (folds), as
what a voice says of its own lessons is always sure. Nothing is drawn but the folds, by a fixed seed.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from torch import Tensor

from models.types.running import (
    VECTOR_GAIN,
    Floats,
    centred,
    combined,
    cue_voice,
    rarity_weighed,
    silence,
    text_length,
)
from models.types.traces import Traces, together, trace_finder
from pipeline.analysis import INNOVATION_TYPES

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
Weights = dict[str, NDArray[np.float32]]
FOLDS = 5
CAUTION = 0.002  # that holds the weighing near nothing
FIRST_OF_TWO = 0.6  # share of a hybrid's main type in what is aimed at


@dataclass(frozen=True, slots=True)
class TypedTexts:
    """Sentences of one project; `types` holds its type, main first for a hybrid, none where it cannot be told.

    `is_dossier`: a whole application, as the program reads; or a short description.
    """

    texts: tuple[str, ...]
    types: tuple[str, ...]
    is_dossier: bool


@dataclass(frozen=True, slots=True)
class Recipe:
    """How it is taught; the figures were chosen by cross-validation on the lessons."""

    words_freedom: float = 30.0  # inverse of the regularisation
    meaning_freedom: float = 20.0
    fewest_texts: int = 3  # of a stem that is kept
    description_share: float = 0.5  # weight of a short description beside an application's
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Taught:
    """`foreseen`, (number of examples, 3): probabilities of each by models that had not seen it, nor been weighed
    or calibrated with it.
    """

    weights: Weights
    stems: tuple[str, ...]
    foreseen: Floats


@dataclass(frozen=True)
class _Lessons:
    traces: tuple[Traces, ...]
    means: Floats  # (n, dimension)
    labels: tuple[tuple[int, ...], ...]
    shares: Floats  # (n,)
    dossiers: NDArray[np.bool_]

    @property
    def aims(self) -> Floats:
        """Array (n, 3): how much of each type is said to be there; a third each where none is."""
        return np.array([_aim(labels) for labels in self.labels])


def teach(examples: Sequence[TypedTexts], encode: Encode, recipe: Recipe | None = None) -> Taught:
    """Weights for `models.types.running.LearnedTypes`, and what would have been said of each example.

    Raises:
        ValueError: a type has too few examples to be learned.
    """
    recipe = recipe or Recipe()
    lessons = _lessons(examples, encode, recipe)
    main = np.array([labels[0] if labels else len(INNOVATION_TYPES) for labels in lessons.labels])
    if min(np.bincount(main, minlength=4)) < FOLDS:
        raise ValueError(f"fewer than {FOLDS} texts of a type, or without any type")
    heard, silent = np.zeros((len(examples), 3, 3)), np.zeros(len(examples))
    folds = list(
        StratifiedKFold(FOLDS, shuffle=True, random_state=recipe.seed).split(main, main + 4 * lessons.dossiers)
    )
    for learned, held in folds:
        voices, stems = _voices(lessons, learned, recipe)
        heard[held], silent[held] = _hear(lessons, held, voices, stems)
    foreseen = np.zeros((len(examples), 3))
    for learned, held in folds:
        weighing = _weighing(lessons, heard, learned)
        for row in held:
            foreseen[row] = combined(heard[row], weighing, lessons.traces[row].words, float(silent[row]))
    everything = np.arange(len(examples))
    voices, stems = _voices(lessons, everything, recipe)
    weights = {**voices, **_weighing(lessons, heard, everything)}
    return Taught({name: values.astype(np.float32) for name, values in weights.items()}, stems, foreseen)


def _lessons(examples: Sequence[TypedTexts], encode: Encode, recipe: Recipe) -> _Lessons:
    finder = trace_finder()
    return _Lessons(
        traces=tuple(together(finder.find(text) for text in example.texts) for example in examples),
        means=np.array([encode(example.texts).astype(np.float64).mean(axis=0) for example in examples]),
        labels=tuple(tuple(INNOVATION_TYPES.index(kind) for kind in example.types) for example in examples),
        shares=np.array([1.0 if example.is_dossier else recipe.description_share for example in examples]),
        dossiers=np.array([example.is_dossier for example in examples]),
    )


def _aim(labels: tuple[int, ...]) -> Floats:
    aim = np.full(3, 0.0 if labels else 1 / 3)
    for place, label in enumerate(labels):
        aim[label] = 1.0 if len(labels) == 1 else (FIRST_OF_TWO, 1.0 - FIRST_OF_TWO)[place]
    return aim


def _voices(lessons: _Lessons, rows: NDArray[np.int64], recipe: Recipe) -> tuple[dict[str, Floats], tuple[str, ...]]:
    """The voices of words and of meaning, taught with these rows; cues have nothing to learn."""
    texts_of_stem = Counter(stem for row in rows for stem in lessons.traces[row].stems)
    stems = tuple(sorted(stem for stem, texts in texts_of_stem.items() if texts >= recipe.fewest_texts))
    rarity = np.array([math.log((1 + len(rows)) / (1 + texts_of_stem[stem])) + 1.0 for stem in stems])
    centre = lessons.means[rows].mean(axis=0)
    said = _table(lessons, rows, stems, rarity)
    words = _fit(said, lessons.aims[rows], lessons.shares[rows], recipe.words_freedom)
    typeless = np.array([float(not lessons.labels[row]) for row in rows])[:, None]
    aims = np.concatenate([lessons.aims[rows] * (1.0 - typeless), typeless], axis=1)
    # The few texts without a type weigh as much as applications do.
    shares = np.maximum(lessons.shares[rows], typeless[:, 0])
    meaning = _fit(VECTOR_GAIN * (lessons.means[rows] - centre), aims, shares, recipe.meaning_freedom)
    return {
        "words.rarity": rarity,
        "words.weight": words[0],
        "words.bias": words[1],
        "meaning.centre": centre,
        "meaning.weight": meaning[0],
        "meaning.bias": meaning[1],
    }, stems


def _table(
    lessons: _Lessons, rows: Iterable[int], stems: tuple[str, ...], rarity: Floats
) -> Any:  # of scipy, whose types are not known
    """Sparse array (rows, stems): how much of each stem."""
    places = {stem: place for place, stem in enumerate(stems)}
    said = (
        {f"{place:06}": value for place, value in rarity_weighed(lessons.traces[row].stems, places, rarity).items()}
        for row in rows
    )
    columns = DictVectorizer().fit([{f"{place:06}": 1.0 for place in range(len(stems))}])
    return columns.transform(said)


def _fit(inputs: Any, aims: Floats, shares: Floats, freedom: float) -> tuple[Floats, Floats]:
    """A logistic regression on shared labels: weights (inputs, labels) and biases (labels,)."""
    rows, labels = np.nonzero(aims)
    fitted = LogisticRegression(C=freedom, max_iter=1000).fit(
        inputs[rows], labels, sample_weight=aims[rows, labels] * shares[rows]
    )
    return fitted.coef_.T, fitted.intercept_


def _hear(
    lessons: _Lessons, rows: NDArray[np.int64], voices: dict[str, Floats], stems: tuple[str, ...]
) -> tuple[Floats, list[float]]:
    """Array (rows, 3, 3): what each voice says of each type in each text; and how likely each tells no type."""
    words = _table(lessons, rows, stems, voices["words.rarity"]) @ voices["words.weight"] + voices["words.bias"]
    apart = VECTOR_GAIN * (lessons.means[rows] - voices["meaning.centre"])
    meaning = apart @ voices["meaning.weight"] + voices["meaning.bias"]
    cues = np.array([cue_voice(lessons.traces[row]) for row in rows])
    return np.stack([centred(words), centred(meaning[:, :3]), cues], axis=1), [silence(one) for one in meaning]


def _weighing(lessons: _Lessons, heard: Floats, rows: NDArray[np.int64]) -> dict[str, Floats]:
    """How to weigh the voices, learned on applications; how sure to be, on all that has a type."""
    dossiers = rows[lessons.dossiers[rows]]
    voices, bias = _fit_voices(heard[dossiers], lessons.aims[dossiers])
    typed = np.array([row for row in rows if lessons.labels[row]])
    said = np.einsum("v,nvt->nt", voices, heard[typed]) + bias
    return {"voices": voices, "bias": bias, "sharpness": _fit_sharpness(lessons, said, typed)}


def _fit_voices(heard: Floats, aims: Floats) -> tuple[Floats, Floats]:
    """How far each voice is heeded, never below 0, and what each type is given beforehand."""
    spoken, wanted = torch.tensor(heard), torch.tensor(aims)

    def loss(tried: Tensor) -> Tensor:
        voices, bias = tried[:3] ** 2, tried[3:]
        told = torch.log_softmax(torch.einsum("v,nvt->nt", voices, spoken) + bias, dim=1)
        return -(wanted * told).sum(dim=1).mean() + CAUTION * ((voices**2).sum() + (bias**2).sum())

    found = _least(loss, [math.sqrt(1 / 3)] * 3 + [0.0] * 3)
    return found[:3] ** 2, found[3:]


def _fit_sharpness(lessons: _Lessons, said: Floats, rows: NDArray[np.int64]) -> Floats:
    """So that the probability of the likeliest type is how often it is right; either type of a hybrid is."""
    right = torch.tensor([int(one.argmax()) in lessons.labels[row] for one, row in zip(said, rows, strict=True)])
    lengths = torch.tensor([text_length(lessons.traces[row].words) for row in rows])
    differences, shares = torch.tensor(said), torch.tensor(lessons.shares[rows])

    def loss(tried: Tensor) -> Tensor:
        stretched = differences * torch.exp(tried[0] + tried[1] * lengths)[:, None]
        sure = torch.softmax(stretched, dim=1).max(dim=1).values.clamp(1e-6, 1 - 1e-6)
        return -(shares * torch.where(right, torch.log(sure), torch.log(1 - sure))).sum() / shares.sum()

    return _least(loss, [0.0, 0.0])


def _least(loss: Callable[[Tensor], Tensor], start: Sequence[float]) -> Floats:
    """Where `loss` is least."""
    tried = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    search = torch.optim.LBFGS([tried], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> float:
        search.zero_grad()
        value = loss(tried)
        value.backward()
        return float(value.detach())

    search.step(closure)
    return np.asarray(tried.detach().numpy(), dtype=np.float64)
