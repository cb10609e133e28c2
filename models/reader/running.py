"""The reader at work: a few small recurrent networks in NumPy, the mean of what they say.

Each network sees the lines one after the other in both directions (gated recurrent units: Cho et al., 2014), so that
what stands before and after a line counts in what is said of it.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from models.reader.shape import VECTOR_GAIN, kinds_of, positions
from pipeline.protocols import ReadLine, Understanding

Weights = Mapping[str, NDArray[np.float32]]
Floats = NDArray[np.float32]


class LearnedReader:
    """`pipeline.protocols.DossierReader`, from trained weights. `networks[i]` is one network's, by torch's names."""

    name = "lecteur-appris"

    def __init__(
        self, networks: Sequence[Weights], notions: tuple[str, ...], parts: tuple[str, ...], digest: str
    ) -> None:
        self._networks = networks
        self.notions = notions
        self.parts = parts
        self.digest = digest

    def read(self, lines: Sequence[ReadLine], vectors: NDArray[np.float32]) -> Understanding:
        """What each of the n lines bears on and answers; `vectors` is (n, dimension of the encoder)."""
        count, notions = len(lines), len(self.notions)
        if not count:
            nothing = np.zeros((0, notions))
            return Understanding(nothing, nothing, np.zeros((0, len(self.parts))))
        kinds, places = kinds_of(lines), positions(count)
        told = [_told(network, vectors, kinds, places) for network in self._networks]
        marked = np.mean([_probability(states @ net["mark.weight"].T + net["mark.bias"]) for net, states in told], 0)
        answers = np.mean([_probability(states @ net["part.weight"].T + net["part.bias"]) for net, states in told], 0)
        return Understanding(marked[:, :notions], marked[:, notions:], answers)


def _told(network: Weights, vectors: Floats, kinds: NDArray[np.int64], places: Floats) -> tuple[Weights, Floats]:
    """The network and, (n, 2 × hidden), each line by itself and among the others."""
    given = np.concatenate([vectors * VECTOR_GAIN, network["kind.weight"][kinds], places], axis=1)
    alone = np.maximum(given @ network["line.weight"].T + network["line.bias"], 0.0)
    onward = _recurrent(network, alone, "")
    back = _recurrent(network, alone[::-1], "_reverse")[::-1]
    return network, np.concatenate([alone, onward, back], axis=1)


def _recurrent(network: Weights, inputs: Floats, suffix: str) -> Floats:
    """States (n, hidden / 2) of a gated recurrent unit; its weights hold the reset, update and new gates in turn."""
    from_input = inputs @ network[f"around.weight_ih_l0{suffix}"].T + network[f"around.bias_ih_l0{suffix}"]
    weights, bias = network[f"around.weight_hh_l0{suffix}"].T, network[f"around.bias_hh_l0{suffix}"]
    size = weights.shape[0]
    state = np.zeros(size, dtype=np.float32)
    states = np.empty((len(inputs), size), dtype=np.float32)
    for index, given in enumerate(from_input):
        own = state @ weights + bias
        gates = _sigmoid(given[: 2 * size] + own[: 2 * size])
        reset, update = gates[:size], gates[size:]
        new = np.tanh(given[2 * size :] + reset * own[2 * size :])
        state = (1.0 - update) * new + update * state
        states[index] = state
    return states


def _sigmoid(values: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(values, -60.0, 60.0))), dtype=np.float32)


def _probability(values: Floats) -> NDArray[np.float64]:
    return _sigmoid(values).astype(np.float64)
