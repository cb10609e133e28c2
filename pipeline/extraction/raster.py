"""A page as a grey picture, within limits that no file can exceed."""

import math

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from pipeline.extraction.page_objects import PageObjects

POINTS_PER_INCH = 72.0
# An A3 sheet scanned at 600 dots per inch has 70 million dots. PDFium unpacks a picture whole, whatever the
# size at which it is shown: a file of a few kilobytes may hold one of 35,000 x 35,000 dots.
_MAX_IMAGE_DOTS = 100_000_000

Grey = NDArray[np.uint8]


def is_too_large(objects: PageObjects) -> bool:
    """Whether one of the page's images is too large to be unpacked: such a page must not be rendered."""
    return any(image.dots > _MAX_IMAGE_DOTS for image in objects.images)


def fitting_dpi(page: pdfium.PdfPage, dpi: float, max_dots: int) -> float:
    """The resolution at which the page has at most `max_dots` dots; `dpi` at most."""
    inches = page.get_width() * page.get_height() / POINTS_PER_INCH**2
    return min(dpi, math.sqrt(max_dots / inches)) if inches > 0 else dpi


def render_grey(page: pdfium.PdfPage, dpi: float) -> Grey:
    """The page as shown, without form fields and notes: array (height, width), 0 black to 255 white."""
    bitmap = page.render(scale=dpi / POINTS_PER_INCH, grayscale=True, draw_annots=False, may_draw_forms=False)
    try:
        return np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, bitmap.width)
    finally:
        bitmap.close()
