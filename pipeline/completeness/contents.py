"""Tables of contents: what they list is announced, not answered."""

import re
from collections.abc import Callable, Sequence
from functools import cache

from pipeline.completeness.headings import body_blocks
from pipeline.completeness.targets import simplify
from pipeline.completeness.titles import is_contents_title, strip_numbering
from pipeline.document import Document, Span

_DOTS = re.compile(r"\.\s?\.\s?\.\s?\.|…|____")  # what any leader holds: looked for first, as it is quick
_LEADER = re.compile(r"\S\s*(?:\.\s?){4,}\s*\d*\s*$|\S\s*…+\s*\d+\s*$|\S\s*_{4,}\s*\d+\s*$")
_NUMBERED_END = re.compile(r"\S[\s.…_]+(?:p\.?\s*)?\d{1,3}\s*$")
_LEADERS_INSIDE = re.compile(r"(?:\.\s?){4,}\s*\d+|…{2,}\s*\d+")


def contents_spans(document: Document) -> tuple[Span, ...]:
    """Blocks that belong to a table of contents, in order."""
    indexes = list(body_blocks(document))
    texts = [document.quote(document.blocks[index].span) for index in indexes]
    key = cache(lambda position: _key(texts[position]))
    inside = {position for position, text in enumerate(texts) if _ends_on_leader(text) or _has_leaders(text)}
    for position, text in enumerate(texts):
        if len(text.split()) <= 6 and is_contents_title(text):
            inside.add(position)
            inside.update(_entries(position + 1, texts, key))
    inside.update(_unnamed(texts, key))
    return tuple(document.blocks[indexes[position]].span for position in sorted(inside))


def _ends_on_leader(text: str) -> bool:
    return _DOTS.search(text) is not None and _LEADER.search(text) is not None


def _has_leaders(text: str) -> bool:
    return _DOTS.search(text) is not None and len(_LEADERS_INSIDE.findall(text)) >= 2


def _key(text: str) -> str:
    bare = re.sub(r"[\s.…_]*\d{0,3}\s*$", "", strip_numbering(text)[0])
    return simplify(bare)


def _entries(start: int, texts: Sequence[str], key: Callable[[int], str]) -> list[int]:
    """Entries that follow the title of a table of contents: up to the first text, or the first title said again."""
    listed: list[int] = []
    for position in range(start, len(texts)):
        if key(position) in map(key, listed) or not _entry_like(texts[position]):
            break
        if listed and _opens_body(position, listed, texts):
            break
        listed.append(position)
    # The last entries may be the first title of the body with nothing in between.
    return listed if len(listed) >= 2 else []


def _opens_body(position: int, listed: Sequence[int], texts: Sequence[str]) -> bool:
    """Whether the body starts here: the entries end in page numbers, and this line does not."""
    numbered = sum(1 for other in listed if _NUMBERED_END.search(texts[other]))
    several = len(listed) >= 2 or any(_has_leaders(texts[other]) for other in listed)
    return several and numbered >= 0.7 * len(listed) and not _NUMBERED_END.search(texts[position])


def _entry_like(text: str) -> bool:
    lines = text.split("\n")
    return (
        all(len(line.split()) <= 16 for line in lines) and not text.rstrip().endswith((".", ";"))
    ) or _ends_on_leader(text)


def _unnamed(texts: Sequence[str], key: Callable[[int], str]) -> set[int]:
    """Runs of at least four short lines that end in page numbers, most of which are said again later."""
    found: set[int] = set()
    run: list[int] = []
    for position, text in enumerate([*texts, ""]):
        if text and len(text.split()) <= 14 and _NUMBERED_END.search(text):
            run.append(position)
            continue
        if len(run) >= 4:
            later = set(map(key, range(position, len(texts))))
            if sum(1 for entry in run if key(entry) in later) >= 0.5 * len(run):
                found.update(run)
        run = []
    return found
