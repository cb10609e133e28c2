"""The page as shown, whatever its crop box and its rotation."""

import pikepdf
import pypdfium2
import pytest

from pipeline.extraction.frame import PageFrame
from pipeline.geometry import BBox
from tests.pipeline.extraction.printed import changed, printed, together


@pytest.mark.parametrize(
    ("rotation", "size", "shown"),
    [
        (0, (120, 250), BBox(30, 170, 70, 200)),
        (90, (250, 120), BBox(50, 30, 80, 70)),
        (180, (120, 250), BBox(50, 50, 90, 80)),
        (270, (250, 120), BBox(170, 50, 200, 90)),
    ],
)
def test_a_rectangle_is_placed_on_the_page_as_shown(rotation: int, size: tuple[float, float], shown: BBox) -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].MediaBox = pikepdf.Array([10, 20, 210, 320])
        pdf.pages[0].CropBox = pikepdf.Array([30, 50, 150, 300])
        pdf.pages[0].Rotate = rotation

    with pypdfium2.PdfDocument(changed(printed(together()), turn)) as document:
        frame = PageFrame.of(document[0])
    assert (frame.width, frame.height) == size
    assert frame.to_shown(60, 100, 100, 130) == shown
    assert frame.to_shown(100, 130, 60, 100) == shown
