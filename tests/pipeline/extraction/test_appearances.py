"""Answers stand where the page shows them: compared with what pdfplumber finds once fields are flattened."""

import io
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2
import pypdfium2.raw as raw
import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.document import BlockKind, Document
from pipeline.extraction.limits import ReadingLimits
from pipeline.extraction.reader import read_dossier
from pipeline.geometry import BBox
from tests.pipeline.extraction.printed import HEIGHT, changed, printed, saved, text, together

FORM = Path(__file__).parents[3] / "corpora/samples/alpc-2016/la-lessive-bleue.pdf"


def letters(value: str) -> str:
    """Letters and figures, without accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", value).lower() if char.isalnum())


def flattened(pdf: bytes) -> bytes:
    """The PDF with its fields and notes made content."""
    target = io.BytesIO()
    with pypdfium2.PdfDocument(pdf) as document:
        for index in range(len(document)):
            page = document[index]
            raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
            page.close()
        document.save(target)
    return target.getvalue()


Shown = tuple[str, float, float]


def shown_words(pdf: bytes) -> list[list[Shown]]:
    """For each page the words that pdfplumber finds once flattened, each with the middle of its box.

    What runs over the edge of a field is among them.
    """
    with pdfplumber.open(io.BytesIO(flattened(pdf))) as shown:
        return [
            [
                (letters(word["text"]), (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2)
                for word in page.extract_words(use_text_flow=True)
            ]
            for page in shown.pages
        ]


def stands(word: str, box: BBox, words: Sequence[Shown]) -> bool:
    """Whether the word is shown at its box: on its line, and along it as far as two readers of a font agree.

    For pdfplumber a euro sign of these fonts has no width, which shifts the rest of its line.
    """
    x, y = (box.x0 + box.x1) / 2, box.centre_y
    return any(text == letters(word) and abs(at_x - x) < 20 and abs(at_y - y) < 3 for text, at_x, at_y in words)


def answers(document: Document) -> Iterator[tuple[str, int, BBox]]:
    """The words of form answers, with their pages and boxes."""
    for block in document.blocks:
        if block.kind is BlockKind.ANSWER:
            for word in document.words_in(block.span):
                yield document.quote(word.span), word.page, word.box


def read(path: Path) -> Document:
    return read_dossier("dossier", [path], ReadingLimits())


def test_every_answer_of_a_form_is_boxed_where_it_shows() -> None:
    pages = shown_words(FORM.read_bytes())
    placed = [(word, page, box) for word, page, box in answers(read(FORM)) if letters(word)]
    own = [
        (word, page, box) for word, page, box in placed if box.height < 13 and box.width < 90
    ]  # no field is so small
    assert [word for word, page, box in own if not stands(word, box, pages[page])] == []
    assert len(own) > 0.7 * len(placed)


def field(top: float, value: str, *, height: float = 50, **options: object) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        y = HEIGHT - top - height
        canvas.acroForm.textfield(
            name=f"f{top}", value=value, x=100, y=y, width=300, height=height, fontSize=10, maxlen=10_000, **options
        )

    return draw


CUT = "\n".join(f"Étape {number} : {' '.join(f'mot{word}{number}' for word in range(30))}" for number in range(1, 7))


def test_what_is_cut_off_by_its_field_has_the_box_of_the_field(tmp_path: Path) -> None:
    pdf = printed(together(text(100, 92, "Projet"), field(100, CUT, fieldFlags="multiline")))
    placed = list(answers(read(saved(pdf, tmp_path / "a.pdf"))))
    assert [word for word, _, _ in placed] == CUT.split()
    own = [(word, box) for word, _, box in placed if box.width < 299]
    (words,) = shown_words(pdf)
    edges = [word for word, box in own if not stands(word, box, words)]
    assert 20 < len(own) < len(placed)
    assert len(edges) <= 4  # the last word of a line, cut in its middle


def test_words_that_have_only_the_box_of_their_field_show_it_once(tmp_path: Path) -> None:
    document = read(saved(printed(field(100, CUT.splitlines()[0], fieldFlags="multiline")), tmp_path / "a.pdf"))
    (region,) = document.locate(document.blocks[0].span)
    assert [box.width > 299 for box in region.boxes].count(True) == 1
    assert len(region.boxes) <= 3


def test_answers_of_a_turned_page_stand_where_they_are_shown(tmp_path: Path) -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Rotate = 90

    pdf = printed(field(100, CUT, fieldFlags="multiline"))
    upright = list(answers(read(saved(pdf, tmp_path / "a.pdf"))))
    turned = list(answers(read(saved(changed(pdf, turn), tmp_path / "b.pdf"))))
    assert [word for word, _, _ in turned] == [word for word, _, _ in upright]
    for (_, _, before), (_, _, after) in zip(upright, turned, strict=True):
        assert (after.x0, after.y0, after.x1, after.y1) == pytest.approx(
            (HEIGHT - before.y1, before.x0, HEIGHT - before.y0, before.x1), abs=0.02
        )


def test_a_field_without_appearance_has_the_words_that_a_viewer_would_draw(tmp_path: Path) -> None:
    def undrawn(pdf: pikepdf.Pdf) -> None:
        for widget in pdf.pages[0].Annots:
            del widget.AP

    pdf = changed(printed(field(100, "La Fabrique")), undrawn)
    boxes = [box for _, _, box in answers(read(saved(pdf, tmp_path / "a.pdf")))]
    assert boxes[0].x1 < boxes[1].x0
    assert all(box.x0 >= 100 and box.x1 <= 400 for box in boxes)


def test_a_field_that_stands_twice_is_boxed_where_it_was_read(tmp_path: Path) -> None:
    def twice(pdf: pikepdf.Pdf) -> None:
        widget = pdf.pages[0].Annots[0]
        other = pdf.make_indirect(copy(widget))
        other.Rect = pikepdf.Array([100, 100, 400, 150])
        pdf.pages[0].Annots.append(other)
        pdf.Root.AcroForm.Fields.append(other)

    pdf = changed(printed(field(100, "Lieu")), twice)
    ((_, _, box),) = answers(read(saved(pdf, tmp_path / "a.pdf")))
    assert 100 <= box.y0 < box.y1 <= 150
    assert box.width < 30


def test_the_file_is_left_as_it_is(tmp_path: Path) -> None:
    path = saved(printed(field(100, "La Fabrique", tooltip="Nom")), tmp_path / "a.pdf")
    content = path.read_bytes()
    assert [block.label for block in read(path).blocks if block.kind is BlockKind.ANSWER] == ["Nom"]
    assert path.read_bytes() == content
