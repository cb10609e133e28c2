"""The type that the applicant declares: a ticked box, an answer, or a sentence that claims one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from pipeline.document import Block, BlockKind, Document, Span
from pipeline.text import fold

_NAMES = {
    "services": r"(?:services?|produits?)(?: (?:et|ou|/) (?:de )?(?:services?|produits?))?",
    "organisationnelle": r"organisationnelles?",
    "territoriale": r"territoriales?",
}
_ANY_NAME = "|".join(f"(?P<{label}>{name})" for label, name in _NAMES.items())
# "innovation sociale territoriale", and the types that are said after it: "..., organisationnelle et de services".
_NAMED = re.compile(
    r"innovations? (?:sociales? )?(?:et societales? )?"
    r"(?:qui est )?(?:surtout |plutot |avant tout |essentiellement |dite )?"
    rf"(?:de type |de |d'|en )?(?:{_ANY_NAME})\b"
)
_ALSO_NAMED = re.compile(
    r"(?:,| et| ou| voire| mais| puis|, et)(?: (?:aussi|egalement|surtout|plutot|non))?"
    rf" ?(?:de |d'|en )?(?:{_ANY_NAME})\b"
)
_BARE = re.compile(
    rf"(?:l'|une? )?(?:innovations? )?(?:sociales? )?(?:et societales? )?(?:de type |de |d')?(?:{_ANY_NAME})\b"
)
_ASKED = re.compile(
    r"\b(?:categories?|types?|voies?|formes?|nature)\b.{0,25}\binnovations?\b|^\W*(?:categories?|type)\W*$"
)
_CLAIMED = re.compile(
    r"\b(?:estim|pens|relev|s'inser|s'inscri|se situ|se class|se rang|entre dans|correspond|appartien|declar|choisi"
    r"|coch|rattach|il s'agit d'une|c'est une|comme une|qualifi|consider|(?:notre|cette|l') ?(?:projet|action) est une)"
)
_DENIED = re.compile(
    r"\b(?:non|pas|ni|plutot que|au lieu d|et non|sans etre|ne (?:releve|correspond)\w* (?:pas|plus))\b[^,;]{0,30}$"
)
_BOX = re.compile(r"(?P<ticked>[☒☑✓✔✗✘■▣◉●⊠]|\[ ?[xXvV] ?\]|\( ?[xX] ?\))|(?P<empty>[☐□▢○◯]|\[ {0,3}\]|\( {0,3}\))")
_CLAUSE = re.compile(r"[^.;!?\n]+")
_REACH = 3  # blocks after a question of which the answer may be


class _Weight(IntEnum):
    """How plainly a type is declared."""

    NAMED = 1  # the words stand in the text
    CLAIMED = 2  # a sentence claims it, or it answers the question
    TICKED = 3


@dataclass(frozen=True, slots=True)
class _Mention:
    label: str
    span: Span
    weight: _Weight


def declared_type(document: Document) -> tuple[str | None, tuple[Span, ...]]:
    """The type that the applicant says, with the places where it is said; (None, ()) when nothing is clear.

    A sentence that names the three types and claims none says nothing. When two are claimed, the first named is taken.
    """
    mentions = list(_mentions(document))
    if not mentions:
        return None, ()
    plainest = max(mention.weight for mention in mentions)
    plain = [mention for mention in mentions if mention.weight is plainest]
    labels = list(dict.fromkeys(mention.label for mention in plain))
    if len(labels) == 3 or (len(labels) == 2 and plainest is _Weight.NAMED):
        return None, ()
    declared = labels[0]
    places = dict.fromkeys(mention.span for mention in plain if mention.label == declared)
    return declared, tuple(places)


def declares_type(folded: str) -> bool:
    """Whether a folded sentence names a type as the calls do: it then says nothing of the project itself."""
    return bool(_NAMED.search(folded) or _ASKED.search(folded))


def _mentions(document: Document) -> Iterator[_Mention]:
    folded = fold(document.body)
    asked = 0
    for block in document.blocks:
        if block.kind is BlockKind.FURNITURE or block.span.start >= document.body_end:
            continue
        text = folded[block.span.start : block.span.end]
        original = document.text[block.span.start : block.span.end]
        label_asks = block.kind is BlockKind.ANSWER and bool(_ASKED.search(fold(block.label)))
        found = list(_in_block(block, text, original, answers=asked > 0 or label_asks))
        yield from found
        asks = not found and len(text.split()) < 40 and bool(_ASKED.search(text))
        asked = _REACH if asks else max(0, asked - 1)


def _in_block(block: Block, folded: str, original: str, *, answers: bool) -> Iterator[_Mention]:
    boxes = list(_BOX.finditer(original))
    if boxes and any(_BARE.match(folded, _after(folded, box.end())) for box in boxes):
        yield from _ticked(block, folded, boxes)
        return
    if answers or block.kind is BlockKind.ANSWER:
        bare = _BARE.match(folded, _after(folded, 0))
        if bare and (answers or len(folded.split()) <= 8):
            yield _Mention(_label(bare), _within(block, bare.start(), bare.end()), _Weight.CLAIMED)
            return
    for clause in _CLAUSE.finditer(folded):
        yield from _in_clause(block, clause)


def _ticked(block: Block, folded: str, boxes: Sequence[re.Match[str]]) -> Iterator[_Mention]:
    for box in boxes:
        name = _BARE.match(folded, _after(folded, box.end()))
        if name and box.group("ticked"):
            yield _Mention(_label(name), _within(block, box.start(), name.end()), _Weight.TICKED)


def _in_clause(block: Block, clause: re.Match[str]) -> Iterator[_Mention]:
    text = clause.group()
    first = _NAMED.search(text)
    asked = _ASKED.search(text)
    if first is None and asked is not None:
        first = next(iter(_answers_in(text, asked.end())), None)
    if first is None:
        return
    weight = _Weight.CLAIMED if asked or _CLAIMED.search(text) else _Weight.NAMED
    for name in _names_from(text, first):
        if not _DENIED.search(text[: name.start(_label(name))]):
            yield _Mention(_label(name), _within(block, clause.start(), clause.end()), weight)


def _answers_in(text: str, start: int) -> Iterator[re.Match[str]]:
    """The bare name after a question asked in the same clause: "Catégorie d'innovation : territoriale"."""
    separator = re.compile(r"[:\t]\s*").search(text, start)
    bare = _BARE.match(text, separator.end()) if separator else None
    if bare:
        yield bare


def _names_from(text: str, first: re.Match[str]) -> Iterator[re.Match[str]]:
    """The type that `first` names and those named after it."""
    yield first
    position = first.end()
    while following := _NAMED.search(text, position) or _ALSO_NAMED.match(text, position):
        yield following
        position = following.end()


def _label(match: re.Match[str]) -> str:
    return next(label for label in _NAMES if match.group(label))


def _after(folded: str, position: int) -> int:
    """The first letter at or after `position`."""
    while position < len(folded) and not folded[position].isalnum():
        position += 1
    return position


def _within(block: Block, start: int, end: int) -> Span:
    return Span(block.span.start + start, block.span.start + end)
