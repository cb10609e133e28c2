"""The content of a page in reading order: text, tables and answers, without its furniture."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from pipeline.document import BlockKind
from pipeline.extraction.answers import PlacedAnswer, place_answer
from pipeline.extraction.columns import rows_of
from pipeline.extraction.layout import LaidFixture, lay_out
from pipeline.extraction.paragraphs import PrintedLine, line_of
from pipeline.extraction.pieces import cut_into_pieces
from pipeline.extraction.raw import AnswerKind, RawPage, RawTable, RawWord
from pipeline.geometry import BBox


@dataclass(frozen=True, slots=True)
class Part:
    """One block of a page: its printed lines, and its label when it is a form answer."""

    kind: BlockKind
    page: int  # index in the document
    lines: tuple[PrintedLine, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class FilledCell:
    box: BBox
    lines: tuple[PrintedLine, ...]


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table with the printed lines of each cell; all rows have the same length."""

    page: int
    rows: tuple[tuple[FilledCell, ...], ...]


Content = Part | TablePart


def page_content(page: RawPage, index: int, furniture: Set[int]) -> Iterator[Content]:
    """What a page says, in reading order; `furniture` are indices of words to leave out."""
    answers = [place_answer(answer, page.words) for answer in page.answers]
    taken = set(furniture).union(*(answer.printed for answer in answers))
    words = [word for i, word in enumerate(page.words) if i not in taken]
    tables: list[tuple[BBox, TablePart]] = []
    for table in page.tables:
        rows, rest = _fill(table, words)
        if len(rest) < len(words):  # a table without a word is only a drawing
            tables.append((table.box, TablePart(index, rows)))
            words = rest
    fixtures = [box for box, _ in tables] + [answer.answer.box for answer in answers]
    for laid in lay_out(words, fixtures):
        if not isinstance(laid, LaidFixture):
            yield Part(laid.kind, index, laid.lines)
        elif laid.index < len(tables):
            yield tables[laid.index][1]
        else:
            yield from _answer_parts(answers[laid.index - len(tables)], index)


def furniture_parts(page: RawPage, index: int, rows: Sequence[Sequence[int]]) -> Iterator[Part]:
    """The running headers and footers of a page, one part for each printed row."""
    for row in rows:
        yield Part(BlockKind.FURNITURE, index, (line_of([page.words[i] for i in row]),))


def _answer_parts(placed: PlacedAnswer, index: int) -> Iterator[Part]:
    """An answer, one part a paragraph."""
    is_note = placed.answer.kind is AnswerKind.NOTE
    kind = BlockKind.NOTE if is_note else BlockKind.ANSWER
    for words in placed.paragraphs:
        yield Part(kind, index, (line_of(words),), placed.answer.label)


def _fill(table: RawTable, words: Sequence[RawWord]) -> tuple[tuple[tuple[FilledCell, ...], ...], list[RawWord]]:
    """The rows of a table with their text, and the words that are in none of its cells."""
    cells = [(r, c, cell.box) for r, row in enumerate(table.rows) for c, cell in enumerate(row) if cell is not None]
    inside: dict[tuple[int, int], list[RawWord]] = {}
    rest = []
    for word in words:
        place = _cell_of(word, table.box, cells)
        if place is None:
            rest.append(word)
        else:
            inside.setdefault(place, []).append(word)
    rows = tuple(
        tuple(
            FilledCell(cell.box if cell else _merged_box(table, r, c), _cell_lines(inside.get((r, c), ())))
            for c, cell in enumerate(row)
        )
        for r, row in enumerate(table.rows)
    )
    return rows, rest


def _cell_of(word: RawWord, table: BBox, cells: Sequence[tuple[int, int, BBox]]) -> tuple[int, int] | None:
    if not table.contains_centre_of(word.box):
        return None
    return next(((r, c) for r, c, box in cells if box.contains_centre_of(word.box)), None)


def _merged_box(table: RawTable, row: int, column: int) -> BBox:
    """The box of the cell that a merged place belongs to: the nearest on its left, else above, else the table."""
    left = (cell for cell in reversed(table.rows[row][:column]) if cell is not None)
    above = (cells[column] for cells in reversed(table.rows[:row]))
    cell = next(left, None) or next((cell for cell in above if cell is not None), None)
    return cell.box if cell else table.box


def _cell_lines(words: Sequence[RawWord]) -> tuple[PrintedLine, ...]:
    rows = rows_of(cut_into_pieces(words, ())) if words else []
    return tuple(line_of([word for piece in row for word in piece.words]) for row in rows)
