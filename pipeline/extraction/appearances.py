"""What a page shows of its form answers and notes: the words of their appearances, where they are drawn."""

from collections.abc import Sequence
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as raw

from pipeline.extraction.frame import PageFrame
from pipeline.extraction.raw import AnswerKind, RawAnswer, RawWord
from pipeline.extraction.words import read_words
from pipeline.geometry import BBox


def with_shown_words(
    document: pypdfium2.PdfDocument, number: int, frame: PageFrame, answers: tuple[RawAnswer, ...]
) -> tuple[RawAnswer, ...]:
    """`answers`, those of page `number` (1-based), each with the words that its appearance shows within its box.

    `frame` is that of the page. An appearance that cannot be read shows nothing.
    """
    if all(answer.kind is AnswerKind.CHECKBOX for answer in answers):
        return answers
    try:
        drawn = _drawn_words(document, number - 1, frame)
    except pypdfium2.PdfiumError:
        return answers
    return tuple(replace(answer, shown=_within(answer, drawn)) for answer in answers)


def _drawn_words(document: pypdfium2.PdfDocument, index: int, frame: PageFrame) -> list[RawWord]:
    """The words that a copy of the page has more once its fields and notes have become content.

    The copy is not turned: lines of a turned page come in another order than that in which they are drawn.
    """
    copy = pypdfium2.PdfDocument.new()
    try:
        copy.import_pages(document, [index])
        page = copy[0]
        page.set_rotation(0)
        own = {(word.text, word.box) for word in read_words(page)}
        flattened = raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        page.close()
        words = read_words(copy[0]) if flattened == raw.FLATTEN_SUCCESS else ()
    finally:
        copy.close()
    added = (word for word in words if (word.text, word.box) not in own)
    return [replace(word, box=_as_shown(word.box, frame)) for word in added]


def _as_shown(box: BBox, frame: PageFrame) -> BBox:
    """A box of the page before it is turned, on the page as shown."""
    shown = frame.to_shown(frame.left + box.x0, frame.top - box.y0, frame.left + box.x1, frame.top - box.y1)
    return BBox(round(shown.x0, 2), round(shown.y0, 2), round(shown.x1, 2), round(shown.y1, 2))


def _within(answer: RawAnswer, words: Sequence[RawWord]) -> tuple[RawWord, ...]:
    """The words drawn in the box, as far as they are in it: what runs over its edges is cut off on the page."""
    if answer.kind is AnswerKind.CHECKBOX:
        return ()
    inside = (word for word in words if answer.box.contains_centre_of(word.box))
    return tuple(replace(word, box=_common(word.box, answer.box)) for word in inside)


def _common(box: BBox, other: BBox) -> BBox:
    return BBox(max(box.x0, other.x0), max(box.y0, other.y0), min(box.x1, other.x1), min(box.y1, other.y1))
