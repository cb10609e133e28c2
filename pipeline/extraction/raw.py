"""What the readers of one page hand to the assembly of the document. Coordinates as in `pipeline.geometry`."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.document import PageState
from pipeline.geometry import BBox


@dataclass(frozen=True, slots=True)
class RawWord:
    """A printed word. `size` is the height of its letters in points; `confidence` is 0..1 for OCR, else None.

    `angle` is the direction of reading on the page as shown, in degrees clockwise (90 reads downwards).
    """

    text: str
    box: BBox
    size: float
    bold: bool = False
    confidence: float | None = None
    angle: int = 0


@dataclass(frozen=True, slots=True)
class RawCell:
    """A table cell by its box; its words are those whose centre it contains."""

    box: BBox


@dataclass(frozen=True, slots=True)
class RawTable:
    """A ruled table; all rows have the same length, None where a cell is merged away."""

    box: BBox
    rows: tuple[tuple[RawCell | None, ...], ...]


class AnswerKind(StrEnum):
    TEXT = "text"
    CHECKBOX = "checkbox"
    CHOICE = "choice"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """What a person filled in or typed onto the page; `text` is the whole value, even where it shows only in part.

    A ticked box has for `text` the label printed beside it; boxes that are not ticked are not answers. `shown` are
    the words that the page shows in the box, in the order in which they are drawn.
    """

    kind: AnswerKind
    label: str
    text: str
    box: BBox
    shown: tuple[RawWord, ...] = ()


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page as read. `number` is 1-based in its file; width and height in points, as shown."""

    number: int
    width: float
    height: float
    words: tuple[RawWord, ...]
    tables: tuple[RawTable, ...]
    answers: tuple[RawAnswer, ...]
    state: PageState
    reason: str | None = None
