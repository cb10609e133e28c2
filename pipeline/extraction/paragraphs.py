"""From printed lines of one flow to paragraphs, list entries and lines that stand alone (headings, rows)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.document import BlockKind
from pipeline.extraction.pieces import MARKS
from pipeline.extraction.raw import RawWord
from pipeline.geometry import BBox, union

_SAME_SIZE = 0.08  # sizes that differ by less are the same
_SAME_SCANNED_SIZE = 0.2
_FINAL = (".", "!", "?", ":", ";", "…", "»", ".)", "”")
_NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\s?[.)°/–-]|\d{1,2}(?:\.\d{1,2}){1,3}|[IVX]{1,4}\s?[.)–-]|[A-Ha-h]\s?[.)]"
    r"|(?:article|annexe|partie|axe|fiche)\s\d+)\s?[-–.:)]?\s+\w",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\d{1,2}\s+[A-ZÀ-Ý]")
_LIST_NUMBER = re.compile(r"(\d{1,2}|[a-h]|[ivx]{1,4})\s?[.)°]\s|\d{1,2}(?:\.\d{1,2}){1,3}\.?\s")
_LETTERS = "abcdefgh"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A printed line; `bold` where nearly all its letters are, `tabular` where it is cut by a wide gap."""

    words: tuple[RawWord, ...]
    box: BBox
    size: float
    bold: bool
    tabular: bool = False

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def line_of(words: Sequence[RawWord], *, tabular: bool = False) -> PrintedLine:
    """A line from its words, given in reading order."""
    box = union(word.box for word in words)
    first = words[0]
    if all(word.size == first.size and word.bold == first.bold for word in words):
        return PrintedLine(tuple(words), box, first.size, first.bold, tabular)
    letters: dict[float, int] = {}
    for word in words:
        letters[word.size] = letters.get(word.size, 0) + len(word.text)
    bold = sum(len(word.text) for word in words if word.bold)
    size = max(letters, key=lambda size: (letters[size], size))
    return PrintedLine(tuple(words), box, size, bold >= 0.8 * sum(letters.values()), tabular)


def group_lines(lines: Sequence[PrintedLine], body_size: float) -> list[tuple[BlockKind, list[PrintedLine]]]:
    """Blocks of a flow, in order; `body_size` is the usual size of letters on the page."""
    blocks = [block for run in _runs(lines) for block in _split_run(run)]
    return list(zip(_kinds(blocks, body_size), blocks, strict=True))


def _runs(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """Lines set alike at a regular distance."""
    leading = _usual_leading(lines)
    runs: list[list[PrintedLine]] = []
    for index, line in enumerate(lines):
        last = lines[index - 1] if index else None
        if last is not None and _alike(last, line) and _close(last, line, leading):
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _alike(last: PrintedLine, line: PrintedLine) -> bool:
    return (
        not last.tabular
        and not line.tabular
        and same_size(last, line)
        and (last.bold == line.bold or _runs_on(last, line))
    )


def same_size(line: PrintedLine, other: PrintedLine) -> bool:
    """Whether two lines are set in one size, as far as it is known: that of a scan is measured letter by letter."""
    scanned = line.words[0].confidence is not None
    return abs(line.size - other.size) <= (_SAME_SCANNED_SIZE if scanned else _SAME_SIZE) * max(line.size, other.size)


def _runs_on(last: PrintedLine, line: PrintedLine) -> bool:
    """Whether a sentence goes on from one line to the next, as far as its letters say."""
    return not last.words[-1].text.endswith(_FINAL) and line.words[0].text[0].islower()


def _step(last: PrintedLine, line: PrintedLine) -> float:
    """From one line to the next, in heights of letters."""
    return (line.box.centre_y - last.box.centre_y) / max(line.size, 1.0)


def _usual_leading(lines: Sequence[PrintedLine]) -> float:
    """The lower quartile of the distances: between lines of paragraphs, not between paragraphs."""
    steps = sorted(
        step for last, line in pairwise(lines) if _alike(last, line) and 0.8 < (step := _step(last, line)) < 2.5
    )
    return steps[len(steps) // 4] if steps else 1.4


def _close(last: PrintedLine, line: PrintedLine, leading: float) -> bool:
    return 0.3 < _step(last, line) < 1.25 * leading + 0.05


def _split_run(run: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    right = max(line.box.x1 for line in run)
    blocks = [[run[0]]]
    for index in range(1, len(run)):
        if _begins_block(run, index, blocks[-1], right):
            blocks.append([])
        blocks[-1].append(run[index])
    return blocks


def _begins_block(run: Sequence[PrintedLine], index: int, block: Sequence[PrintedLine], right: float) -> bool:
    last, line = run[index - 1], run[index]
    ended = last.words[-1].text.endswith(_FINAL)
    if _is_numbered(line) or (ended and _BARE_NUMBER.match(line.text)):
        return True
    room = right - last.box.x1 - (_first_width(line) + 0.3 * line.size)
    one_sentence = last.bold == line.bold and _runs_on(last, line)
    if room > (0.4 * (right - last.box.x0) if one_sentence else 2.0 * line.size) and not _one_title(last, line):
        return True
    if room > 0 and ended:
        return True
    if _are_figures(last, line) and (room > 0 or all(line.words[0].text[0].isdigit() for line in run)):
        return True
    indent = line.box.x0 - last.box.x0
    hanging = _is_numbered(block[0])
    after = run[index + 1] if index + 1 < len(run) else None
    if indent > 0.8 * line.size and not (hanging and len(block) == 1):
        return ended or (after is not None and after.box.x0 < line.box.x0 - 0.8 * line.size)
    return hanging and indent < -0.8 * line.size and len(block) > 1 and ended


def _are_figures(last: PrintedLine, line: PrintedLine) -> bool:
    """Whether two lines are figures, each by itself: bare amounts, or figures with what they count, centred."""
    if not (last.words[0].text[0].isdigit() and line.words[0].text[0].isdigit()) or _is_numbered(last):
        return False
    bare = not any(len(word.text) > 2 and word.text.isalpha() for words in (last, line) for word in words.words)
    return bare or abs(last.box.x0 - line.box.x0) > 0.5 * line.size


def _is_numbered(line: PrintedLine) -> bool:
    return starts_item(line) or _NUMBERED.match(line.text) is not None


def _first_width(line: PrintedLine) -> float:
    """The width of what cannot be parted at the start of a line: its first word, and the « ? » after it."""
    second = line.words[1] if len(line.words) > 1 else None
    bound = second is not None and not second.text[0].isalnum() and len(second.text) == 1
    return second.box.x1 - line.box.x0 if second is not None and bound else line.words[0].box.width


def _one_title(last: PrintedLine, line: PrintedLine) -> bool:
    """Whether two short lines are one centred title: same middle, broken where its author liked."""
    middle = (last.box.x0 + last.box.x1) / 2 - (line.box.x0 + line.box.x1) / 2
    return abs(middle) < line.size and abs(last.box.x0 - line.box.x0) > line.size


def starts_item(line: PrintedLine) -> bool:
    """Whether a line begins with a bullet, a dash or a list number."""
    first = line.words[0].text
    if len(line.words) > 1 and (first in MARKS or (first == "o" and line.words[1].text[:1].isupper())):
        return True
    return first[0] in MARKS and len(first) > 1 and first[1].isalpha()


def _kinds(blocks: Sequence[Sequence[PrintedLine]], body_size: float) -> list[BlockKind]:
    """List entries: those with a bullet, and numbered ones, as far as they are not headings.

    A numbered heading may run over two lines, or end with a colon. What tells entries of a list is that they follow
    one another, without text between them, and that some are sentences.
    """
    numbers = [_list_number(block, body_size) for block in blocks]
    items = [
        starts_item(block[0]) or (n is not None and _is_entry(block)) for block, n in zip(blocks, numbers, strict=True)
    ]
    for run in _successions(numbers):
        if any(items[i] or _is_sentence(blocks[i]) for i in run):
            for i in run:
                items[i] = True
    return [BlockKind.ITEM if item else BlockKind.PARAGRAPH for item in items]


def _list_number(block: Sequence[PrintedLine], body_size: float) -> str | None:
    """The number of a block that is set as text, not as headings are; None where it has none."""
    found = _LIST_NUMBER.match(block[0].text)
    return found[0].rstrip(" .)°") if found and not _stands_out(block[0], body_size) else None


def _successions(numbers: Sequence[str | None]) -> list[list[int]]:
    """Indices of blocks that stand one after the other with one number after the other; two or more each."""
    runs: list[list[int]] = []
    for index, number in enumerate(numbers):
        last = numbers[index - 1] if index else None
        if number is not None and last is not None and _comes_after(last, number):
            runs[-1].append(index)
        else:
            runs.append([index])
    return [run for run in runs if len(run) > 1]


def _comes_after(last: str, number: str) -> bool:
    (part, _, before), (other_part, _, after) = last.rpartition("."), number.rpartition(".")
    if before.isdigit() and after.isdigit():
        return part == other_part and int(after) == int(before) + 1
    return any(pair == (before, after) for marks in (_LETTERS, _ROMAN) for pair in pairwise(marks))


def _is_entry(block: Sequence[PrintedLine]) -> bool:
    """Whether a numbered block can be no heading: it is long, or ends as entries do."""
    end = block[-1].words[-1].text
    return len(block) > 2 or end.endswith((";", ",")) or (len(block) == 2 and end.endswith("."))


def _is_sentence(block: Sequence[PrintedLine]) -> bool:
    return len(block) > 1 or block[0].words[-1].text.endswith(_FINAL)


def _stands_out(line: PrintedLine, body_size: float) -> bool:
    """Whether a line is set as headings are."""
    return line.bold or line.size > (1 + _SAME_SIZE) * body_size
