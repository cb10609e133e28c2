"""Reading order by white space: bands from top to bottom, columns within a band from left to right."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extraction.pieces import Piece, same_row
from pipeline.extraction.raw import RawWord
from pipeline.geometry import BBox

Row = tuple[Piece, ...]
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Flow:
    """Rows that read from top to bottom; `goes_on` where the first one carries on the last row of the flow before."""

    rows: tuple[Row, ...]
    goes_on: bool = False


_MIN_GUTTER = 0.7  # of the usual letters' size
_PROSE_WORDS = 3.5  # words on a line: fewer, side by side and line by line, are rather cells than columns
_CELLS = 0.6  # of the rows on the longer side: fewer that stand on one line with the other side are no cells
_SAME_LINE = 1.2  # points
_NEAR = 1.5  # of the letters' size: white between the first lines of columns and the lines below them, at most
_ALIGNED = 2.0  # points by which lines of a column may begin apart
_WRAPPED = 2.2  # of the letters' size: from the last line beside a box to the first one below it, at most
_SHORT_LINE = 6.0  # of the letters' size: a line that ends so far from the right edge ends its paragraph
_SAME_STEP = 1.25  # times the distance of lines: no paragraph goes on beyond that
_MAX_DEPTH = 6
_EVERYWHERE = (float("-inf"), float("inf"))


@dataclass(frozen=True, slots=True)
class _Strip:
    """Pieces between two horizontal white spaces; `free` is where no piece stands, as intervals of x."""

    pieces: tuple[Piece, ...]
    free: tuple[Interval, ...]


def flows(pieces: Sequence[Piece], depth: int = 0) -> list[Flow]:
    """Groups of rows that each read from top to bottom, in reading order."""
    if not pieces:
        return []
    gutter = _MIN_GUTTER * _usual_size(pieces)
    found: list[Flow] = []
    beside: list[list[Flow]] = []  # the columns that stand right above
    for band in _bands(_strips(pieces), gutter):
        columns = _columns(band, gutter) if depth < _MAX_DEPTH else []
        if columns:
            found += [flow for column in beside for flow in column]
            beside = [flows(column, depth + 1) for column in columns]
            continue
        rows = _rows(band)
        if beside:
            above, rows = _around_a_box(beside, rows)
            found += above
            beside = []
            found += [Flow(tuple(rows))] if rows else []
        elif found and not found[-1].goes_on:
            found[-1] = Flow((*found[-1].rows, *rows))
        else:
            found.append(Flow(tuple(rows)))
    return found + [flow for column in beside for flow in column]


def _around_a_box(columns: Sequence[list[Flow]], below: list[Row]) -> tuple[list[Flow], list[Row]]:
    """The columns in reading order, and the rows below them that are still to be read.

    Where the text of one column runs on over the whole width below, the others are boxes that it goes around: they
    are read after its paragraph.
    """
    open_columns = [column for column in columns if column and _carries_on(column[-1].rows[-1], below[0])]
    if len(open_columns) != 1:
        return [flow for column in columns for flow in column], below
    (text,) = open_columns
    end = _paragraph_end([text[-1].rows[-1], *below]) - 1
    boxes = [flow for column in columns if column is not text for flow in column]
    return [*text, Flow(tuple(below[:end]), goes_on=True), *boxes], below[end:]


def _carries_on(last: Row, row: Row) -> bool:
    """Whether a sentence goes on from one row to the next one below."""
    before, after = last[-1], row[0]
    if not before.words or not after.words or abs(before.size - after.size) > 0.05 * after.size:
        return False
    return 0 < _step(last, row) < _WRAPPED * after.size and (
        after.words[0].text[0].islower() and not before.words[-1].text.endswith((".", "!", "?", ":", ";"))
    )


def _paragraph_end(rows: Sequence[Row]) -> int:
    """How many rows, two at the least, belong to the paragraph of the first: those that are near, to a short one."""
    right = max(piece.box.x1 for row in rows[1:] for piece in row)
    usual = _step(rows[0], rows[1])
    for index in range(2, len(rows)):
        last, row = rows[index - 1], rows[index]
        is_short = last[-1].box.x1 < right - _SHORT_LINE * last[-1].size
        if is_short or not row[0].words or _step(last, row) > _SAME_STEP * usual:
            return index
    return len(rows)


def _step(row: Row, below: Row) -> float:
    return below[0].box.centre_y - row[0].box.centre_y


def _rows(band: Sequence[_Strip]) -> list[Row]:
    return [row for strip in band for row in rows_of(strip.pieces)]


def _columns(band: Sequence[_Strip], gutter: float) -> list[list[Piece]]:
    """The pieces of a band by column, from left to right; nothing where it has but one."""
    pieces = _pieces(band)
    cuts = [cut for cut in _inner(_shared_free(band, gutter), pieces) if _parts_columns(pieces, cut)]
    columns: list[list[Piece]] = [[] for _ in range(len(cuts) + 1)]
    for piece in pieces:
        middle = (piece.box.x0 + piece.box.x1) / 2
        columns[sum(middle > cut[0] for cut in cuts)].append(piece)
    return columns if cuts else []


def rows_of(pieces: Sequence[Piece]) -> list[Row]:
    """Pieces that stand side by side, from top to bottom, each row from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.box.centre_y, piece.box.x0)):
        if rows and same_row(rows[-1][-1].box, piece.box):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [tuple(sorted(row, key=lambda piece: piece.box.x0)) for row in rows]


def _usual_size(pieces: Sequence[Piece]) -> float:
    sizes = sorted(piece.size for piece in pieces if piece.words)
    return sizes[len(sizes) // 2] if sizes else 10.0


def _strips(pieces: Sequence[Piece]) -> list[_Strip]:
    groups: list[list[Piece]] = []
    bottom = float("-inf")
    for piece in sorted(pieces, key=lambda piece: piece.top):
        if piece.top >= bottom:
            groups.append([])
        groups[-1].append(piece)
        bottom = max(bottom, piece.bottom)
    return [_Strip(tuple(group), _free(group)) for group in groups]


def _free(pieces: Sequence[Piece]) -> tuple[Interval, ...]:
    free = []
    reached = _EVERYWHERE[0]
    for piece in sorted(pieces, key=lambda piece: piece.box.x0):
        if piece.box.x0 > reached:
            free.append((reached, piece.box.x0))
        reached = max(reached, piece.box.x1)
    return (*free, (reached, _EVERYWHERE[1]))


def _bands(strips: Sequence[_Strip], gutter: float) -> list[list[_Strip]]:
    """Strips that share their gutters go together; so do strips without any."""
    bands: list[list[_Strip]] = []
    free: tuple[Interval, ...] = ()
    divided = False
    for strip in strips:
        common = _common(free, strip.free, gutter) if bands else ()
        goes_on = bool(bands) and (
            bool(_inner(common, _pieces([*bands[-1], strip]))) if divided else len(strip.free) <= 2
        )
        if goes_on:
            bands[-1].append(strip)
            free = common
            continue
        begins_columns = len(strip.free) > 2
        band = _first_lines(bands, strip, gutter) if begins_columns and bands else []
        bands.append([*band, strip])
        free = _shared_free(bands[-1], gutter)
        divided = begins_columns
    return [band for band in bands if band]


def _first_lines(bands: list[list[_Strip]], strip: _Strip, gutter: float) -> list[_Strip]:
    """Takes from the last band the strips that are the first lines of the columns of `strip`.

    They leave its gutters free, are near, and begin where its lines do.
    """
    free = strip.free
    taken: list[_Strip] = []
    while bands[-1]:
        last, below = bands[-1][-1], (taken or [strip])[0]
        free = _common(free, last.free, gutter)
        is_first = _is_near(last, below) and _begins_like(last, strip)
        if not is_first or not _inner(free, _pieces([*taken, strip])):
            break
        taken.insert(0, bands[-1].pop())
    return taken


def _is_near(above: _Strip, below: _Strip) -> bool:
    white = min(piece.top for piece in below.pieces) - max(piece.bottom for piece in above.pieces)
    return white < _NEAR * _usual_size(above.pieces)


def _begins_like(strip: _Strip, other: _Strip) -> bool:
    """Whether all pieces of a strip begin, or have their middle, where a piece of the other one has."""
    return all(any(_same_place(piece.box, like.box) for like in other.pieces) for piece in strip.pieces)


def _same_place(box: BBox, other: BBox) -> bool:
    middles = (box.x0 + box.x1 - other.x0 - other.x1) / 2
    return abs(box.x0 - other.x0) < _ALIGNED or abs(middles) < _ALIGNED


def _pieces(strips: Sequence[_Strip]) -> list[Piece]:
    return [piece for strip in strips for piece in strip.pieces]


def _shared_free(strips: Sequence[_Strip], gutter: float) -> tuple[Interval, ...]:
    free: tuple[Interval, ...] = (_EVERYWHERE,)
    for strip in strips:
        free = _common(free, strip.free, gutter)
    return free


def _common(some: Sequence[Interval], others: Sequence[Interval], gutter: float) -> tuple[Interval, ...]:
    return tuple((max(a, c), min(b, d)) for a, b in some for c, d in others if min(b, d) - max(a, c) >= gutter)


def _inner(free: Sequence[Interval], pieces: Sequence[Piece]) -> list[Interval]:
    """The intervals with pieces on both sides."""
    left, right = min(piece.box.x0 for piece in pieces), max(piece.box.x1 for piece in pieces)
    return [(a, b) for a, b in free if a >= left and b <= right]


def _parts_columns(pieces: Sequence[Piece], cut: Interval) -> bool:
    """Whether what stands on both sides of a gutter is read one side after the other, not row by row."""
    sides = (
        [piece for piece in pieces if piece.box.x1 <= cut[0] + 0.01],
        [piece for piece in pieces if piece.box.x0 >= cut[1] - 0.01],
    )
    left, right = rows_of(sides[0]), rows_of(sides[1])
    if min(len(left), len(right)) < 2:
        return False
    aligned = sum(any(_on_one_line(row[0], other[0]) for other in right) for row in left)
    if aligned < _CELLS * max(len(left), len(right)):
        return True
    return all(_words_a_row(side) >= _PROSE_WORDS or _runs_on(side) for side in (left, right))


def _on_one_line(piece: Piece, other: Piece) -> bool:
    """Whether two pieces stand on the same line of a table; close lines of two columns overlap without doing so."""
    if not piece.words or not other.words:
        return same_row(piece.box, other.box)
    return min(abs(piece.box.y0 - other.box.y0), abs(piece.box.y1 - other.box.y1)) < _SAME_LINE


def _runs_on(rows: Sequence[Row]) -> bool:
    """Whether sentences run on from row to row, as they do in columns and boxes, and not in the cells of accounts."""
    running = sum(
        row[0].words[0].text[0].islower() and not last[-1].words[-1].text.endswith((".", ";"))
        for last, row in pairwise(rows)
        if row[0].words and last[-1].words
    )
    return running >= max(2, 0.3 * (len(rows) - 1))


def _words_a_row(rows: Sequence[Row]) -> float:
    return sum(_prose(word) for row in rows for piece in row for word in piece.words) / len(rows)


def _prose(word: RawWord) -> bool:
    return any(map(str.isalpha, word.text))
