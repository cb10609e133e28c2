"""Pages as read, made by hand: words set in lines without a PDF."""

from collections.abc import Sequence

from pipeline.document import PageState
from pipeline.extraction.raw import RawAnswer, RawPage, RawTable, RawWord
from pipeline.geometry import BBox

WIDTH, HEIGHT = 595.0, 842.0


def line(words: str, x: float, top: float, *, size: float = 10, bold: bool = False, gap: float = 3) -> list[RawWord]:
    """The words of a printed line whose letters are half as wide as high."""
    placed = []
    for text in words.split():
        width = 0.5 * size * len(text)
        placed.append(RawWord(text, BBox(x, top, x + width, top + size), size, bold))
        x += width + gap
    return placed


def lines(
    texts: Sequence[str], x: float, top: float, *, step: float = 12, size: float = 10, bold: bool = False
) -> list[RawWord]:
    """Printed lines one under the other."""
    return [w for i, text in enumerate(texts) for w in line(text, x, top + i * step, size=size, bold=bold)]


def page(
    words: Sequence[RawWord],
    number: int = 1,
    *,
    tables: Sequence[RawTable] = (),
    answers: Sequence[RawAnswer] = (),
    state: PageState = PageState.TEXT,
) -> RawPage:
    return RawPage(number, WIDTH, HEIGHT, tuple(words), tuple(tables), tuple(answers), state)
