"""The pages of a PDF as pictures, as a person sees them."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from pipeline.extraction.raster import POINTS_PER_INCH

Picture = NDArray[np.uint8]


def page_pictures(path: Path, dpi: float) -> Iterator[Picture]:
    """Each page in order: array (height, width, 3), red, green, blue, 0..255. For files of our own making: no limits.

    Raises:
        pypdfium2.PdfiumError: the file is not a PDF.
    """
    document = pdfium.PdfDocument(path)
    try:
        for page in document:
            bitmap = page.render(scale=dpi / POINTS_PER_INCH, rev_byteorder=True)
            yield np.array(bitmap.to_numpy(), dtype=np.uint8)[:, :, :3]
            bitmap.close()
            page.close()
    finally:
        document.close()
