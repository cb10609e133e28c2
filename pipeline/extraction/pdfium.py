"""The little of PDFium that reading needs: opening a file, the page as shown, its characters in bulk.

PDFium is called once per character and property; calls made by `map` over plain integers cost a fraction of
those made one by one through pypdfium2's typed bindings, and the arrays that they fill need no copying.
PDFium is not thread-safe: one thread of a process reads at a time.
"""

import ctypes
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as raw
from numpy.typing import NDArray

from pipeline.extraction.frame import PageFrame

Floats = NDArray[np.float64]
Codes = NDArray[np.uint32]

_POINTER = ctypes.c_void_p
_INT = ctypes.c_int


def _fast(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The library's function `name`, taking and giving plain integers instead of typed pointers."""
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0
    function: Callable[..., Any] = ctypes.CFUNCTYPE(result, *arguments)(address)
    return function


_get_unicode = _fast("FPDFText_GetUnicode", ctypes.c_uint, _POINTER, _INT)
_get_loose_box = _fast("FPDFText_GetLooseCharBox", _INT, _POINTER, _INT, _POINTER)
_get_tight_box = _fast("FPDFText_GetCharBox", _INT, _POINTER, _INT, *[_POINTER] * 4)
_get_text_object = _fast("FPDFText_GetTextObject", _POINTER, _POINTER, _INT)
_get_font_size = _fast("FPDFText_GetFontSize", ctypes.c_double, _POINTER, _INT)
_get_matrix = _fast("FPDFText_GetMatrix", _INT, _POINTER, _INT, _POINTER)
_get_font = _fast("FPDFTextObj_GetFont", _POINTER, _POINTER)
_get_render_mode = _fast("FPDFTextObj_GetTextRenderMode", _INT, _POINTER)
_get_font_name = _fast("FPDFFont_GetBaseFontName", ctypes.c_size_t, _POINTER, ctypes.c_char_p, ctypes.c_size_t)
_get_font_weight = _fast("FPDFFont_GetWeight", _INT, _POINTER)


@dataclass(frozen=True, slots=True)
class Characters:
    """The characters of a page in the order of PDFium, the spaces that it makes up among them; n of each.

    `boxes` has rows (x0, y0, x1, y1), in points of the page as shown; `sizes` is in points; `angles` is the
    direction of reading in degrees clockwise of the page as shown, 0..359.
    """

    codes: Codes
    boxes: Floats
    sizes: Floats
    angles: NDArray[np.intp]
    bold: NDArray[np.bool_]
    invisible: NDArray[np.bool_]


def open_document(path: Path, password: str | None = None) -> pypdfium2.PdfDocument:
    """Opens a PDF.

    Raises:
        pypdfium2.PdfiumError: it does not open; `err_code` says why.
    """
    return pypdfium2.PdfDocument(path, password=password)


def to_shown(frame: PageFrame, boxes: Floats) -> Floats:
    """Rows (left, top, right, bottom) of the PDF's plane as rows (x0, y0, x1, y1) of the page as shown."""
    origin_x, origin_y = frame.point(0.0, 0.0)
    axes = np.array([frame.point(1.0, 0.0), frame.point(0.0, 1.0)]) - (origin_x, origin_y)
    x0, y0 = (boxes[:, :2] @ axes + (origin_x, origin_y)).T
    x1, y1 = (boxes[:, 2:] @ axes + (origin_x, origin_y)).T
    corners = (np.minimum(x0, x1), np.minimum(y0, y1), np.maximum(x0, x1), np.maximum(y0, y1))
    shown: Floats = np.stack(corners, axis=1)
    return shown


def read_characters(page: pypdfium2.PdfPage, frame: PageFrame) -> Characters:
    """All characters of a page with their boxes and styles.

    Raises:
        pypdfium2.PdfiumError: the text of the page cannot be loaded.
    """
    text_page = page.get_textpage()
    try:
        return _characters(ctypes.addressof(text_page.raw.contents), text_page.count_chars(), frame)
    finally:
        text_page.close()


def _characters(text_page: int, count: int, frame: PageFrame) -> Characters:
    pages, indices = repeat(text_page), range(count)
    codes = np.fromiter(map(_get_unicode, pages, indices), np.uint32, count)
    boxes = np.zeros((count, 4), np.float32)
    _fill(boxes, _get_loose_box, text_page, indices)
    shown = to_shown(frame, _with_height(text_page, boxes.astype(np.float64), codes))
    objects: list[int | None] = list(map(_get_text_object, pages, indices))
    return Characters(codes, shown, *_styles(text_page, objects, frame.rotation))


def _fill(rows: NDArray[np.float32], read: Callable[..., int], text_page: int, indices: Sequence[int]) -> None:
    """Lets `read` write what it says of each character into a row of its own."""
    start, step = rows.ctypes.data, rows.itemsize * rows.shape[1]
    deque(map(read, repeat(text_page), indices, range(start, start + step * len(rows), step)), maxlen=0)


def _with_height(text_page: int, boxes: Floats, codes: Codes) -> Floats:
    """`boxes` with that of the glyph where the font says nothing of its height (Type 3 fonts among others)."""
    flat = (np.abs(boxes[:, 1] - boxes[:, 3]) < 0.5) | (np.abs(boxes[:, 0] - boxes[:, 2]) < 0.01)
    for index in np.flatnonzero(flat & (codes > 32)).tolist():
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pointers = [ctypes.addressof(value) for value in (left, right, bottom, top)]
        if _get_tight_box(text_page, index, *pointers):
            boxes[index] = (left.value, top.value, right.value, bottom.value)
    return boxes


def _styles(
    text_page: int, objects: Sequence[int | None], rotation: int
) -> tuple[Floats, NDArray[np.intp], NDArray[np.bool_], NDArray[np.bool_]]:
    """Sizes, angles, bold and invisible, read once for each text object."""
    first = dict(zip(reversed(objects), range(len(objects) - 1, -1, -1), strict=True))
    place = dict(zip(first, range(len(first)), strict=True))
    style_of = np.fromiter(map(place.__getitem__, objects), np.intp, len(objects))
    indices = list(first.values())
    matrices = np.zeros((len(indices), 6), np.float32)
    _fill(matrices, _get_matrix, text_page, indices)
    a, b, c, d = matrices[:, :4].T.astype(np.float64)
    heights = np.fromiter(map(_get_font_size, repeat(text_page), indices), np.float64, len(indices))
    sizes = np.round(np.abs(heights) * np.hypot(c, d), 2)
    angles = (np.rint(-np.degrees(np.arctan2(b, a))).astype(np.intp) + rotation) % 360
    # A character that PDFium made up belongs to no object.
    fonts = [_get_font(text_object) if text_object else None for text_object in first]
    modes = np.array([_get_render_mode(text_object) if text_object else 0 for text_object in first], np.intp)
    is_bold = {font: _is_bold(font) if font else False for font in dict.fromkeys(fonts)}
    bold = np.array([is_bold[font] for font in fonts], np.bool_) | np.isin(modes, _STROKED)
    invisible = modes == raw.FPDF_TEXTRENDERMODE_INVISIBLE
    return sizes[style_of], angles[style_of], bold[style_of], invisible[style_of]


_STROKED = (raw.FPDF_TEXTRENDERMODE_FILL_STROKE, raw.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP)
_BOLD_NAMES = ("bold", "black", "heavy", "demi", "extrabd")
_BOLD_WEIGHT = 600


def _is_bold(font: int) -> bool:
    """By the font's name where it speaks, else by the weight that PDFium reckons from its stems."""
    name = ctypes.create_string_buffer(128)
    _get_font_name(font, name, len(name))
    low = name.value.lower()
    if any(mark.encode() in low for mark in _BOLD_NAMES):
        return True
    says_regular = any(mark in low for mark in (b"regular", b"roman", b"light", b"book", b"medium"))
    return not says_regular and int(_get_font_weight(font)) >= _BOLD_WEIGHT
