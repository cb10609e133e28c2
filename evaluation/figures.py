"""Figures with their uncertainty: counts per dossier, measures over their sums, bootstrap over dossiers.

What is counted is kept per dossier in a `Tally`; a measure is a function of the sums of tallies, so that the same
function gives the figure and, over resampled dossiers, its interval (Efron's percentile bootstrap).
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Tally = Counter[str]
"""Counts of one dossier by name, such as "facts" (stated facts) and "facts/right"."""

Floats = NDArray[np.float64]

ROUNDS = 2000
_SEED = 2014


class Sums:
    """Sums of tallies over one or many samples of dossiers: `sums["facts"]` is an array (number of samples,)."""

    def __init__(self, tallies: Sequence[Tally], weights: Floats) -> None:
        """`weights` is an array (number of samples, number of dossiers): how often each dossier is drawn."""
        names = sorted({name for tally in tallies for name in tally})
        table = np.array([[tally[name] for name in names] for tally in tallies], dtype=np.float64)
        sums = weights @ table.reshape(len(tallies), len(names))
        self._columns = {name: sums[:, index] for index, name in enumerate(names)}
        self._none = np.zeros(len(weights))

    def __getitem__(self, name: str) -> Floats:
        return self._columns.get(name, self._none)


@dataclass(frozen=True, slots=True)
class Measure:
    """`label` is French; `compute` gives NaN where nothing is to be measured; `support`: names of counts, summed."""

    id: str
    label: str
    compute: Callable[[Sums], Floats]
    support: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measured figure with its 95 % interval over dossiers (NaN when unmeasured) and the count it stands on."""

    value: float
    low: float
    high: float
    support: int


def share(sums: Sums, hits: str, total: str) -> Floats:
    """`hits` out of `total`."""
    return divided(sums[hits], sums[total])


def divided(numerator: Floats, denominator: Floats) -> Floats:
    """Element by element, NaN where the denominator is 0."""
    return np.divide(numerator, denominator, out=np.full_like(numerator, np.nan), where=denominator > 0)


def f1(precision: Floats, recall: Floats) -> Floats:
    """Harmonic mean; 0 when both are."""
    total = precision + recall
    return np.divide(2 * precision * recall, total, out=np.where(np.isnan(total), np.nan, 0.0), where=total > 0)


def ratio(id_: str, label: str, hits: str, total: str) -> Measure:
    """The measure `hits` out of `total`."""
    return Measure(id_, label, lambda sums: share(sums, hits, total), (total,))


def f1_of(id_: str, label: str, prefix: str) -> Measure:
    """F1 from the counts `prefix`/gold, /gold-met, /said and /said-right."""

    def compute(sums: Sums) -> Floats:
        precision = share(sums, f"{prefix}/said-right", f"{prefix}/said")
        recall = share(sums, f"{prefix}/gold-met", f"{prefix}/gold")
        return np.where(sums[f"{prefix}/said"] > 0, f1(precision, recall), np.where(np.isnan(recall), np.nan, 0.0))

    return Measure(id_, label, compute, (f"{prefix}/gold",))


def estimate(tallies: Sequence[Tally], measures: Sequence[Measure]) -> dict[str, Estimate]:
    """Each measure by id. Always the same for the same tallies; empty tallies give NaN with support 0."""
    if not tallies:
        return {measure.id: Estimate(np.nan, np.nan, np.nan, 0) for measure in measures}
    count = len(tallies)
    whole = Sums(tallies, np.ones((1, count)))
    draws = np.random.default_rng(_SEED).multinomial(count, np.full(count, 1 / count), size=ROUNDS)
    resampled = Sums(tallies, draws.astype(np.float64))
    found = {}
    for measure in measures:
        values = measure.compute(resampled)
        values = values[~np.isnan(values)]
        low, high = np.percentile(values, [2.5, 97.5]) if len(values) else (np.nan, np.nan)
        support = sum(int(whole[name][0]) for name in measure.support)
        found[measure.id] = Estimate(float(measure.compute(whole)[0]), float(low), float(high), support)
    return found
