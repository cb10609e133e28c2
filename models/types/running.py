"""The classifier of types at work: NumPy alone.

Three voices speak of a dossier: its words (stems, weighed by how rare they are), its meaning (the mean of its
sentences' vectors) and the cues of the lexicons. Each gives a number by type; they are weighed, then sharpened or
softened by as much as the length of the text warrants. The voice of meaning also knows texts that tell no type.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from models.types.traces import Traces, cue_evidence, cue_shares, together, trace_finder
from pipeline.protocols import TypeReading

Floats = NDArray[np.float64]
Weights = Mapping[str, NDArray[np.float32]]

VECTOR_GAIN = 4.0  # vectors of length 1 have small coordinates
CUE_PRIOR = 1.0  # evidence that each type is given for nothing
CUE_SHARPNESS = 2.0
USUAL_WORDS, FEWEST_WORDS, MOST_WORDS = 400.0, 20.0, 4000.0


class LearnedTypes:
    """`pipeline.protocols.TypeReader`, from trained weights.

    `weights`: `words.rarity` (stems,), `words.weight` (stems, 3), `words.bias` (3,), `meaning.centre` (dimension,),
    `meaning.weight` (dimension, 4), `meaning.bias` (4,), `voices` (3,), `bias` (3,), `sharpness` (2,).
    """

    name = "types-appris"

    def __init__(self, weights: Weights, stems: Sequence[str], digest: str) -> None:
        self._weights = {name: values.astype(np.float64) for name, values in weights.items()}
        self._places = {stem: place for place, stem in enumerate(stems)}
        self.digest = digest

    def read(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> TypeReading:
        """What the n sentences of a dossier tell; `vectors` is (n, dimension of the encoder)."""
        if not texts:
            return TypeReading(np.full(3, 1 / 3), np.zeros((0, 3)))
        finder = trace_finder()
        sentences = [finder.find(text) for text in texts]
        whole = together(sentences)
        values = rarity_weighed(whole.stems, self._places, self._weights["words.rarity"])
        meaning = self._meaning(vectors)
        heard = np.stack([self._words(values), centred(meaning[:3]), cue_voice(whole)])
        probabilities = combined(heard, self._weights, whole.words, silence(meaning))
        return TypeReading(probabilities, self._support(sentences, whole, values, vectors))

    def _words(self, values: Mapping[int, float]) -> Floats:
        weight, bias = self._weights["words.weight"], self._weights["words.bias"]
        places = list(values)
        return centred(np.array([values[place] for place in places]) @ weight[places] + bias)

    def _meaning(self, vectors: NDArray[np.float32]) -> Floats:
        return np.asarray(self._by_sentence(vectors).mean(axis=0) + self._weights["meaning.bias"])

    def _by_sentence(self, vectors: NDArray[np.float32]) -> Floats:
        apart = vectors.astype(np.float64) - self._weights["meaning.centre"]
        return np.asarray(VECTOR_GAIN * apart @ self._weights["meaning.weight"])

    def _support(
        self, sentences: Sequence[Traces], whole: Traces, values: Mapping[int, float], vectors: NDArray[np.float32]
    ) -> Floats:
        """Array (n, 3): each sentence's part in what the three voices say of the whole."""
        words = np.zeros((len(sentences), 3))
        for row, sentence in enumerate(sentences):
            for stem, count in sorted(sentence.stems.items()):
                place = self._places.get(stem)
                if place is not None:
                    share = values[place] * count / whole.stems[stem]
                    words[row] += share * self._weights["words.weight"][place]
        meaning = self._by_sentence(vectors)[:, :3] / len(sentences)
        cues = CUE_SHARPNESS * cue_shares(sentences, whole.cues) / (cue_evidence(whole.cues) + CUE_PRIOR)
        parts = np.stack([centred(words), centred(meaning), centred(cues)])
        return np.asarray(np.einsum("v,vnt->nt", self._weights["voices"], parts))


def rarity_weighed(stems: Counter[str], places: Mapping[str, int], rarity: Floats) -> dict[int, float]:
    """By place, how much of each known stem: said often counts little more than said once; a vector of length 1."""
    values = {
        places[stem]: (1.0 + math.log(count)) * float(rarity[places[stem]])
        for stem, count in sorted(stems.items())
        if stem in places
    }
    length = math.sqrt(sum(value * value for value in values.values())) or 1.0
    return {place: value / length for place, value in values.items()}


def cue_voice(whole: Traces) -> Floats:
    """Array (3,): what the cues say of each type, in logarithms around 0."""
    return centred(CUE_SHARPNESS * np.log(cue_evidence(whole.cues) + CUE_PRIOR))


def combined(heard: Floats, weights: Mapping[str, Floats], words: int, silent: float) -> Floats:
    """Array (3,): calibrated probabilities, from what the three voices (3, types) say of a text of so many words."""
    said = weights["voices"] @ heard + weights["bias"]
    # The longer the text, the more the same difference means.
    sharpness = math.exp(float(weights["sharpness"] @ np.array([1.0, text_length(words)])))
    told = softmax(said * sharpness)
    return np.asarray((1.0 - silent) * told + silent / 3)


def text_length(words: int) -> float:
    """The length of a text as calibration sees it: a logarithm, 0 for one of `USUAL_WORDS`."""
    return math.log(min(max(words, FEWEST_WORDS), MOST_WORDS) / USUAL_WORDS)


def silence(meaning: Floats) -> float:
    """Probability that the text tells no type, from the four numbers of the voice of meaning."""
    return float(softmax(meaning)[3])


def centred(values: Floats) -> Floats:
    """The same differences between types, around 0."""
    return np.asarray(values - values.mean(axis=-1, keepdims=True))


def softmax(values: Floats) -> Floats:
    """Probabilities along the last axis."""
    powers = np.exp(values - values.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))
