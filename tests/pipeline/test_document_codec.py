import zlib
from dataclasses import replace

import pytest

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
from pipeline.document_codec import BrokenDocument, decode_document, encode_document
from pipeline.geometry import BBox

BOX = BBox(1.23, 4.5, 67.89, 1 / 3)
DOCUMENT = Document(
    name="Les Mains vertes",
    files=(
        SourceFile("dossier.pdf", "ab" * 32, 2, FileStatus.READ, TextSource.MIXED, None, ("scripts",)),
        SourceFile("é.pdf", "cd" * 32, 0, FileStatus.UNREADABLE, None, "damaged"),
    ),
    pages=(Page(0, 1, 595.0, 842.0, PageState.TEXT), Page(0, 2, 595.0, 842.0, PageState.FAILED, "ocr-missing")),
    text="Bilan € œuvre\n1\ud800\t",
    body_end=13,
    words=(Word(Span(0, 5), BOX, 0), Word(Span(6, 7), BOX, 0, 0.87), Word(Span(8, 13), BOX, 1, None)),
    lines=(Line(Span(0, 13), BOX, 0, 10.98, True),),
    blocks=(Block(Span(0, 13), BlockKind.ANSWER, 0, "Nom"), Block(Span(14, 17), BlockKind.TABLE, 1)),
    tables=(Table(Span(14, 17), 1, ((Cell(Span(14, 16), BOX), Cell(Span(17, 17), BOX)),)),),
)


def test_round_trip() -> None:
    assert decode_document(encode_document(DOCUMENT)) == DOCUMENT


def test_round_trip_of_an_empty_document() -> None:
    empty = Document("rien", (), (), "", 0, (), (), (), ())
    assert decode_document(encode_document(empty)) == empty


def test_same_document_same_bytes() -> None:
    assert encode_document(DOCUMENT) == encode_document(decode_document(encode_document(DOCUMENT)))


def test_compact() -> None:
    many = replace(DOCUMENT, words=DOCUMENT.words[:1] * 2000)
    assert len(encode_document(many)) < 4000


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.4",
        encode_document(DOCUMENT)[:-4],
        b"reperes-document\n" + zlib.compress(b"[]"),
        b"reperes-document\n" + zlib.compress(b'{"version":1}'),
        b"reperes-document\nxyz",
    ],
)
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenDocument):
        decode_document(data)


def test_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encode_document(DOCUMENT)
    monkeypatch.setattr("pipeline.document_codec.DOCUMENT_VERSION", -1)
    with pytest.raises(BrokenDocument, match="autre version"):
        decode_document(data)
