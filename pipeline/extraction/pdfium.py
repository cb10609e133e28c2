"""The characters of a page in bulk, as arrays that PDFium fills itself.

It is called once per character and property: by `map` over plain integers, as one call after the other from a loop
would take longer than all the rest of the reading. It is not thread-safe: one thread of a process reads at a time.
"""

import ctypes
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
import pypdfium2
import pypdfium2.raw as raw
from numpy.typing import NDArray

from pipeline.extraction.frame import PageFrame
from pipeline.extraction.plain_calls import plain_function

Floats = NDArray[np.float64]
Codes = NDArray[np.uint32]

_POINTER = ctypes.c_void_p
_INT = ctypes.c_int

_get_text = plain_function("FPDFText_GetText", _INT, _POINTER, _INT, _INT, _POINTER)
_get_unicode = plain_function("FPDFText_GetUnicode", ctypes.c_uint, _POINTER, _INT)
_get_loose_box = plain_function("FPDFText_GetLooseCharBox", _INT, _POINTER, _INT, _POINTER)
_get_tight_box = plain_function("FPDFText_GetCharBox", _INT, _POINTER, _INT, *[_POINTER] * 4)
_get_text_object = plain_function("FPDFText_GetTextObject", _POINTER, _POINTER, _INT)
_get_font_size = plain_function("FPDFText_GetFontSize", ctypes.c_double, _POINTER, _INT)
_get_matrix = plain_function("FPDFText_GetMatrix", _INT, _POINTER, _INT, _POINTER)
_get_font = plain_function("FPDFTextObj_GetFont", _POINTER, _POINTER)
_get_render_mode = plain_function("FPDFTextObj_GetTextRenderMode", _INT, _POINTER)
_get_font_name = plain_function("FPDFFont_GetBaseFontName", ctypes.c_size_t, _POINTER, ctypes.c_char_p, ctypes.c_size_t)
_get_font_weight = plain_function("FPDFFont_GetWeight", _INT, _POINTER)


_LINE_END_HYPHEN = 2
_WIDE_SPACES = (0x202F, 0x205F, 0x3000)


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
    codes = _codes(text_page, count)
    boxes = np.zeros((count, 4), np.float32)
    _fill(boxes, _get_loose_box, text_page, range(count))
    shown = to_shown(frame, _with_height(text_page, boxes.astype(np.float64), codes))
    return Characters(codes, shown, *_styles(text_page, codes, frame.rotation))


def _codes(text_page: int, count: int) -> Codes:
    text = np.zeros(count + 1, np.uint16)
    written = _get_text(text_page, 0, count, text.ctypes.data)
    surrogates = (text >= 0xD800) & (text < 0xE000)
    if written == count + 1 and not surrogates.any():
        return text[:count].astype(np.uint32)
    # Characters beyond 16 bits, or without a code, shift those that follow them: ask for each by itself.
    return np.fromiter(map(_get_unicode, repeat(text_page), range(count)), np.uint32, count)


def is_blank(codes: Codes) -> NDArray[np.bool_]:
    """For each character, whether it is a space, a line end or a control character."""
    blank: NDArray[np.bool_] = ((codes <= 32) & (codes != _LINE_END_HYPHEN)) | (codes == 0xA0)
    if (codes >= 0x2000).any():
        blank |= ((codes >= 0x2000) & (codes <= 0x200A)) | np.isin(codes, _WIDE_SPACES)
    return blank


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
    text_page: int, codes: Codes, rotation: int
) -> tuple[Floats, NDArray[np.intp], NDArray[np.bool_], NDArray[np.bool_]]:
    """Sizes, angles, bold and invisible, read once for each text object in which a word starts."""
    shown = ~is_blank(codes)
    starts = shown & np.concatenate(([True], ~shown[:-1]))[: len(codes)]
    indices = np.flatnonzero(starts).tolist()
    objects: list[int | None] = list(map(_get_text_object, repeat(text_page), indices))
    first = dict(zip(reversed(objects), reversed(indices), strict=True))
    sizes, angles = _letters(text_page, list(first.values()), rotation)
    # A character that PDFium made up belongs to no object.
    fonts = [_get_font(text_object) if text_object else None for text_object in first]
    modes = np.array([_get_render_mode(text_object) if text_object else 0 for text_object in first], np.intp)
    is_bold = {font: _is_bold(font) if font else False for font in dict.fromkeys(fonts)}
    bold = np.array([is_bold[font] for font in fonts], np.bool_) | np.isin(modes, _STROKED)
    invisible = modes == raw.FPDF_TEXTRENDERMODE_INVISIBLE
    place = dict(zip(first, range(len(first)), strict=True))
    of_word = np.array([place[text_object] for text_object in objects], np.intp)
    if not len(of_word):
        nothing = np.zeros(len(codes))
        return nothing, nothing.astype(np.intp), nothing.astype(np.bool_), nothing.astype(np.bool_)
    style_of = of_word[np.maximum(np.cumsum(starts) - 1, 0)]
    return sizes[style_of], angles[style_of], bold[style_of], invisible[style_of]


def _letters(text_page: int, indices: Sequence[int], rotation: int) -> tuple[Floats, NDArray[np.intp]]:
    """Size in points and angle as shown of the characters at `indices`."""
    matrices = np.zeros((len(indices), 6), np.float32)
    _fill(matrices, _get_matrix, text_page, indices)
    a, b, c, d = matrices[:, :4].T.astype(np.float64)
    heights = np.fromiter(map(_get_font_size, repeat(text_page), indices), np.float64, len(indices))
    sizes = np.round(np.abs(heights) * np.hypot(c, d), 2)
    angles = (np.rint(-np.degrees(np.arctan2(b, a))).astype(np.intp) + rotation) % 360
    return sizes, angles


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
