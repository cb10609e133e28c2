"""Which printed words label a form field: those beside or above its box."""

from collections.abc import Iterable, Sequence

from pipeline.extraction.raw import RawWord
from pipeline.geometry import BBox

_TALL = 30.0  # points; a box this tall holds several lines, and its label stands above rather than beside it
_GAP = 2.0  # how many letter heights may part two words of one label
_FAR_LEFT = 20.0  # how many letter heights a label may stand before its box: fields are often set in a column
_FAR_RIGHT = 4.0  # and after it
_ON_ROW = 0.5  # share of the height of a word, or of a box, that is on one line with the other
_BESIDE_TWO_LINES = 0.3  # ... where a box stands at mid-height of a label of two lines


def label_of(box: BBox, words: Sequence[RawWord]) -> str:
    """The text printed to the left of a text field or above it; empty when neither is near."""
    left, above = left_of(box, words), _above(box, words)
    return (above or left) if box.height > _TALL else (left or above)


def left_of(box: BBox, words: Sequence[RawWord]) -> str:
    """The words that end at the left of `box`, on its line, without a large gap between them."""
    row = sorted((w for w in words if _same_row(box, w) and w.box.x1 <= box.x0 + 3), key=lambda w: -w.box.x1)
    return _text(reversed(_run(row, box.x0, leftwards=True)))


def right_of(box: BBox, words: Sequence[RawWord], limit: float) -> str:
    """The words that begin at the right of `box` on its line, up to x = `limit`, with the lines they run on to."""
    first = _right_run(box, words, limit, _ON_ROW) or _right_run(box, words, limit, _BESIDE_TWO_LINES)
    if not first:
        return ""
    label, last = list(first), first
    while last := _next_line(last, first[0].box.x0, box, words, limit):
        label += last
    return _text(label)


def _right_run(box: BBox, words: Sequence[RawWord], limit: float, share: float) -> list[RawWord]:
    beside = [w for w in words if _on_row(box, w, share) and w.box.x0 >= box.x1 - 3 and w.box.x1 <= limit + 3]
    first = min(beside, key=lambda w: w.box.y0, default=None)
    row = [w for w in beside if first is not None and w.box.overlap_y(first.box) > _ON_ROW * first.box.height]
    return _run(sorted(row, key=lambda w: w.box.x0), box.x1, leftwards=False)


def _next_line(
    line: Sequence[RawWord], start: float, box: BBox, words: Sequence[RawWord], limit: float
) -> list[RawWord]:
    """The continuation of a box's label: a line close below it, that begins where the label begins."""
    bottom = max(w.box.y1 for w in line)
    top = min(w.box.y0 for w in line)
    size = bottom - top
    below = [
        w
        for w in words
        if bottom - 0.3 * size <= w.box.y0 < bottom + 0.45 * size and w.box.x0 >= start - 3 and w.box.x1 <= limit + 3
    ]
    row = sorted(below, key=lambda w: w.box.x0)
    if not row or abs(row[0].box.x0 - start) > 3 or any(_stands_before(w, box, start, row[0]) for w in words):
        return []
    return _run(row, row[0].box.x0, leftwards=False)


def _stands_before(word: RawWord, box: BBox, start: float, line: RawWord) -> bool:
    """Whether something is printed on the line to the left of the label, so that it is a line of its own."""
    return word.box.overlap_y(line.box) > 0.5 * line.box.height and box.x0 - 3 <= word.box.x0 < start - 3


def _above(box: BBox, words: Sequence[RawWord]) -> str:
    """The line of words that stands nearest above `box`."""
    near = [
        w for w in words if -3 <= box.y0 - w.box.y1 <= 1.5 * w.size and w.box.x1 > box.x0 - 3 and w.box.x0 < box.x1 + 3
    ]
    if not near:
        return ""
    lowest = max(near, key=lambda w: w.box.y1)
    row = [w for w in words if w.box.overlap_y(lowest.box) > 0.5 * lowest.box.height]
    row = sorted((w for w in row if box.x0 - 20 <= w.box.x0 <= box.x1), key=lambda w: w.box.x0)
    return _text(_run(row, row[0].box.x0, leftwards=False)) if row else ""


def _same_row(box: BBox, word: RawWord) -> bool:
    return _on_row(box, word, _ON_ROW)


def _on_row(box: BBox, word: RawWord, share: float) -> bool:
    return box.overlap_y(word.box) > share * min(word.box.height, box.height)


def _run(row: Sequence[RawWord], edge: float, *, leftwards: bool) -> list[RawWord]:
    """The words of `row`, ordered away from `edge`, up to the first large gap."""
    run: list[RawWord] = []
    far = _FAR_LEFT if leftwards else _FAR_RIGHT
    for word in row:
        gap = edge - word.box.x1 if leftwards else word.box.x0 - edge
        if gap > (_GAP if run else far) * max(word.size, 6.0):
            break
        run.append(word)
        edge = word.box.x0 if leftwards else word.box.x1
    return run


def _text(words: Iterable[RawWord]) -> str:
    return " ".join(word.text for word in words).strip(" \u00a0:.…_*")
