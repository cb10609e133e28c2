"""What a release must reach, from `thresholds.toml`."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from evaluation.figures import Estimate


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A measure that is not what a release needs; `bound` is the least or the most that it may be."""

    measure: str
    value: float
    bound: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Bounds by id of measure."""

    least: Mapping[str, float]
    most: Mapping[str, float]

    def shortfalls(self, figures: Mapping[str, Estimate]) -> list[Shortfall]:
        """Measures out of their bounds; one that could not be measured is out too.

        Raises:
            KeyError: a bound names no measure.
        """
        low = [
            Shortfall(id_, figures[id_].value, bound)
            for id_, bound in self.least.items()
            if _out(bound, figures[id_].value)
        ]
        high = [
            Shortfall(id_, figures[id_].value, bound)
            for id_, bound in self.most.items()
            if _out(-bound, -figures[id_].value)
        ]
        return low + high


def _out(bound: float, value: float) -> bool:
    return math.isnan(value) or value < bound


def load_thresholds() -> Thresholds:
    """The bounds that the project sets itself."""
    data = tomllib.loads((resources.files("evaluation") / "thresholds.toml").read_text("utf-8"))
    return Thresholds(data.get("least", {}), data.get("most", {}))
