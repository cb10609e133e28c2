"""Where the words of a dossier stand, as pages show it: places in French, highlights for the viewer.

A place is derived from a span each time. Words that are no longer those that were kept are said, never highlighted.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.document import Block, BlockKind, Document, PageState, Region, Span
from store.records import Dossier
from web.french import typeset

UNPLACED = "Ce passage ne peut pas être placé sur la page."
MOVED = "La page a changé depuis : ces mots n’y sont plus."


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a passage on one page: file from 0, page from 1, boxes in points from the top left."""

    file: int
    page: int
    boxes: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands. `where` is French (« p. 4 »); `trouble` says why it is nowhere, empty otherwise.

    `answer` is the whole of the form answer that the words are of, empty when they are of none or all of it;
    `beyond` says that the page does not show all the words: they run over the frame of the form.
    """

    quote: str
    where: str
    spots: tuple[Spot, ...]
    trouble: str = ""
    answer: str = ""
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage that the viewer highlights and a link leads to.

    `label` is short and shown on the page; `note` says what it is about; `kind` is one of the viewer's (machine, kept,
    aside, added, proof); `colour` is 0 to 11.
    """

    id: str
    label: str
    note: str
    kind: str
    colour: int
    place: Place

    def shown(self) -> dict[str, Any]:
        """As `viewer.js` is given it; one without place has no region."""
        regions = [
            {"file": spot.file, "page": spot.page, "boxes": [list(box) for box in spot.boxes]}
            for spot in self.place.spots
        ]
        return {
            "id": self.id,
            "label": self.label,
            "note": self.note,
            "kind": self.kind,
            "colour": self.colour,
            "regions": regions,
        }


def place_of(document: Document, span: Span, quote: str | None = None) -> Place:
    """Where a span stands; `quote` is what was kept of it, compared with what stands there now."""
    found = document.quote(span)
    if span.end > len(document.text) or (quote is not None and quote != found):
        return Place(quote or found, "", (), MOVED)
    regions = document.locate(span)
    if not regions:
        return Place(found, "", (), UNPLACED)
    spots, filled = tuple(_spot(document, region) for region in regions), _answer(document, span)
    if filled is None:
        return Place(found, _where(document, regions), spots)
    whole = document.text[filled.start : filled.end].strip()
    answer = "" if " ".join(whole.split()) == found else whole
    return Place(found, _where(document, regions), spots, "", answer, _runs_over(document, filled, span))


def marks_of(document: Document, spans: Iterable[Span], name: str, note: str, first: int = 1) -> tuple[Mark, ...]:
    """Proofs of one statement, numbered from `first`; their ids begin with `name`."""
    return tuple(
        Mark(f"{name}-{number}", str(number), note, "proof", 0, place_of(document, span))
        for number, span in enumerate(spans, first)
    )


def viewer_files(dossier: Dossier, document: Document | None) -> list[dict[str, Any]]:
    """The files of a dossier as `viewer.js` is given them; without document their pages are not known."""
    return [
        {
            "url": file_address(dossier, position),
            "name": file.name,
            "pages": [] if document is None else list(_pages(document, position)),
        }
        for position, file in enumerate(dossier.files)
    ]


def file_address(dossier: Dossier, position: int) -> str:
    """Of a file as it is now: once the applicant has replaced it, the address leads nowhere."""
    return f"/dossiers/{dossier.id}/fichiers/{position}?empreinte={dossier.files[position].sha256[:16]}"


def words_address(dossier: Dossier) -> str:
    """Where `viewer.js` asks for the words of pages, in the order of reading."""
    return f"/dossiers/{dossier.id}/mots"


def shown(marks: Iterable[Mark]) -> list[dict[str, Any]]:
    """The marks as `viewer.js` is given them."""
    return [mark.shown() for mark in marks]


def _answer(document: Document, span: Span) -> Span | None:
    """The form answer in which a span begins, of one or several paragraphs."""
    blocks = document.blocks
    first = last = bisect_right(blocks, span.start, key=lambda block: block.span.start) - 1
    if first < 0 or blocks[first].kind is not BlockKind.ANSWER or not blocks[first].span.overlaps(span):
        return None
    while first > 0 and _goes_on(blocks[first - 1], blocks[first]):
        first -= 1
    while last + 1 < len(blocks) and _goes_on(blocks[last], blocks[last + 1]):
        last += 1
    return Span(blocks[first].span.start, blocks[last].span.end)


def _goes_on(block: Block, following: Block) -> bool:
    """Whether two blocks are paragraphs of one answer: the same field of the same page."""
    return bool(block.label) and replace(following, span=block.span) == block and block.kind is BlockKind.ANSWER


def _runs_over(document: Document, filled: Span, span: Span) -> bool:
    """Whether words of a span are not shown in their form field: each of those was given the box of the whole field."""
    boxes = Counter(word.box for word in document.words_in(filled))
    return any(boxes[word.box] > 1 for word in document.words_in(span))


def _pages(document: Document, position: int) -> Iterator[dict[str, Any]]:
    for page in document.pages:
        if page.file == position:
            yield {
                "number": page.number,
                "width": page.width,
                "height": page.height,
                "retold": page.state in (PageState.OCR, PageState.FORM),
            }


def _spot(document: Document, region: Region) -> Spot:
    page = document.pages[region.page]
    return Spot(page.file, page.number, tuple((box.x0, box.y0, box.x1, box.y1) for box in region.boxes))


def _where(document: Document, regions: Sequence[Region]) -> str:
    """« p. 4 », « p. 4 et 5 », with the file where there are several."""
    pages = [document.pages[region.page] for region in regions]
    numbers = list(dict.fromkeys(page.number for page in pages))
    said = f"p. {numbers[0]}" if len(numbers) == 1 else f"p. {numbers[0]} et {numbers[-1]}"
    if len(numbers) > 2:
        said = f"p. {numbers[0]} à {numbers[-1]}"
    name = f"{document.files[pages[0].file].name}, " if len(document.files) > 1 else ""
    return typeset(name + said.replace("p. ", "p.\N{NO-BREAK SPACE}"))
