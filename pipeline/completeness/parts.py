"""The dossier cut in units (sentences, items, rows, answers), each with the headings above it."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.completeness.contents import contents_spans
from pipeline.completeness.headings import Heading, HeadingKind, HeadingReader, body_blocks
from pipeline.completeness.targets import Target, covered, simplify
from pipeline.completeness.titles import Aim
from pipeline.document import Block, BlockKind, Document, Span, Table
from pipeline.lexicon.cues import WordIndex
from pipeline.sentences import PROSE_CELL_WORDS, Sentence, is_figure, row_sides
from pipeline.text import fold


@dataclass(frozen=True, eq=False)
class Unit:
    """The smallest thing that can answer: a sentence, a row of a table, a form answer.

    `path` holds the headings above it, outermost first; `aside` when it stands where nothing can answer.
    """

    span: Span
    kind: BlockKind
    text: str
    folded: str
    page: int
    block: int  # index in Document.blocks
    path: tuple[Heading, ...]
    aside: bool

    @cached_property
    def words(self) -> int:
        return sum(1 for word in self.folded.split() if word.isalnum() or any(map(str.isalnum, word)))

    @cached_property
    def index(self) -> WordIndex:
        """Its words, for the lexicons that search it."""
        return WordIndex.of(self.folded)


@dataclass(frozen=True, slots=True)
class Parts:
    """Headings and units in the order of the document; `contents` are its tables of contents."""

    headings: tuple[Heading, ...]
    units: tuple[Unit, ...]
    contents: tuple[Span, ...]


def cut(
    document: Document, sentences: Sequence[Sentence], targets: tuple[Target, ...], papers: Sequence[Span] = ()
) -> Parts:
    """Cuts the dossier. `papers` are stretches (statutes, certificates) that answer no field by themselves."""
    cutter = _Cutter(document, sentences, targets, papers)
    cutter.run()
    return Parts(tuple(cutter.headings), tuple(cutter.units), cutter.contents)


class _Cutter:
    def __init__(
        self, document: Document, sentences: Sequence[Sentence], targets: tuple[Target, ...], papers: Sequence[Span]
    ) -> None:
        self.document = document
        self.folded = fold(document.body)
        self.sentences = [sentence.span for sentence in sentences]
        self.starts = [span.start for span in self.sentences]
        self.reader = HeadingReader(document, targets)
        self.targets = targets
        self.papers = papers
        self.contents = contents_spans(document)
        self.tables = {table.span: table for table in document.tables}
        self.headings: list[Heading] = []
        self.units: list[Unit] = []
        self.path: list[Heading] = []
        self.aside_page: int | None = None
        self.block = 0

    def run(self) -> None:
        file = -1
        for index in body_blocks(self.document):
            block, self.block = self.document.blocks[index], index
            if self.document.pages[block.page].file != file:
                file, self.path, self.aside_page = self.document.pages[block.page].file, [], None
            if covered(block.span, self.contents):
                continue
            if block.kind is BlockKind.TABLE and block.span in self.tables:
                self._table(self.tables[block.span])
            elif block.kind is BlockKind.ANSWER:
                self._answer(block)
            else:
                self._text(index, block)

    def _text(self, index: int, block: Block) -> None:
        heading, rest = self.reader.split(index)
        if heading is not None and self._answers_its_title(heading):
            heading, rest = None, block.span
        if heading is None:
            if block.kind is not BlockKind.ITEM and not self._goes_on(block):
                self._close_run_in()
        else:
            self._open(heading)
        for span in self._sentences_in(rest):
            self._add(span, block.kind, block.page)
        if heading is not None and heading.kind is HeadingKind.RUN_IN and block.kind is BlockKind.ITEM:
            self._close_run_in()

    def _answer(self, block: Block) -> None:
        label = block.label.strip()
        heading = None
        if label and any(aim.strong for aim in self.reader.aims(label)):
            heading = self.reader.make(block.span, HeadingKind.LABEL, (), block.page, title=label)
            self._open(heading)
        for span in self._sentences_in(block.span):
            self._add(span, block.kind, block.page)
        if heading is not None:
            self._close_label()

    def _table(self, table: Table) -> None:
        numeric = sum(1 for row in table.rows for cell in row if is_figure(self._text_of(cell.span)))
        if numeric >= 3 and not self._awaits_table():
            self._close_run_in()
        for row in table.rows:
            self._row([cell.span for cell in row if len(cell.span)], table.page, accounts=numeric >= 3)
        self._close_label()

    def _row(self, cells: list[Span], page: int, *, accounts: bool) -> None:
        if not cells:
            return
        page = self.document.page_at(cells[0].start)
        heading = (
            None if accounts and not self._is_labelled(cells) else self.reader.labels(cells[0], page, HeadingKind.LABEL)
        )
        if heading is None and not any(len(self.document.quote(cell).split()) >= PROSE_CELL_WORDS for cell in cells):
            for side in row_sides(self.document, cells):
                self._add(side, BlockKind.TABLE, page)
            return
        if heading is not None:
            self._close_label()
            self._open(heading)
        for cell in cells if heading is None else cells[1:]:
            for span in self._sentences_in(cell):
                self._add(span, BlockKind.PARAGRAPH, page)
        if heading is not None and len(cells) > 1:
            self._close_label()

    def _is_labelled(self, cells: Sequence[Span]) -> bool:
        """Whether a row of a table of figures is a label and what is said of it: no figure, and a sentence."""
        texts = [self._text_of(cell) for cell in cells[1:]]
        return not any(is_figure(text) for text in texts) and all(
            text.rstrip().endswith((".", "!", "?")) for text in texts
        )

    def _text_of(self, span: Span) -> str:
        return self.document.text[span.start : span.end]

    def _awaits_table(self) -> bool:
        """Whether a run-in heading stands right above, with nothing said yet: "Budget :" and then a table."""
        return bool(self.path) and self.path[-1].kind is HeadingKind.RUN_IN

    def _open(self, heading: Heading) -> None:
        kept = [] if heading.opens_annex else [outer for outer in self.path if outer.encloses(heading)]
        heading = self._within(kept, self._adopt(heading))
        if heading.aside or heading.page != self.aside_page or self._ends_aside(heading):
            self.aside_page = heading.page if heading.aside else None
        if self.aside_page is not None:
            heading = replace(heading, aside=True)
        self.path = [*kept, heading]
        self.headings.append(heading)

    def _within(self, outer: Sequence[Heading], heading: Heading) -> Heading:
        """Inside the part of a field that owns its topic, a heading of another field is a hint only."""
        around = {aim.target for above in outer for aim in above.aims if aim.strong}
        owned = {topic for target in around for topic in self.targets[target].expectation.owns}
        if not owned:
            return heading
        aims = (replace(aim, strong=aim.strong and not self._is_owned(aim, owned, around)) for aim in heading.aims)
        return replace(heading, aims=tuple(aims))

    def _is_owned(self, aim: Aim, owned: Collection[str], around: Collection[int]) -> bool:
        return aim.target not in around and self.targets[aim.target].field.topic in owned

    def _ends_aside(self, heading: Heading) -> bool:
        """A part aside goes on, over headings that announce nothing, to the end of its page."""
        announces = any(aim.strong for aim in heading.aims) or heading.annex is not None
        return announces and heading.kind is HeadingKind.BLOCK and not self.reader.is_plain(heading)

    def _goes_on(self, block: Block) -> bool:
        """Whether a block is the rest of a sentence that the reading of the page cut in two."""
        before = self.document.text[: block.span.start].rstrip()[-1:]
        return self.document.text[block.span.start].islower() and before not in {".", "!", "?", ":"}

    def _answers_its_title(self, heading: Heading) -> bool:
        """« Essaimage » right under « Stade d'avancement »: words of the field, printed as text, answer it."""
        last = self.headings[-1] if self.headings else None
        if (
            last is None
            or heading.kind is not HeadingKind.BLOCK
            or heading.look.depth
            or not self.reader.is_plain(heading)
        ):
            return False
        if simplify(heading.title) in simplify(last.title) and not self.reader.copies_wording(last):
            return False  # « Objectifs » right under « Objectifs et publics » opens its share of the part
        nothing_between = not self.units or self.units[-1].span.start < last.span.start
        same = {aim.target for aim in heading.aims} & {aim.target for aim in last.aims}
        return nothing_between and bool(same) and not self.reader.is_plain(last)

    def _adopt(self, heading: Heading) -> Heading:
        """The second line of a title that was read as two goes with the first."""
        last = self.headings[-1] if self.headings else None
        if last is None or last.kind is not HeadingKind.BLOCK or heading.aims or not heading.title[:1].islower():
            return heading
        if self.units and self.units[-1].span.start >= last.span.start:
            return heading
        return replace(heading, aims=last.aims, aside=last.aside, annex=last.annex)

    def _close_run_in(self) -> None:
        self.path = [heading for heading in self.path if heading.kind is HeadingKind.BLOCK]

    def _close_label(self) -> None:
        self.path = [heading for heading in self.path if heading.kind is not HeadingKind.LABEL]

    def _add(self, span: Span, kind: BlockKind, page: int) -> None:
        text = self.document.quote(span)
        if not text:
            return
        aside = any(heading.aside for heading in self.path) or self.aside_page is not None or covered(span, self.papers)
        folded = self.folded[span.start : span.end]
        self.units.append(Unit(span, kind, text, folded, page, self.block, tuple(self.path), aside))

    def _sentences_in(self, span: Span) -> Iterator[Span]:
        """Sentences within `span`, cut at its ends; the whole of it where no sentence is known."""
        if not len(span):
            return
        first = max(0, bisect_left(self.starts, span.start) - 1)
        last = bisect_left(self.starts, span.end)
        found = [
            Span(max(sentence.start, span.start), min(sentence.end, span.end))
            for sentence in self.sentences[first:last]
            if sentence.overlaps(span)
        ]
        yield from found or [span]
