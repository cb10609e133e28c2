"""One dossier as one text, every character of which has a place on a page.

`Document.text` is made of:

* the *body*, offsets `[0, body_end)`, in reading order: words separated by one space, printed lines of a
  paragraph joined by one space (a word hyphenated at a line end is joined without any), blocks separated by
  one newline, cells of a table row separated by a tab and rows by a newline;
* then the *furniture* (running headers, footers, page numbers), one line of text per printed line.

A paragraph that runs on over a page break is one block. Offsets are Python string offsets.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from pipeline.geometry import BBox, merge_along_lines


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open offsets `[start, end)` in `Document.text`: the one pointer of the whole program."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Word:
    """A printed piece without spaces. A word cut at a line end is two pieces that touch in the text.

    `page` is an index in `Document.pages`; `confidence` is 0..1 for OCR, None for text that was in the file.
    """

    span: Span
    box: BBox
    page: int
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; `size` is the height of its letters in points, as headings are told by it."""

    span: Span
    box: BBox
    page: int
    size: float
    bold: bool


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    ITEM = "item"  # one entry of a bulleted or numbered list
    TABLE = "table"
    ANSWER = "answer"  # what was filled in a form field
    NOTE = "note"  # a text annotation typed onto the page
    FURNITURE = "furniture"  # running header, footer, page number


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that belongs together. `page` is the page on which it starts."""

    span: Span
    kind: BlockKind
    page: int
    label: str = ""  # form answers: the label or name of the field


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; an empty cell has an empty span."""

    span: Span
    box: BBox


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of cells; all rows have the same length."""

    span: Span
    page: int
    rows: tuple[tuple[Cell, ...], ...]


class PageState(StrEnum):
    """How a page ended."""

    TEXT = "text"
    FORM = "form"  # its own text, with form answers in it
    OCR = "ocr"
    EMPTY = "empty"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Page:
    """`number` is 1-based within its file; `width` and `height` in points, as shown (rotation applied)."""

    file: int  # index in Document.files
    number: int
    width: float
    height: float
    state: PageState
    reason: str | None = None  # code of `pipeline.reasons`, for a page that failed or could not be OCRed


class FileStatus(StrEnum):
    READ = "read"
    UNREADABLE = "unreadable"


class TextSource(StrEnum):
    NATIVE = "native"
    OCR = "ocr"
    FORM = "form"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One PDF of the dossier. `reason` and `notes` are codes of `pipeline.reasons`."""

    name: str
    sha256: str
    pages: int
    status: FileStatus
    text_source: TextSource | None = None
    reason: str | None = None
    notes: tuple[str, ...] = ()  # scripts, attachments, repaired, opened with an empty password...


@dataclass(frozen=True, slots=True)
class Region:
    """The place of a stretch of text on one page; `span` is the part that stands on this page."""

    page: int
    span: Span
    boxes: tuple[BBox, ...]


@dataclass(frozen=True)
class Document:
    """A whole dossier: its files, pages and text. Words, lines and blocks are sorted by `span.start`."""

    name: str
    files: tuple[SourceFile, ...]
    pages: tuple[Page, ...]
    text: str
    body_end: int
    words: tuple[Word, ...]
    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.span.start for word in self.words]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.span.start for line in self.lines]

    @property
    def body(self) -> str:
        return self.text[: self.body_end]

    def words_in(self, span: Span) -> tuple[Word, ...]:
        """The pieces that overlap `span`, in order."""
        first = max(0, bisect_right(self._word_starts, span.start) - 1)
        last = bisect_left(self._word_starts, span.end)
        return tuple(word for word in self.words[first:last] if word.span.overlaps(span))

    def lines_in(self, span: Span) -> tuple[Line, ...]:
        first = max(0, bisect_right(self._line_starts, span.start) - 1)
        last = bisect_left(self._line_starts, span.end)
        return tuple(line for line in self.lines[first:last] if line.span.overlaps(span))

    def quote(self, span: Span) -> str:
        """The text at `span` as it is quoted: runs of white space are one space."""
        return " ".join(self.text[span.start : span.end].split())

    def locate(self, span: Span) -> tuple[Region, ...]:
        """Where `span` stands: one region per page, in order, with one box per printed line.

        A span that holds no word (a gap, an empty cell) has no region.
        """
        return tuple(self._regions(span))

    def _regions(self, span: Span) -> Iterator[Region]:
        by_page: dict[int, list[Word]] = {}
        for word in self.words_in(span):
            by_page.setdefault(word.page, []).append(word)
        for page, words in by_page.items():
            start = max(span.start, min(word.span.start for word in words))
            end = min(span.end, max(word.span.end for word in words))
            yield Region(page, Span(start, end), merge_along_lines(word.box for word in words))

    def page_at(self, offset: int) -> int:
        """Index of the page on which the character at `offset` stands (the nearest word before it, else after)."""
        if not self.words:
            return 0
        index = max(0, bisect_right(self._word_starts, offset) - 1)
        return self.words[index].page
