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
# "catégorie « services et produits »", "type : organisationnelle"
_OF_CATEGORY = re.compile(rf"(?<!\w)(?:categorie|volet|type)\W{{1,4}}(?=(?:de |d')?(?:{_ANY_NAME})\b)")
# "on coche organisationnelle", "nous nous rangeons dans la catégorie territoriale"
# "Rayon : services et produits, dans le vocabulaire de l'appel"
_HEADED = re.compile(rf"^\W*[^\W\d]+ ?: ?(?=(?:de |d')?(?:{_ANY_NAME})\b)")
_OF_THE_CALL = re.compile(r"(?<!\w)(?:appel|reglement|ami|amiris|formulaire)(?!\w)|innovation")
_CHOSEN = re.compile(
    r"(?<!\w)(?:coch\w+|optons pour|choisi\w*|choisissons|retenons|cochee? ?:)"
    r"(?: (?:la case|la categorie|le type|dans|sur|parmi|le formulaire|l'|la|le))*\W{1,3}$"
    r"|(?<!\w)(?:rang|class|situ|inscri|rattach)\w*"
    r"(?: (?:dans|en|parmi|a|l'action|le projet|notre action|notre projet))+"
    r"(?: (?:la|le|case|categorie|type|l'innovation|innovation|sociale|de|l'))*\W{1,3}$"
)
_CLAIMED = re.compile(
    r"\b(?:estim|pens|relev|s'inser|s'inscri|se situ|se class|se rang|entre dans|correspond|appartien|declar|choisi"
    r"|coch|rattach|il s'agit d'une|c'est une|comme une|qualifi|consider|(?:notre|cette|l') ?(?:projet|action) est une)"
)
_DENIED = re.compile(
    r"\b(?:non|pas|ni|plutot que|au lieu d|et non|sans etre|ne (?:releve|correspond)\w* (?:pas|plus))\b[^,;]{0,30}$"
)
_SPEAKS_OF_TYPES = re.compile(r"innovation|categorie|case")
_BOX = re.compile(r"(?P<ticked>[☒☑✓✔✗✘■▣◉●⊠]|\[ ?[xXvV] ?\]|\( ?[xX] ?\))|(?P<empty>[☐□▢○◯]|\[ {0,3}\]|\( {0,3}\))")
_CLAUSE = re.compile(r"[^.;!?\n]+")
_LONGEST_CHOICES = 14  # words of a line that holds the names of the types to choose from
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
        if bare and _lists_choices(folded, bare):
            return
        if bare and (answers or len(folded.split()) <= 8):
            yield _Mention(_label(bare), _within(block, bare.start(), bare.end()), _Weight.CLAIMED)
            return
    for clause in _CLAUSE.finditer(folded):
        yield from _in_clause(block, clause)


def _lists_choices(folded: str, bare: re.Match[str]) -> bool:
    """Whether a short line goes on with other names, as the choices of a form stand side by side."""
    others = {_label(name) for name in re.finditer(_ANY_NAME, folded[bare.end() :])} - {_label(bare)}
    linked = _ALSO_NAMED.match(folded, bare.end()) is not None
    return bool(others) and not linked and len(folded.split()) <= _LONGEST_CHOICES


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
    chosen = _chosen_in(text) if first is None else None
    first = first or chosen
    if first is None:
        return
    weight = _Weight.CLAIMED if asked or chosen or _CLAIMED.search(text) else _Weight.NAMED
    for name in _names_from(text, first):
        if not _DENIED.search(text[: name.start(_label(name))]):
            yield _Mention(_label(name), _within(block, clause.start(), clause.end()), weight)


def _answers_in(text: str, start: int) -> Iterator[re.Match[str]]:
    """The bare name after a question asked in the same clause: "Catégorie d'innovation : territoriale"."""
    separator = re.compile(r"[:\t]\s*").search(text, start)
    bare = _BARE.match(text, separator.end()) if separator else None
    if bare:
        yield bare


def _chosen_in(text: str) -> re.Match[str] | None:
    """A bare name that is said to be the category, or to be chosen where types or categories are spoken of."""
    headed = _HEADED.match(text) if _OF_THE_CALL.search(text) else None
    for category in (*_OF_CATEGORY.finditer(text), *([headed] if headed else [])):
        if name := _BARE.match(text, category.end()):
            return name
    if not _SPEAKS_OF_TYPES.search(text):
        return None
    return next((name for name in _BARE.finditer(text) if _CHOSEN.search(text[: name.start()])), None)


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
