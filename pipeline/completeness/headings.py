"""Headings: lines that open a part, told by size, weight, capitals, numbering, shortness and words."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from pipeline.completeness.targets import Target, simplify
from pipeline.completeness.titles import Aim, aims_of, annex_number, is_aside, is_never_title, strip_numbering
from pipeline.document import Block, BlockKind, Document, Line, Span
from pipeline.lexicon.cues import Strength, WordIndex
from pipeline.text import fold

BIGGER = 1.1  # a heading's letters against those of a heading below it
LARGE = 1.12  # a heading's letters against those of the text around it
MAX_WORDS = 16
_RUN_IN = re.compile(r"^(?P<label>[^:.!?\n\t]{3,90}?|[^:.!\n\t]{3,90}?\?)\s*(?:\s:|:|\s[–—-]\s|(?<=\?)\s)\s*(?=\S)")

_SHORT_RUN_IN = re.compile(r"^(?P<label>[^:.!?\n\t]{4,30})\.\s+(?=[A-ZÀ-Ý«\d])")


class HeadingKind(StrEnum):
    BLOCK = "block"  # a line of its own
    RUN_IN = "run-in"  # "Publics cibles : les jeunes..."
    LABEL = "label"  # of a form field, or the first cell of a row


@dataclass(frozen=True, slots=True)
class Look:
    """How a heading is printed; `depth` is that of its number (0 without number)."""

    size: float
    bold: bool
    capitals: bool
    depth: int


@dataclass(frozen=True)
class Heading:
    """`aims` are the fields that its words announce; `aside` when what follows answers no field."""

    span: Span
    title: str
    kind: HeadingKind
    look: Look
    page: int
    aims: tuple[Aim, ...]
    aside: bool = False
    annex: str | None = None

    @cached_property
    def index(self) -> WordIndex:
        """The words of its title, for the lexicons that search it."""
        return WordIndex.of(fold(self.title))

    def aims_at(self, target: int) -> Aim | None:
        return next((aim for aim in self.aims if aim.target == target), None)

    @property
    def is_part(self) -> bool:
        """Whether its words or its number make it the title of a part, and not only its look (a letterhead)."""
        return bool(self.aims) or self.annex is not None or self.look.depth > 0

    @property
    def opens_annex(self) -> bool:
        """Whether this is the title of an annex, which belongs to no part of the text."""
        return self.annex is not None and self.kind is HeadingKind.BLOCK and simplify(self.title).startswith("annexe")

    def encloses(self, other: "Heading") -> bool:
        """Whether `other`, that comes later, opens a part of this heading's part."""
        if self.kind is not HeadingKind.BLOCK:
            return False
        if other.kind is not HeadingKind.BLOCK:
            return True
        mine, its = self.look, other.look
        if mine.size > its.size * BIGGER or its.size > mine.size * BIGGER:
            return mine.size > its.size
        if mine.depth and its.depth:
            return mine.depth < its.depth
        if mine.capitals != its.capitals:
            return mine.capitals
        return mine.bold and not its.bold


@dataclass(frozen=True, slots=True)
class Style:
    """The usual look of a file's text."""

    size: float
    bold: bool


def styles_of(document: Document) -> tuple[Style, ...]:
    """The usual size (points) and weight of the text of each file, by number of characters."""
    sizes: list[Counter[float]] = [Counter() for _ in document.files]
    bold: list[Counter[bool]] = [Counter() for _ in document.files]
    for line in document.lines:
        if line.span.start < document.body_end:
            file = document.pages[line.page].file
            sizes[file][round(line.size * 2) / 2] += len(line.span)
            bold[file][line.bold] += len(line.span)
    return tuple(
        Style(max(size, key=lambda key: (size[key], -key)) if size else 0.0, weight[True] > weight[False])
        for size, weight in zip(sizes, bold, strict=True)
    )


class HeadingReader:
    """Finds the headings of a document's blocks."""

    def __init__(self, document: Document, targets: tuple[Target, ...]) -> None:
        self._document = document
        self._targets = targets
        self._styles = styles_of(document)
        self._aims: dict[str, tuple[Aim, ...]] = {}
        self._wordings = frozenset(wording for target in targets for wording in target.wordings)

    def aims(self, title: str) -> tuple[Aim, ...]:
        if title not in self._aims:
            self._aims[title] = aims_of(title, self._targets)
        return self._aims[title]

    def make(
        self, span: Span, kind: HeadingKind, lines: Sequence[Line], page: int, title: str | None = None
    ) -> Heading:
        """The heading that stands at `span`, or that `title` names there."""
        text = self._document.quote(span) if title is None else title
        letters = [char for char in text if char.isalpha()]
        look = Look(
            size=max((line.size for line in lines), default=0.0),
            bold=bool(lines) and all(line.bold for line in lines),
            capitals=_mostly_capitals(letters),
            depth=strip_numbering(text)[1],
        )
        return Heading(span, text, kind, look, page, self.aims(text), is_aside(text), annex_number(text))

    def split(self, index: int) -> tuple[Heading | None, Span]:
        """The heading with which block `index` begins, if any, and what is left of the block."""
        block = self._document.blocks[index]
        if block.kind not in {BlockKind.PARAGRAPH, BlockKind.ITEM}:
            return None, block.span
        lines = self._document.lines_in(block.span)
        whole = self._may_be_title(block, lines)
        if whole and (self._is_wording(block) or self._looks_like_title(block, lines)):
            return self._whole(block, lines)
        run_in = self._run_in(block, lines)
        if run_in is not None:
            return run_in
        if whole and self._reads_like_title(block, index):
            return self._whole(block, lines)
        return self._first_line(block, lines) or (None, block.span)

    def is_plain(self, heading: Heading) -> bool:
        """Whether a heading is printed as the text is: only its words tell it."""
        style = self._styles[self._document.pages[heading.page].file]
        look = heading.look
        return look.size < style.size * LARGE and not look.capitals and not (look.bold and not style.bold)

    def _whole(self, block: Block, lines: Sequence[Line]) -> tuple[Heading, Span]:
        return self.make(block.span, HeadingKind.BLOCK, lines, block.page), Span(block.span.end, block.span.end)

    def labels(self, text_span: Span, page: int, kind: HeadingKind) -> Heading | None:
        """The heading that a short text is, when its words announce a field and little else."""
        title = self._document.quote(text_span)
        if not 0 < len(title.split()) <= MAX_WORDS or not any(aim.strong for aim in self.aims(title)):
            return None
        return self.make(text_span, kind, self._document.lines_in(text_span), page)

    def _may_be_title(self, block: Block, lines: Sequence[Line]) -> bool:
        text = self._document.quote(block.span)
        short, wording = len(text.split()) <= MAX_WORDS and len(lines) <= 3, self._says_wording(text)
        if not (lines and (short or wording)) or sum(map(str.isalpha, text)) <= sum(map(str.isdigit, text)):
            return False
        return wording or not (text.endswith((";", ",", "…", "...")) or _is_figure(text) or is_never_title(text))

    def _looks_like_title(self, block: Block, lines: Sequence[Line]) -> bool:
        text = self._document.quote(block.span)
        style = self._styles[self._document.pages[block.page].file]
        ends_sentence = text.endswith((".", "!")) and len(text.split()) > 3
        if min(line.size for line in lines) >= style.size * LARGE and not (ends_sentence and len(text.split()) > 8):
            return True
        letters = [char for char in text if char.isalpha()]
        emphasised = (all(line.bold for line in lines) and not style.bold) or _mostly_capitals(letters)
        return emphasised and not ends_sentence

    def _reads_like_title(self, block: Block, index: int) -> bool:
        """Without any look of its own: words that announce a field, a question, or a number before text."""
        text = self._document.quote(block.span)
        bare, depth = strip_numbering(text)
        if text.endswith("."):
            return False
        count = len(bare.split())
        if count <= 12 and any(aim.strong for aim in self.aims(text)):
            return not self._in_list(index) or depth > 0
        if is_aside(text) and not self._in_list(index):
            return True
        if block.kind is BlockKind.ITEM and (self._in_list(index) or not depth):
            return False
        if annex_number(text) and text.lower().startswith("annexe"):
            return True
        return (depth > 0 and count <= 12 and bare[:1].isupper()) or (text.endswith("?") and count <= 12)

    def _in_list(self, index: int) -> bool:
        blocks = self._document.blocks
        near = (blocks[at] for at in (index - 1, index + 1) if 0 <= at < len(blocks))
        return blocks[index].kind is BlockKind.ITEM and any(block.kind is BlockKind.ITEM for block in near)

    def copies_wording(self, heading: Heading) -> bool:
        """Whether a heading is the call's own wording."""
        return self._says_wording(heading.title)

    def _is_wording(self, block: Block) -> bool:
        """The call's own wording copied as a heading, be it as long as a paragraph."""
        return self._says_wording(self._document.quote(block.span))

    def _says_wording(self, text: str) -> bool:
        return simplify(strip_numbering(text)[0]) in self._wordings

    def _first_line(self, block: Block, lines: Sequence[Line]) -> tuple[Heading, Span] | None:
        """A heading that the reading of the page joined to the paragraph below it."""
        if len(lines) < 2:
            return None
        first, rest = lines[0], lines[1:]
        text = self._document.quote(first.span)
        if len(text.split()) > MAX_WORDS or text.endswith((",", ";", ".")) or first.page != rest[0].page:
            return None
        differs = first.size >= max(line.size for line in rest) * BIGGER or (first.bold and not rest[0].bold)
        stops_short = first.box.x1 < 0.75 * max(line.box.x1 for line in rest)
        following = self._document.text[rest[0].span.start : rest[0].span.start + 1]
        announces = stops_short and following.isupper() and any(aim.strong for aim in self.aims(text))
        if not (differs or announces):
            return None
        return self._cut(block, first.span, HeadingKind.BLOCK, [first])

    def _run_in(self, block: Block, lines: Sequence[Line]) -> tuple[Heading, Span] | None:
        """ "Publics cibles : les jeunes..." """
        text = self._document.text[block.span.start : block.span.end]
        match = _RUN_IN.match(text) or self._short_run_in(text)
        if match is None or len(match.group("label").split()) > 9:
            return None
        label = match.group("label")
        if not any(aim.strong for aim in self.aims(label)):
            return None
        span = Span(block.span.start, block.span.start + len(label))
        heading = self.make(span, HeadingKind.RUN_IN, lines[:1], block.page)
        return heading, Span(block.span.start + match.end(), block.span.end)

    def _short_run_in(self, text: str) -> re.Match[str] | None:
        """ "Moyens. Deux salariés…", but not "Amorçage. Le bail est signé": that is an answer."""
        match = _SHORT_RUN_IN.match(text)
        if match is None:
            return None
        label = fold(match.group("label"))
        named = [target for target in self._targets if target.titles.fullmatch(label)]
        answers = any(
            found.cue.strength is Strength.STRONG for target in named for found in target.find(WordIndex.of(label))
        )
        return match if named and not answers else None

    def _cut(self, block: Block, span: Span, kind: HeadingKind, lines: Sequence[Line]) -> tuple[Heading, Span]:
        rest = self._document.text[span.end : block.span.end]
        start = span.end + len(rest) - len(rest.lstrip())
        return self.make(span, kind, lines, block.page), Span(start, block.span.end)


def _mostly_capitals(letters: Sequence[str]) -> bool:
    return len(letters) >= 4 and sum(char.isupper() for char in letters) > 0.8 * len(letters)


def _is_figure(text: str) -> bool:
    """A figure, a date, or a line of accounts ("Formation 8 400 €")."""
    return bool(re.fullmatch(r"(?:.*\D)?\d{1,3}(?:[ .]\d{3})+ ?(?:€|euros)?|(?:le |page |p\. ?)?[\d/ ]+", text.lower()))


def body_blocks(document: Document) -> Iterator[int]:
    """Indexes of the blocks of the body, in order."""
    for index, block in enumerate(document.blocks):
        if block.kind is not BlockKind.FURNITURE and block.span.start < document.body_end:
            yield index
