"""The straight rules that a page is drawn with: across it and down it, whatever drew them."""

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.extraction.frame import PageFrame
from pipeline.extraction.page_objects import object_boxes, object_groups, object_matrix, stroked_paths
from pipeline.extraction.pdfium import Floats, to_shown
from pipeline.extraction.plain_calls import plain_function
from pipeline.geometry import BBox

THIN = 3.0  # points: a path no thicker is a rule
MAX_STROKES = 4_000  # a path of more is a drawing

_LEVEL = 1.0  # points by which the ends of a rule may differ in height

_count_segments = plain_function("FPDFPath_CountSegments", ctypes.c_int, ctypes.c_void_p)
_segment = plain_function("FPDFPath_GetPathSegment", ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_point = plain_function("FPDFPathSegment_GetPoint", ctypes.c_int, *[ctypes.c_void_p] * 3)
_segment_kind = plain_function("FPDFPathSegment_GetType", ctypes.c_int, ctypes.c_void_p)
_closes = plain_function("FPDFPathSegment_GetClose", ctypes.c_int, ctypes.c_void_p)


def page_rules(page: pdfium.PdfPage) -> tuple[list[BBox], list[BBox]]:
    """Rules across the page and rules down it, as boxes without height, or without width, in points as shown.

    They are thin paths, and the straight strokes of outlined ones; a coloured ground behind words has none.
    """
    frame = PageFrame.of(page)
    rows: list[Floats] = []
    for group in object_groups(page):
        paths = group.of_kind(pdfium_c.FPDF_PAGEOBJ_PATH)
        boxes = object_boxes(paths, group.matrix, frame)
        thin = (boxes[:, 2:] - boxes[:, :2]).min(axis=1) <= THIN
        rows.append(boxes[thin])
        outlined = np.flatnonzero(~thin & stroked_paths(paths)).tolist()
        rows += [_strokes(paths[i], object_matrix(paths[i]) @ group.matrix, frame) for i in outlined]
    boxes = np.concatenate(rows) if rows else np.zeros((0, 4))
    widths, heights = (boxes[:, 2:] - boxes[:, :2]).T
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    across = np.stack((boxes[:, 0], y, boxes[:, 2], y), axis=1)[(heights <= THIN) & (widths > heights)]
    down = np.stack((x, boxes[:, 1], x, boxes[:, 3]), axis=1)[(widths <= THIN) & (heights > widths)]
    return [BBox(*row) for row in across.tolist()], [BBox(*row) for row in down.tolist()]


def _strokes(path: int, matrix: Floats, frame: PageFrame) -> Floats:
    """The boxes as shown of the level and upright strokes of a path; `matrix` takes its points to the page's plane."""
    ends = np.array(list(_lines(path)), np.float64).reshape(-1, 2)
    placed = (np.column_stack((ends, np.ones(len(ends)))) @ matrix)[:, :2].reshape(-1, 4)
    shown = to_shown(frame, placed)
    straight = (shown[:, 2:] - shown[:, :2]).min(axis=1) <= _LEVEL
    found: Floats = shown[straight]
    return found


def _lines(path: int) -> Iterator[tuple[float, float]]:
    """The two ends of each line of a path, one after the other; curves are passed over."""
    count = _count_segments(path)
    if count > MAX_STROKES:
        return
    segments = [_segment(path, index) for index in range(count)]
    points = _points(segments)
    begun = points[0] if points else (0.0, 0.0)
    for (last, point), segment in zip(pairwise([begun, *points]), segments, strict=True):
        kind = _segment_kind(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            begun = point
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO:
            yield from (last, point)
        if _closes(segment) and point != begun:
            yield from (point, begun)


def _points(segments: Sequence[int]) -> list[tuple[float, float]]:
    rows = np.zeros((len(segments), 2), np.float32)
    start, size = rows.ctypes.data, rows.itemsize
    for index, segment in enumerate(segments):
        at = start + 2 * index * size
        _point(segment, at, at + size)
    return [(x, y) for x, y in rows.tolist()]
