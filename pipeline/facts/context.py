"""The dossier as the readers of facts look at it: folded text, printed lines, and "label : value" entries."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Protocol

from pipeline.calls.model import Call
from pipeline.document import Block, BlockKind, Document, Line, Span, Table
from pipeline.lexicon.cues import Lexicon, compile_patterns, load_lexicon
from pipeline.text import fold

_LABEL = re.compile(r"[\W_]*(?:[0-9ivx]{1,3}[.)][ 0-9.]*)?(?P<label>[^\W\d_][^:\n\t]{1,70}?) ?:(?!//)(?: |$)")
_SEPARATOR = re.compile(r" [-|;•/] |\t| ?; |\. (?=[^\W\d][^.:\n\t]{1,40} ?: )")
_OPENING = re.compile(r"[\W\d_]*(?:(?:le |la |les |l'|du |de la ))*")
_LONGEST_TITLE = 110  # characters
_LONGEST_BARE_LABEL = 45  # characters of a line that is a label without a colon
_NUMBERING = re.compile(r"[\W_]*(?:(?:article )?[0-9ivx]{1,3}[.)-][ 0-9.-]*)?")

_OTHERS = re.compile(
    r"partenaire|partenariat|(?<!\w)(?:avec qui|allies|appuis|soutiens|temoignages?|ils nous \w+|lettres?"
    r"(?: d[e'] ?(?:soutien|appui|partenaire\w*|engagement)| recues?)|(?:ceux|celles) qui nous)(?!\w)"
)


class HasSpan(Protocol):
    """A sentence, as far as the readers of facts need it."""

    @property
    def span(self) -> Span: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and what was written for it; `label` is folded."""

    label: str
    label_span: Span
    value: Span


@dataclass(frozen=True)
class Context:
    """One dossier under its call. `folded` has the offsets of `document.text`."""

    document: Document
    call: Call
    folded: str
    sentences: tuple[Span, ...]

    @classmethod
    def of(cls, document: Document, call: Call, sentences: Sequence[HasSpan]) -> "Context":
        return cls(document, call, fold(document.text), tuple(sentence.span for sentence in sentences))

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every "label : value" of the dossier: form answers, table rows, printed lines; in order of the text."""
        found = [*self._answers(), *self._rows(), *self._printed()]
        return tuple(sorted(found, key=lambda entry: (entry.value, entry.label_span)))

    @cached_property
    def labelled(self) -> dict[str, tuple[Entry, ...]]:
        """Entries by the fact that their label announces (`pipeline/lexicon/data/facts/labels.toml`)."""
        lexicon = load_lexicon("facts", "labels")
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            name = _announced(lexicon, entry.label)
            if name is not None and self.folded[entry.value.start : entry.value.end].strip():
                found.setdefault(name, []).append(entry)
        return {name: tuple(entries) for name, entries in found.items()}

    @cached_property
    def table_spans(self) -> tuple[Span, ...]:
        return tuple(table.span for table in self.document.tables)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [span.start for span in self.sentences]

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.span.start for block in self.document.blocks]

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds `offset`, else the block, else the bare offset."""
        index = bisect_right(self._sentence_starts, offset) - 1
        if index >= 0 and offset < self.sentences[index].end:
            return self.sentences[index]
        block = self.block_at(offset)
        return block.span if block is not None else Span(offset, offset)

    def block_at(self, offset: int) -> Block | None:
        index = bisect_right(self._block_starts, offset) - 1
        if index < 0 or offset > self.document.blocks[index].span.end:
            return None
        return self.document.blocks[index]

    def printed(self, span: Span) -> str:
        """The folded text at `span`."""
        return self.folded[span.start : span.end]

    def file_at(self, offset: int) -> int:
        """Index of the file in which the character at `offset` stands."""
        if not self.document.pages:
            return 0
        return self.document.pages[self.document.page_at(offset)].file

    @cached_property
    def _titles(self) -> tuple[Span, ...]:
        """Short bold lines of the body, in order of the text."""
        lines = (line for line in self.document.lines if line.span.start < self.document.body_end)
        return tuple(line.span for line in lines if line.bold and len(line.span) <= _LONGEST_TITLE)

    def among_partners(self, offset: int) -> bool:
        """Whether the nearest short bold line before `offset` announces others; never in headers and footers."""
        index = bisect_left(self._titles, Span(offset, offset)) - 1
        if index < 0 or offset >= self.document.body_end:
            return False
        return _OTHERS.search(self.printed(self._titles[index])) is not None

    def lines_before(self, offset: int, count: int) -> list[Line]:
        """At most `count` printed lines of the body that end at or before `offset`, nearest first."""
        lines = self.document.lines_in(Span(max(0, offset - 1200), offset))
        return [line for line in reversed(lines) if line.span.end <= offset][:count]

    def end_of_print(self, offset: int) -> int:
        """Where what is printed at `offset` ends: at the end of its line, or at a space as wide as between columns."""
        line = next((line for line in self.document.lines_in(Span(offset, offset + 1))), None)
        if line is None:
            return len(self.folded)
        words = [word for word in self.document.words_in(line.span) if word.span.end > offset]
        for word, following in pairwise(words):
            if following.box.x0 - word.box.x1 > 2 * line.size:
                return word.span.end
        return line.span.end

    def trimmed(self, start: int, end: int) -> Span:
        """The span without outer white space and loose punctuation."""
        text = self.document.text
        while start < end and text[start] in " \t\n\u00a0\u202f:–—-•":
            start += 1
        while end > start and text[end - 1] in " \t\n\u00a0\u202f;,–—-•|":
            end -= 1
        return Span(start, end)

    def _answers(self) -> Iterator[Entry]:
        for block in self.document.blocks:
            if block.kind is BlockKind.ANSWER and block.label:
                yield Entry(fold(block.label).strip(" :*"), block.span, block.span)

    def _rows(self) -> Iterator[Entry]:
        """In a row, each cell that may be a label with the cell at its right (label | value | label | value)."""
        for table in self.document.tables:
            headed = self._headed(table)
            yield from headed
            for row in table.rows[1:] if headed else table.rows:
                cells = [cell.span for cell in row if len(cell.span)]
                for label, value in pairwise(cells):
                    text = self.printed(label).strip(" :*")
                    if 1 < len(text) <= 90:
                        yield Entry(_NUMBERING.sub("", text, count=1), label, value)

    def _headed(self, table: Table) -> list[Entry]:
        """Labels that stand in the first row, over their values."""
        if len(table.rows) < 2:
            return []
        lexicon = load_lexicon("facts", "labels")
        columns = [(head.span, value.span) for head, value in zip(*table.rows[:2], strict=True) if len(head.span)]
        entries = [Entry(self.printed(head).strip(" :*"), head, value) for head, value in columns]
        all_labels = len(entries) > 1 and all(_announced(lexicon, entry.label) for entry in entries)
        label_below = any(_announced(lexicon, self.printed(entry.value).strip(" :*")) for entry in entries)
        return entries if all_labels and not label_below else []

    def _printed(self) -> Iterator[Entry]:
        for index, line in enumerate(self.document.lines):
            entries = list(self._line_entries(line, index))
            yield from entries
            in_table = any(table.contains(line.span) for table in self.table_spans)
            if not entries and not in_table and len(line.span) <= _LONGEST_BARE_LABEL:
                yield from self._bare_label(line, index)

    def _line_entries(self, line: Line, index: int) -> Iterator[Entry]:
        """Entries that start on a printed line; several may follow one another, set apart by a dash or a full stop."""
        position = line.span.start
        while True:
            match = _LABEL.match(self.folded, position, line.span.end)
            following = _SEPARATOR.search(self.folded, match.end() if match else position, line.span.end)
            if match is not None:
                yield self._entry(match, following.start() if following else None, index)
            if following is None:
                return
            position = following.end()

    def _bare_label(self, line: Line, index: int) -> Iterator[Entry]:
        """A line that is a known label and nothing else, its value being printed below."""
        text = _NUMBERING.sub("", self.printed(line.span).strip(), count=1)
        if any(pattern.fullmatch(text) for pattern in _whole_labels()):
            value = self._next_line(index)
            if len(value):
                yield Entry(text, line.span, value)

    def _entry(self, match: re.Match[str], stop: int | None, index: int) -> Entry:
        end = stop if stop is not None else self._value_end(index)
        value = self.trimmed(match.end(), end)
        if not len(value):
            value = self._next_line(index)
        return Entry(match["label"].strip(), Span(*match.span("label")), value)

    def _next_line(self, index: int) -> Span:
        lines = self.document.lines
        if index + 1 < len(lines) and not _LABEL.match(self.folded, *_ends(lines[index + 1].span)):
            return self.trimmed(*_ends(lines[index + 1].span))
        end = lines[index].span.end
        return Span(end, end)

    def _value_end(self, index: int) -> int:
        """Where the value that ends line `index` ends: a full line runs on over the next lines of its block."""
        lines = self.document.lines
        block = self.block_at(lines[index].span.start)
        if block is None or block.kind is BlockKind.TABLE:
            return lines[index].span.end
        right = max(line.box.x1 for line in self.document.lines_in(block.span))
        while index + 1 < len(lines) and lines[index + 1].span.start < block.span.end:
            following = lines[index + 1]
            if lines[index].box.x1 < 0.85 * right or _LABEL.match(self.folded, *_ends(following.span)):
                break
            index += 1
        return lines[index].span.end


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


@cache
def _whole_labels() -> tuple[re.Pattern[str], ...]:
    return tuple(compile_patterns(cue.patterns) for cue in load_lexicon("facts", "labels").cues)


def _announced(lexicon: Lexicon, label: str) -> str | None:
    """The fact that a label announces: the longest cue that opens it, an article or a number set aside."""
    opening = [match for match in lexicon.find(label) if _OPENING.fullmatch(label[: match.span.start])]
    return max(opening, key=lambda match: len(match.span)).cue.why if opening else None
