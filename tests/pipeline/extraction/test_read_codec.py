from pipeline.document import FileStatus, PageState, SourceFile, TextSource
from pipeline.extraction.assembly import ReadFile
from pipeline.extraction.raw import AnswerKind, RawAnswer, RawCell, RawPage, RawTable, RawWord
from pipeline.extraction.read_codec import decode_read, encode_read
from pipeline.geometry import BBox

BOX = BBox(10.5, 20.25, 30.0, 41.75)


def test_all_that_was_read_comes_back() -> None:
    words = (
        RawWord("été", BOX, 11.0, bold=True, angle=90),
        RawWord("\udce9", BOX, 9.5, confidence=0.75),  # half of a surrogate pair
    )
    table = RawTable(BOX, ((RawCell(BOX), None), (RawCell(BOX), RawCell(BOX))))
    answers = (RawAnswer(AnswerKind.CHOICE, "Région", "Aquitaine\nLimousin", BOX, (RawWord("Aquitaine", BOX, 9.0),)),)
    pages = (
        RawPage(1, 595.0, 842.0, words, (table,), answers, PageState.FORM),
        RawPage(2, 0.0, 0.0, (), (), (), PageState.FAILED, "page-damaged"),
    )
    source = SourceFile(
        "dossier.pdf", "ab" * 32, 2, FileStatus.READ, TextSource.FORM, reason=None, notes=("scripts", "xfa")
    )
    assert decode_read(encode_read(ReadFile(source, pages))) == ReadFile(source, pages)


def test_a_file_that_was_not_read_comes_back() -> None:
    file = ReadFile(SourceFile("a.pdf", "ab" * 32, 0, FileStatus.UNREADABLE, reason="encrypted"), ())
    assert decode_read(encode_read(file)) == file
