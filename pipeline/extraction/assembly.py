"""From pages as read to one `Document`: a single text, and the place of each of its words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.document import Block, BlockKind, Cell, Document, Line, Page, SourceFile, Span, Table, Word
from pipeline.extraction.collection import no_collection
from pipeline.extraction.content import Content, Part, TablePart, furniture_parts, page_content
from pipeline.extraction.furniture import find_furniture
from pipeline.extraction.hyphens import is_cut, keeps_hyphen, vocabulary
from pipeline.extraction.paragraphs import PrintedLine, same_size
from pipeline.extraction.raw import RawPage

_SENTENCE_ENDS = (".", "!", "?", ":", ";", "…", "»", "”", ".)")


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file as read; without pages when it could not be."""

    source: SourceFile
    pages: tuple[RawPage, ...]


def assemble(name: str, files: Sequence[ReadFile]) -> Document:
    """One document of all pages of all files, in their order."""
    with no_collection():
        return _assemble(name, files)


def _assemble(name: str, files: Sequence[ReadFile]) -> Document:
    pages: list[Page] = []
    body: list[Content] = []
    tail: list[Part] = []
    for file_index, file in enumerate(files):
        for raw, rows in zip(file.pages, find_furniture(file.pages), strict=True):
            index = len(pages)
            pages.append(Page(file_index, raw.number, raw.width, raw.height, raw.state, raw.reason))
            body += page_content(raw, index, {i for row in rows for i in row})
            tail += furniture_parts(raw, index, rows)
    known = vocabulary(word.text for file in files for page in file.pages for word in page.words)
    writer = _Writer(known)
    for part in _with_continuations(body, pages):
        writer.add(part)
    body_end = writer.offset
    for row in tail:
        writer.add(row)
    return writer.document(name, tuple(file.source for file in files), tuple(pages), body_end)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Parts that are one block, though on several pages or columns."""

    parts: tuple[Part, ...]


def _with_continuations(content: Iterable[Content], pages: Sequence[Page]) -> Iterator[_Paragraph | TablePart]:
    paragraph: list[Part] = []
    for part in content:
        if isinstance(part, Part) and paragraph and _goes_on(paragraph[-1], part, pages):
            paragraph.append(part)
            continue
        if paragraph:
            yield _Paragraph(tuple(paragraph))
        paragraph = []
        if isinstance(part, Part):
            paragraph = [part]
        else:
            yield part
    if paragraph:
        yield _Paragraph(tuple(paragraph))


def _goes_on(last: Part, part: Part, pages: Sequence[Page]) -> bool:
    """Whether a paragraph runs on over a page or column break."""
    if last.kind not in _RUNNING or part.kind is not BlockKind.PARAGRAPH:
        return False
    before, after = last.lines[-1], part.lines[0]
    if before.tabular or after.tabular or before.bold != after.bold or not same_size(before, after):
        return False
    if pages[last.page].file != pages[part.page].file or not _breaks_between(last, part):
        return False
    return not before.words[-1].text.endswith(_SENTENCE_ENDS) and after.words[0].text[0].islower()


_RUNNING = (BlockKind.PARAGRAPH, BlockKind.ITEM)


def _breaks_between(last: Part, part: Part) -> bool:
    """Whether a page or a column ends between two parts."""
    if last.page != part.page:
        return part.page == last.page + 1
    return part.lines[0].box.y0 < last.lines[-1].box.y0 and part.lines[0].box.x0 > last.lines[-1].box.x0


class _Writer:
    """Appends parts to the text and notes where each word, line, block and cell stands."""

    def __init__(self, known: Counter[str]) -> None:
        self.offset = 0
        self._known = known
        self._text: list[str] = []
        self._words: list[Word] = []
        self._lines: list[Line] = []
        self._blocks: list[Block] = []
        self._tables: list[Table] = []

    def add(self, part: _Paragraph | Part | TablePart) -> None:
        if self.offset:
            self._write("\n")
        start = self.offset
        if isinstance(part, TablePart):
            rows = self._table(part)
            self._tables.append(Table(Span(start, self.offset), part.page, rows))
            self._blocks.append(Block(Span(start, self.offset), BlockKind.TABLE, part.page))
            return
        parts = part.parts if isinstance(part, _Paragraph) else (part,)
        self._write_lines([(line, own.page) for own in parts for line in own.lines])
        first = parts[0]
        self._blocks.append(Block(Span(start, self.offset), first.kind, first.page, first.label))

    def document(self, name: str, files: tuple[SourceFile, ...], pages: tuple[Page, ...], body_end: int) -> Document:
        return Document(
            name=name,
            files=files,
            pages=pages,
            text="".join(self._text),
            body_end=body_end,
            words=tuple(self._words),
            lines=tuple(self._lines),
            blocks=tuple(self._blocks),
            tables=tuple(self._tables),
        )

    def _write(self, text: str) -> None:
        self._text.append(text)
        self.offset += len(text)

    def _table(self, part: TablePart) -> tuple[tuple[Cell, ...], ...]:
        rows = []
        for row_index, row in enumerate(part.rows):
            if row_index:
                self._write("\n")
            cells = []
            for column, cell in enumerate(row):
                if column:
                    self._write("\t")
                start = self.offset
                self._write_lines([(line, part.page) for line in cell.lines])
                cells.append(Cell(Span(start, self.offset), cell.box))
            rows.append(tuple(cells))
        return tuple(rows)

    def _write_lines(self, lines: Sequence[tuple[PrintedLine, int]]) -> None:
        for index, (line, page) in enumerate(lines):
            following = lines[index + 1][0].words[0].text if index + 1 < len(lines) else ""
            self._write_line(line, page, following)

    def _write_line(self, line: PrintedLine, page: int, following: str) -> None:
        """Writes a line and the space after it; `following` is the first word of the next, if there is one."""
        start = offset = self.offset
        last = line.words[-1].text
        cut = bool(following) and is_cut(last, following)
        texts = [word.text for word in line.words]
        if cut and not keeps_hyphen(last, following, self._known):
            texts[-1] = last[:-1]
        for word, text in zip(line.words, texts, strict=True):
            end = offset + len(text)
            self._words.append(Word(Span(offset, end), word.box, page, word.confidence))
            offset = end + 1
        self._write(" ".join(texts))
        self._lines.append(Line(Span(start, self.offset), line.box, page, line.size, line.bold))
        if following and not cut:
            self._write(" ")
