"""What benches are reported by: the spread of rounds, ratios within a round, growth, memory."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression, median


@dataclass(frozen=True, slots=True)
class Spread:
    """The least, the middle and the greatest of the rounds."""

    least: float
    median: float
    greatest: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        return cls(min(values), median(values), max(values))


def ratios(numerators: Sequence[float], denominators: Sequence[float]) -> Spread:
    """The spread of `numerators` by `denominators`, each divided within its own round.

    Raises:
        ValueError: there are not as many of both.
    """
    return Spread.of([above / below for above, below in zip(numerators, denominators, strict=True)])


@dataclass(frozen=True, slots=True)
class ChainSeconds:
    """Seconds of each link of the direct chain; `encoding` by the number of layers of the encoder.

    `sentences`: how many there were.
    """

    words: float
    french: float
    encoding: Mapping[int, float]
    sentences: int

    def whole(self, layers: int) -> float:
        """Seconds from PDF to vectors with the encoder of so many layers."""
        return self.words + self.french + self.encoding[layers]


@dataclass(frozen=True, slots=True)
class Point:
    """So many seconds for so much work: `times` over what the smallest was, `pages` in all."""

    times: int
    pages: int
    seconds: float

    @property
    def milliseconds_a_page(self) -> float:
        return 1000 * self.seconds / self.pages


def exponent(points: Sequence[Point]) -> float:
    """The power of the number of pages that the time grows with: 1 where it is linear, 2 where it is quadratic.

    Raises:
        statistics.StatisticsError: there are not two sizes to compare.
    """
    sizes = [math.log(point.pages) for point in points]
    return linear_regression(sizes, [math.log(point.seconds) for point in points]).slope


def peak_bytes() -> int:
    """The most memory that this process has held (what the system counts for a process is reset as it starts)."""
    try:
        found = re.search(r"^VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0
