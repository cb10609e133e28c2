"""Ruled tables: the accounts above all. pdfplumber finds them, on the pages that have rules enough."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pdfplumber.page import Page as PlumberPage
from pdfplumber.table import Table as PlumberTable

from pipeline.extraction.frame import PageFrame
from pipeline.extraction.page_objects import page_objects
from pipeline.extraction.plumber import plumber_pages
from pipeline.extraction.raw import RawCell, RawTable
from pipeline.extraction.rules import MAX_RULES, THIN, has_grid
from pipeline.geometry import BBox, union

_SETTINGS = {"vertical_strategy": "lines", "horizontal_strategy": "lines"}

_MOST_MERGED = 0.4  # share of the places of a table that may be merged away
_LONG = 160  # characters: a cell that holds more is prose
_MOST_LONG = 0.5  # share of the cells with text that may be prose
_LARGEST = 0.75  # share of the text that may stand in one cell, once it is prose


def may_have_table(page: pdfium.PdfPage) -> bool:
    """Whether rules or frames on the page cross as those of a table do. Cheap, and errs towards yes."""
    return has_grid(page_objects(page).paths)


def read_tables(path: Path, page_numbers: Sequence[int], password: str) -> dict[int, tuple[RawTable, ...]]:
    """The ruled tables of the given pages (1-based), in the order of the page; pages without any are left out.

    A page that pdfplumber cannot read has no tables, as its text was read otherwise. Boxes in points, as shown.
    """
    found = {}
    for page in plumber_pages(path, page_numbers, password):
        try:
            tables = tuple(_tables(page))
        except Exception:  # noqa: S112 - pdfminer raises whatever an odd page provokes
            continue
        if tables:
            found[page.page_number] = tables
    return found


def _tables(page: PlumberPage) -> Iterator[RawTable]:
    ruled = page.filter(_is_rule_or_text)
    if len(ruled.edges) > MAX_RULES:
        return
    origin = _origin(page)
    letters = _letters(ruled)
    for found in sorted(ruled.find_tables(_SETTINGS), key=lambda table: (table.bbox[1], table.bbox[0])):
        grid = _with_text(_grid(found, letters))
        if _is_table(grid):
            yield _raw_table(grid, origin)


def _is_rule_or_text(item: Mapping[str, Any]) -> bool:
    """Rules and frames that are drawn; a coloured ground behind words makes no table."""
    match item["object_type"]:
        case "char" | "line":
            return True
        case "rect":
            return bool(min(item["width"], item["height"]) <= THIN or item["stroke"])
        case _:
            return False


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell in pdfplumber's coordinates and how many characters stand in it."""

    box: tuple[float, float, float, float]
    letters: int


_Grid = list[list[_Cell | None]]


def _letters(page: PlumberPage) -> NDArray[np.float64]:
    """The centres of the printed characters, one row (x, y) each."""
    centres = [
        ((char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2)
        for char in page.chars
        if char["text"].strip()
    ]
    return np.array(centres, np.float64).reshape(-1, 2)


def _grid(table: PlumberTable, letters: NDArray[np.float64]) -> _Grid:
    return [[_Cell(box, _inside(box, letters)) if box else None for box in row.cells] for row in table.rows]


def _inside(box: tuple[float, float, float, float], letters: NDArray[np.float64]) -> int:
    x0, top, x1, bottom = box
    x, y = letters.T
    return int(((x >= x0) & (x < x1) & (y >= top) & (y < bottom)).sum())


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


def _origin(page: PlumberPage) -> tuple[float, float]:
    """Where the visible page begins in pdfplumber's coordinates, which count from the media box as shown."""
    media = _ordered(page.page_obj.mediabox)
    crop = _ordered(page.page_obj.cropbox)
    left, bottom, right, top = (*map(max, media[:2], crop[:2]), *map(min, media[2:], crop[2:]))
    visible = PageFrame(*media, rotation=page.rotation).to_shown(left, bottom, right, top)
    return page.mediabox[0] + visible.x0, page.mediabox[1] + visible.y0


def _ordered(box: Sequence[float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = box
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _raw_table(grid: _Grid, origin: tuple[float, float]) -> RawTable:
    rows = tuple(tuple(RawCell(_shown(cell.box, origin)) if cell else None for cell in row) for row in grid)
    return RawTable(union(cell.box for row in rows for cell in row if cell), rows)


def _shown(box: tuple[float, float, float, float], origin: tuple[float, float]) -> BBox:
    x, y = origin
    x0, top, x1, bottom = box
    return BBox(*(round(at, 2) for at in (x0 - x, top - y, x1 - x, bottom - y)))
