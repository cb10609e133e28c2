"""What the words of a heading announce: the fields it names, or a part that answers none."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline.completeness.targets import Target, simplify
from pipeline.document import Span
from pipeline.lexicon.cues import Lexicon, load_lexicon
from pipeline.text import fold

_NUMBERING = re.compile(
    r"^\s*(?:[-•▪–]\s+)?"
    r"(?:(?:partie|chapitre|section|rubrique|champ|question|volet|point|fiche|item|q|n°)\s*(?:n°\s*)?(?=[\divx]))?"
    r"(?:(?P<decimal>\d{1,2}(?:[.\-]\d{1,2}){0,3})(?:\s*[.)\]/°:–—-]+\s*|\s+(?=\D))"
    r"|(?P<roman>[ivx]{1,5})\s*(?:[.)\]/°:–—-]+)\s*"
    r"|(?P<letter>[a-k])\s*[.)]\s*)",
    re.IGNORECASE,
)
_PART = re.compile(r"\s+(?:et|&|ou)\s+|[,;:/()|+]|\s-\s")
_WORD = re.compile(r"\w+")
_FOLLOWERS = frozenset(["de", "du", "des", "d", "pour", "sur", "en", "a", "au", "aux", "dans", "et", "qui", "que", "par", "envisage", "prevu", "avec"])
_STOP = frozenset(
    ["le", "la", "les", "l", "de", "du", "des", "d", "et", "ou", "a", "au", "aux", "nos", "notre", "votre", "vos", "ce", "cette", "cet", "ces", "son", "sa", "ses", "leur", "leurs", "pour", "par", "sur", "dans", "en", "que", "qui", "avec", "un", "une", "y", "on", "nous", "est", "sont", "projet", "projets", "action", "actions", "demarche", "dossier", "initiative", "presentation", "envisage", "envisagee", "envisages", "envisagees", "prevu", "prevue", "prevus", "prevues", "propose", "proposee", "mois", "annee", "an", "ans", "2013", "2014", "2015", "2016", "2017", "2018", "12", "24", "l'action", "quel", "quels", "quelle", "quelles", "detaille", "detaillee"]
)


@dataclass(frozen=True, slots=True)
class Aim:
    """A heading announces the field at `target`; `strong` when it is about little else."""

    target: int
    strong: bool


def strip_numbering(text: str) -> tuple[str, int]:
    """The text without its number, and the depth of that number (0 when there is none, 1 for "3." or "III.")."""
    match = _NUMBERING.match(text)
    if match is None or match.end() == len(text):
        return text, 0
    decimal = match.group("decimal")
    return text[match.end() :], len(re.split(r"[.-]", decimal)) if decimal else 1


def aims_of(title: str, targets: tuple[Target, ...]) -> tuple[Aim, ...]:
    """The fields that a heading announces, best matches only."""
    text = simplify(_spaced(strip_numbering(title)[0]))
    if not text:
        return ()
    official = _official(text, targets)
    if official is not None:
        return (Aim(official, strong=True),)
    found = _longest_matches(text, targets)
    if not found:
        return _misread(text, targets)
    aims: dict[int, bool] = {}
    for span, target in found:
        alone = sum(1 for other, _ in found if other == span) == 1
        strength = coverage(text, span)
        strong = alone and (strength >= 0.6 or _heads(text, span))
        if strong or strength >= 0.3:
            aims[target] = aims.get(target, False) or strong
    return tuple(Aim(target, strong) for target, strong in sorted(aims.items()))


def is_aside(title: str) -> bool:
    """Whether a heading opens a part that answers no field (a CV, a glossary, the call's rules)."""
    return _about(title, load_lexicon("completeness", "asides"), 0.4)


def is_contents_title(title: str) -> bool:
    return _about(title, load_lexicon("completeness", "contents"), 0.7)


def _about(title: str, lexicon: Lexicon, least: float) -> bool:
    text = simplify(strip_numbering(title)[0])
    return any(coverage(text, match.span) >= least for match in lexicon.find(text))


def _spaced(text: str) -> str:
    """Names of form fields as words: publics_cibles, publicsCibles."""
    return re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ][a-zà-ÿ])", " ", text.replace("_", " "))


def _official(text: str, targets: tuple[Target, ...]) -> int | None:
    """The field whose own wording this is, be it long."""
    closest = max(
        ((fuzz.ratio(text, wording), -target.index) for target in targets for wording in target.wordings),
        default=(0.0, 0),
    )
    return -closest[1] if closest[0] >= 88 else None


def _longest_matches(text: str, targets: tuple[Target, ...]) -> list[tuple[Span, int]]:
    found = [
        (Span(*match.span()), target.index)
        for target in targets
        for match in target.titles.finditer(text)
        if match.group()
    ]
    return [
        (span, target)
        for span, target in found
        if not any(other.contains(span) and len(other) > len(span) for other, which in found if which != target)
    ]


def coverage(text: str, span: Span) -> float:
    """Share of the telling words of a heading (of the part where the match stands) that the match explains."""
    start = max((part.end() for part in _PART.finditer(text) if part.end() <= span.start), default=0)
    end = min((part.start() for part in _PART.finditer(text) if part.start() >= span.end), default=len(text))
    words = list(_WORD.finditer(text, start, end))
    telling = [word for word in words if word.group() not in _STOP] or words
    inside = [word for word in telling if span.start <= word.start() and word.end() <= span.end]
    return len(inside) / len(telling) if telling else 0.0


def _heads(text: str, span: Span) -> bool:
    """Whether the match is the head of a short heading: "Budget de la conciergerie"."""
    before = [word.group() for word in _WORD.finditer(text, 0, span.start)]
    after = [word.group() for word in _WORD.finditer(text, span.end)]
    return all(word in _STOP for word in before) and len(after) <= 8 and (not after or after[0] in _FOLLOWERS)


def _misread(text: str, targets: tuple[Target, ...]) -> tuple[Aim, ...]:
    """A heading that OCR or a slip of the keyboard spoilt."""
    if len(text) < 8:
        return ()
    for target in targets:
        if any(len(title) >= 8 and fuzz.ratio(text, title, score_cutoff=88) for title in target.plain_titles):
            return (Aim(target.index, strong=True),)
    return ()


def annex_number(title: str) -> str | None:
    """The number of an annex that a heading (or a file name) opens: "Annexe n° III – Budget" is "3"."""
    match = _ANNEX.search(fold(title))
    return _normal_number(match.group(1)) if match else None


_ANNEX = re.compile(r"\bannexes?[\s_-]*(?:n[°o.]?[\s_-]*)?(\d{1,2}|[ivx]{1,5}|[a-h])(?![a-z0-9])")
_ROMAN = {roman: str(number) for number, roman in enumerate(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], 1)}


def _normal_number(number: str) -> str:
    return _ROMAN.get(number, number.lstrip("0") or number)
