"""Running headers, footers and page numbers: what stands at the same place on several pages of a file."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extraction.pieces import same_row
from pipeline.extraction.raw import RawPage, RawWord
from pipeline.geometry import union

_MARGIN = 0.13  # of the page's height, at its top and at its bottom
_ROWS = 4  # so many lines at the most, counted from the edge
_STEP = 8.0  # points: rows that stand nearer than that on two pages stand at the same place
_TITLE = 1.25  # times the size of the body: larger repeated text is rather the title of slides

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[-–—|\s]*(?:page|p\.?|pages?)?\s*#\s*(?:(?:/|sur|de|of)\s*#)?[-–—|\s]*", re.IGNORECASE)
_ONLY_NUMBER = re.compile(r"[-–—|\s]*#[-–—|\s]*")
_SAYS_PAGE = re.compile(r"(?:page|p\.)\s*#|#\s*(?:/|sur)\s*#", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MarginRow:
    """A printed row near the top or bottom edge; `words` are indices in the page's words."""

    page: int  # index among the file's pages
    words: tuple[int, ...]
    text: str
    pattern: str  # the text with each number as `#`
    numbers: tuple[int, ...]
    place: int  # distance from the edge in steps, negative from the bottom
    size: float
    bold: bool


def find_furniture(pages: Sequence[RawPage]) -> list[list[tuple[int, ...]]]:
    """For each page of one file, its rows of furniture from top to bottom, as indices of words."""
    rows = [row for index, page in enumerate(pages) for row in _margin_rows(index, page)]
    body = _body_size(pages)
    repeated = _repeated(rows, body, len(pages)) | _numbered(rows, body)
    furniture: list[list[tuple[int, ...]]] = [[] for _ in pages]
    for index, row in enumerate(rows):
        if index in repeated or _names_its_page(row, len(pages)):
            furniture[row.page].append(row.words)
    return furniture


def _margin_rows(index: int, page: RawPage) -> list[MarginRow]:
    high, low = _MARGIN * page.height, (1 - _MARGIN) * page.height
    near = [i for i, word in enumerate(page.words) if word.box.y0 < high or word.box.y1 > low]
    top = [i for i in near if page.words[i].box.centre_y < high]
    bottom = [i for i in near if page.words[i].box.centre_y > low]
    rows = [_margin_row(index, page, row) for row in _rows(page.words, top)[:_ROWS]]
    return rows + [_margin_row(index, page, row) for row in _rows(page.words, bottom)[-_ROWS:]]


def _rows(words: Sequence[RawWord], indices: Sequence[int]) -> list[list[int]]:
    rows: list[list[int]] = []
    for i in sorted(indices, key=lambda i: (words[i].box.centre_y, words[i].box.x0)):
        if rows and same_row(words[rows[-1][-1]].box, words[i].box):
            rows[-1].append(i)
        else:
            rows.append([i])
    return [sorted(row, key=lambda i: words[i].box.x0) for row in rows]


def _margin_row(index: int, page: RawPage, row: Sequence[int]) -> MarginRow:
    words = [page.words[i] for i in row]
    text = " ".join(word.text for word in words)
    middle = union(word.box for word in words).centre_y
    from_top = middle < page.height / 2
    distance = middle if from_top else page.height - middle
    numbers = tuple(int(number) for number in _NUMBER.findall(text) if len(number) < 6)
    return MarginRow(
        page=index,
        words=tuple(row),
        text=text,
        pattern=_NUMBER.sub("#", text),
        numbers=numbers,
        place=round(distance / _STEP) + 1 if from_top else -round(distance / _STEP) - 1,
        size=max(word.size for word in words),
        bold=all(word.bold for word in words),
    )


def _body_size(pages: Sequence[RawPage]) -> float:
    letters: Counter[float] = Counter()
    for page in pages:
        for word in page.words:
            letters[round(word.size, 1)] += len(word.text)
    return max(letters, key=lambda size: (letters[size], -size)) if letters else 0.0


def _repeated(rows: Sequence[MarginRow], body: float, pages: int) -> set[int]:
    """Rows with the same text at the same place on several pages."""
    groups: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        groups.setdefault(row.text, []).append(index)
    found: set[int] = set()
    for group in groups.values():
        for index in group:
            on = {rows[other].page for other in group if abs(rows[other].place - rows[index].place) <= 1}
            large = rows[index].size > _TITLE * body
            if len(on) >= (max(3, 0.6 * pages) if large else 2 if pages <= 6 else 3):
                found.add(index)
    return found


def _numbered(rows: Sequence[MarginRow], body: float) -> set[int]:
    """Rows alike but for a number that grows with the page."""
    groups: dict[tuple[str, int, int], list[int]] = {}
    for index, row in enumerate(rows):
        if row.size > _TITLE * body or (
            row.bold and not _SAYS_PAGE.search(row.pattern) and not _ONLY_NUMBER.fullmatch(row.pattern)
        ):
            continue
        for position, number in enumerate(row.numbers):
            groups.setdefault((row.pattern, position, number - row.page), []).append(index)
    found: set[int] = set()
    for group in groups.values():
        near = [i for i in group if any(i != j and abs(rows[i].place - rows[j].place) <= 1 for j in group)]
        found.update(near)
    return found


def _names_its_page(row: MarginRow, pages: int) -> bool:
    """Whether a row says nothing but "Page 3/12", on the third page or of twelve."""
    if not _PAGE_NUMBER.fullmatch(row.pattern) or not row.numbers:
        return False
    return bool(_SAYS_PAGE.search(row.pattern)) and (row.numbers[0] == row.page + 1 or row.numbers[-1] == pages)
