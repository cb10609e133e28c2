"""Ruled tables: where they are, and what is none."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from pipeline.extraction.raw import RawTable, RawWord
from pipeline.extraction.tables import may_have_table, read_tables
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


def tables_of(pdf: bytes, folder: Path) -> tuple[RawTable, ...]:
    path = folder / "page.pdf"
    path.write_bytes(pdf)
    return read_tables(path, [1], "").get(1, ())


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


def test_each_cell_of_a_budget_holds_its_words(tmp_path: Path) -> None:
    pdf = printed(together(paragraph(60, 80, LOREM * 3, width=470), table(BUDGET)))
    assert may_have(pdf)
    (found,) = tables_of(pdf, tmp_path)
    assert texts(found, pdf) == BUDGET


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_and_cropped_page_has_its_table_where_it_is_shown(rotation: int, tmp_path: Path) -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].MediaBox = pikepdf.Array([-10, 20, 600, 860])
        pdf.pages[0].CropBox = pikepdf.Array([30, 50, 580, 900])
        pdf.pages[0].Rotate = rotation

    pdf = changed(printed(table(BUDGET)), turn)
    assert may_have(pdf)
    (found,) = tables_of(pdf, tmp_path)
    assert sorted(t for row in texts(found, pdf) for t in row if t) == sorted(t for row in BUDGET for t in row if t)


def test_a_title_over_all_columns_is_one_cell(tmp_path: Path) -> None:
    rows = [["Budget prévisionnel sur 12 mois", "", "", ""], *BUDGET]
    pdf = printed(table(rows, [*GRID, ("SPAN", (0, 0), (-1, 0))]))
    (found,) = tables_of(pdf, tmp_path)
    assert texts(found, pdf)[0] == ["Budget prévisionnel sur 12 mois", None, None, None]


def test_rows_and_columns_without_a_word_are_left_out(tmp_path: Path) -> None:
    rows = [[*row[:2], "", *row[2:]] for row in BUDGET] + [[""] * 5]
    pdf = printed(table(rows))
    (found,) = tables_of(pdf, tmp_path)
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
def test_frames_around_prose_are_no_tables(page: Callable[[Canvas], None], tmp_path: Path) -> None:
    assert tables_of(printed(page), tmp_path) == ()


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


def test_a_grid_drawn_in_one_stroke_may_be_a_table() -> None:
    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        for i in range(5):
            path.moveTo(60, 500 + 20 * i)
            path.lineTo(400, 500 + 20 * i)
            path.moveTo(60 + 85 * i, 500)
            path.lineTo(60 + 85 * i, 580)
        canvas.drawPath(path)

    assert may_have(printed(draw))


def test_tables_inside_a_form_of_the_page_are_seen() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("budget")
        table(BUDGET)(canvas)
        canvas.endForm()
        canvas.translate(0, -100)
        canvas.doForm("budget")

    assert may_have(printed(draw))


def test_pages_are_told_apart_by_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "pages.pdf"
    path.write_bytes(printed(text(60, 60, "Titre"), table(BUDGET), table(BUDGET[:3])))
    found = read_tables(path, [2, 3], "")
    assert {number: [len(t.rows) for t in tables] for number, tables in found.items()} == {2: [5], 3: [3]}


def test_a_file_that_pdfplumber_cannot_list_has_no_tables(tmp_path: Path) -> None:
    def lose_boxes(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[0].MediaBox

    assert tables_of(changed(printed(table(BUDGET)), lose_boxes), tmp_path) == ()
    assert tables_of(b"%PDF-1.4 nothing", tmp_path) == ()


@pytest.mark.shared
def test_tables_of_a_real_report_are_found() -> None:
    path = shared_folder("real", "french-pdf") / "betagouv_bilan_2024.pdf"
    with pypdfium2.PdfDocument(path) as document:
        numbers = [number for number in range(1, 16) if may_have_table(document[number - 1])]
    found = read_tables(path, numbers, "")
    assert [(number, len(tables), len(tables[0].rows)) for number, tables in found.items()] == [(9, 1, 8)]
