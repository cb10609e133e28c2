"""Rows and cells of everything that may be a budget: ruled tables, columns without rules, lists of lines."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.document import Cell, Document, Line, Span, Table, Word
from pipeline.facts.amounts import Amount, amount_at_end, amount_of_cell

_PERCENT = re.compile(r"[-+]?\d{1,3}(?:[.,]\d+)? ?%")
_RULES = frozenset("|¦!")
_OPENING_AMOUNT = re.compile(r"(?P<amount>(?:\d{1,3}(?: \d{3})+|\d{3,})(?: ?(?:€|euros?))?) +(?P<label>[^\W\d_].{2,})")
_LEADERS = re.compile(r"[ .…_:=-]+$")
_MIN_AMOUNT_ROWS = 3
_MIN_CUT_ROWS = 2  # of a budget that a page break may have cut
_REACH = 300  # characters around a table in which rows that it left out are looked for
_HEAD_ROWS = 2  # rows before the first amount that may be the heads of columns
_SAME_EDGE = 3.0  # points within which left edges are the same
_MAX_OTHER_ROWS = 3  # rows without an amount that a budget printed as lines may hold in a row


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its words, its left and right edges in points, and its amount when it holds nothing else."""

    span: Span
    text: str  # folded
    x0: float
    x1: float
    amount: Amount | None
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of non-empty cells from left to right; `page` is the one on which it ends."""

    span: Span
    page: int
    rows: tuple[tuple[GridCell, ...], ...]


def find_grids(document: Document, folded: str) -> tuple[Grid, ...]:
    """Grids that hold at least two rows with an amount, in order of the text.

    A table cut by a page break is one grid. Lines of a table without amounts (a form whose cells are fields) are
    read with the other lines of the page.
    """
    tables = [_with_rows_left_out(document, folded, _of_table(document, folded, table)) for table in document.tables]
    tables = _joined(tables)
    tables = [grid for grid in tables if _amount_rows(grid) >= 2]
    lines = [
        line
        for line in document.lines
        if line.span.start < document.body_end and not any(grid.span.overlaps(line.span) for grid in tables)
    ]
    aligned = list(_of_aligned_lines(document, folded, lines))
    taken = sorted(cell.span.start for grid in aligned for row in grid.rows for cell in row)
    free = [line for line in lines if bisect_left(taken, line.span.start) == bisect_left(taken, line.span.end)]
    single = list(_of_single_lines(document, folded, free))
    joined = _joined(sorted((*tables, *aligned, *single), key=lambda grid: grid.span))
    return tuple(grid for grid in joined if grid in tables or _amount_rows(grid) >= _MIN_AMOUNT_ROWS)


def _with_rows_left_out(document: Document, folded: str, grid: Grid) -> Grid:
    """A grid with the printed rows that touch it: a label and an amount which the table's reading left out."""
    if _amount_rows(grid) < _MIN_CUT_ROWS:
        return grid
    near = document.lines_in(Span(max(0, grid.span.start - _REACH), min(len(folded), grid.span.end + _REACH)))
    above = [line for line in near if line.span.end <= grid.span.start]
    below = [line for line in near if line.span.start >= grid.span.end]
    start, rows = grid.span.start, list(grid.rows)
    for line in reversed(above):
        if start - line.span.end > 1 or not _is_budget_row(row := _printed_row(document, folded, [line])):
            break
        start, rows = line.span.start, [row, *rows]
    end = grid.span.end
    for line in below:
        if line.span.start - end > 1 or not _is_budget_row(row := _printed_row(document, folded, [line])):
            break
        end, rows = line.span.end, [*rows, row]
    return Grid(Span(start, end), grid.page, tuple(rows))


def _is_budget_row(row: tuple[GridCell, ...]) -> bool:
    return len(row) == 2 and row[0].amount is None and row[1].amount is not None and not row[0].percent


def _joined(grids: list[Grid]) -> list[Grid]:
    """Grids with one that goes on with them: on the next page with as many columns, or right below, as aligned."""
    joined: list[Grid] = []
    for grid in grids:
        if joined and _goes_on(joined[-1], grid):
            last = joined.pop()
            grid = Grid(Span(last.span.start, grid.span.end), grid.page, (*last.rows, *grid.rows))
        joined.append(grid)
    return joined


def _goes_on(last: Grid, grid: Grid) -> bool:
    if not 0 <= grid.span.start - last.span.end <= 2 or _width(grid) > _width(last):
        return False
    return grid.page == last.page + 1 or (grid.page == last.page and _aligned(last, grid))


def _aligned(one: Grid, other: Grid) -> bool:
    """Whether the cells of two grids of a page stand in the same columns: one table, read in two pieces."""
    edges = [{round(cell.x0 / _SAME_EDGE) for row in grid.rows for cell in row[:1]} for grid in (one, other)]
    return _width(one) == _width(other) and bool(edges[0] & edges[1])


def _width(grid: Grid) -> int:
    return max((len(row) for row in grid.rows), default=0)


def _amount_rows(grid: Grid) -> int:
    return sum(any(cell.amount for cell in row) and any(not cell.amount for cell in row) for row in grid.rows)


def _cell(folded: str, span: Span, x0: float, x1: float) -> GridCell:
    text = folded[span.start : span.end].strip()
    start = span.start + len(folded[span.start : span.end]) - len(folded[span.start : span.end].lstrip())
    amount = amount_of_cell(folded, start, start + len(text))
    return GridCell(Span(start, start + len(text)), text, x0, x1, amount, _PERCENT.fullmatch(text) is not None)


def _of_table(document: Document, folded: str, table: Table) -> Grid:
    rows: list[tuple[GridCell, ...]] = []
    for row in table.rows:
        filled = [cell for cell in row if folded[cell.span.start : cell.span.end].strip()]
        if _holds_many_rows(document, folded, filled):
            rows.extend(_split_row(document, folded, filled))
        else:
            cells = [_cell(folded, cell.span, cell.box.x0, cell.box.x1) for cell in filled]
            inner = bool(filled) and filled[0] is not row[0]
            rows.append(_halves_apart(document, folded, cells, inner=inner))
    return Grid(table.span, table.page, tuple(row for row in rows if row))


def _holds_many_rows(document: Document, folded: str, cells: list[Cell]) -> bool:
    """Whether a ruled row holds several printed rows (a table ruled by columns only)."""
    for cell in cells:
        lines = document.lines_in(cell.span)
        if len(lines) > 1 and all(amount_of_cell(folded, line.span.start, line.span.end) for line in lines):
            return True
    return False


def _split_row(document: Document, folded: str, cells: list[Cell]) -> Iterator[tuple[GridCell, ...]]:
    placed = [(line, cell) for cell in cells for line in document.lines_in(cell.span) if cell.span.contains(line.span)]
    for group in _by_height(placed):
        yield tuple(_cell(folded, line.span, cell.box.x0, cell.box.x1) for line, cell in group)


def _by_height(placed: list[tuple[Line, Cell]]) -> list[list[tuple[Line, Cell]]]:
    groups: list[list[tuple[Line, Cell]]] = []
    for line, cell in sorted(placed, key=lambda item: (item[0].box.centre_y, item[0].box.x0)):
        if groups and line.box.overlap_y(groups[-1][0][0].box) > 0.5 * line.box.height:
            groups[-1].append((line, cell))
        else:
            groups.append([(line, cell)])
    return [sorted(group, key=lambda item: item[0].box.x0) for group in groups]


def _of_aligned_lines(document: Document, folded: str, lines: list[Line]) -> Iterator[Grid]:
    """Columns without rules: pages where amounts are printed lines of their own, beside their labels."""
    for page, printed in _by_page(lines):
        if not any(amount_of_cell(folded, line.span.start, line.span.end) for line in printed):
            continue
        rows = [_printed_row(document, folded, row) for row in _side_by_side(printed)]
        if sum(len(row) > 1 and any(cell.amount for cell in row) for row in rows) >= _MIN_AMOUNT_ROWS:
            yield from _runs(rows, page)


def _of_single_lines(document: Document, folded: str, lines: list[Line]) -> Iterator[Grid]:
    """Lists: lines that each hold a label and its amount, in order of the text."""
    for page, printed in _by_page(lines):
        yield from _runs([_printed_row(document, folded, [line]) for line in printed], page)


def _by_page(lines: list[Line]) -> list[tuple[int, list[Line]]]:
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    return sorted(pages.items())


def _side_by_side(lines: list[Line]) -> list[list[Line]]:
    """Lines that stand side by side, from left to right; rows from top to bottom."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.box.centre_y, line.box.x0)):
        if rows and line.box.overlap_y(rows[-1][0].box) > 0.5 * min(line.box.height, rows[-1][0].box.height):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.box.x0) for row in rows]


def _printed_row(document: Document, folded: str, lines: list[Line]) -> tuple[GridCell, ...]:
    groups = [words for line in lines for words in _by_gap(folded, document.words_in(line.span), line)]
    wholes = [_whole(folded, words) for words in groups]
    cells: list[GridCell] = []
    for index, words in enumerate(groups):
        beside_amount = index + 1 < len(wholes) and wholes[index + 1].amount is not None
        whole = beside_amount or _ends_sentence(document, wholes[index])
        cells.extend([wholes[index]] if whole else _label_and_amount(folded, words, wholes[index]))
    return _halves_apart(document, folded, cells)


def _ends_sentence(document: Document, cell: GridCell) -> bool:
    """Whether a printed line is the end of a sentence: "... une participation de 30 000 euros." """
    return cell.text.endswith(".") and document.text[cell.span.start].islower()


def _halves_apart(
    document: Document, folded: str, cells: list[GridCell], *, inner: bool = False
) -> tuple[GridCell, ...]:
    """The cells, where the first half's amount was read with the second half's label ("17 600 Département").

    `inner` says that the first of `cells` has an empty one before it, its label standing on another row.
    """
    apart: list[GridCell] = []
    for index, cell in enumerate(cells):
        after_label = cells[index - 1].amount is None if index else inner
        between = after_label and index < len(cells) - 1 and cells[index + 1].amount is not None
        opening = _OPENING_AMOUNT.match(cell.text) if between and cell.amount is None else None
        if opening is None:
            apart.append(cell)
            continue
        cut = cell.span.start + opening.end("amount")
        edge = max((word.box.x1 for word in document.words_in(Span(cell.span.start, cut))), default=cell.x0)
        label = Span(cell.span.start + opening.start("label"), cell.span.end)
        start = min((word.box.x0 for word in document.words_in(label)), default=edge)
        apart.append(_cell(folded, Span(cell.span.start, cut), cell.x0, edge))
        apart.append(_cell(folded, label, start, cell.x1))
    return tuple(apart)


def _whole(folded: str, words: list[Word]) -> GridCell:
    return _cell(folded, Span(words[0].span.start, words[-1].span.end), words[0].box.x0, words[-1].box.x1)


def _by_gap(folded: str, words: Iterable[Word], line: Line) -> list[list[Word]]:
    """Words of a line, cut where the space between two is that of columns, or at a rule read as a letter."""
    groups: list[list[Word]] = []
    cut = False
    for word in words:
        if folded[word.span.start : word.span.end] in _RULES:
            cut = True
            continue
        if groups and not cut and word.box.x0 - groups[-1][-1].box.x1 < max(1.3 * line.size, 9.0):
            groups[-1].append(word)
        else:
            groups.append([word])
        cut = False
    return [part for group in groups for part in _amount_apart(folded, group, line.size)]


def _amount_apart(folded: str, words: list[Word], size: float) -> list[list[Word]]:
    """A group that opens with an amount, cut after it where the space is wider than between words.

    The first half's amounts, set to the right, stand close to the second half's labels.
    """
    for count in range(len(words) - 1, 0, -1):
        wide = words[count].box.x0 - words[count - 1].box.x1 > 0.75 * size
        if wide and amount_of_cell(folded, words[0].span.start, words[count - 1].span.end):
            return [words[:count], words[count:]]
    return [words]


def _label_and_amount(folded: str, words: list[Word], whole: GridCell) -> list[GridCell]:
    """One cell, or two where a label is followed by its amount ("Salaires : 32 000 €")."""
    span = whole.span
    if whole.amount is not None or whole.percent:
        return [whole]
    amount = amount_at_end(folded, span.start, span.end)
    if amount is None:
        return [whole]
    label_end = span.start + len(_LEADERS.sub("", folded[span.start : amount.span.start]))
    if label_end - span.start < 3 or label_end - span.start > 90 or folded[label_end - 1] == ",":
        return [whole]
    edge = next((word.box.x0 for word in words if word.span.end > amount.span.start), words[-1].box.x0)
    label = _cell(folded, Span(span.start, label_end), words[0].box.x0, edge)
    figure = GridCell(amount.span, folded[amount.span.start : amount.span.end], edge, words[-1].box.x1, amount)
    return [label, figure]


def _runs(rows: list[tuple[GridCell, ...]], page: int) -> Iterator[Grid]:
    """Stretches of rows where rows with an amount follow one another closely."""
    run: list[tuple[GridCell, ...]] = []
    others = 0
    for row in rows:
        if any(cell.amount for cell in row):
            run.append(row)
            others = 0
        elif others < _MAX_OTHER_ROWS and sum(len(cell.text) for cell in row) <= 75:
            run.append(row)
            others += 1
        else:
            yield from _grid_of_run(run, page)
            run, others = [], 0
    yield from _grid_of_run(run, page)


def _grid_of_run(run: list[tuple[GridCell, ...]], page: int) -> Iterator[Grid]:
    """The run without what stands long before its first amount or after its last."""
    with_amounts = [index for index, row in enumerate(run) if any(cell.amount for cell in row)]
    if len(with_amounts) >= _MIN_CUT_ROWS:
        rows = run[max(0, with_amounts[0] - _HEAD_ROWS) : with_amounts[-1] + 1]
        cells = [cell for row in rows for cell in row]
        span = Span(min(cell.span.start for cell in cells), max(cell.span.end for cell in cells))
        yield Grid(span, page, tuple(rows))
