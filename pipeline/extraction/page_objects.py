"""What a page is drawn with, told by pdfium's list of objects: far cheaper than rendering it.

As in `pipeline.extraction.pdfium`, plain integers go through `map` to keep calls cheap: some pages have thousands
of objects.
"""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, repeat

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from pipeline.extraction.frame import PageFrame
from pipeline.extraction.pdfium import Floats, to_shown
from pipeline.extraction.plain_calls import plain_function
from pipeline.geometry import BBox

_MAX_DEPTH = 4  # forms within forms
_MAX_FORMS = 200
_MAX_OBJECTS = 50_000  # of the page or of one form: beyond, the rest is not looked at

_count_on_page = plain_function("FPDFPage_CountObjects", ctypes.c_int, ctypes.c_void_p)
_on_page = plain_function("FPDFPage_GetObject", ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_count_in_form = plain_function("FPDFFormObj_CountObjects", ctypes.c_int, ctypes.c_void_p)
_in_form = plain_function("FPDFFormObj_GetObject", ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)
_kind = plain_function("FPDFPageObj_GetType", ctypes.c_int, ctypes.c_void_p)
_bounds = plain_function("FPDFPageObj_GetBounds", ctypes.c_int, ctypes.c_void_p, *[ctypes.c_void_p] * 4)
_get_matrix = plain_function("FPDFPageObj_GetMatrix", ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_draw_mode = plain_function("FPDFPath_GetDrawMode", ctypes.c_int, *[ctypes.c_void_p] * 3)
_count_segments = plain_function("FPDFPath_CountSegments", ctypes.c_int, ctypes.c_void_p)
_pixels = plain_function("FPDFImageObj_GetImagePixelSize", ctypes.c_int, *[ctypes.c_void_p] * 3)


@dataclass(frozen=True, slots=True)
class PageImage:
    """An image on the page; `dots` is the size of its own raster, width times height."""

    box: BBox
    dots: int


@dataclass(frozen=True, slots=True)
class Paths:
    """The n paths of a page: rules, frames, grounds, drawings.

    `boxes` is an array (n, 4) of x0, y0, x1, y1, in points of the page as shown; `stroked` (n) says whether the outline
    is drawn, `segments` (n) of how many strokes it is made.
    """

    boxes: Floats
    stroked: NDArray[np.bool_]
    segments: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.boxes)


@dataclass(frozen=True, slots=True)
class PageObjects:
    """The objects of a page and of the forms on it: how many texts, the images, the paths."""

    texts: int
    images: tuple[PageImage, ...]
    paths: Paths


@dataclass(frozen=True, slots=True)
class ObjectGroup:
    """The objects of the page itself or of one form; `matrix` takes their coordinates to the page's plane."""

    handles: Sequence[int]
    kinds: NDArray[np.intp]
    matrix: Floats

    def of_kind(self, kind: int) -> list[int]:
        return list(compress(self.handles, self.kinds == kind))


@lru_cache(maxsize=1)  # several readers ask of the page in hand, none of another one
def page_objects(page: pdfium.PdfPage) -> PageObjects:
    """What the page is drawn with.

    Raises:
        pypdfium2.PdfiumError: the page has no usable box.
    """
    frame = PageFrame.of(page)
    texts, images, boxes, paths = 0, [], [], []
    for group in object_groups(page):
        texts += int((group.kinds == pdfium_c.FPDF_PAGEOBJ_TEXT).sum())
        group_paths = group.of_kind(pdfium_c.FPDF_PAGEOBJ_PATH)
        boxes.append(object_boxes(group_paths, group.matrix, frame))
        paths += group_paths
        group_images = group.of_kind(pdfium_c.FPDF_PAGEOBJ_IMAGE)
        places = object_boxes(group_images, group.matrix, frame).tolist()
        images += [PageImage(BBox(*box), _dots(image)) for box, image in zip(places, group_images, strict=True)]
    segments = np.fromiter(map(_count_segments, paths), np.intp, len(paths))
    return PageObjects(texts, tuple(images), Paths(np.concatenate(boxes), stroked_paths(paths), segments))


def object_groups(page: pdfium.PdfPage) -> Iterator[ObjectGroup]:
    """The page's own objects, then those of each form on it, to a bounded depth and number."""
    raw_page = ctypes.addressof(page.raw.contents)
    count = min(_count_on_page(raw_page), _MAX_OBJECTS)
    todo = [(_group(map(_on_page, repeat(raw_page), range(count)), np.eye(3)), 0)]
    for group, depth in todo:  # grows while it is walked through
        yield group
        for form in group.of_kind(pdfium_c.FPDF_PAGEOBJ_FORM) if depth < _MAX_DEPTH else ():
            if len(todo) < _MAX_FORMS:
                count = min(_count_in_form(form), _MAX_OBJECTS)
                inside = map(_in_form, repeat(form), range(count))
                todo.append((_group(inside, object_matrix(form) @ group.matrix), depth + 1))


def _group(handles: Iterable[int], matrix: Floats) -> ObjectGroup:
    known = list(handles)
    return ObjectGroup(known, np.fromiter(map(_kind, known), np.intp, len(known)), matrix)


def object_matrix(handle: int) -> Floats:
    """The matrix (3, 3) of an object: rows of points (x, y, 1) go before it."""
    values = np.zeros(6, np.float32)
    if not _get_matrix(handle, values.ctypes.data):
        return np.eye(3)
    a, b, c, d, e, f = values.tolist()
    return np.array([[a, b, 0.0], [c, d, 0.0], [e, f, 1.0]])


def object_boxes(handles: Sequence[int], matrix: Floats, frame: PageFrame) -> Floats:
    """Boxes as shown of objects, one row each; `matrix` takes their coordinates to the page's plane."""
    rows = np.zeros((len(handles), 4), np.float32)
    start, step, size = rows.ctypes.data, rows.itemsize * 4, rows.itemsize
    for index, handle in enumerate(handles):
        at = start + index * step
        _bounds(handle, at, at + size, at + 2 * size, at + 3 * size)
    left, bottom, right, top = rows.astype(np.float64).T
    corners = np.stack([left, bottom, np.ones_like(left), right, top, np.ones_like(left)], axis=1).reshape(-1, 3)
    moved = (corners @ matrix)[:, :2].reshape(-1, 4)
    return to_shown(frame, moved)


def stroked_paths(paths: Sequence[int]) -> NDArray[np.bool_]:
    """For each path, whether its outline is drawn."""
    modes = np.zeros((len(paths), 2), np.int32)  # how it is filled, whether it is stroked
    start, size = modes.ctypes.data, modes.itemsize
    for index, path in enumerate(paths):
        at = start + 2 * index * size
        _draw_mode(path, at, at + size)
    stroked: NDArray[np.bool_] = modes[:, 1] != 0
    return stroked


def _dots(handle: int) -> int:
    size = np.zeros(2, np.uint32)
    _pixels(handle, size.ctypes.data, size.ctypes.data + size.itemsize)
    return int(size[0]) * int(size[1])
