"""A file as read, as bytes and back: what one child has read, the next one need not read again."""

import json
from collections.abc import Sequence
from typing import Any

from pipeline.document import FileStatus, PageState, SourceFile, TextSource
from pipeline.extraction.assembly import ReadFile
from pipeline.extraction.raw import AnswerKind, RawAnswer, RawCell, RawPage, RawTable, RawWord
from pipeline.geometry import BBox


def encode_read(file: ReadFile) -> bytes:
    """The file as bytes that `decode_read` reads, in the same version of the program."""
    s = file.source
    source = [s.name, s.sha256, s.pages, s.status, s.text_source, s.reason, s.notes]
    data = json.dumps([source, [_page_row(page) for page in file.pages]], separators=(",", ":"))
    return data.encode()


def decode_read(data: bytes) -> ReadFile:
    """The file that `encode_read` made bytes of."""
    (name, sha256, count, status, text_source, reason, notes), pages = json.loads(data)
    source = SourceFile(
        name, sha256, count, FileStatus(status), TextSource(text_source) if text_source else None, reason, tuple(notes)
    )
    return ReadFile(source, tuple(_page(*row) for row in pages))


def _page_row(page: RawPage) -> list[Any]:
    words = [_word_row(word) for word in page.words]
    tables = [
        (_corners(table.box), [[cell and _corners(cell.box) for cell in row] for row in table.rows])
        for table in page.tables
    ]
    answers = [
        (answer.kind, answer.label, answer.text, _corners(answer.box), [_word_row(word) for word in answer.shown])
        for answer in page.answers
    ]
    return [page.number, page.width, page.height, words, tables, answers, page.state, page.reason]


def _page(
    number: int,
    width: float,
    height: float,
    words: Sequence[Any],
    tables: Sequence[Any],
    answers: Sequence[Any],
    state: str,
    reason: str | None,
) -> RawPage:
    return RawPage(
        number,
        width,
        height,
        tuple(_word(*row) for row in words),
        tuple(RawTable(BBox(*corners), tuple(map(_cells, rows))) for corners, rows in tables),
        tuple(
            RawAnswer(AnswerKind(kind), label, text, BBox(*corners), tuple(_word(*row) for row in shown))
            for kind, label, text, corners, shown in answers
        ),
        PageState(state),
        reason,
    )


def _word_row(word: RawWord) -> list[Any]:
    return [word.text, _corners(word.box), word.size, word.bold, word.confidence, word.angle]


def _word(text: str, corners: Sequence[float], *style: Any) -> RawWord:
    return RawWord(text, BBox(*corners), *style)


def _cells(row: Sequence[Any]) -> tuple[RawCell | None, ...]:
    return tuple(RawCell(BBox(*corners)) if corners else None for corners in row)


def _corners(box: BBox) -> tuple[float, float, float, float]:
    return box.x0, box.y0, box.x1, box.y1
