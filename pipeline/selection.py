"""What a reader has selected on the pages of a dossier, as one span of its text."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.document import Document, PageState, Span, Word
from pipeline.geometry import BBox

_FORGIVEN = 3  # words left out between two runs that are held to be one


@dataclass(frozen=True, slots=True)
class Area:
    """Boxes on one page; `page` is an index in `Document.pages`."""

    page: int
    boxes: tuple[BBox, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """The words selected; `whole` is false when others were too, that do not follow these in the text."""

    span: Span
    whole: bool


def selected(document: Document, areas: Sequence[Area]) -> Selection | None:
    """The longest run of words whose centres lie in the boxes; None when there is no such word.

    A selection that goes over a page break also covers running headers, which stand elsewhere in the text: they count
    only when nothing else was selected.
    """
    chosen = list(_chosen(document, areas))
    body = [index for index in chosen if document.words[index].span.start < document.body_end] or chosen
    if not body:
        return None
    runs = _runs(body)
    first, last = _whole(document, *max(runs, key=lambda run: run[1] - run[0]))
    return Selection(Span(document.words[first].span.start, document.words[last].span.end), len(runs) == 1)


def in_sight(document: Document, page: int) -> list[int]:
    """The words that a page shows, as indices in `Document.words`, in reading order; `page` is one in `Document.pages`.

    Words that the frame of a form field hides are not among them: each has the box of the whole field.
    """
    here = [index for index, word in enumerate(document.words) if word.page == page]
    if document.pages[page].state is not PageState.FORM:
        return here
    times = Counter(document.words[index].box for index in here)
    return [index for index in here if times[document.words[index].box] == 1]


def _chosen(document: Document, areas: Sequence[Area]) -> Iterator[int]:
    boxes: dict[int, list[BBox]] = {}
    for area in areas:
        boxes.setdefault(area.page, []).extend(area.boxes)
    seen = sorted(index for page in boxes for index in in_sight(document, page))
    return (index for index in seen if _lies_in(document.words[index], boxes[document.words[index].page]))


def _whole(document: Document, first: int, last: int) -> tuple[int, int]:
    """The run with the rest of a word that is cut at the end of a line: its parts touch in the text."""
    words = document.words
    while first > 0 and words[first - 1].span.end == words[first].span.start:
        first -= 1
    while last + 1 < len(words) and words[last].span.end == words[last + 1].span.start:
        last += 1
    return first, last


def _lies_in(word: Word, boxes: Sequence[BBox]) -> bool:
    return any(box.contains_centre_of(word.box) for box in boxes)


def _runs(indices: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for index in indices:
        if runs and index - runs[-1][1] <= _FORGIVEN + 1:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return runs
