"""Types of social innovation against gold: accuracy, macro-F1, calibration, and what abstaining is worth."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.figures import Floats, Measure, Sums, Tally, divided, f1, ratio, share
from pipeline.analysis import INNOVATION_TYPES

BINS = 5
"""Classes of confidence of the reliability curve; few, as dossiers are few."""
_LEAST, _BIN_WIDTH = 1 / 3, (1 - 1 / 3) / BINS  # the likeliest of three is never under a third


@dataclass(frozen=True, slots=True)
class FoundType:
    """What a system says: `probabilities` by type, `suggested` best first and empty when it abstains."""

    probabilities: Mapping[str, float]
    suggested: tuple[str, ...]

    @property
    def likeliest(self) -> str:
        return max(INNOVATION_TYPES, key=lambda kind: (self.probabilities[kind], -INNOVATION_TYPES.index(kind)))

    @property
    def confidence(self) -> float:
        return self.probabilities[self.likeliest]


def _macro_f1(sums: Sums) -> Floats:
    by_type = []
    for kind in INNOVATION_TYPES:
        precision = share(sums, f"types/{kind}/right", f"types/{kind}/said")
        recall = share(sums, f"types/{kind}/right", f"types/{kind}")
        both = f1(np.nan_to_num(precision), recall)
        by_type.append(np.where(sums[f"types/{kind}"] > 0, both, np.nan))
    table = np.array(by_type)
    known = ~np.isnan(table)
    return divided(np.where(known, table, 0).sum(axis=0), known.sum(axis=0).astype(np.float64))


def _calibration_error(sums: Sums) -> Floats:
    gaps = [abs(sums[f"bin{index}/right"] - sums[f"bin{index}/confidence"]) for index in range(BINS)]
    return divided(np.sum(gaps, axis=0), sums["types"])


MEASURES: tuple[Measure, ...] = (
    ratio("types.accuracy", "Type le plus probable juste", "types/right", "types"),
    Measure("types.macro-f1", "Type le plus probable, macro-F1", _macro_f1, ("types",)),
    ratio("types.coverage", "Dossiers pour lesquels un type est suggéré", "types/suggested", "types"),
    ratio(
        "types.accuracy-when-suggested",
        "Type suggéré juste, quand il y en a un",
        "types/suggested/right",
        "types/suggested",
    ),
    Measure("types.calibration-error", "Erreur de calibration attendue (ECE)", _calibration_error, ("types",)),
    ratio("types.declared", "Type déclaré lu", "declared/right", "declared"),
)


def tally_type(main: str, second: str | None, found: FoundType) -> Tally:
    """Counts of one text whose type is `main`; naming the `second` type of a hybrid is right too."""
    accepted = {main, second}
    likeliest = found.likeliest
    right = likeliest in accepted
    gold = likeliest if right else main
    tally: Tally = Tally({"types": 1, "types/right": right, f"types/{gold}": 1, f"types/{likeliest}/said": 1})
    tally[f"types/{gold}/right"] += right
    tally[f"types-confusion/{main}/{likeliest}"] += 1
    if found.suggested:
        tally.update({"types/suggested": 1, "types/suggested/right": found.suggested[0] in accepted})
    index = min(BINS - 1, int((found.confidence - _LEAST) / _BIN_WIDTH))
    tally.update({f"bin{index}": 1, f"bin{index}/right": right})
    # A tally holds numbers of any kind; confidences add up as counts do.
    tally[f"bin{index}/confidence"] += found.confidence  # type: ignore[assignment]
    return tally


def tally_declared(gold: str | None, found: str | None) -> Tally:
    """Whether the type that the applicant declares was read."""
    return Tally({"declared": 1, "declared/right": gold == found})


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Texts whose confidence lies in [low, high): how many, their mean confidence and the share that are right."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


def reliability(tallies: Sequence[Tally]) -> list[ReliabilityBin]:
    """The reliability curve, without its empty classes."""
    total: Tally = Tally()
    for tally in tallies:
        total.update(tally)
    bins = []
    for index in range(BINS):
        count = total[f"bin{index}"]
        if count:
            low = _LEAST + index * _BIN_WIDTH
            mean, right = total[f"bin{index}/confidence"] / count, total[f"bin{index}/right"] / count
            bins.append(ReliabilityBin(low, low + _BIN_WIDTH, count, mean, right))
    return bins


def coverage_curve(outcomes: Iterable[tuple[float, bool]]) -> list[tuple[float, float]]:
    """(coverage, accuracy) when only the most confident are answered; `outcomes` are (confidence, right)."""
    ranked = sorted(outcomes, key=lambda outcome: -outcome[0])
    points, right = [], 0
    for index, (_, is_right) in enumerate(ranked, start=1):
        right += is_right
        points.append((index / len(ranked), right / index))
    return points
