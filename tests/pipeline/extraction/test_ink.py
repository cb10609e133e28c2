"""Which pages show text that their text layer does not hold."""

import io
import random
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.extraction import ink
from pipeline.extraction.raster import render_grey
from pipeline.extraction.raw import RawWord
from pipeline.extraction.words import read_words
from tests.pipeline.extraction.printed import HEIGHT, LOREM, WIDTH, changed, paragraph, printed, text, together
from tests.pipeline.extraction.scans import immense, photo, scanned

PROSE = together(*(paragraph(60, 80 + 90 * i, LOREM * 2, width=470) for i in range(5)))


def needs_ocr(pdf: bytes, words: tuple[RawWord, ...] | None = None) -> bool:
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        return ink.needs_ocr(page, read_words(page) if words is None else words)


def picture(image: Image.Image, x: float, top: float, width: float, height: float) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(image), x, HEIGHT - top - height, width, height)

    return draw


def picture_of(drawing: Callable[[Canvas], None], dpi: int = 150) -> Image.Image:
    with pypdfium2.PdfDocument(printed(drawing)) as document:
        return Image.fromarray(render_grey(document[0], dpi))


def ground(colour: float) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(colour)
        canvas.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)
        canvas.setFillGray(0)

    return draw


def invisible(drawing: Callable[[Canvas], None]) -> Callable[[pikepdf.Pdf], None]:
    """Lays the text of a drawing over the page without showing it, as OCR programs do."""

    def lay(pdf: pikepdf.Pdf) -> None:
        with pikepdf.open(io.BytesIO(printed(drawing))) as layer:
            page = layer.pages[0]
            page.Contents = layer.make_stream(b"3 Tr\n" + page.Contents.read_bytes())
            pdf.pages[0].add_overlay(page, None)

    return lay


def test_a_page_of_text_needs_none() -> None:
    assert not needs_ocr(printed(PROSE))


@pytest.mark.parametrize("quarters", [0, 1, 2])
def test_a_scan_needs_it_whichever_way_it_lies(quarters: int) -> None:
    assert needs_ocr(scanned(printed(PROSE), degrees=1, quarters=quarters))


def test_a_scanned_letter_of_a_few_lines_needs_it() -> None:
    assert needs_ocr(scanned(printed(paragraph(60, 300, LOREM, width=400))))


def test_a_scan_with_its_text_laid_over_it_needs_none() -> None:
    assert not needs_ocr(changed(scanned(printed(PROSE)), invisible(PROSE)))


def test_a_scan_under_a_jumble_needs_it() -> None:
    scan = scanned(printed(PROSE))
    with pypdfium2.PdfDocument(printed(PROSE)) as document:
        words = read_words(document[0])
    jumble = tuple(RawWord("".join(chr(0xE000 + ord(c)) for c in w.text), w.box, w.size) for w in words)
    assert not needs_ocr(scan, words)
    assert needs_ocr(scan, jumble)


def test_prose_as_a_picture_under_a_printed_title_needs_it() -> None:
    image = picture_of(PROSE)
    page = together(text(60, 60, "Description du projet", size=18), picture(image, 0, 100, WIDTH, HEIGHT - 100))
    assert needs_ocr(printed(page))


def test_a_budget_as_a_picture_among_prose_needs_it() -> None:
    rows = [text(60, 60 + 16 * i, f"6{i} – Achats de fournitures et de petit outillage", size=10) for i in range(14)]
    budget = picture_of(together(*rows)).crop((0, 0, 1240, 600))
    page = together(paragraph(60, 60, LOREM * 4, width=470), picture(budget, 0, 300, WIDTH, 288))
    assert needs_ocr(printed(page))


def test_letters_drawn_as_shapes_need_it() -> None:
    def draw(canvas: Canvas) -> None:
        path = random.Random(1)
        for line in range(30):
            x = 60.0
            while x < 520:  # stems and bowls, as letters have
                width = path.choice((3, 4, 5))
                canvas.rect(x, 760 - 16 * line, 0.9, 7, stroke=0, fill=1)
                canvas.circle(x + width / 2, 763 - 16 * line, width / 2, stroke=1, fill=0)
                x += width + (5 if path.random() < 0.2 else 1.5)

    assert needs_ocr(printed(draw))


@pytest.mark.parametrize("caption", ["Les habitants devant la maison commune", ""])
def test_a_photo_needs_none(caption: str) -> None:
    assert not needs_ocr(printed(together(picture(photo(1000, 800), 60, 80, 470, 376), text(60, 480, caption))))


def test_a_logo_on_a_page_of_its_own_needs_none() -> None:
    logo = picture_of(together(text(60, 60, "LA FABRIQUE", size=40), text(60, 80, "du territoire", size=12)))
    assert not needs_ocr(printed(picture(logo.crop((100, 50, 800, 200)), 200, 300, 200, 43)))


def test_a_slide_with_a_coloured_ground_needs_none() -> None:
    assert not needs_ocr(printed(together(ground(0.8), text(60, 100, "Nos trois axes", size=30), PROSE)))


def test_a_chart_needs_none() -> None:
    def draw(canvas: Canvas) -> None:
        for i in range(12):
            canvas.rect(80 + 35 * i, 300, 20, 20 + 17 * i, fill=1)

    assert not needs_ocr(printed(together(draw, *(text(80 + 35 * i, 560, str(2005 + i), size=8) for i in range(12)))))


def test_a_page_too_large_to_be_looked_at_is_left_to_ocr_to_refuse() -> None:
    assert needs_ocr(immense(scanned(printed(PROSE))))


@pytest.mark.parametrize("page", [together(), ground(1), ground(0.7)])
def test_a_page_without_a_mark_needs_none(page: Callable[[Canvas], None]) -> None:
    assert not needs_ocr(printed(page))


def test_a_scanned_sheet_with_nothing_on_it_needs_none() -> None:
    assert not needs_ocr(scanned(printed(together())))
