"""A dossier after its learned reader: each sentence with what it bears on and answers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.evidence.context import Reading
from pipeline.evidence.lines import dossier_lines
from pipeline.protocols import DossierReader, Encoder


@dataclass(frozen=True, slots=True)
class UnderstoodDossier:
    """`readings` are n sentences. Arrays by row: `vectors` (n, dimension), the others probabilities.

    `speaks` (n, number of notions) is how much a sentence tells of a notion: whether it bears on it, and whether one
    who read little would need it, in equal parts. `answers` (n, number of parts) is what it answers.
    """

    readings: tuple[Reading, ...]
    vectors: NDArray[np.float32]
    notions: tuple[str, ...]
    parts: tuple[str, ...]
    speaks: NDArray[np.float64]
    answers: NDArray[np.float64]

    def told_of(self, notion: str) -> NDArray[np.float64]:
        """Array (n,): how much each sentence tells of the notion.

        Raises:
            ValueError: the reader has not learned it.
        """
        return self.speaks[:, self.notions.index(notion)]


def understand(dossier: Sequence[Reading], encoder: Encoder, reader: DossierReader) -> UnderstoodDossier:
    """Reads the dossier as a whole, headings included, and keeps what is said of its sentences."""
    read = dossier_lines(dossier)
    vectors = encoder.encode([line.text for line in read.lines])
    understanding = reader.read(read.lines, vectors)
    places = list(read.places)
    return UnderstoodDossier(
        readings=tuple(dossier),
        vectors=vectors[places],
        notions=reader.notions,
        parts=reader.parts,
        speaks=(understanding.bears[places] + understanding.decisive[places]) / 2,
        answers=understanding.answers[places],
    )
