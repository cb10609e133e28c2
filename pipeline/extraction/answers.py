"""Where the words of a form answer stand: where the page shows them, else somewhere in the field's box."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.extraction.raw import AnswerKind, RawAnswer, RawWord
from pipeline.geometry import BBox, union

_LINE = 13.0  # points: height of a line of text in a field
_NEAR = 40.0  # points: so far from a tick box its printed label begins or ends
_MOST_COMPARED = 3_000  # words: more than a page shows, and so few that a hostile value costs no more than seconds
_EDGES = " \u00a0:.…_*"


@dataclass(frozen=True, slots=True)
class PlacedAnswer:
    """An answer as paragraphs of words with boxes; `printed` are the indices of the page's words that show it."""

    answer: RawAnswer
    paragraphs: tuple[tuple[RawWord, ...], ...]
    printed: frozenset[int]


def place_answer(answer: RawAnswer, words: Sequence[RawWord]) -> PlacedAnswer:
    """Gives each word of the answer a box on the page: its own where it shows, else that of the whole field."""
    paragraphs = [tokens for line in answer.text.split("\n") if (tokens := line.split())]
    tokens = [token for paragraph in paragraphs for token in paragraph]
    printed = _printed_label(answer, tokens, words) if answer.kind is AnswerKind.CHECKBOX else _printed(answer, words)
    shown = [words[i] for i in printed] or list(answer.shown)
    boxes = boxes_of(tokens, shown)
    size = min(answer.box.height, _LINE) * 0.8
    placed = iter([RawWord(token, box or answer.box, size) for token, box in zip(tokens, boxes, strict=True)])
    lines = tuple(tuple(next(placed) for _ in paragraph) for paragraph in paragraphs)
    return PlacedAnswer(answer, lines, frozenset(printed))


def _printed(answer: RawAnswer, words: Sequence[RawWord]) -> list[int]:
    """The printed words in the field's box, where they say a part of its value."""
    inside = [i for i, word in enumerate(words) if answer.box.contains_centre_of(word.box)]
    letters = "".join(words[i].text for i in inside)
    return inside if letters and letters in "".join(answer.text.split()) else []


def _printed_label(answer: RawAnswer, tokens: Sequence[str], words: Sequence[RawWord]) -> list[int]:
    """The words beside a ticked box that are its text."""
    wanted = [_bare(token) for token in tokens]
    found: list[tuple[float, list[int]]] = []
    starts = [i for i, word in enumerate(words) if wanted and _bare(word.text) == wanted[0]]
    for start in starts:
        run = list(range(start, start + len(wanted)))
        if [_bare(word.text) for word in words[start : start + len(wanted)]] == wanted:
            distance = _distance(answer.box, [words[i].box for i in run])
            if distance < _NEAR:
                found.append((distance, run))
    return min(found)[1] if found else []


def _distance(box: BBox, label: Sequence[BBox]) -> float:
    """Along the line, from a tick box to the label beside it; infinite when it is on no line of the box."""
    beside = [word for word in (label[0], label[-1]) if word.overlap_y(box) > 0.3 * min(word.height, box.height)]
    return min((max(word.x0 - box.x1, box.x0 - word.x1, 0.0) for word in beside), default=float("inf"))


def boxes_of(tokens: Sequence[str], shown: Sequence[RawWord]) -> list[BBox | None]:
    """For each token of a value the box of the shown words that are it; None where it does not show.

    All are None where less than half of what shows is the value: the field shows something else.
    """
    boxes: list[BBox | None] = [None] * len(tokens)
    values = [_bare(token) for token in tokens[:_MOST_COMPARED]]
    texts = [_bare(word.text) for word in shown[:_MOST_COMPARED]]
    matched = 0
    for places, words in _alike(values, texts):
        letters = [shown[i].box for i in words for _ in texts[i]]
        matched += len(letters)
        start = 0
        for index in places:
            boxes[index] = union(letters[start : start + len(values[index])])
            start += len(values[index])
    return boxes if 2 * matched >= sum(map(len, texts)) else [None] * len(tokens)


def _bare(text: str) -> str:
    return text.strip(_EDGES) or text


def _alike(tokens: Sequence[str], texts: Sequence[str]) -> Iterator[tuple[range, range]]:
    """Stretches of both that have the same letters, though not always the same spaces; in order."""
    token, text = 0, 0
    for block in SequenceMatcher(None, tokens, texts, autojunk=False).get_matching_blocks():
        if "".join(tokens[token : block.a]) == "".join(texts[text : block.b]):
            yield range(token, block.a), range(text, block.b)
        yield from (
            (range(block.a + i, block.a + i + 1), range(block.b + i, block.b + i + 1)) for i in range(block.size)
        )
        token, text = block.a + block.size, block.b + block.size
