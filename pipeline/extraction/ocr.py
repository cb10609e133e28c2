"""Reading a page by character recognition, with Tesseract and its French data."""

import hashlib
import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from statistics import fmean, median

import numpy as np
import pypdfium2 as pdfium
import pytesseract
from numpy.typing import NDArray
from PIL import Image

from pipeline.extraction.legibility import legible_words
from pipeline.extraction.page_objects import page_objects
from pipeline.extraction.problems import ReadingProblem
from pipeline.extraction.raster import POINTS_PER_INCH, fitting_dpi, is_too_large, render_grey
from pipeline.extraction.raw import RawWord
from pipeline.extraction.skew import Turn, find_turn
from pipeline.geometry import BBox
from pipeline.reasons import Reason

FRENCH = "fra"

_DPI = 300.0
_LEAST_DPI = 120.0  # below, the letters of ordinary print are too small
_SURE = 0.6  # mean confidence: below, the page may be upside down
_NOISE = 0.15  # confidence: below, a word is a stain
_RULES = " \t|¦"  # what the rules of a table are read as
_SMALL = frozenset("acemnorsuvwxzgpqyœæç.,-–—:;…")  # letters and signs without a stem upwards
_DEEP = frozenset("gjpqyçQ(),;[]{}")  # and those that reach below the line
_SMALL_HEIGHT, _TALL_HEIGHT, _DEPTH = 0.53, 0.73, 0.21  # of the letters' size, in ordinary faces
_SIGN = 0.6  # confidence that a word without letters or digits needs


@dataclass(frozen=True, slots=True)
class OcrEngine:
    """An installed Tesseract: its version and the languages that it reads with, in order."""

    version: str
    languages: tuple[str, ...] = (FRENCH,)
    digest: str = ""  # SHA-256 of the trained data; empty where they cannot be found

    @property
    def name(self) -> str:
        return f"tesseract {self.version} ({'+'.join(self.languages)})"

    def read(self, image: Image.Image, dpi: float, seconds: float = 60.0) -> tuple[RawWord, ...]:
        """The words of a grey picture; boxes and sizes in points from its top left corner.

        Raises:
            ReadingProblem: TIMEOUT after `seconds`; OCR_FAILED.
        """
        os.environ["OMP_THREAD_LIMIT"] = "1"  # several threads are slower on one page, and several pages are read
        image.format = "BMP"  # how it is handed over: packing it as PNG takes as long as a part of the reading
        try:
            data = pytesseract.image_to_data(
                image,
                lang="+".join(self.languages),
                config=f"--psm 3 --dpi {round(dpi)}",
                output_type=pytesseract.Output.DICT,
                timeout=seconds,
            )
        except pytesseract.TesseractError:
            raise ReadingProblem(Reason.OCR_FAILED) from None
        except RuntimeError:  # what pytesseract raises when its time is over
            raise ReadingProblem(Reason.TIMEOUT) from None
        return _words(data, POINTS_PER_INCH / dpi)


@cache
def find_engine() -> OcrEngine | None:
    """The installed engine; None where Tesseract or its French data are missing."""
    try:
        version = str(pytesseract.get_tesseract_version())
        languages = pytesseract.get_languages()
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, SystemExit):
        return None
    return OcrEngine(version, digest=_trained_data_digest()) if FRENCH in languages else None


def _trained_data_digest() -> str:
    """Of the French data, where Tesseract says that they are: two machines may have other ones of the same version."""
    listed = subprocess.run(  # noqa: S603 - the very program that pytesseract runs
        [pytesseract.pytesseract.tesseract_cmd, "--list-langs"], capture_output=True, text=True, check=False
    )
    place = re.search(r'"([^"]+)"', listed.stdout)
    path = Path(place[1]) / f"{FRENCH}.traineddata" if place else None
    return hashlib.sha256(path.read_bytes()).hexdigest() if path and path.is_file() else ""


def read_page(page: pdfium.PdfPage, engine: OcrEngine, max_dots: int, seconds: float) -> tuple[RawWord, ...]:
    """The words that can be seen on a page; boxes in points, as shown.

    Args:
        max_dots: most dots of the picture that is made of the page.
        seconds: time for one reading; a page that is turned may be read twice.

    Raises:
        ReadingProblem: PAGE_TOO_LARGE, TIMEOUT or OCR_FAILED.
    """
    dpi = fitting_dpi(page, _DPI, max_dots)
    if dpi < _LEAST_DPI or is_too_large(page_objects(page)):
        raise ReadingProblem(Reason.PAGE_TOO_LARGE)
    grey = render_grey(page, dpi)
    turn = find_turn(grey, dpi)
    words = engine.read(turn.apply(grey), dpi, seconds)
    if not _is_sure(words):
        other = replace(turn, quarters=turn.quarters + 2)
        turned_words = engine.read(other.apply(grey), dpi, seconds)
        if _weight(turned_words) > _weight(words):
            turn, words = other, turned_words
    return tuple(_turned_back(word, turn, dpi) for word in words)


def merge_native(words: Sequence[RawWord], ocr_words: Sequence[RawWord]) -> tuple[RawWord, ...]:
    """The legible words of the text layer, then those that OCR found elsewhere on the page."""
    native = legible_words(words)
    if not native or not ocr_words:
        return (*native, *ocr_words)
    boxes = np.array([(w.box.x0, w.box.y0, w.box.x1, w.box.y1) for w in native])
    return (*native, *(word for word in ocr_words if not _stands_on(word.box, boxes)))


def _words(data: dict[str, list[int | float | str]], scale: float) -> tuple[RawWord, ...]:
    """The rows of Tesseract's table that are words; `scale` is points per dot."""
    columns = ("block_num", "par_num", "line_num", "left", "top", "width", "height", "conf", "text")
    lines: dict[tuple[int, int, int], list[RawWord]] = {}
    for block, paragraph, line, left, top, width, height, sure, text in zip(*(data[c] for c in columns), strict=True):
        word, confidence = str(text).strip(_RULES), float(sure) / 100
        if word and _is_believed(word, confidence):
            x, y = float(left) * scale, float(top) * scale
            box = BBox(x, y, x + float(width) * scale, y + float(height) * scale)
            found = RawWord(word, box, box.height, confidence=round(confidence, 2))
            lines.setdefault((int(block), int(paragraph), int(line)), []).append(found)
    return tuple(replace(word, size=_size(words)) for words in lines.values() for word in words)


def _is_believed(word: str, confidence: float) -> bool:
    return confidence >= (_NOISE if any(char.isalnum() for char in word) else _SIGN)


def _size(line: Sequence[RawWord]) -> float:
    """The size of a line's letters, from the height that each word would have at size 1."""
    return round(median(word.box.height / _extent(word.text) for word in line), 2)


def _extent(word: str) -> float:
    """How high a word stands, from the foot of its lowest letter to the top of its highest, at size 1."""
    small = set(word) <= _SMALL
    return (_SMALL_HEIGHT if small else _TALL_HEIGHT) + (_DEPTH if set(word) & _DEEP else 0.0)


def _is_sure(words: Sequence[RawWord]) -> bool:
    return not words or fmean(word.confidence or 0.0 for word in words) >= _SURE


def _weight(words: Sequence[RawWord]) -> float:
    return sum(len(word.text) * (word.confidence or 0.0) for word in words)


def _turned_back(word: RawWord, turn: Turn, dpi: float) -> RawWord:
    """The word at its place on the page as shown."""
    dots, points = dpi / POINTS_PER_INCH, POINTS_PER_INCH / dpi
    box = word.box
    back = turn.back(BBox(box.x0 * dots, box.y0 * dots, box.x1 * dots, box.y1 * dots))
    shown = BBox(*(round(at * points, 2) for at in (back.x0, back.y0, back.x1, back.y1)))
    return replace(word, box=shown, angle=90 * turn.quarters % 360)


def _stands_on(box: BBox, boxes: NDArray[np.float64]) -> bool:
    """Whether a third of the box is covered by one of `boxes`, rows of x0, y0, x1, y1."""
    widths = np.minimum(boxes[:, 2], box.x1) - np.maximum(boxes[:, 0], box.x0)
    heights = np.minimum(boxes[:, 3], box.y1) - np.maximum(boxes[:, 1], box.y0)
    common = np.clip(widths, 0, None) * np.clip(heights, 0, None)
    return bool(common.max() > box.area / 3)
