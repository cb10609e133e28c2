"""Pieces of a page: runs of words on one printed line without a wide gap, and fixtures (tables, answers)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extraction.raw import RawWord
from pipeline.geometry import BBox, union

_WIDE_GAP = 0.9  # of the letters' size: more between two words may be a gutter or a tabulation
_MARK_GAP = 5.0  # of the letters' size: a bullet or number may stand so far before its text
_SAME_ROW = 0.5  # of the lower height: so much of it must be shared
MARKS = frozenset("•▪‣◦●○■□▶►➢➤→❖✓✔☐☑☒·◆◇★♦–—-*❑❏✦")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words on one printed line, or one fixture (then `words` is empty and `fixture` its index)."""

    box: BBox
    words: tuple[RawWord, ...]
    size: float
    fixture: int | None = None

    @property
    def top(self) -> float:
        """Where its letters begin: boxes of close lines overlap, letters do not."""
        return self.box.y0 + 0.2 * self.box.height

    @property
    def bottom(self) -> float:
        return self.box.y1 - 0.2 * self.box.height


def cut_into_pieces(words: Iterable[RawWord], fixtures: Sequence[BBox]) -> list[Piece]:
    """Pieces of upright words, in no particular order, then the fixtures."""
    pieces = _joined_pieces(_runs(words))
    return pieces + [Piece(box, (), 0.0, index) for index, box in enumerate(fixtures)]


def piece_of(words: Sequence[RawWord]) -> Piece:
    return Piece(union(word.box for word in words), tuple(words), max(word.size for word in words))


def same_row(box: BBox, other: BBox) -> bool:
    return box.overlap_y(other) > _SAME_ROW * min(box.height, other.height)


def is_mark(text: str) -> bool:
    """Whether a word is only a bullet or a number before a list entry or a heading."""
    return text in MARKS or (len(text) <= 4 and text.endswith((")", ".")) and text[:-1].isalnum())


def _runs(words: Iterable[RawWord]) -> list[Piece]:
    """Words that follow one another in the file and on the page."""
    runs: list[list[RawWord]] = []
    for word in words:
        if runs and _follows(runs[-1][-1], word):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [piece_of(run) for run in runs]


def _follows(left: RawWord, right: RawWord) -> bool:
    # Asked of every two words of every page: plain numbers, no properties.
    size = max(right.size, left.size)
    a, b = left.box, right.box
    if not -0.5 * size < b.x0 - a.x1 < _WIDE_GAP * size:
        return False
    shared = (min(b.y1, a.y1)) - (max(b.y0, a.y0))
    return shared > _SAME_ROW * (a.y1 - a.y0) or shared > _SAME_ROW * (b.y1 - b.y0)


def _joined_pieces(pieces: list[Piece]) -> list[Piece]:
    """With pieces that touch on the page though not in the file, and with bullets put to their text."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.box.centre_y):
        row = next((row for row in reversed(rows[-3:]) if same_row(row[-1].box, piece.box)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    return [piece for row in rows for piece in _joined_row(row)]


def _joined_row(row: list[Piece]) -> list[Piece]:
    if len(row) == 1:
        return row
    row.sort(key=lambda piece: (piece.box.x0, piece.box.x1))
    groups = [[row[0]]]
    for left, right in pairwise(row):
        if _touch(left, right):
            groups[-1].append(right)
        else:
            groups.append([right])
    return [group[0] if len(group) == 1 else _merged(group) for group in groups]


def _touch(left: Piece, right: Piece) -> bool:
    gap = right.box.x0 - left.box.x1
    size = max(left.size, right.size)
    reach = _MARK_GAP if len(left.words) == 1 and is_mark(left.words[0].text) else _WIDE_GAP
    return gap < reach * size and same_row(left.box, right.box)


def _merged(group: list[Piece]) -> Piece:
    words = sorted((word for piece in group for word in piece.words), key=lambda word: word.box.x0)
    return piece_of(words)
