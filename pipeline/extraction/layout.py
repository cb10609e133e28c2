"""Lines and blocks of a page in reading order, by geometry alone."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from pipeline.document import BlockKind
from pipeline.extraction.columns import Row, flows
from pipeline.extraction.paragraphs import PrintedLine, group_lines, line_of
from pipeline.extraction.pieces import Piece, cut_into_pieces
from pipeline.extraction.raw import RawWord
from pipeline.geometry import BBox

_TABULATION = 2.0  # of the letters' size: a line with such a gap in it is a row of its own


@dataclass(frozen=True, slots=True)
class LaidBlock:
    """Lines that belong together."""

    kind: BlockKind
    lines: tuple[PrintedLine, ...]


@dataclass(frozen=True, slots=True)
class LaidFixture:
    """The place of the fixture of this index."""

    index: int


def lay_out(words: Sequence[RawWord], fixtures: Sequence[BBox]) -> list[LaidBlock | LaidFixture]:
    """The blocks of a page in reading order; `fixtures` are boxes that take their place among the text.

    Text that reads upwards, downwards or upside down is laid out as if it were upright, after the upright text,
    or before it where most of the page is so.
    """
    laid: list[LaidBlock | LaidFixture] = []
    for angle, group in _by_direction(words):
        if angle == 0:
            laid += _lay_out_upright(group, fixtures)
        else:
            blocks = _lay_out_upright([_turned(word, -angle) for word in group], ())
            laid += [_turned_block(block, angle) for block in blocks if isinstance(block, LaidBlock)]
    return laid


def _by_direction(words: Sequence[RawWord]) -> list[tuple[int, list[RawWord]]]:
    """Words by quarter turn, the most frequent direction first; upright ones even when there are none."""
    if not any(word.angle for word in words):
        return [(0, list(words))]
    groups: dict[int, list[RawWord]] = {0: []}
    for word in words:
        groups.setdefault(_quarter(word.angle), []).append(word)
    return sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))


def _quarter(angle: int) -> int:
    return 90 * round(angle / 90) % 360


def _turned(word: RawWord, angle: int) -> RawWord:
    return replace(word, box=_turn(word.box, angle))


def _turned_block(block: LaidBlock, angle: int) -> LaidBlock:
    lines = (
        replace(line, box=_turn(line.box, angle), words=tuple(_turned(word, angle) for word in line.words))
        for line in block.lines
    )
    return replace(block, lines=tuple(lines))


def _turn(box: BBox, angle: int) -> BBox:
    """The box after a turn of the plane around its origin, by quarters, clockwise."""
    match angle % 360:
        case 90:
            return BBox(-box.y1, box.x0, -box.y0, box.x1)
        case 180:
            return BBox(-box.x1, -box.y1, -box.x0, -box.y0)
        case 270:
            return BBox(box.y0, -box.x1, box.y1, -box.x0)
        case _:
            return box


def _lay_out_upright(words: Sequence[RawWord], fixtures: Sequence[BBox]) -> list[LaidBlock | LaidFixture]:
    body = _body_size(words)
    laid: list[LaidBlock | LaidFixture] = []
    for flow in flows(cut_into_pieces(words, fixtures)):
        found = _laid_flow(flow.rows, body)
        if flow.goes_on and laid and found:
            found = [*_joined(laid.pop(), found[0]), *found[1:]]
        laid += found
    return laid


def _laid_flow(rows: Iterable[Row], body: float) -> list[LaidBlock | LaidFixture]:
    laid: list[LaidBlock | LaidFixture] = []
    for is_text, parts in groupby(_parts(rows), key=lambda part: isinstance(part, PrintedLine)):
        if is_text:
            lines = [part for part in parts if isinstance(part, PrintedLine)]
            laid += [LaidBlock(kind, tuple(group)) for kind, group in group_lines(lines, body)]
        else:
            laid += [part for part in parts if isinstance(part, LaidFixture)]
    return laid


def _joined(block: LaidBlock | LaidFixture, rest: LaidBlock | LaidFixture) -> list[LaidBlock | LaidFixture]:
    """A paragraph and its rest as one block."""
    if isinstance(block, LaidBlock) and isinstance(rest, LaidBlock) and rest.kind is BlockKind.PARAGRAPH:
        return [replace(block, lines=block.lines + rest.lines)]
    return [block, rest]


def _parts(rows: Iterable[Row]) -> Iterator[PrintedLine | LaidFixture]:
    """The printed lines of a flow, and the fixtures between them or within them."""
    for row in rows:
        for is_fixture, pieces in groupby(row, key=lambda piece: piece.fixture is not None):
            if is_fixture:
                yield from (LaidFixture(piece.fixture) for piece in pieces if piece.fixture is not None)
            else:
                yield _printed_line(list(pieces))


def _printed_line(pieces: list[Piece]) -> PrintedLine:
    gaps = (right.box.x0 - left.box.x1 for left, right in pairwise(pieces))
    tabular = any(gap > _TABULATION * pieces[0].size for gap in gaps)
    return line_of([word for piece in pieces for word in piece.words], tabular=tabular)


def _body_size(words: Iterable[RawWord]) -> float:
    """The size in which most letters of the page are set."""
    letters: Counter[float] = Counter()
    for word in words:
        letters[word.size] += len(word.text)
    return max(letters, key=lambda size: (letters[size], -size)) if letters else 0.0
