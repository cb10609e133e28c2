"""Documents made of plain text, with made-up boxes, for tests of what comes after the reading of PDFs.

The text is a sketch of pages:

* blocks are separated by blank lines; the lines of a block are one paragraph;
* `# Title` and `## Title` are big bold lines of their own, `**Title**` a bold line of the body's size;
* `- item`, `• item` and `1. item` lines are items, their bullet or number being printed as in a PDF;
* `| a | b |` lines are the rows of a table;
* `[Label] text` is what was filled in the form field `Label`, `!! text` a typed note;
* `~ text` is a running header or footer;
* a form feed starts a new page; a page that is full goes on to the next by itself.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from pipeline.document import (
    Block,
    BlockKind,
    Cell,
    Document,
    FileStatus,
    Line,
    Page,
    PageState,
    SourceFile,
    Span,
    Table,
    TextSource,
    Word,
)
from pipeline.geometry import BBox, union

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 595.0, 842.0, 56.0
BODY_SIZE = 11.0
HEADING_SIZES = {"#": 18.0, "##": 14.0}

_ITEM = re.compile(r"(?:[-•–▪☐☒]|\d{1,2}[.)]) ")


def document_from_text(text: str, name: str = "essai", *, body_size: float = BODY_SIZE) -> Document:
    """A document of one file, `name`.pdf, as sketched by `text` (see the module)."""
    return document_from_texts({f"{name}.pdf": text}, name, body_size=body_size)


def document_from_texts(texts: Mapping[str, str], name: str = "essai", *, body_size: float = BODY_SIZE) -> Document:
    """A document of several files, given as file name -> sketch."""
    printer = _Printer(body_size=body_size)
    furniture: list[tuple[int, str]] = []
    files: list[SourceFile] = []
    for file_name, text in texts.items():
        first_page = len(printer.pages)
        for sketch in text.split("\f"):
            printer.start_page(len(files), first_page)
            furniture.extend((len(printer.pages) - 1, line) for line in _print_page(printer, sketch))
        digest = hashlib.sha256(text.encode()).hexdigest()
        count = len(printer.pages) - first_page
        files.append(SourceFile(file_name, digest, count, FileStatus.READ, TextSource.NATIVE))
    body_end = printer.length
    for page, line in furniture:
        printer.print_furniture(page, line)
    return printer.document(name, tuple(files), body_end)


def span_of(document: Document, quoted: str) -> Span:
    """Where `quoted` stands first in the text; it must be there."""
    start = document.text.index(quoted)
    return Span(start, start + len(quoted))


@dataclass
class _Printer:
    """Sets words on pages while it writes the text."""

    body_size: float
    text: list[str] = field(default_factory=list)
    length: int = 0
    y: float = MARGIN
    file: int = 0
    first_page: int = 0
    pages: list[Page] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def start_page(self, file: int, first_page: int) -> None:
        self.file, self.first_page, self.y = file, first_page, MARGIN
        number = len(self.pages) - first_page + 1
        self.pages.append(Page(file, number, PAGE_WIDTH, PAGE_HEIGHT, PageState.TEXT))

    def write(self, piece: str) -> None:
        self.text.append(piece)
        self.length += len(piece)

    def separate(self) -> None:
        if self.length:
            self.write("\n")

    def print_block(self, content: str, kind: BlockKind, size: float, bold: bool, label: str = "") -> None:
        self.separate()
        if kind is not BlockKind.FURNITURE and self.y + size > PAGE_HEIGHT - MARGIN:
            self.start_page(self.file, self.first_page)
        start, page = self.length, len(self.pages) - 1
        self._print_lines(content.split(), size, bold)
        self.blocks.append(Block(Span(start, self.length), kind, page, label))
        self.y += size * 0.8

    def print_table(self, rows: list[list[str]], size: float) -> None:
        self.separate()
        start, page = self.length, len(self.pages) - 1
        columns = max(len(row) for row in rows)
        width = (PAGE_WIDTH - 2 * MARGIN) / columns
        cells = []
        for index, row in enumerate(rows):
            if index:
                self.write("\n")
            padded = row + [""] * (columns - len(row))
            cells.append(tuple(self._print_cell(content, column, width, size) for column, content in enumerate(padded)))
            self.y += size * 1.4
        span = Span(start, self.length)
        self.blocks.append(Block(span, BlockKind.TABLE, page))
        self.tables.append(Table(span, page, tuple(cells)))

    def _print_cell(self, content: str, column: int, width: float, size: float) -> Cell:
        if column:
            self.write("\t")
        x0 = MARGIN + column * width
        start = self.length
        if content:
            self._print_line(content.split(), x0 + 2, size, False)
        return Cell(Span(start, self.length), BBox(x0, self.y, x0 + width, self.y + size * 1.4))

    def print_furniture(self, page: int, content: str) -> None:
        self.separate()
        start, first = self.length, len(self.words)
        self.y = 20.0
        self._print_line(content.split(), MARGIN, 8.0, False)
        self.words[first:] = [replace(word, page=page) for word in self.words[first:]]
        self.lines[-1] = replace(self.lines[-1], page=page)
        self.blocks.append(Block(Span(start, self.length), BlockKind.FURNITURE, page))

    def _print_lines(self, words: list[str], size: float, bold: bool) -> None:
        room = int((PAGE_WIDTH - 2 * MARGIN) / (size * 0.5))
        printed: list[str] = []
        for word in words:
            if printed and len(" ".join([*printed, word])) > room:
                self._finish_line(printed, size, bold)
                self.write(" ")
                printed = []
            printed.append(word)
        self._finish_line(printed, size, bold)

    def _finish_line(self, words: list[str], size: float, bold: bool) -> None:
        if self.y + size > PAGE_HEIGHT - MARGIN:
            self.start_page(self.file, self.first_page)
        self._print_line(words, MARGIN, size, bold)
        self.y += size * 1.25

    def _print_line(self, words: list[str], x: float, size: float, bold: bool) -> None:
        page, start, boxes = len(self.pages) - 1, self.length, []
        for index, word in enumerate(words):
            if index:
                self.write(" ")
            box = BBox(x, self.y, x + len(word) * size * 0.5, self.y + size)
            self.words.append(Word(Span(self.length, self.length + len(word)), box, page))
            boxes.append(box)
            self.write(word)
            x = box.x1 + size * 0.5
        self.lines.append(Line(Span(start, self.length), union(boxes), page, size, bold))

    def document(self, name: str, files: tuple[SourceFile, ...], body_end: int) -> Document:
        return Document(
            name=name,
            files=files,
            pages=tuple(self.pages),
            text="".join(self.text),
            body_end=body_end,
            words=tuple(self.words),
            lines=tuple(self.lines),
            blocks=tuple(self.blocks),
            tables=tuple(self.tables),
        )


def _print_page(printer: _Printer, sketch: str) -> list[str]:
    """Prints one page's blocks; returns its furniture, which comes last in the document's text."""
    furniture: list[str] = []
    for chunk in re.split(r"\n\s*\n", sketch.strip()):
        lines = [line.strip() for line in chunk.splitlines() if line.strip()]
        for kind, group in groupby(lines, key=_line_kind):
            if kind == "furniture":
                furniture.extend(line.removeprefix("~ ") for line in group)
            else:
                _print_group(printer, kind, list(group))
    return furniture


def _line_kind(line: str) -> str:
    starts = {"~ ": "furniture", "# ": "heading", "## ": "heading", "!! ": "note", "|": "table", "[": "answer"}
    for prefix, kind in starts.items():
        if line.startswith(prefix):
            return kind
    if line.startswith("**") and line.endswith("**"):
        return "heading"
    return "item" if _ITEM.match(line) else "paragraph"


def _print_group(printer: _Printer, kind: str, lines: list[str]) -> None:
    size = printer.body_size
    if kind == "paragraph":
        printer.print_block(" ".join(lines), BlockKind.PARAGRAPH, size, False)
    elif kind == "table":
        printer.print_table([[cell.strip() for cell in line.strip("|").split("|")] for line in lines], size)
    elif kind == "heading":
        for line in lines:
            mark, _, title = line.partition(" ")
            big = mark in HEADING_SIZES
            printer.print_block(
                title if big else line.strip("*"), BlockKind.PARAGRAPH, HEADING_SIZES.get(mark, size), bold=True
            )
    elif kind == "answer":
        for line in lines:
            label, _, answer = line.removeprefix("[").partition("]")
            printer.print_block(answer, BlockKind.ANSWER, size, False, label)
    else:
        block_kind = BlockKind.NOTE if kind == "note" else BlockKind.ITEM
        for line in lines:
            printer.print_block(line.removeprefix("!! "), block_kind, size, False)
