"""What the pure core needs of models. `flows.tools` is the one place where real ones are plugged in."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.document import Span


class Model(Protocol):
    """`name` and `digest` go into the provenance of every analysis."""

    @property
    def name(self) -> str: ...

    @property
    def digest(self) -> str: ...


class SentenceSplitter(Model, Protocol):
    """Cuts French text into sentences."""

    def split(self, text: str) -> list[Span]:
        """Spans in `text`, in order, without outer white space; every non-blank character is in one."""
        ...


class Encoder(Model, Protocol):
    """Turns texts into vectors whose dot product says how near they are."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Array (number of texts, dimension), rows of length 1 (or 0 for a text with nothing to read)."""
        ...


class Classifier(Model, Protocol):
    """Says, for each text, how likely each label is."""

    @property
    def labels(self) -> tuple[str, ...]: ...

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Array (number of texts, number of labels); rows sum to 1."""
        ...
