"""Rules on a page and whether they cross as those of a table do."""

import numpy as np
from numpy.typing import NDArray

from pipeline.extraction.page_objects import Paths
from pipeline.extraction.pdfium import Floats

THIN = 3.0  # points: a path no thicker is a rule
MAX_RULES = 3_000  # a page with more is a drawing

_SHORT = 8.0  # points: no row is lower and no column narrower
_TOUCH = 3.0  # points by which two rules that meet may miss each other
_MEETINGS = 3  # a rule of a table meets so many others: two columns, two rows
_PARALLEL = 2  # and so many rules of each direction do
_GRID_SIZE = (80.0, 25.0)  # points: a path so large that is made of many strokes
_GRID_STROKES = 8  # may be a whole grid
_DRAWING_STROKES = 4_000


def has_grid(paths: Paths) -> bool:
    """Whether some rules across the page meet three rules down the page, and some of those three of them."""
    if not len(paths):
        return False
    across, down = _rules(paths)
    if len(across) + len(down) > MAX_RULES:
        return False
    if _has_grid_in_one_path(paths):
        return True
    x0, y, x1 = across[:, 0], across[:, [1, 3]].mean(axis=1), across[:, 2]
    x, y0, y1 = down[:, [0, 2]].mean(axis=1), down[:, 1], down[:, 3]
    meet = (x >= x0[:, None] - _TOUCH) & (x <= x1[:, None] + _TOUCH)
    meet &= (y[:, None] >= y0 - _TOUCH) & (y[:, None] <= y1 + _TOUCH)
    return _crossed(meet, y, x) >= _PARALLEL and _crossed(meet.T, x, y) >= _PARALLEL


def _rules(paths: Paths) -> tuple[Floats, Floats]:
    """Rules across and down the page: thin paths, and the four sides of outlined frames."""
    boxes = paths.boxes
    widths, heights = (boxes[:, 2:] - boxes[:, :2]).T
    across = boxes[(heights <= THIN) & (widths > _SHORT)]
    down = boxes[(widths <= THIN) & (heights > _SHORT)]
    frames = boxes[paths.stroked & (widths > _SHORT) & (heights > _SHORT) & (paths.segments <= _GRID_STROKES)]
    top, bottom = frames[:, [0, 1, 2, 1]], frames[:, [0, 3, 2, 3]]
    left, right = frames[:, [0, 1, 0, 3]], frames[:, [2, 1, 2, 3]]
    return np.concatenate((across, top, bottom)), np.concatenate((down, left, right))


def _has_grid_in_one_path(paths: Paths) -> bool:
    least_width, least_height = _GRID_SIZE
    widths, heights = (paths.boxes[:, 2:] - paths.boxes[:, :2]).T
    large = (widths > least_width) & (heights > least_height)
    many = (paths.segments > _GRID_STROKES) & (paths.segments < _DRAWING_STROKES)
    return bool((large & many & paths.stroked).any())


def _crossed(meet: NDArray[np.bool_], own: Floats, other: Floats) -> int:
    """How many places `own` have rules that, together, meet the others at enough distinct places `other`."""
    places = np.rint(own / _TOUCH)
    others = np.rint(other / _TOUCH)
    return sum(
        len(np.unique(others[meet[places == place].any(axis=0)])) >= _MEETINGS for place in np.unique(places).tolist()
    )
