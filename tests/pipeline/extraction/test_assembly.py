from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import BlockKind, Document, FileStatus, PageState, SourceFile, Span
from pipeline.extraction.assembly import ReadFile, assemble
from pipeline.extraction.raw import AnswerKind, RawAnswer, RawCell, RawPage, RawTable, RawWord
from pipeline.geometry import BBox
from tests.pipeline.extraction.pages import HEIGHT, WIDTH, line, lines, page


def file_of(*pages: RawPage, name: str = "dossier.pdf") -> ReadFile:
    return ReadFile(SourceFile(name, "0" * 64, len(pages), FileStatus.READ), pages)


def document(*pages: RawPage) -> Document:
    return assemble("dossier", [file_of(*pages)])


def blocks(read: Document) -> list[tuple[BlockKind, str]]:
    return [(block.kind, read.text[block.span.start : block.span.end]) for block in read.blocks]


def test_blocks_are_separated_by_newlines_and_lines_by_spaces() -> None:
    words = line("Le porteur", 50, 100, bold=True) + lines(["Une association qui", "répare des vélos."], 50, 115)
    read = document(page(words))
    assert read.text == "Le porteur\nUne association qui répare des vélos."
    assert read.body_end == len(read.text)
    assert [(x.bold, read.text[x.span.start : x.span.end]) for x in read.lines] == [
        (True, "Le porteur"),
        (False, "Une association qui"),
        (False, "répare des vélos."),
    ]


def test_a_word_cut_at_a_line_end_is_two_pieces_that_touch() -> None:
    read = document(page(lines(["un projet de co-", "construction et d'inno-", "vation sociale."], 50, 100)))
    assert read.text == "un projet de co-construction et d'innovation sociale."
    start = read.text.index("innovation")
    pieces = read.words_in(Span(start, start + len("innovation")))
    assert [read.text[word.span.start : word.span.end] for word in pieces] == ["d'inno", "vation"]
    assert pieces[0].span.end == pieces[1].span.start
    (region,) = read.locate(Span(start, start + len("innovation")))
    assert len(region.boxes) == 2


def test_a_paragraph_that_runs_on_over_the_page_is_one_block() -> None:
    first = page(lines(["Les habitants ont été consultés au cours", "de plusieurs réunions et leurs avis"], 50, 760), 1)
    second = page(lines(["ont été suivis par le conseil.", "Un bilan en a été fait."], 50, 60), 2)
    read = document(first, second)
    assert next(text for _, text in blocks(read)).endswith(
        "leurs avis ont été suivis par le conseil. Un bilan en a été fait."
    )
    assert [region.page for region in read.locate(Span(0, len(read.text)))] == [0, 1]


def test_paragraphs_of_two_files_stay_apart() -> None:
    ends = page(lines(["Les habitants ont été consultés et"], 50, 760))
    begins = page(lines(["suivis par le conseil."], 50, 60))
    read = assemble("dossier", [file_of(ends), file_of(begins)])
    assert len(read.blocks) == 2
    assert [found.file for found in read.pages] == [0, 1]


def _table(*rows: Sequence[str | None]) -> tuple[RawTable, list[RawWord]]:
    words: list[RawWord] = []
    cells: list[tuple[RawCell | None, ...]] = []
    for r, row in enumerate(rows):
        boxes = [BBox(50 + 150 * c, 200 + 20 * r, 200 + 150 * c, 220 + 20 * r) for c in range(len(row))]
        cells.append(tuple(None if text is None else RawCell(box) for text, box in zip(row, boxes, strict=True)))
        words += [w for text, box in zip(row, boxes, strict=True) if text for w in line(text, box.x0 + 3, box.y0 + 4)]
    return RawTable(BBox(50, 200, 50 + 150 * len(rows[0]), 200 + 20 * len(rows)), tuple(cells)), words


def test_a_table_is_rows_of_cells() -> None:
    table, words = _table(["Charges", "Montant"], ["Salaires bruts", "24 000"], ["Total", None])
    read = document(page(line("Budget :", 50, 150) + words + line("Fin.", 50, 300), tables=[table]))
    assert read.text == "Budget :\nCharges\tMontant\nSalaires bruts\t24 000\nTotal\t\nFin."
    (found,) = read.tables
    assert [[read.text[cell.span.start : cell.span.end] for cell in row] for row in found.rows] == [
        ["Charges", "Montant"],
        ["Salaires bruts", "24 000"],
        ["Total", ""],
    ]
    assert found.rows[2][1].box == found.rows[2][0].box
    assert [kind for kind, _ in blocks(read)] == [BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.PARAGRAPH]


def test_a_table_without_words_is_no_table() -> None:
    table, _ = _table(["", ""], ["", ""])
    assert document(page(line("Texte", 50, 100), tables=[table])).tables == ()


def test_answers_stand_where_their_fields_are() -> None:
    words = line("Nom :", 50, 100) + line("Statut :", 50, 120)
    answers = [
        RawAnswer(AnswerKind.TEXT, "Statut", "Association", BBox(100, 118, 300, 132)),
        RawAnswer(AnswerKind.TEXT, "Nom", "Les Mains vertes", BBox(100, 98, 300, 112)),
        RawAnswer(AnswerKind.NOTE, "", "à vérifier", BBox(400, 300, 420, 320)),
    ]
    read = document(page(words, answers=answers, state=PageState.FORM))
    assert blocks(read) == [
        (BlockKind.PARAGRAPH, "Nom :"),
        (BlockKind.ANSWER, "Les Mains vertes"),
        (BlockKind.PARAGRAPH, "Statut :"),
        (BlockKind.ANSWER, "Association"),
        (BlockKind.NOTE, "à vérifier"),
    ]
    assert [block.label for block in read.blocks] == ["", "Nom", "", "Statut", ""]


def test_furniture_stands_at_the_end_of_the_text() -> None:
    pages = [
        page(line("Les Mains vertes", 50, 20) + line(f"Partie {letter} du texte.", 50, 300) + line(str(n), 290, 810), n)
        for n, letter in ((1, "A"), (2, "B"))
    ]
    read = document(*pages)
    assert read.body == "Partie A du texte.\nPartie B du texte."
    assert read.text[read.body_end :] == "\nLes Mains vertes\n1\nLes Mains vertes\n2"
    assert {block.kind for block in read.blocks if block.span.start > read.body_end} == {BlockKind.FURNITURE}


def test_a_dossier_that_holds_nothing() -> None:
    unreadable = ReadFile(SourceFile("a.pdf", "0" * 64, 0, FileStatus.UNREADABLE, reason="damaged"), ())
    read = assemble("dossier", [unreadable])
    assert (read.text, read.body_end, read.pages, read.words) == ("", 0, (), ())
    assert read.files == (unreadable.source,)


_TOKENS = st.sampled_from(
    [
        "Le",
        "projet",
        "co-",
        "inno-",
        "vation",
        "•",
        "1.",
        "12",
        "€",
        "associe",
        "habitants.",
        "Quoi",
        "?",
        "-",
        "T",
        "»",
    ]
)
_COORDINATE = st.integers(0, 560).map(float)


@st.composite
def _words(draw: st.DrawFn) -> RawWord:
    text, x, y = draw(_TOKENS), draw(_COORDINATE), draw(st.integers(0, 820).map(float))
    size = draw(st.sampled_from([8.0, 10.0, 14.0]))
    box = BBox(x, y, min(WIDTH, x + 5 * len(text)), min(HEIGHT, y + size))
    return RawWord(text, box, size, draw(st.booleans()), None, draw(st.sampled_from([0, 0, 0, 90, 180, 270, 45])))


_BOXES = st.builds(
    lambda x, y, w, h: BBox(x, y, x + w, y + h), _COORDINATE, _COORDINATE, st.just(35.0), st.integers(1, 90)
)
_ANSWERS = st.builds(
    RawAnswer,
    st.sampled_from(AnswerKind),
    st.sampled_from(["", "Nom"]),
    st.sampled_from(["Le projet", "a\nb", " "]),
    _BOXES,
)
_TABLES = st.builds(
    lambda x, y: RawTable(
        BBox(x, y, x + 30, y + 20),
        ((RawCell(BBox(x, y, x + 15, y + 20)), None, RawCell(BBox(x + 15, y, x + 30, y + 20))),),
    ),
    _COORDINATE,
    _COORDINATE,
)
_PAGES = st.builds(
    lambda words, tables, answers: page(words, tables=tables, answers=answers),
    st.lists(_words(), max_size=40),
    st.lists(_TABLES, max_size=2),
    st.lists(_ANSWERS, max_size=3),
)


@given(st.lists(_PAGES, max_size=3), st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_stands_on_the_pages_has_one_place_in_the_text(pages: list[RawPage], data: st.DataObject) -> None:
    read = document(*pages)
    assert read == document(*pages)
    for spans in ([w.span for w in read.words], [x.span for x in read.lines], [b.span for b in read.blocks]):
        assert all(0 <= span.start <= span.end <= len(read.text) for span in spans)
        assert all(before.end <= after.start for before, after in pairwise(spans))
    for word in read.words:
        text = read.text[word.span.start : word.span.end]
        assert text
        assert not any(map(str.isspace, text))
    covered = "".join(read.text[word.span.start : word.span.end] for word in read.words)
    assert covered == "".join(read.text.split())
    assert all(
        (block.kind is BlockKind.FURNITURE) == (block.span.start > read.body_end)
        for block in read.blocks
        if block.span.start
    )
    start = data.draw(st.integers(0, len(read.text)))
    for region in read.locate(Span(start, data.draw(st.integers(start, len(read.text))))):
        for box in region.boxes:
            assert 0 <= box.x0 <= box.x1 <= WIDTH
            assert 0 <= box.y0 <= box.y1 <= HEIGHT
