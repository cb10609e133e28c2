"""Stand-ins for the trained models: an encoder by the words that texts share, readers that say what they are told."""

import re
from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from pipeline.protocols import ReadLine, TypeReading, Understanding
from pipeline.text import fold

_WORD = re.compile(r"[a-z]{4,}")
_DIMENSION, _STEM = 512, 6


class WordVectors:
    """Texts are near when they share the beginnings of words (`pipeline.protocols.Encoder`)."""

    name = "mots"
    digest = "m" * 64

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), _DIMENSION), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in _WORD.findall(fold(text)):
                vectors[row, crc32(word[:_STEM].encode()) % _DIMENSION] += 1.0
        lengths = np.sqrt((vectors**2).sum(axis=1, keepdims=True))
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors


class UntaughtReader:
    """Has learned nothing: every marker goes by words (`pipeline.protocols.DossierReader`)."""

    name = "sans-notions"
    digest = "s" * 64
    notions: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    def read(self, lines: Sequence[ReadLine], vectors: NDArray[np.float32]) -> Understanding:
        nothing = np.zeros((len(lines), 0))
        return Understanding(nothing, nothing, nothing)


Told = Mapping[str, Mapping[str, float]]
"""Per notion, words of a line and the probability that is said of it; 0 is said of the others."""


class ToldReader:
    """Says what it is told (`pipeline.protocols.DossierReader`); `lines` and `vectors` are what it was last given.

    `decisive` is as `bears` unless told. It knows the notions of `bears` and one part, which the last line answers.
    """

    name = "dit-d-avance"
    digest = "d" * 64
    parts = ("moyens",)

    def __init__(self, bears: Told, decisive: Told | None = None) -> None:
        self.notions = tuple(bears)
        self._bears = bears
        self._decisive = bears if decisive is None else decisive
        self.lines: tuple[ReadLine, ...] = ()
        self.vectors = np.zeros((0, 0), dtype=np.float32)

    def read(self, lines: Sequence[ReadLine], vectors: NDArray[np.float32]) -> Understanding:
        self.lines, self.vectors = tuple(lines), vectors
        answers = np.zeros((len(lines), 1))
        answers[-1:] = 1.0
        return Understanding(self._table(self._bears), self._table(self._decisive), answers)

    def _table(self, told: Told) -> NDArray[np.float64]:
        rows = [[self._said(told.get(notion, {}), line.text) for notion in self.notions] for line in self.lines]
        return np.array(rows, dtype=np.float64).reshape(len(self.lines), len(self.notions))

    @staticmethod
    def _said(told: Mapping[str, float], text: str) -> float:
        return max((probability for words, probability in told.items() if words in text), default=0.0)


class EvenTypes:
    """Finds the three types equally likely, and no sentence that tells (`pipeline.protocols.TypeReader`)."""

    name = "types-a-egalite"
    digest = "e" * 64

    def read(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> TypeReading:
        return TypeReading(np.full(3, 1 / 3), np.zeros((len(texts), 3)))
