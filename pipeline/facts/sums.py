"""Totals told by arithmetic: in one column of amounts, the row that sums those before it, then the last row."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

_LEAST_ADDED = 2  # rows that a total sums: one row and the same amount again may be anything


@dataclass(frozen=True, slots=True)
class TwoSums:
    """Indexes of the rows that are the totals of the two halves of a column."""

    first: int
    last: int


def two_sums(cents: Sequence[int]) -> TwoSums | None:
    """The only way of cutting a whole column into two lists, each followed by its exact sum; None where none is."""
    running = [0, *accumulate(cents)]
    last = len(cents) - 1
    found = [
        index
        for index in range(_LEAST_ADDED, last - _LEAST_ADDED)
        if running[index] == cents[index] and running[last] - running[index + 1] == cents[last]
    ]
    return TwoSums(found[0], last) if len(found) == 1 and cents[last] > 0 else None
