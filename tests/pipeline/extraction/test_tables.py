"""Ruled tables: where they are, and what is none."""

import itertools
from collections.abc import Callable, Sequence

import pikepdf
import pypdfium2
import pytest
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from pipeline.extraction.raw import RawTable, RawWord
from pipeline.extraction.strokes import page_rules
from pipeline.extraction.tables import may_have_table, ruled_tables
from pipeline.extraction.words import read_words
from tests.pipeline.extraction.printed import HEIGHT, LOREM, WIDTH, changed, paragraph, printed, text, together
from tests.shared_material import shared_folder

BUDGET = [
    ["Charges", "Montant", "Produits", "Montant"],
    ["60 – Achats", "4 350 €", "Région Aquitaine", "32 000 €"],
    ["62 – Étude, déplacements", "17 450 €", "Caisse de retraite", "10 000 €"],
    ["64 – Coordinatrice", "29 600 €", "Mutualité", ""],
    ["TOTAL", "51 400 €", "TOTAL", "42 000 €"],
]
GRID: list[tuple[object, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]


def table(
    rows: Sequence[Sequence[str]], style: Sequence[tuple[object, ...]] = GRID, *, x: float = 60, top: float = 300
) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        made = Table([list(row) for row in rows], style=list(style))
        _, height = made.wrapOn(canvas, WIDTH, HEIGHT)
        made.drawOn(canvas, x, HEIGHT - top - height)

    return draw


def frame(x: float, top: float, width: float, height: float) -> Callable[[Canvas], None]:
    return lambda canvas: canvas.rect(x, HEIGHT - top - height, width, height)


def tables_of(pdf: bytes) -> tuple[RawTable, ...]:
    with pypdfium2.PdfDocument(pdf) as document:
        return ruled_tables(document[0], read_words(document[0]))


def may_have(pdf: bytes) -> bool:
    with pypdfium2.PdfDocument(pdf) as document:
        return may_have_table(document[0])


def texts(found: RawTable, pdf: bytes) -> list[list[str | None]]:
    with pypdfium2.PdfDocument(pdf) as document:
        words = read_words(document[0])
    return [
        [None if cell is None else " ".join(_inside(words, cell.box.contains_centre_of)) for cell in row]
        for row in found.rows
    ]


def _inside(words: Sequence[RawWord], holds: Callable[..., bool]) -> list[str]:
    return [word.text for word in words if holds(word.box)]


def test_each_cell_of_a_budget_holds_its_words() -> None:
    pdf = printed(together(paragraph(60, 80, LOREM * 3, width=470), table(BUDGET)))
    assert may_have(pdf)
    (found,) = tables_of(pdf)
    assert texts(found, pdf) == BUDGET


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_and_cropped_page_has_its_table_where_it_is_shown(rotation: int) -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].MediaBox = pikepdf.Array([-10, 20, 600, 860])
        pdf.pages[0].CropBox = pikepdf.Array([30, 50, 580, 900])
        pdf.pages[0].Rotate = rotation

    pdf = changed(printed(table(BUDGET)), turn)
    assert may_have(pdf)
    (found,) = tables_of(pdf)
    assert sorted(t for row in texts(found, pdf) for t in row if t) == sorted(t for row in BUDGET for t in row if t)


def test_a_title_over_all_columns_is_one_cell() -> None:
    rows = [["Budget prévisionnel sur 12 mois", "", "", ""], *BUDGET]
    pdf = printed(table(rows, [*GRID, ("SPAN", (0, 0), (-1, 0))]))
    (found,) = tables_of(pdf)
    assert texts(found, pdf)[0] == ["Budget prévisionnel sur 12 mois", None, None, None]


def test_rows_and_columns_without_a_word_are_left_out() -> None:
    rows = [[*row[:2], "", *row[2:]] for row in BUDGET] + [[""] * 5]
    pdf = printed(table(rows))
    (found,) = tables_of(pdf)
    assert texts(found, pdf) == BUDGET


@pytest.mark.parametrize(
    "page",
    [
        together(frame(30, 30, 535, 780), paragraph(60, 80, LOREM * 8, width=470)),
        together(frame(50, 280, 240, 200), frame(300, 280, 240, 200), paragraph(60, 300, LOREM, width=220)),
        table([["À retenir", LOREM * 3]], [*GRID]),
        table([["", "Nos trois axes"], ["", ""]]),
        together(paragraph(60, 80, LOREM * 2, width=220), paragraph(310, 80, LOREM * 2, width=220)),
    ],
    ids=["border of the page", "cards", "one row", "one word", "two columns"],
)
def test_frames_around_prose_are_no_tables(page: Callable[[Canvas], None]) -> None:
    assert tables_of(printed(page)) == ()


@pytest.mark.parametrize(
    "page",
    [
        together(),
        paragraph(60, 80, LOREM * 8, width=470),
        together(frame(30, 30, 535, 780), paragraph(60, 80, LOREM * 8, width=470)),
        together(*(frame(60, 100 + 20 * i, 200, 0.5) for i in range(8))),
        table(BUDGET, [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black)]),
    ],
    ids=["empty", "prose", "border of the page", "underlines", "rules across only"],
)
def test_pages_whose_rules_do_not_cross_are_not_searched(page: Callable[[Canvas], None]) -> None:
    assert not may_have(printed(page))


def test_a_grid_drawn_in_one_stroke() -> None:
    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        for i in range(5):
            path.moveTo(60, 500 + 20 * i)
            path.lineTo(400, 500 + 20 * i)
            path.moveTo(60 + 85 * i, 500)
            path.lineTo(60 + 85 * i, 580)
        canvas.drawPath(path)
        for row, column in itertools.product(range(4), range(4)):
            canvas.drawString(65 + 85 * column, 567 - 20 * row, f"{row}{column}")

    pdf = printed(draw)
    assert may_have(pdf)
    (found,) = tables_of(pdf)
    assert texts(found, pdf) == [[f"{row}{column}" for column in range(4)] for row in range(4)]


def test_cells_drawn_as_frames() -> None:
    rows = BUDGET

    def cell(column: int, row: int) -> Callable[[Canvas], None]:
        x, top = 60 + 120 * column, 300 + 18 * row
        return together(frame(x, top, 120, 18), text(x + 4, top + 13, rows[row][column], size=9))

    pdf = printed(together(*(cell(c, r) for r in range(len(rows)) for c in range(len(rows[0])))))
    (found,) = tables_of(pdf)
    assert texts(found, pdf) == [list(row) for row in rows]


def test_slanted_strokes_and_curves_are_no_rules() -> None:
    def draw(canvas: Canvas) -> None:
        for i in range(5):
            canvas.line(60, 500 + 20 * i, 400, 505 + 20 * i)
            canvas.line(60 + 85 * i, 500, 60 + 85 * i, 580)
            canvas.roundRect(60, 300 + 30 * i, 300, 25, 12)

    with pypdfium2.PdfDocument(printed(draw)) as document:
        across, down = page_rules(document[0])
    assert len([rule for rule in down if rule.height > 3]) == 5
    assert [round(rule.width) for rule in across] == [276] * 10


def test_tables_inside_a_form_of_the_page_are_seen() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("budget")
        table(BUDGET)(canvas)
        canvas.endForm()
        canvas.translate(0, -100)
        canvas.doForm("budget")

    assert may_have(printed(draw))


@pytest.mark.shared
def test_tables_of_a_real_report_are_found() -> None:
    path = shared_folder("real", "french-pdf") / "betagouv_bilan_2024.pdf"
    with pypdfium2.PdfDocument(path) as document:
        pages = [document[index] for index in range(15)]
        found = [(number, ruled_tables(page, read_words(page))) for number, page in enumerate(pages, 1)]
    assert [(number, len(tables), len(tables[0].rows)) for number, tables in found if tables] == [(9, 1, 8)]
