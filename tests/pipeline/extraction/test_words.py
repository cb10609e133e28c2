import numpy as np
import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.extraction.words import _starts
from pipeline.geometry import BBox
from tests.pipeline.extraction.printed import HEIGHT, WIDTH, changed, printed, text, texts, together, words_of


def near(box: BBox, expected: tuple[float, float, float, float], by: float = 3.0) -> bool:
    return all(abs(a - b) <= by for a, b in zip((box.x0, box.y0, box.x1, box.y1), expected, strict=True))


def test_words_have_boxes_from_the_top_left_size_and_weight() -> None:
    page = together(text(100, 200, "Bilan financier"), text(100, 230, "Charges", size=18, font="Helvetica-Bold"))
    bilan, financier, charges = words_of(printed(page))
    assert (bilan.text, financier.text, charges.text) == ("Bilan", "financier", "Charges")
    assert near(bilan.box, (100, 190, 124, 203))
    assert financier.box.x0 == pytest.approx(bilan.box.x1 + 3, abs=0.5)
    assert (bilan.size, bilan.bold) == (11, False)
    assert (charges.size, charges.bold) == (18, True)


@pytest.mark.parametrize("scale", [0.5, 2.0])
def test_size_is_that_of_the_letters_as_shown(scale: float) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.scale(scale, scale)
        text(50, 600, "Titre", size=12)(canvas)

    (word,) = words_of(printed(draw))
    assert word.size == pytest.approx(12 * scale)


@pytest.mark.parametrize(
    ("rotation", "expected"),
    [
        (0, (100, 190, 125, 203)),
        (90, (HEIGHT - 203, 100, HEIGHT - 190, 125)),
        (180, (WIDTH - 125, HEIGHT - 203, WIDTH - 100, HEIGHT - 190)),
        (270, (190, WIDTH - 125, 203, WIDTH - 100)),
    ],
)
def test_boxes_of_a_rotated_page_are_those_of_the_page_as_shown(
    rotation: int, expected: tuple[float, float, float, float]
) -> None:
    def rotate(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Rotate = rotation

    (word,) = words_of(changed(printed(text(100, 200, "Bilan")), rotate))
    assert near(word.box, expected)
    assert word.angle == rotation


def test_a_page_turned_to_be_read_upright_has_upright_words() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 100)
        canvas.rotate(90)
        text(0, HEIGHT, "Budget prévisionnel")(canvas)

    def rotate(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Rotate = 90

    words = words_of(changed(printed(draw), rotate))
    assert texts(words) == ["Budget", "prévisionnel"]
    assert [word.angle for word in words] == [0, 0]
    assert words[0].box.x1 < words[1].box.x0


def test_the_crop_box_is_the_page() -> None:
    def crop(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].cropbox = pikepdf.Array([50, 100, 500, 742])

    page = together(text(100, 200, "dedans"), text(100, 50, "dessus"), text(10, 300, "gauche"))
    (word,) = words_of(changed(printed(page), crop))
    assert word.text == "dedans"
    assert near(word.box, (50, 90, 88, 103))


def test_text_printed_twice_is_read_once() -> None:
    page = together(text(100, 200, "Budget"), text(100.4, 200.3, "Budget"), text(100, 300, "Budget"))
    assert texts(words_of(printed(page))) == ["Budget", "Budget"]


def test_spaced_letters_are_a_word() -> None:
    assert texts(words_of(printed(text(100, 200, "T I T R E   G R A N D")))) == ["TITRE", "GRAND"]


def test_letters_in_columns_are_not_a_word() -> None:
    page = together(*(text(100 + 60 * i, 200, letter) for i, letter in enumerate("ABCDE")))
    assert texts(words_of(printed(page))) == list("ABCDE")


def test_letters_far_apart_are_two_words_without_a_space_between() -> None:
    page = together(text(100, 200, "Total"), text(160, 200, "1200"))
    assert texts(words_of(printed(page))) == ["Total", "1200"]


@pytest.mark.parametrize("mark", ["#", "&"])
def test_marks_in_place_of_spaces(mark: str) -> None:
    line = "Le projet répond aux besoins des habitants du quartier".replace(" ", mark)
    assert texts(words_of(printed(text(50, 200, line)))) == line.split(mark)


def test_marks_among_spaces_stay() -> None:
    assert texts(words_of(printed(text(50, 200, "Recherche & développement # 2")))) == [
        "Recherche",
        "&",
        "développement",
        "#",
        "2",
    ]


def _hidden(canvas: Canvas, words: str) -> None:
    canvas.saveState()
    line = canvas.beginText(100, 700)
    line.setFont("Helvetica", 11)
    line.setTextRenderMode(3)
    line.textOut(words)
    canvas.drawText(line)
    canvas.restoreState()


def test_invisible_text_is_left_out() -> None:
    page = together(lambda canvas: _hidden(canvas, "caché"), text(100, 300, "visible"))
    assert texts(words_of(printed(page))) == ["visible"]


def test_invisible_text_on_a_picture_is_the_reading_of_a_scan() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("L", (20, 20), 200)), 0, 0, WIDTH, HEIGHT)
        _hidden(canvas, "numérisé")

    assert texts(words_of(printed(draw))) == ["numérisé"]


def test_a_page_without_text_has_no_words() -> None:
    assert words_of(printed(lambda canvas: canvas.rect(10, 10, 50, 50))) == ()


def test_letters_drawn_as_one_sign_stay_in_their_word() -> None:
    sizes = np.full(4, 10.0)
    boxes = np.array([[0.0, 0, 5, 10], [6, 0, 16, 10], [6, 0, 16, 10], [17, 0, 22, 10]])
    starts = _starts(np.arange(4), boxes, sizes, np.zeros(4, np.intp))
    assert starts.tolist() == [True, False, False, False]
