"""Ruled tables: the accounts above all. pdfplumber puts their cells together, on the pages whose rules cross.

It is given the rules that PDFium shows: pdfplumber's own reading of a page takes fifty times as long as all the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from pipeline.extraction.page_objects import page_objects
from pipeline.extraction.raw import RawCell, RawTable, RawWord
from pipeline.extraction.rules import MAX_RULES, has_grid
from pipeline.extraction.strokes import page_rules
from pipeline.geometry import BBox, union

_MEET = 3.0  # points: rules that miss each other by less are one, or meet
_LEAST = 3.0  # points: a shorter rule bounds no cell

_MOST_MERGED = 0.4  # share of the places of a table that may be merged away
_LONG = 160  # characters: a cell that holds more is prose
_MOST_LONG = 0.5  # share of the cells with text that may be prose
_LARGEST = 0.75  # share of the text that may stand in one cell, once it is prose

Corners = tuple[float, float, float, float]


def may_have_table(page: pdfium.PdfPage) -> bool:
    """Whether rules or frames on the page cross as those of a table do. Cheap, and errs towards yes."""
    return has_grid(page_objects(page).paths)


def ruled_tables(page: pdfium.PdfPage, words: Sequence[RawWord]) -> tuple[RawTable, ...]:
    """The ruled tables of a page from top to bottom; `words` are its own. Boxes in points, as shown.

    Raises:
        pypdfium2.PdfiumError: the page has no usable box.
    """
    if not words or not may_have_table(page):
        return ()
    across, down = page_rules(page)
    if len(across) + len(down) > MAX_RULES:
        return ()
    places = _places(words)
    grids = (_with_text(_grid(cells, places)) for cells in _cell_groups(across, down))
    return tuple(_raw_table(grid) for grid in grids if _is_table(grid))


def _cell_groups(across: Sequence[BBox], down: Sequence[BBox]) -> list[list[Corners]]:
    """The cells between rules, those of each table together, in the order of the page."""
    from pdfplumber import table  # here, as it is slow to import and few pages need it

    edges = [_edge(rule, "h") for rule in across] + [_edge(rule, "v") for rule in down]
    merged = [edge for edge in table.merge_edges(edges, *[_MEET] * 4) if max(edge["width"], edge["height"]) >= _LEAST]
    crossings = table.edges_to_intersections(merged, _MEET, _MEET)
    groups = table.cells_to_tables(table.intersections_to_cells(crossings))
    return sorted(groups, key=lambda cells: (min(cell[1] for cell in cells), min(cell[0] for cell in cells)))


def _edge(rule: BBox, orientation: str) -> dict[str, float | str]:
    """A rule in the shape that pdfplumber has for its own."""
    corners = {"x0": rule.x0, "x1": rule.x1, "top": rule.y0, "bottom": rule.y1, "doctop": rule.y0}
    return {**corners, "width": rule.width, "height": rule.height, "orientation": orientation}


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell in points as shown and how many characters stand in it."""

    box: Corners
    letters: int


_Grid = list[list[_Cell | None]]


def _places(words: Sequence[RawWord]) -> NDArray[np.float64]:
    """The centres of words and how long they are, one row (x, y, letters) each."""
    rows = [((word.box.x0 + word.box.x1) / 2, word.box.centre_y, len(word.text)) for word in words]
    return np.array(rows, np.float64).reshape(-1, 3)


def _grid(cells: Sequence[Corners], places: NDArray[np.float64]) -> _Grid:
    lefts = sorted({cell[0] for cell in cells})
    grid: _Grid = []
    for _, row in groupby(sorted(cells, key=lambda cell: (cell[1], cell[0])), key=lambda cell: cell[1]):
        by_left = {cell[0]: _Cell(cell, _inside(cell, places)) for cell in row}
        grid.append([by_left.get(left) for left in lefts])
    return grid


def _inside(box: Corners, places: NDArray[np.float64]) -> int:
    x0, top, x1, bottom = box
    x, y, letters = places.T
    return int(letters[(x >= x0) & (x < x1) & (y >= top) & (y < bottom)].sum())


def _with_text(grid: _Grid) -> _Grid:
    """The grid without the rows and columns where nothing is printed: double rules, spacers, lines left empty."""
    rows = [row for row in grid if any(cell and cell.letters for cell in row)]
    columns = [column for column in zip(*rows, strict=True) if any(cell and cell.letters for cell in column)]
    return [list(row) for row in zip(*columns, strict=True)]


def _is_table(grid: _Grid) -> bool:
    """Whether a grid is more than frames around prose: two rows and columns with text, mostly short."""
    if len(grid) < 2 or len(grid[0]) < 2:
        return False
    cells = [cell for row in grid for cell in row]
    sizes = [cell.letters for cell in cells if cell and cell.letters]
    merged = sum(cell is None for cell in cells)
    prose = sum(size > _LONG for size in sizes)
    one_holds_all = max(sizes) > _LONG and max(sizes) > _LARGEST * sum(sizes)
    return (
        len(sizes) > 2
        and merged <= _MOST_MERGED * len(cells)
        and prose <= _MOST_LONG * len(sizes)
        and not one_holds_all
    )


def _raw_table(grid: _Grid) -> RawTable:
    rows = tuple(tuple(RawCell(_box(cell.box)) if cell else None for cell in row) for row in grid)
    return RawTable(union(cell.box for row in rows for cell in row if cell), rows)


def _box(corners: Corners) -> BBox:
    return BBox(*(round(at, 2) for at in corners))
