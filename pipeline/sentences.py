"""The sentences of a dossier's body: what facts, passages and completeness read one by one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.document import Block, BlockKind, Document, Span, Table
from pipeline.protocols import SentenceSplitter

PROSE_CELL_WORDS = 20  # from this length on, a cell is prose in a layout table, not an entry of a row

_BULLET = re.compile(r"(?:[-–—•●▪■◦·*➢➤✓✔☑☒☐→>]|[o0] (?=[A-ZÉÈÀÊ])|\(?\d{1,2}[.)]|[a-z]\))\s+")

_ACCOUNT_CODE = re.compile(r"[678]\d{1,3}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, a list entry, a form answer or a table row; it never goes over the end of its block.

    `page` is an index in `Document.pages`. `lead` is, for a list entry, the sentence that introduces the list
    ("Le collectif réunit :").
    """

    span: Span
    kind: BlockKind
    page: int
    block: int  # index in Document.blocks
    lead: Span | None = None


def sentences(document: Document, splitter: SentenceSplitter) -> tuple[Sentence, ...]:
    """All sentences of the body, in order; running headers and footers are left out."""
    tables = {table.span: table for table in document.tables}
    found: list[Sentence] = []
    lead: Span | None = None
    for index, block in enumerate(document.blocks):
        if block.kind is BlockKind.FURNITURE or block.span.start >= document.body_end:
            continue
        table = tables.get(block.span)
        spans = _rows(document, table, splitter) if table else _split(document, block.span, splitter)
        if block.kind is not BlockKind.ITEM:
            lead = None
        kept = _without_bullet(document, block, list(spans))
        found.extend(Sentence(span, block.kind, document.page_at(span.start), index, lead) for span in kept)
        if block.kind is not BlockKind.ITEM:
            lead = _introduction(document, kept)
    return tuple(found)


def _split(document: Document, span: Span, splitter: SentenceSplitter) -> Iterator[Span]:
    for part in splitter.split(document.text[span.start : span.end]):
        yield Span(span.start + part.start, span.start + part.end)


def _rows(document: Document, table: Table, splitter: SentenceSplitter) -> Iterator[Span]:
    """One span a row, or one a half; the cells of a row that holds prose are split each for itself."""
    for row in table.rows:
        cells = [cell.span for cell in row if document.text[cell.span.start : cell.span.end].strip()]
        if any(len(document.quote(cell).split()) >= PROSE_CELL_WORDS for cell in cells):
            for cell in cells:
                yield from _split(document, cell, splitter)
        elif cells:
            yield from row_sides(document, cells)


def row_sides(document: Document, cells: Sequence[Span]) -> Iterator[Span]:
    """The stretches of a row that are read as one: each label with the figures after it.

    In accounts that show charges and produits side by side, a row is two of them, never quoted as one.
    """
    texts = [document.text[cell.start : cell.end].strip() for cell in cells]
    first = 0
    for index in range(1, len(cells)):
        inside = [is_figure(text) for text in texts[first:index]]
        opens = not is_figure(texts[index]) or (
            _ACCOUNT_CODE.fullmatch(texts[index]) and index + 1 < len(texts) and not is_figure(texts[index + 1])
        )
        if opens and inside[-1] and not all(inside):
            yield Span(cells[first].start, cells[index - 1].end)
            first = index
    if cells:
        yield Span(cells[first].start, cells[-1].end)


def is_figure(text: str) -> bool:
    """Whether a cell holds a number of two digits or more, and little else."""
    digits = sum(char.isdigit() for char in text)
    return digits >= 2 and digits >= 0.4 * len(text.strip())


def _without_bullet(document: Document, block: Block, spans: list[Span]) -> list[Span]:
    if block.kind is not BlockKind.ITEM or not spans:
        return spans
    first = spans[0]
    bullet = _BULLET.match(document.text, first.start, first.end)
    if bullet is None or bullet.end() >= first.end:
        return spans
    return [Span(bullet.end(), first.end), *spans[1:]]


def _introduction(document: Document, spans: Sequence[Span]) -> Span | None:
    if spans and document.text[spans[-1].start : spans[-1].end].rstrip().endswith(":"):
        return spans[-1]
    return None
