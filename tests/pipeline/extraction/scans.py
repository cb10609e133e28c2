"""Scanned pages made from printed ones: a picture with noise, put into a PDF of its own."""

import io

import numpy as np
import pikepdf
import pypdfium2
from PIL import Image, ImageFilter

from pipeline.extraction.raster import Grey, render_grey
from tests.pipeline.extraction.printed import changed


def scanned(pdf: bytes, *, dpi: int = 150, degrees: float = 0.0, quarters: int = 0, noise: float = 10.0) -> bytes:
    """The first page of a PDF as a scanner gives it; turned counter-clockwise by `degrees`, then by `quarters`."""
    with pypdfium2.PdfDocument(pdf) as document:
        grey = render_grey(document[0], dpi)
    image = Image.fromarray(grey).rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
    dots = np.asarray(image.filter(ImageFilter.GaussianBlur(0.6)), np.float64)
    dots = np.rot90(dots * 0.92 + 8 + np.random.default_rng(7).normal(0, noise, dots.shape), quarters)
    return as_pdf(np.clip(dots, 0, 255).astype(np.uint8), dpi)


def as_pdf(grey: Grey, dpi: int) -> bytes:
    """A PDF whose only page is a picture."""
    target = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(grey)).save(target, "PDF", resolution=dpi, quality=80)
    return target.getvalue()


def photo(width: int, height: int) -> Image.Image:
    """Something like a photo: soft shapes of every size, and grain."""
    random = np.random.default_rng(3)
    dots = np.zeros((height, width))
    for cells in (4, 9, 23, 61):
        small = Image.fromarray(random.uniform(0, 255, (cells, cells)).astype(np.uint8))
        dots += np.asarray(small.resize((width, height), Image.Resampling.BICUBIC), np.float64) / 4
    dots += random.normal(0, 6, dots.shape)
    return Image.fromarray(np.clip(dots, 0, 255).astype(np.uint8))


def immense(scan: bytes) -> bytes:
    """The same, whose picture says that it is 35,000 pixels wide and high."""

    def enlarge(pdf: pikepdf.Pdf) -> None:
        (image,) = pdf.pages[0].Resources.XObject.values()
        image.Width = image.Height = 35_000

    return changed(scan, enlarge)
