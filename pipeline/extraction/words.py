"""Words of a page from its characters, by the spaces that stand in it and by the gaps between letters."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pypdfium2
import pypdfium2.raw as raw
from numpy.typing import NDArray

from pipeline.extraction.frame import PageFrame
from pipeline.extraction.glyphs import clean_word, is_plain, same_length_cleaning
from pipeline.extraction.pdfium import Characters, Floats, is_blank, read_characters, to_shown
from pipeline.extraction.raw import RawWord
from pipeline.geometry import BBox, union

_GAP = 0.3  # of the letters' size: more between two letters is a space that nobody wrote
_BACK = 0.9  # of the letters' size: a letter that far behind the last begins another word
_SHIFT = 0.6  # of the letters' size: a letter that much higher or lower stands on another line
_ROW = 4.0  # points: two words printed one over the other begin in the same row of that height, or the next
_LETTER_RUN = 4  # so many single letters in a row are one word set with spaces between its letters


def read_words(page: pypdfium2.PdfPage) -> tuple[RawWord, ...]:
    """The words of a page, in the order of the file, with boxes as shown.

    Text outside of the visible page is left out, and so is invisible text unless it lies on a picture
    (where it is somebody's reading of a scan).

    Raises:
        pypdfium2.PdfiumError: the text of the page cannot be loaded.
    """
    frame = PageFrame.of(page)
    characters = read_characters(page, frame)
    hidden_from = _pictures(page, frame) if characters.invisible.any() else None
    words = _split(characters, frame, hidden_from)
    return tuple(_without_overprints(_join_spaced_letters(words)))


def _split(characters: Characters, frame: PageFrame, pictures: Sequence[BBox] | None) -> list[RawWord]:
    text = _text(characters.codes)
    cleaned = same_length_cleaning(text)
    codes = characters.codes if cleaned is text else np.array([ord(char) for char in cleaned], np.uint32)
    shown = np.flatnonzero(~is_blank(codes))
    if not len(shown):
        return []
    boxes, sizes, angles = characters.boxes[shown], characters.sizes[shown], characters.angles[shown]
    firsts = np.flatnonzero(_starts(shown, boxes, sizes, angles))
    rows = _boxes(boxes, firsts)
    keep = _inside(rows, frame) & _seen(rows, characters.invisible[shown][firsts], pictures)
    heights = np.where(sizes[firsts] > 0, sizes[firsts], rows[:, 3] - rows[:, 1])
    visible = "".join(map(cleaned.__getitem__, shown.tolist()))
    clean = str if is_plain(visible) else clean_word
    columns = (
        firsts.tolist(),
        [*firsts[1:].tolist(), len(shown)],
        keep.tolist(),
        _clipped(rows, frame).tolist(),
        heights.tolist(),
        characters.bold[shown][firsts].tolist(),
        angles[firsts].tolist(),
    )
    return [
        RawWord(word, BBox(*row), size, bold, None, angle)
        for start, end, kept, row, size, bold, angle in zip(*columns, strict=True)
        if kept and (word := clean(visible[start:end]))
    ]


def _boxes(boxes: Floats, firsts: NDArray[np.intp]) -> Floats:
    """The box around each run of characters; `firsts` says where runs start."""
    low, high = np.minimum.reduceat(boxes, firsts, axis=0), np.maximum.reduceat(boxes, firsts, axis=0)
    return np.concatenate((low[:, :2], high[:, 2:]), axis=1)


def _inside(rows: Floats, frame: PageFrame) -> NDArray[np.bool_]:
    x, y = (rows[:, 0] + rows[:, 2]) / 2, (rows[:, 1] + rows[:, 3]) / 2
    inside: NDArray[np.bool_] = (x > 0) & (x < frame.width) & (y > 0) & (y < frame.height)
    return inside


def _seen(rows: Floats, invisible: NDArray[np.bool_], pictures: Sequence[BBox] | None) -> NDArray[np.bool_]:
    """Visible words, and invisible ones on a picture; `pictures` is None where no word is invisible."""
    if pictures is None:
        return ~invisible
    return np.array(
        [
            not hidden or any(picture.contains_centre_of(BBox(*row)) for picture in pictures)
            for hidden, row in zip(invisible.tolist(), rows.tolist(), strict=True)
        ]
    )


def _clipped(boxes: Floats, frame: PageFrame) -> Floats:
    edges = np.array([frame.width, frame.height] * 2)
    return np.clip(boxes, 0.0, edges).round(2)


def _text(codes: NDArray[np.uint32]) -> str:
    valid = np.where(codes > 0x10FFFF, 0xFFFD, codes).astype("<u4")
    return valid.tobytes().decode("utf-32-le", "surrogatepass")


def _starts(shown: NDArray[np.intp], boxes: Floats, sizes: Floats, angles: NDArray[np.intp]) -> NDArray[np.bool_]:
    """For each visible character, whether a word starts with it."""
    along, across = _reading_frame(boxes, angles)
    size = np.maximum(np.maximum(sizes[1:], sizes[:-1]), 1.0)
    gap = along[1:, 0] - along[:-1, 1]
    of_one_glyph = (boxes[1:] == boxes[:-1]).all(axis=1)  # "ffl" drawn as one sign: its letters share its box
    starts = np.ones(len(shown), np.bool_)
    starts[1:] = (
        (np.diff(shown) > 1)
        | (gap > _GAP * size)
        | ((gap < -_BACK * size) & ~of_one_glyph)
        | (np.abs(np.diff(across)) > _SHIFT * size)
        | (np.diff(angles) != 0)
    )
    return starts


def _reading_frame(boxes: Floats, angles: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Along the line: where each character starts and ends. Across it: where its middle is."""
    x0, y0, x1, y1 = boxes.T
    if not angles.any():
        return np.stack((x0, x1), axis=1), (y0 + y1) / 2
    quarter = np.round(angles / 90).astype(np.intp) % 4
    start = np.choose(quarter, (x0, y0, -x1, -y1))
    end = np.choose(quarter, (x1, y1, -x0, -y0))
    across = np.where(quarter % 2 == 0, (y0 + y1) / 2, (x0 + x1) / 2)
    slanted = np.abs(angles - 90 * np.round(angles / 90)) > 10
    # On a slant, boxes say nothing of gaps: trust the spaces.
    return np.stack((np.where(slanted, 0.0, start), np.where(slanted, 0.0, end)), axis=1), np.where(
        slanted, 0.0, across
    )


def _pictures(page: pypdfium2.PdfPage, frame: PageFrame) -> list[BBox]:
    bounds = [item.get_bounds() for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)]
    rows = np.array([(left, top, right, bottom) for left, bottom, right, top in bounds], np.float64).reshape(-1, 4)
    return [BBox(*row) for row in to_shown(frame, rows).tolist()]


def _without_overprints(words: list[RawWord]) -> list[RawWord]:
    """Without words printed a second time at the same place to look bold."""
    counts = Counter(word.text for word in words)
    seen: dict[tuple[str, int], list[BBox]] = {}
    kept = []
    for word in words:
        text, box = word.text, word.box
        if counts[text] > 1:
            row = int(box.y0 / _ROW)
            near = seen.get((text, row), []) + seen.get((text, row - 1), []) + seen.get((text, row + 1), [])
            if near and any(_same_place(box, other) for other in near):
                continue
            seen.setdefault((text, row), []).append(box)
        kept.append(word)
    return kept


def _same_place(box: BBox, other: BBox) -> bool:
    shared = box.overlap_x(other) * box.overlap_y(other)
    return shared > 0.7 * max(box.area, other.area)


def _join_spaced_letters(words: list[RawWord]) -> list[RawWord]:
    """With `T I T R E` as one word."""
    if "1" * _LETTER_RUN not in "".join(["1" if len(word.text) == 1 else "0" for word in words]):
        return words
    joined: list[RawWord] = []
    run: list[RawWord] = []
    for word in words:
        if run and not _spaced_letters(run[-1], word):
            joined += _joined(run)
            run = []
        run.append(word)
    return joined + _joined(run)


def _spaced_letters(left: RawWord, right: RawWord) -> bool:
    return (
        len(left.text) == len(right.text) == 1
        and (left.text.isalpha() or left.text in "'’-")
        and (right.text.isalpha() or right.text in "'’-")
        and left.angle == right.angle == 0
        and abs(left.size - right.size) < 0.1 * left.size
        and left.box.overlap_y(right.box) > 0.5 * left.box.height
        and -0.1 * left.size < right.box.x0 - left.box.x1 < 1.5 * left.size
    )


def _joined(run: list[RawWord]) -> list[RawWord]:
    if len(run) < _LETTER_RUN:
        return run
    gaps = [right.box.x0 - left.box.x1 for left, right in pairwise(run)]
    space = 1.7 * sorted(gaps)[len(gaps) // 2] + 0.05 * run[0].size
    if max(gaps[: len(gaps) // 2 + 1]) > run[0].size:
        return run  # letters in boxes or in columns, not a word
    groups = [[run[0]]]
    for gap, word in zip(gaps, run[1:], strict=True):
        if gap > space:
            groups.append([])
        groups[-1].append(word)
    return [
        replace(group[0], text="".join(word.text for word in group), box=union(word.box for word in group))
        for group in groups
    ]
