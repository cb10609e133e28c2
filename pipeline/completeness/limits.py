"""Length limits of the call (2 pages, 20 lines): what the field's part measures on the page."""

from collections.abc import Sequence

from pipeline.analysis import Finding, Section, SectionStatus
from pipeline.calls.model import LengthLimit, LimitUnit
from pipeline.completeness.evidence import Reading, headings_for
from pipeline.completeness.headings import body_blocks
from pipeline.completeness.phrases import NBSP, named, place
from pipeline.completeness.targets import Target
from pipeline.document import BlockKind, Document, Line, Span
from pipeline.text import decimal

_NO_PROSE = {BlockKind.TABLE, BlockKind.ANSWER, BlockKind.NOTE}
_PAGE_TOLERANCE = 0.1  # of a page: a title or a spacing more is not an excess


def limit_findings(reading: Reading, sections: Sequence[Section]) -> tuple[Finding, ...]:
    """A finding, with the figures, for each answered field that is longer than the call allows."""
    answered = {section.id for section in sections if section.status is SectionStatus.PRESENT}
    limited = (target for target in reading.targets if target.field.limit is not None and target.field.id in answered)
    found = (_finding(reading, target, sections) for target in limited)
    return tuple(finding for finding in found if finding is not None)


def _finding(reading: Reading, target: Target, sections: Sequence[Section]) -> Finding | None:
    limit = target.field.limit
    headed = _lines_of(reading, target)
    lines = headed or _lines_without_heading(reading, target, sections)
    if limit is None or not lines:
        return None
    if headed:
        heading = headings_for(reading, target)[0]
        start, where = heading.span, f"sous {named(reading.document, heading)}"
    else:
        start, where = (
            lines[0].span,
            f"à partir de la {place(reading.document, lines[0].span)} (étendue estimée, faute d’intitulé)",
        )
    measured = len(lines) if limit.unit is LimitUnit.LINES else pages_filled(reading.document, lines)
    allowed = limit.value if limit.unit is LimitUnit.LINES else limit.value + _PAGE_TOLERANCE
    if measured <= allowed:
        return None
    message = (
        f"{target.field.title}{NBSP}: {_said(measured, limit)} {where},"
        f" au-delà de la limite de l’appel ({_allowed(limit)})"
    )
    return Finding("length-limit", message, (start, Span(lines[-1].span.start, lines[-1].span.end)))


def _lines_of(reading: Reading, target: Target) -> list[Line]:
    """Printed lines below the headings of the field, in order."""
    lines: dict[Span, Line] = {}
    for unit in reading.parts.units:
        if any((aim := heading.aims_at(target.index)) is not None and aim.strong for heading in unit.path):
            lines.update((line.span, line) for line in reading.document.lines_in(unit.span))
    return list(lines.values())


def _lines_without_heading(reading: Reading, target: Target, sections: Sequence[Section]) -> list[Line]:
    """Printed lines from the paragraph that answers a field to the next heading or the next field's answer."""
    section = next(section for section in sections if section.id == target.field.id)
    others = [span for other in sections if other.id != section.id for span in other.evidence]
    headings = [heading.span for heading in reading.parts.headings]
    lines: list[Line] = []
    for block in (reading.document.blocks[index] for index in body_blocks(reading.document)):
        if not lines and not any(block.span.overlaps(span) for span in section.evidence):
            continue
        own = any(block.span.overlaps(span) for span in section.evidence)
        ends = block.kind in _NO_PROSE or any(block.span.overlaps(span) for span in [*headings, *others])
        if lines and ends and not own:
            break
        lines.extend(reading.document.lines_in(block.span))
    return lines


def pages_filled(document: Document, lines: Sequence[Line]) -> float:
    """How many pages these lines fill: the height that they take on each page, in heights of a full page."""
    tops: dict[int, float] = {}
    bottoms: dict[int, float] = {}
    for line in lines:
        tops[line.page] = min(tops.get(line.page, line.box.y0), line.box.y0)
        bottoms[line.page] = max(bottoms.get(line.page, line.box.y1), line.box.y1)
    full = _full_height(document, document.pages[lines[0].page].file)
    return sum(min(1.0, (bottoms[page] - tops[page]) / full) for page in tops)


def _full_height(document: Document, file: int) -> float:
    """Height in points of the fullest page of a file's text."""
    heights: dict[int, list[float]] = {}
    for line in document.lines:
        if line.span.start < document.body_end and document.pages[line.page].file == file:
            edges = heights.setdefault(line.page, [line.box.y0, line.box.y1])
            edges[:] = [min(edges[0], line.box.y0), max(edges[1], line.box.y1)]
    # A page that is nearly empty says nothing: at least half of the sheet is taken for text.
    least = 0.6 * max(page.height for page in document.pages if page.file == file)
    return max([least, *(bottom - top for top, bottom in heights.values())])


def _said(measured: float, limit: LengthLimit) -> str:
    if limit.unit is LimitUnit.LINES:
        return f"{measured:.0f}{NBSP}lignes imprimées"
    return f"{decimal(measured, 1)}{NBSP}pages"


def _allowed(limit: LengthLimit) -> str:
    unit = "lignes" if limit.unit is LimitUnit.LINES else "pages"
    return f"{limit.value}{NBSP}{unit}"
