"""A `Document` as bytes and back: columns of JSON, compressed; the same document gives the same bytes."""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

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
from pipeline.errors import ReperesError
from pipeline.geometry import BBox

# Raised when these bytes change their shape. A change of the reading itself needs none: what is kept is kept under a
# digest of the program as well.
DOCUMENT_VERSION = 1

_MAGIC = b"reperes-document\n"
_COMPRESSION = 6

T = TypeVar("T")


class BrokenDocument(ReperesError):
    """Kept bytes are not a document of this version of the program."""

    code = "broken-document"
    advice = "Relancez la lecture du dossier."


def encode_document(document: Document) -> bytes:
    """The document as bytes that `decode_document` reads."""
    columns = {
        "version": DOCUMENT_VERSION,
        "name": document.name,
        "text": document.text,
        "body_end": document.body_end,
        "files": [
            [f.name, f.sha256, f.pages, f.status, f.text_source, f.reason, list(f.notes)] for f in document.files
        ],
        "pages": [[p.file, p.number, p.width, p.height, p.state, p.reason] for p in document.pages],
        "words": _columns((*_span(w.span), *_box(w.box), w.page, w.confidence) for w in document.words),
        "lines": _columns((*_span(x.span), *_box(x.box), x.page, x.size, x.bold) for x in document.lines),
        "blocks": _columns((*_span(b.span), b.kind, b.page, b.label) for b in document.blocks),
        "tables": [
            [*_span(t.span), t.page, [[(*_span(c.span), *_box(c.box)) for c in row] for row in t.rows]]
            for t in document.tables
        ],
    }
    data = json.dumps(columns, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # A damaged PDF may hold half of a surrogate pair.
    return _MAGIC + zlib.compress(data.encode("utf-8", "surrogatepass"), _COMPRESSION)


def decode_document(data: bytes) -> Document:
    """The document that `encode_document` made bytes of.

    Raises:
        BrokenDocument: the bytes are damaged, or of another version.
    """
    return _read(data, _document)


def decode_text(data: bytes) -> str:
    """The text alone of the document that `encode_document` made bytes of: a small part of the work.

    Raises:
        BrokenDocument: the bytes are damaged, or of another version.
    """
    return _read(data, lambda columns: str(columns["text"]))


def _read(data: bytes, made: Callable[[dict[str, Any]], T]) -> T:
    if not data.startswith(_MAGIC):
        raise BrokenDocument("Ce ne sont pas les données d'un document lu par Repères.")
    try:
        columns = json.loads(zlib.decompress(data[len(_MAGIC) :]).decode("utf-8", "surrogatepass"))
        if columns["version"] != DOCUMENT_VERSION:
            raise BrokenDocument("Le document gardé vient d'une autre version du programme.")
        return made(columns)
    except (zlib.error, ValueError, KeyError, IndexError, TypeError) as error:
        raise BrokenDocument("Le document gardé est endommagé.") from error


def _document(columns: dict[str, Any]) -> Document:
    return Document(
        name=columns["name"],
        files=tuple(_file(*row) for row in columns["files"]),
        pages=tuple(Page(f, n, w, h, PageState(state), reason) for f, n, w, h, state, reason in columns["pages"]),
        text=columns["text"],
        body_end=columns["body_end"],
        words=tuple(
            Word(Span(start, end), BBox(x0, y0, x1, y1), page, confidence)
            for start, end, x0, y0, x1, y1, page, confidence in _rows(columns["words"])
        ),
        lines=tuple(
            Line(Span(start, end), BBox(x0, y0, x1, y1), page, size, bold)
            for start, end, x0, y0, x1, y1, page, size, bold in _rows(columns["lines"])
        ),
        blocks=tuple(
            Block(Span(start, end), BlockKind(kind), page, label)
            for start, end, kind, page, label in _rows(columns["blocks"])
        ),
        tables=tuple(
            Table(Span(start, end), page, tuple(tuple(_cell(*cell) for cell in row) for row in rows))
            for start, end, page, rows in columns["tables"]
        ),
    )


def _file(
    name: str, sha256: str, pages: int, status: str, source: str | None, reason: str | None, notes: list[str]
) -> SourceFile:
    text_source = TextSource(source) if source is not None else None
    return SourceFile(name, sha256, pages, FileStatus(status), text_source, reason, tuple(notes))


def _cell(start: int, end: int, x0: float, y0: float, x1: float, y1: float) -> Cell:
    return Cell(Span(start, end), BBox(x0, y0, x1, y1))


def _span(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _box(box: BBox) -> tuple[float, float, float, float]:
    return box.x0, box.y0, box.x1, box.y1


def _columns(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows as columns: values of a kind stand together, and compress better."""
    return list(zip(*rows, strict=True))


def _rows(columns: list[list[Any]]) -> Iterator[tuple[Any, ...]]:
    return zip(*columns, strict=True)
