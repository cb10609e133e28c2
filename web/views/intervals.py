"""How many in a finite population, by a sample drawn from it without replacement: exact, by the hypergeometric law."""

from bisect import bisect_left
from math import exp, lgamma

_EACH_SIDE = 0.025  # of a confidence of 95 %


def bounds(found: int, among: int, population: int) -> tuple[int, int]:
    """The smallest and the largest count in the population that `found` of the `among` drawn agrees with, at 95 %.

    A count agrees when neither so few nor so many would be found with a chance below 2.5 %. The bounds never leave out
    what was seen: at least `found`, at most all but those that were found to be otherwise.
    """
    least, most = found, population - (among - found)
    counts = range(least, most + 1)

    def at_least(count: int) -> float:
        return sum(_chance(each, among, count, population) for each in range(found, among + 1))

    def at_most(count: int) -> float:
        return sum(_chance(each, among, count, population) for each in range(found + 1))

    # The one chance only grows with the count, the other only falls.
    low = counts[bisect_left(counts, True, key=lambda count: at_least(count) > _EACH_SIDE)]
    high = counts[bisect_left(counts, True, key=lambda count: at_most(count) <= _EACH_SIDE) - 1]
    return low, high


def _chance(found: int, among: int, count: int, population: int) -> float:
    """Of finding just so many in a sample of `among`, when there are `count` in the population."""
    if not max(0, among - (population - count)) <= found <= min(among, count):
        return 0.0
    return exp(_ways(count, found) + _ways(population - count, among - found) - _ways(population, among))


def _ways(of: int, taken: int) -> float:
    """The logarithm of the binomial coefficient: itself has thousands of digits."""
    return lgamma(of + 1) - lgamma(taken + 1) - lgamma(of - taken + 1)
