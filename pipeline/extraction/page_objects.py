"""What a page is drawn with, told by pdfium's list of objects: a hundred times cheaper than rendering it."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.extraction.frame import PageFrame
from pipeline.geometry import BBox

_MAX_DEPTH = 4  # forms within forms
_MAX_OBJECTS = 20_000  # beyond, the rest of the page is not looked at

_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class PageObject:
    """One object on a page; `kind` is one of pdfium's FPDF_PAGEOBJ_*. Texts have no box here: words have."""

    kind: int
    box: BBox | None = None
    raster: tuple[int, int] = (0, 0)  # of an image: its width and height in its own pixels

    @property
    def is_text(self) -> bool:
        return bool(self.kind == pdfium_c.FPDF_PAGEOBJ_TEXT)

    @property
    def is_path(self) -> bool:
        return bool(self.kind == pdfium_c.FPDF_PAGEOBJ_PATH)

    @property
    def is_image(self) -> bool:
        return bool(self.kind == pdfium_c.FPDF_PAGEOBJ_IMAGE)


def page_objects(page: pdfium.PdfPage) -> tuple[PageObject, ...]:
    """The objects of a page and of the forms on it, in the order of drawing; boxes in points, as shown.

    Raises:
        pypdfium2.PdfiumError: the page has no usable box.
    """
    frame = PageFrame.of(page)
    return tuple(_described(handle, matrix, frame) for handle, matrix in _handles(page))


def _handles(page: pdfium.PdfPage) -> Iterator[tuple[Any, _Matrix]]:
    """Every object with the matrix of the forms that it stands in."""
    count = 0
    stack: list[tuple[Any, int, _Matrix, int]] = [(None, 0, _IDENTITY, 0)]  # form, next child, matrix, depth
    while stack and count < _MAX_OBJECTS:
        form, index, matrix, depth = stack.pop()
        handle = _child(page, form, index)
        if not handle:
            continue
        stack.append((form, index + 1, matrix, depth))
        count += 1
        if pdfium_c.FPDFPageObj_GetType(handle) != pdfium_c.FPDF_PAGEOBJ_FORM:
            yield handle, matrix
        elif depth < _MAX_DEPTH:
            stack.append((handle, 0, _times(_matrix(handle), matrix), depth + 1))


def _child(page: pdfium.PdfPage, form: Any, index: int) -> Any:
    """The object at `index` of a form, or of the page itself; None past the last."""
    if form is None:
        return pdfium_c.FPDFPage_GetObject(page, index)
    return pdfium_c.FPDFFormObj_GetObject(form, index)


def _described(handle: Any, matrix: _Matrix, frame: PageFrame) -> PageObject:
    kind = int(pdfium_c.FPDFPageObj_GetType(handle))
    if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
        return PageObject(kind)
    raster = _raster(handle) if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE else (0, 0)
    return PageObject(kind, _box(handle, matrix, frame), raster)


def _raster(handle: Any) -> tuple[int, int]:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium_c.FPDFImageObj_GetImagePixelSize(handle, width, height)
    return width.value, height.value


def _box(handle: Any, matrix: _Matrix, frame: PageFrame) -> BBox | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
        return None
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return frame.to_shown(min(xs), min(ys), max(xs), max(ys))


def _matrix(handle: Any) -> _Matrix:
    found = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(handle, found):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    """The matrix that applies `first`, then `then`."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
