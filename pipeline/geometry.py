"""Boxes on a page: PDF points, origin at the top left of the page as it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass

_SAME_LINE = 3.0  # a box so many times higher than another is no word of its line


@dataclass(frozen=True, slots=True)
class BBox:
    """A rectangle in points; x grows to the right, y grows downwards; x0 <= x1 and y0 <= y1."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def centre_y(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def area(self) -> float:
        return self.width * self.height

    def overlap_x(self, other: "BBox") -> float:
        """Length in points over which both stand above one another (0 when they do not)."""
        return max(0.0, min(self.x1, other.x1) - max(self.x0, other.x0))

    def overlap_y(self, other: "BBox") -> float:
        """Length in points over which both stand side by side (0 when they do not)."""
        return max(0.0, min(self.y1, other.y1) - max(self.y0, other.y0))

    def contains_centre_of(self, other: "BBox") -> bool:
        x, y = (other.x0 + other.x1) / 2, other.centre_y
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


def union(boxes: Iterable[BBox]) -> BBox:
    """The smallest box around all of `boxes`.

    Raises:
        ValueError: `boxes` is empty.
    """
    all_boxes = list(boxes)
    if not all_boxes:
        raise ValueError("union of no box")
    return BBox(
        min([box.x0 for box in all_boxes]),
        min([box.y0 for box in all_boxes]),
        max([box.x1 for box in all_boxes]),
        max([box.y1 for box in all_boxes]),
    )


def merge_along_lines(boxes: Iterable[BBox]) -> tuple[BBox, ...]:
    """Joins boxes, given in reading order, that follow one another on the same printed line."""
    merged: list[BBox] = []
    for box in boxes:
        last = merged[-1] if merged else None
        if last is not None and _follows(last, box):
            merged[-1] = union((last, box))
        elif box != last:  # words that only their field's box tells have it in common
            merged.append(box)
    return tuple(merged)


def _follows(last: BBox, box: BBox) -> bool:
    low, high = sorted((last.height, box.height))
    return high < _SAME_LINE * low and last.overlap_y(box) > 0.5 * low and -1.0 <= box.x0 - last.x1 < 2.0 * high
