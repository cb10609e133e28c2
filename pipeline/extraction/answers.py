"""Where the words of a form answer stand: where they are printed, else spread over the field's box."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from pipeline.extraction.raw import AnswerKind, RawAnswer, RawWord
from pipeline.geometry import BBox, union

_LINE = 13.0  # points: height of a line of text in a field
_LETTER = 5.0  # points: width of a letter there
_NEAR = 40.0  # points: so far from a tick box its printed label begins or ends
_EDGES = " \u00a0:.…_*"


@dataclass(frozen=True, slots=True)
class PlacedAnswer:
    """An answer as paragraphs of words with boxes; `printed` are the indices of the page's words that show it."""

    answer: RawAnswer
    paragraphs: tuple[tuple[RawWord, ...], ...]
    printed: frozenset[int]


def place_answer(answer: RawAnswer, words: Sequence[RawWord]) -> PlacedAnswer:
    """Gives each word of the answer a box on the page."""
    paragraphs = [tokens for line in answer.text.split("\n") if (tokens := line.split())]
    tokens = [token for paragraph in paragraphs for token in paragraph]
    printed = _printed_label(answer, tokens, words) if answer.kind is AnswerKind.CHECKBOX else _shown(answer, words)
    boxes = _printed_boxes(tokens, [words[i] for i in printed]) or _spread(tokens, answer.box)
    size = min(answer.box.height, _LINE) * 0.8
    placed = iter([RawWord(token, box, size) for token, box in zip(tokens, boxes, strict=True)])
    lines = tuple(tuple(next(placed) for _ in paragraph) for paragraph in paragraphs)
    return PlacedAnswer(answer, lines, frozenset(printed if boxes else ()))


def _shown(answer: RawAnswer, words: Sequence[RawWord]) -> list[int]:
    """The printed words in the field's box, where they say a part of its value."""
    inside = [i for i, word in enumerate(words) if answer.box.contains_centre_of(word.box)]
    letters = "".join(words[i].text for i in inside)
    return inside if letters and letters in "".join(answer.text.split()) else []


def _printed_label(answer: RawAnswer, tokens: Sequence[str], words: Sequence[RawWord]) -> list[int]:
    """The words beside a ticked box that are its text."""
    wanted = [token.strip(_EDGES) for token in tokens]
    found: list[tuple[float, list[int]]] = []
    starts = [i for i, word in enumerate(words) if wanted and word.text.strip(_EDGES) == wanted[0]]
    for start in starts:
        run = list(range(start, start + len(wanted)))
        if [word.text.strip(_EDGES) for word in words[start : start + len(wanted)]] == wanted:
            distance = _distance(answer.box, [words[i].box for i in run])
            if distance < _NEAR:
                found.append((distance, run))
    return min(found)[1] if found else []


def _distance(box: BBox, label: Sequence[BBox]) -> float:
    """Along the line, from a tick box to the label beside it; infinite when it is on no line of the box."""
    beside = [word for word in (label[0], label[-1]) if word.overlap_y(box) > 0.3 * min(word.height, box.height)]
    return min((max(word.x0 - box.x1, box.x0 - word.x1, 0.0) for word in beside), default=float("inf"))


def _printed_boxes(tokens: Sequence[str], printed: Sequence[RawWord]) -> list[BBox]:
    """For each token the box of the printed letters that show it, or of all of them where none does."""
    if not printed:
        return []
    letters = [word.box for word in printed for _ in word.text]
    text = "".join(word.text for word in printed)
    offset = max(0, "".join(tokens).find(text))
    everything = union(letters)
    boxes = []
    start = -offset
    for token in tokens:
        own = letters[max(0, start) : max(0, start + len(token))]
        boxes.append(union(own) if own else everything)
        start += len(token)
    return boxes


def _spread(tokens: Sequence[str], box: BBox) -> list[BBox]:
    """`box` divided among the words line by line, roughly as wide as they are."""
    total = sum(len(token) + 1 for token in tokens)
    room = max(1, int(box.height / _LINE))
    lines = max(1, min(room, ceil(total * _LETTER / max(box.width, 1.0))))
    per_line = ceil(total / lines)
    # A line is cut between words, so it may hold a long word more than its share.
    longest = max(per_line, 1) + max(map(len, tokens), default=0)
    letter = min(_LETTER, box.width / longest)
    height = min(box.height / lines, _LINE)
    boxes = []
    line, column = 0, 0
    for token in tokens:
        x0, y0 = box.x0 + column * letter, box.y0 + line * height
        boxes.append(BBox(round(x0, 2), round(y0, 2), round(x0 + len(token) * letter, 2), round(y0 + height, 2)))
        column += len(token) + 1
        if column >= per_line and line < lines - 1:
            line, column = line + 1, 0
    return boxes
