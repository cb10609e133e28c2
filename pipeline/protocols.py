"""What the pure core needs of models. `flows.tools` is the one place where real ones are plugged in."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
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


@dataclass(frozen=True, slots=True)
class TypeReading:
    """What a dossier's n sentences tell of its type of innovation, in the order of `INNOVATION_TYPES`.

    `probabilities`, (3,), add up to 1. `support`, (n, 3): how far each sentence speaks for each type, above 0, or
    against it, below; comparable within a dossier only.
    """

    probabilities: NDArray[np.float64]
    support: NDArray[np.float64]


class TypeReader(Model, Protocol):
    """Reads the type of innovation in a dossier."""

    def read(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> TypeReading:
        """`vectors`, (number of texts, dimension), are the texts' in the encoder that the reader was made with."""
        ...


class LineKind(StrEnum):
    """What a line is on its page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"  # the first sentence of a paragraph
    CONTINUED = "continued"  # a following sentence of it
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A heading, a sentence, a list entry or a table row, as a dossier's reader is given it."""

    text: str
    kind: LineKind


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a reader makes of a dossier's n lines: probabilities, each for itself, never of how well anything is done.

    `bears` and `decisive`, arrays (n, number of notions): whether the line speaks of the notion, and whether a juror
    who read only a few lines would need this one. `answers`, (n, number of parts): what the line answers.
    """

    bears: NDArray[np.float64]
    decisive: NDArray[np.float64]
    answers: NDArray[np.float64]


class DossierReader(Model, Protocol):
    """Reads a dossier as a whole: what a line says depends on what stands around it."""

    @property
    def notions(self) -> tuple[str, ...]: ...

    @property
    def parts(self) -> tuple[str, ...]: ...

    def read(self, lines: Sequence[ReadLine], vectors: NDArray[np.float32]) -> Understanding:
        """`vectors`, (number of lines, dimension), are the lines' texts in the encoder that the reader learned with."""
        ...
