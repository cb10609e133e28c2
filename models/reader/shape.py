"""What the reader's network is made of, shared by training (torch) and running (NumPy)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.protocols import LineKind, ReadLine

KINDS = tuple(LineKind)
KIND_WIDTH = 16
VECTOR_GAIN = 4.0  # vectors of length 1 have small coordinates; the other inputs do not
LONG_DOSSIER = 200.0  # lines


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of a network: `vector` of the encoder, `hidden` of what is kept of each line."""

    vector: int
    hidden: int
    notions: int
    parts: int


def kinds_of(lines: Sequence[ReadLine]) -> NDArray[np.int64]:
    """Array (n,): index of each line's kind in `KINDS`."""
    return np.array([KINDS.index(line.kind) for line in lines], dtype=np.int64)


def positions(count: int) -> NDArray[np.float32]:
    """Array (count, 2): how far in the dossier each line stands, 0 to 1, and how long the dossier is."""
    places = np.arange(count, dtype=np.float32) / max(1, count)
    lengths = np.full(count, count / LONG_DOSSIER, dtype=np.float32)
    return np.stack([places, lengths], axis=1)
