"""A dossier as its reader is given it: each heading once, before the first sentence that stands under it."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document import BlockKind
from pipeline.evidence.context import Reading
from pipeline.protocols import LineKind, ReadLine

_KINDS = {BlockKind.ITEM: LineKind.ITEM, BlockKind.TABLE: LineKind.ROW}


@dataclass(frozen=True, slots=True)
class DossierLines:
    """`places[i]` is the index in `lines` of the dossier's reading i; the other lines are headings."""

    lines: tuple[ReadLine, ...]
    places: tuple[int, ...]


def dossier_lines(dossier: Sequence[Reading]) -> DossierLines:
    """The readings of a dossier, in order, with the headings above them."""
    lines: list[ReadLine] = []
    places: list[int] = []
    title = ""
    block = -1
    for reading in dossier:
        above = reading.titles[-1] if reading.titles else title
        if above != title:
            lines.append(ReadLine(above, LineKind.HEADING))
            title = above
        follows = LineKind.CONTINUED if reading.sentence.block == block else LineKind.PARAGRAPH
        places.append(len(lines))
        lines.append(ReadLine(reading.text, _KINDS.get(reading.sentence.kind, follows)))
        block = reading.sentence.block
    return DossierLines(tuple(lines), tuple(places))
