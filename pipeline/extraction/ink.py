"""How much of a page's ink its text layer explains: what remains may be text that only OCR can read.

Text shows by its rhythm. Along a row of dots that crosses letters, light and dark change places every few dots;
between two lines they hardly do. A photo changes everywhere, a chart or a background hardly anywhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from pipeline.extraction.legibility import legible_words
from pipeline.extraction.page_objects import PageObjects, page_objects
from pipeline.extraction.raster import POINTS_PER_INCH, Grey, fitting_dpi, is_too_large, render_grey
from pipeline.extraction.raw import RawWord

_DPI = 100.0
_MAX_DOTS = 2_000_000
_PICTURE_SHARE = 0.08  # of the page: less than that of images is icons and logos
_PICTURE_SIDES = (130.0, 40.0)  # points: a smaller image has no room for a few lines of text
_LETTERHEAD = (0.2, 0.85)  # of the page's height: images above or below are headers and footers...
_FULL_PAGE = 60  # words: ...where the page has so much prose between them
_MANY_SHAPES = 150  # letters drawn as shapes are at least so many on a page that has prose beside them
_PROSE = 30  # words: a page with fewer may have its prose elsewhere than in its text layer

_STRIP = 64  # dots: the width in which changes are counted, some eight letters of print
_CHANGE = 36  # of 255: a smaller change from a dot to the next is shading or noise
_BUSY = 6  # changes in a strip's row, at the least, where letters are
_DENSE = 9.0  # and on average over the height of the letters
_HEIGHTS = (3, 26)  # dots: of the letters of one line
_SIDE_BY_SIDE = 3  # strips: what is shorter than that is a label or a logo rather than a line
# What must be left unexplained, in lines and in strips: little on a page without a word, where missing text is worse
# than a vain try; more where a title stands; a paragraph beside prose, as charts have legends and maps have names.
_LEAST = {"no words": (3, 12), "few words": (4, 24), "prose": (4, 40)}
_SHARE = 0.2  # of the page's lines that the text layer must leave unexplained

_PAD = 1.5  # points around a word's box, as boxes are often a little too small


def needs_ocr(page: pdfium.PdfPage, words: Sequence[RawWord]) -> bool:
    """Whether the page shows lines of text that `words`, those of its text layer, do not account for.

    True as well for a page that is too large to be looked at: `pipeline.extraction.ocr` says so of it.
    """
    objects = page_objects(page)
    legible = legible_words(words)
    if _hides_nothing(page, objects, legible):
        return False
    if is_too_large(objects):
        return True
    dpi = fitting_dpi(page, _DPI, _MAX_DOTS)
    grey = render_grey(page, dpi)
    unexplained = _lines_of_text(_without(grey, legible, dpi))
    least_lines, least_strips = _LEAST[_amount(legible)]
    if len(unexplained) < least_lines or sum(unexplained) < least_strips:
        return False
    return len(legible) < _PROSE or sum(unexplained) >= _SHARE * sum(_lines_of_text(grey))


def _hides_nothing(page: pdfium.PdfPage, objects: PageObjects, legible: Sequence[RawWord]) -> bool:
    """Whether the page need not even be rendered: its legible words are all that it is drawn with, or nearly so."""
    if objects.texts and not legible:
        return False
    if not objects.images and not len(objects.paths):
        return True
    return len(legible) >= _PROSE and not _has_pictures(page, objects, len(legible)) and _shapes(objects) < _MANY_SHAPES


def _has_pictures(page: pdfium.PdfPage, objects: PageObjects, words: int) -> bool:
    """Whether an image, or many small ones side by side, could hold a paragraph; a letterhead could not."""
    width, height = _PICTURE_SIDES
    top, bottom = (share * page.get_height() for share in _LETTERHEAD)
    boxes = [
        image.box for image in objects.images if words < _FULL_PAGE or (image.box.y1 > top and image.box.y0 < bottom)
    ]
    large = any(box.width >= width and box.height >= height for box in boxes)
    area = sum(box.area for box in boxes)
    return large or area >= _PICTURE_SHARE * page.get_width() * page.get_height()


def _amount(words: Sequence[RawWord]) -> str:
    if not words:
        return "no words"
    return "few words" if len(words) < _PROSE else "prose"


def _shapes(objects: PageObjects) -> int:
    """How many paths have the size of a letter; rules and frames have not."""
    widths, heights = (objects.paths.boxes[:, 2:] - objects.paths.boxes[:, :2]).T
    return int(((heights > 2.5) & (heights < 40) & (widths > 1) & (widths < 60)).sum())


def _without(grey: Grey, words: Sequence[RawWord], dpi: float) -> Grey:
    """The picture with each word painted over in the colour that surrounds it."""
    painted, dots = grey.copy(), dpi / POINTS_PER_INCH
    height, width = grey.shape
    for word in words:
        x0, y0 = (max(0, round((at - _PAD) * dots)) for at in (word.box.x0, word.box.y0))
        x1, y1 = (round((at + _PAD) * dots) for at in (word.box.x1, word.box.y1))
        if x0 < min(x1, width) and y0 < min(y1, height):
            place = painted[y0:y1, x0:x1]
            place[:] = np.median(place[[0, -1]])
    return painted


def _lines_of_text(grey: Grey) -> list[int]:
    """The lines of text in a picture, each as the number of strips that it crosses.

    Looked for as printed and at half the size, for large print; along the page and across it, for scans that
    were not turned upright. The arrangement that shows most is taken.
    """
    found = [_lines(view) for size in (grey, _halved(grey)) for view in (size, size.T)]
    return max(found, key=sum)


def _halved(grey: Grey) -> Grey:
    height, width = grey.shape[0] // 2, grey.shape[1] // 2
    blocks = grey[: 2 * height, : 2 * width].reshape(height, 2, width, 2)
    halved: Grey = blocks.mean(axis=(1, 3)).astype(np.uint8)
    return halved


def _lines(grey: Grey) -> list[int]:
    """Strips per line: neighbouring strips that have letters at the same height make one line."""
    open_lines: list[_Line] = []
    lengths: list[int] = []
    for bands in _bands(grey):
        continued = []
        for top, bottom in bands:
            line = next((line for line in open_lines if line.goes_on(top, bottom)), None)
            continued.append(_Line(top, bottom, line.length + 1 if line else 1))
            if line:
                open_lines.remove(line)
        lengths += [line.length for line in open_lines]
        open_lines = continued
    lengths += [line.length for line in open_lines]
    return [length for length in lengths if length >= _SIDE_BY_SIDE]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of letters as far as it was followed; rows of its last strip, and how many strips it has."""

    top: int
    bottom: int
    length: int

    def goes_on(self, top: int, bottom: int) -> bool:
        common = min(self.bottom, bottom) - max(self.top, top)
        return 2 * common >= min(self.bottom - self.top, bottom - top)


def _bands(grey: Grey) -> Iterator[list[tuple[int, int]]]:
    """For each strip, from left to right, the rows (top, bottom) between which it has letters."""
    counts, _ = letter_changes(grey)
    for strip in range(counts.shape[1]):
        yield [band for band in _busy_rows(counts[:, strip]) if _is_band(counts[:, strip], *band)]


def letter_changes(grey: Grey) -> tuple[NDArray[np.intp], int]:
    """How often light and dark change in each row of dots of each vertical strip of a picture.

    Returns the array (height of the picture, number of strips) and the width of a strip, in dots.
    """
    height, strips = grey.shape[0], max(0, grey.shape[1] - 1) // _STRIP
    changes = np.abs(np.diff(grey.astype(np.int16), axis=1)) > _CHANGE
    counts: NDArray[np.intp] = changes[:, : strips * _STRIP].reshape(height, strips, _STRIP).sum(axis=2)
    return counts, _STRIP


def _busy_rows(counts: NDArray[np.intp]) -> list[tuple[int, int]]:
    busy = np.concatenate(([False], counts >= _BUSY, [False]))
    edges = np.flatnonzero(busy[1:] != busy[:-1]).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def _is_band(counts: NDArray[np.intp], top: int, bottom: int) -> bool:
    least, most = _HEIGHTS
    return least <= bottom - top <= most and float(counts[top:bottom].mean()) >= _DENSE
