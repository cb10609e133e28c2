"""The type that the dossier's text suggests, or none where the text does not say."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis import INNOVATION_TYPES, TypeSuggestion
from pipeline.document import Span
from pipeline.evidence.context import Reading
from pipeline.protocols import Encoder, TypeReader
from pipeline.typology.declared import declares_type

# Chosen on applications that the model had not seen: 97 in 100 are suggested a type, right 94 times in 100, and most
# short texts without any type are not.
LEAST = 0.55  # probability under which nothing is suggested
HYBRID_GAP = 0.3  # two types as near as this are both suggested...
HYBRID_LEAST = 0.3  # ...when the second is likely enough
HYBRID_CLEAR = 0.1  # ...and stands clear of the third
MOST_RATIONALE = 5
RELEVANT = 0.5
LEAST_WORDS = 40  # a dossier that says less of its project is not typed
_UNDECIDED = (0.3333, 0.3333, 0.3334)


def suggest_type(
    dossier: Sequence[Reading], encoder: Encoder, reader: TypeReader, declared: str | None
) -> TypeSuggestion:
    """Reads the project rather than its bearer; `declared` is only carried along, it sways nothing."""
    project = project_of(dossier)
    if sum(reading.words for reading in project) < LEAST_WORDS:
        return no_suggestion(declared)
    texts = [reading.text for reading in project]
    told = reader.read(texts, encoder.encode(texts))
    suggested = suggested_types(told.probabilities)
    rationale = _rationale(suggested, project, told.support)
    return TypeSuggestion(suggested, rounded(told.probabilities), declared, rationale)


def no_suggestion(declared: str | None) -> TypeSuggestion:
    """What is said of a text that tells of no project: nothing is suggested."""
    return TypeSuggestion((), _UNDECIDED, declared)


def project_of(dossier: Sequence[Reading]) -> list[Reading]:
    """What speaks of the project: not the bearer's sheet, CVs, formulas, nor the declaration of a type."""
    told = [reading for reading in dossier if reading.relevance >= RELEVANT and not declares_type(reading.folded)]
    without_bearer = [reading for reading in told if not reading.of_bearer]
    words = sum(reading.words for reading in without_bearer)
    return without_bearer if words >= 0.4 * sum(reading.words for reading in told) else told


def suggested_types(probabilities: NDArray[np.float64]) -> tuple[str, ...]:
    """Best first; two when truly hybrid; none when nothing stands out."""
    ranked = sorted(range(3), key=lambda index: (-probabilities[index], index))
    first, second, third = (float(probabilities[index]) for index in ranked)
    hybrid = first - second < HYBRID_GAP and second >= HYBRID_LEAST and second - third >= HYBRID_CLEAR
    if hybrid:
        return INNOVATION_TYPES[ranked[0]], INNOVATION_TYPES[ranked[1]]
    if first >= LEAST:
        return (INNOVATION_TYPES[ranked[0]],)
    return ()


def _rationale(
    suggested: tuple[str, ...], project: Sequence[Reading], support: NDArray[np.float64]
) -> tuple[Span, ...]:
    """The sentences that speak most plainly for what is suggested, in the order of the document."""
    chosen: set[int] = set()
    share = -(-MOST_RATIONALE // max(1, len(suggested)))
    for label in suggested:
        column = support[:, INNOVATION_TYPES.index(label)]
        ranked = sorted(range(len(project)), key=lambda row: (-float(column[row]), row))
        plain = [row for row in ranked if column[row] > 0]
        chosen.update(plain[:share])
    return tuple(project[row].span for row in sorted(chosen)[:MOST_RATIONALE])


def rounded(probabilities: NDArray[np.float64]) -> tuple[float, float, float]:
    """Three probabilities to 4 decimals that add up to 1: what rounding loses goes to those that lost most."""
    scaled = [float(value) * 10_000 for value in probabilities]
    units = [int(value) for value in scaled]
    by_loss = sorted(range(3), key=lambda index: (units[index] - scaled[index], index))
    for index in by_loss[: 10_000 - sum(units)]:
        units[index] += 1
    return units[0] / 10_000, units[1] / 10_000, units[2] / 10_000
