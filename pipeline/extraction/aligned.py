"""Tables without rules: rows of a label and amounts, set under one another by spaces. Geometry of words alone."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.extraction.raw import RawCell, RawTable, RawWord
from pipeline.geometry import BBox, union

_GAP = 0.9  # of the letters' size: a wider space parts two cells
_LEVEL = 0.3  # of the letters' size by which words of one row may differ in height
_EDGE = 3.0  # points by which the edges of a column's amounts may differ
_ROWS = 3  # amounts in a column, at the least
_PITCH = 3.2  # of the usual step from an amount to the next: titles and labels on two lines stand between some
_FAR = 7.0  # of the letters' size: amounts further apart are no column
_DENSE = 0.4  # share of a table's rows that have an amount: with fewer, it is prose beside figures
_SHARED = 0.5  # share of its rows that a column has in common with the one beside it
_ALWAYS = 0.8  # share of the rows in which a text further out is a column of the table
_SHORT = 40  # characters: such a text is no longer
_LEADERS = re.compile(r"[.·…_]{2,}|[.·…_]")
_AMOUNT = re.compile(
    r"[-−–+(]?\s?(?:\d{1,3}(?:[\s.]\d{3})+|\d+)(?:,\d{1,2}|\.\d{2})?\s?(?:€|k€|K€|M€|euros?|EUR|%)?\)?|[-−–]|€"
)
_FIGURE = re.compile(r"[-−–+(]?[\d.,\u00a0\u202f]*(?:\d|€|euros?|EUR|%)\)?|[kKM]€\)?")
_CURRENCY = re.compile(r"€|euro|EUR|,\d{2}\b")
_PAGE_NUMBERS = 500  # a column of growing whole numbers below this is that of a table of contents


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of one row without a large gap between them. `row` counts from the top of the page."""

    text: str
    box: BBox
    row: int

    @property
    def is_amount(self) -> bool:
        return _AMOUNT.fullmatch(self.text) is not None

    @property
    def is_number(self) -> bool:
        return self.is_amount and any(char.isdigit() for char in self.text)


_Row = list[_Piece]


def aligned_tables(words: Sequence[RawWord]) -> tuple[RawTable, ...]:
    """The tables that `words`, those of one page, make by their places; in the order of the page.

    A table has three amounts or more under one another, with labels before them; charges and produits that stand
    side by side make one table. An empty cell is a cell without words; None stands where a title runs over.
    """
    if not _has_aligned_figures(words):
        return ()
    level = [word for word in words if word.angle == 0 and not _LEADERS.fullmatch(word.text)]
    rows = _rows(level)
    tables = [_table(rows, columns) for columns in _side_by_side(_amount_columns(rows))]
    return tuple(sorted((table for table in tables if table), key=lambda table: (table.box.y0, table.box.x0)))


def _has_aligned_figures(words: Sequence[RawWord]) -> bool:
    """Whether enough parts of amounts end, or begin, under one another. Cheap, and errs towards yes."""
    boxes = [word.box for word in words if _FIGURE.fullmatch(word.text)]
    return any(
        b - a <= _EDGE and c - b <= _EDGE
        for edges in (sorted(box.x1 for box in boxes), sorted(box.x0 for box in boxes))
        for a, b, c in zip(edges, edges[1:], edges[2:], strict=False)
    )


def _rows(words: Sequence[RawWord]) -> list[_Row]:
    """Words of the same height as rows of pieces, from the top of the page."""
    slope = _slope(words)
    heights = {id(word): word.box.centre_y - slope * word.box.x0 for word in words}
    lines: list[list[RawWord]] = []
    for word in sorted(words, key=lambda word: (heights[id(word)], word.box.x0)):
        line = lines[-1] if lines else None
        if line and heights[id(word)] - heights[id(line[0])] < _LEVEL * min(word.size, line[0].size):
            line.append(word)
        else:
            lines.append([word])
    return [_pieces(sorted(line, key=lambda word: word.box.x0), row) for row, line in enumerate(lines)]


def _slope(words: Sequence[RawWord]) -> float:
    """By how much lines sink from left to right, in points per point: a scanned sheet seldom lies straight."""
    pairs = [(a.box, b.box) for a, b in pairwise(words) if a.confidence is not None and b.confidence is not None]
    slopes = [
        (after.centre_y - before.centre_y) / (after.x0 - before.x0)
        for before, after in pairs
        if after.x0 > before.x1 and before.overlap_y(after) > 0.5 * min(before.height, after.height)
    ]
    return median(slopes) if slopes else 0.0


def _pieces(line: Sequence[RawWord], row: int) -> _Row:
    groups: list[list[RawWord]] = []
    for word in line:
        last = groups[-1][-1] if groups else None
        if last and word.box.x0 - last.box.x1 < _GAP * min(last.size, word.size):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [piece for group in groups for piece in _split_amount(group, row)]


def _split_amount(group: Sequence[RawWord], row: int) -> Iterator[_Piece]:
    """A label that reaches almost to its amount, "Achats de matières 12 500 €", as two pieces."""
    start = len(group)
    while start > 0 and _AMOUNT.fullmatch(_text(group[start - 1 :])):
        start -= 1
    # A number of one word may belong to the label, as in "Année 2015"; one with a currency does not.
    if 0 < start < len(group) and _CURRENCY.search(_text(group[start:])):
        yield _piece(group[:start], row)
        yield _piece(group[start:], row)
    else:
        yield _piece(group, row)


def _piece(group: Sequence[RawWord], row: int) -> _Piece:
    return _Piece(_text(group), union(word.box for word in group), row)


def _text(group: Iterable[RawWord]) -> str:
    return " ".join(word.text for word in group)


@dataclass(frozen=True, slots=True)
class _Column:
    """The room of a column, from left to right in points; `amounts` are empty for a column of labels."""

    x0: float
    x1: float
    amounts: tuple[_Piece, ...] = ()

    @property
    def rows(self) -> set[int]:
        return {amount.row for amount in self.amounts}


def _amount_columns(rows: Sequence[_Row]) -> list[_Column]:
    """Amounts under one another with the same right edge or, failing that, the same left edge."""
    amounts = [piece for row in rows for piece in row if piece.is_amount]
    columns = [_column(run) for run in _runs(amounts, lambda piece: piece.box.x1)]
    taken = {id(amount) for column in columns for amount in column.amounts}
    rest = [amount for amount in amounts if id(amount) not in taken]
    columns += [_column(run) for run in _runs(rest, lambda piece: piece.box.x0)]
    return sorted(columns, key=lambda column: (column.x0, min(column.rows)))


def _column(run: Sequence[_Piece]) -> _Column:
    return _Column(min(piece.box.x0 for piece in run) - 1, max(piece.box.x1 for piece in run) + 1, tuple(run))


def _runs(amounts: Iterable[_Piece], edge: Callable[[_Piece], float]) -> Iterator[list[_Piece]]:
    for group in _split(sorted(amounts, key=edge), lambda a, b: edge(b) - edge(a) > _EDGE):
        downwards = sorted(group, key=lambda piece: piece.row)
        steps = [_step(a, b) for a, b in pairwise(downwards)]
        for run in _split(downwards, _is_far(median(steps)) if steps else lambda a, b: False):
            if sum(piece.is_number for piece in run) >= _ROWS:
                yield run


def _split(pieces: Sequence[_Piece], parts: Callable[[_Piece, _Piece], bool]) -> list[list[_Piece]]:
    """The pieces in order, cut between two neighbours where `parts` says so."""
    groups: list[list[_Piece]] = []
    for piece in pieces:
        if groups and not parts(groups[-1][-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _step(above: _Piece, below: _Piece) -> float:
    return below.box.centre_y - above.box.centre_y


def _is_far(usual: float) -> Callable[[_Piece, _Piece], bool]:
    return lambda above, below: _step(above, below) > min(_PITCH * usual, _FAR * above.box.height)


def _side_by_side(columns: Sequence[_Column]) -> list[list[_Column]]:
    """Columns of amounts that stand beside one another, on the same rows."""
    groups: list[list[_Column]] = []
    for column in columns:
        for group in groups:
            if len(column.rows & group[-1].rows) >= _SHARED * min(len(column.rows), len(group[-1].rows)):
                group.append(column)
                break
        else:
            groups.append([column])
    return groups


def _table(rows: Sequence[_Row], amounts: Sequence[_Column]) -> RawTable | None:
    """The table around columns of amounts; None when they have no labels, or are page numbers,
    or stand beside prose."""
    columns = _with_labels(rows, amounts)
    if len(columns) == len(amounts) or (len(amounts) == 1 and _are_page_numbers(amounts[0].amounts)):
        return None
    numbers = _numbers(amounts)
    body = [_within(row, columns) for row in rows[numbers[0] : numbers[-1] + 1]]
    lines = [*_head(rows, numbers, columns), *(line for line in body if line)]
    if len(numbers) < _DENSE * len(lines):
        return None
    edges = _row_edges(lines)
    cells = tuple(_cells(line, columns, top, bottom) for line, (top, bottom) in zip(lines, edges, strict=True))
    return RawTable(union(cell.box for row in cells for cell in row if cell), cells)


def _with_labels(rows: Sequence[_Row], amounts: Sequence[_Column]) -> list[_Column]:
    """The columns of amounts, each after the column of its labels where it has some."""
    columns: list[_Column] = []
    for column in amounts:
        left = columns[-1].x1 if columns else None
        labels = [_label(rows[amount.row], amount, left) for amount in column.amounts]
        starts = [label.box.x0 for label in labels if label]
        if len(starts) >= _ROWS:
            columns.append(_Column(min(starts) if left is None else max(left, min(starts)), column.x0))
        columns.append(column)
    return _with_outer(rows, columns, _numbers(amounts))


def _numbers(amounts: Sequence[_Column]) -> list[int]:
    """The rows in which there are amounts."""
    return sorted(set().union(*(column.rows for column in amounts)))


def _with_outer(rows: Sequence[_Row], columns: list[_Column], numbers: Sequence[int]) -> list[_Column]:
    """The columns, with a column of short texts before them or after them where nearly every row has one."""
    left, right = columns[0].x0, columns[-1].x1
    before = [row_before[-1] for n in numbers if (row_before := [p for p in rows[n] if p.box.x1 <= left])]
    after = [row_after[0] for n in numbers if (row_after := [p for p in rows[n] if p.box.x0 >= right])]
    if _is_column(before, len(numbers)):
        columns = [_Column(min(piece.box.x0 for piece in before), left), *columns]
    if _is_column(after, len(numbers)):
        columns = [*columns, _Column(right, max(piece.box.x1 for piece in after))]
    return columns


def _is_column(pieces: Sequence[_Piece], rows: int) -> bool:
    return len(pieces) >= _ALWAYS * rows and all(len(piece.text) <= _SHORT for piece in pieces)


def _label(row: _Row, amount: _Piece, left: float | None) -> _Piece | None:
    """The text that stands next before an amount, after the column that ends at `left`."""
    before = [
        piece for piece in row if piece.box.x1 <= amount.box.x0 and (left is None or piece.box.x0 >= left - _EDGE)
    ]
    return before[-1] if before and not before[-1].is_amount else None


def _are_page_numbers(amounts: Sequence[_Piece]) -> bool:
    """Whether the only column is that of a table of contents: whole numbers that never get smaller."""
    if not all(amount.text.isdigit() and int(amount.text) < _PAGE_NUMBERS for amount in amounts):
        return False
    return all(int(above.text) <= int(below.text) for above, below in pairwise(amounts))


def _within(row: _Row, columns: Sequence[_Column]) -> _Row:
    """The pieces of a row that stand in the table's width."""
    left, right = columns[0].x0 - _EDGE, columns[-1].x1 + _EDGE
    return [piece for piece in row if piece.box.x0 >= left and piece.box.x1 <= right]


def _head(rows: Sequence[_Row], numbers: Sequence[int], columns: Sequence[_Column]) -> list[_Row]:
    """The row of titles above the first of the rows `numbers`, as a list of at most one row."""
    first = numbers[0]
    usual = _white(rows[first], rows[first + 1]) if first + 1 in numbers else 0.0
    for row in reversed(rows[:first]):
        line = _within(row, columns)
        if not line:
            continue
        near = _white(line, rows[first]) < max(1.5 * line[0].box.height, 1.2 * usual)
        over = any(column.amounts and _is_over(piece, column) for piece in line for column in columns)
        short = all(len(piece.text) <= _SHORT for piece in line)
        return [line] if near and over and short else []
    return []


def _is_over(piece: _Piece, column: _Column) -> bool:
    """Whether a title stands over a column, or begins so little before it as titles do that are not set to its edge."""
    return piece.box.x0 < column.x1 and piece.box.x1 > column.x0 - piece.box.height


def _white(above: _Row, below: _Row) -> float:
    """Points between two rows."""
    return min(piece.box.y0 for piece in below) - max(piece.box.y1 for piece in above)


def _row_edges(lines: Sequence[_Row]) -> list[tuple[float, float]]:
    """Top and bottom of each row; rows touch half-way between their words."""
    boxes = [union(piece.box for piece in line) for line in lines]
    between = [(above.y1 + below.y0) / 2 for above, below in pairwise(boxes)]
    return list(zip([boxes[0].y0 - 1, *between], [*between, boxes[-1].y1 + 1], strict=True))


def _cells(line: _Row, columns: Sequence[_Column], top: float, bottom: float) -> tuple[RawCell | None, ...]:
    """The cells of a row; what runs over several columns is one cell, in the first of them."""
    starts = [columns[0].x0, *(column.x1 for column in columns[:-1])]
    rooms: list[tuple[float, float] | None] = [(x, column.x1) for x, column in zip(starts, columns, strict=True)]
    for piece in line:
        first, last = _reach(piece, columns)
        rooms[first] = (min(starts[first], piece.box.x0), max(columns[last].x1, piece.box.x1))
        rooms[first + 1 : last + 1] = [None] * (last - first)
        before = rooms[first - 1] if first else None
        if before:  # a title may begin before the amounts over which it stands
            rooms[first - 1] = (before[0], max(before[0], min(before[1], piece.box.x0)))
    return tuple(RawCell(_box(room[0], top, room[1], bottom)) if room else None for room in rooms)


def _reach(piece: _Piece, columns: Sequence[_Column]) -> tuple[int, int]:
    """The first and the last column that a piece covers: the one where most of it stands, and all it runs over."""
    shares = [_common(piece, column) for column in columns]
    most = shares.index(max(shares))
    covered = [i for i, column in enumerate(columns) if shares[i] > 0.6 * (column.x1 - column.x0)]
    return min([most, *covered]), max([most, *covered])


def _common(piece: _Piece, column: _Column) -> float:
    return max(0.0, min(piece.box.x1, column.x1) - max(piece.box.x0, column.x0))


def _box(x0: float, top: float, x1: float, bottom: float) -> BBox:
    return BBox(*(round(at, 2) for at in (x0, top, x1, bottom)))
