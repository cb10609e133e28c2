"""What the words of a heading announce: the fields it names, or a part that answers none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from pipeline.completeness.targets import MIN_PLAIN, Target, simplify
from pipeline.document import Span
from pipeline.lexicon.cues import Strength, load_lexicon, word_lists
from pipeline.text import fold

_NUMBERING = re.compile(
    r"^\s*(?:[-•▪–]\s+)?"
    r"(?:(?:partie|chapitre|section|rubrique|champ|question|volet|point|fiche|item|q|n°)\s*(?:n°\s*)?(?=[\divx]))?"
    r"(?:(?P<mixed>[a-h]\.\d{1,2}(?:\.\d{1,2})?)[.)]?\s+|(?P<decimal>\d{1,2}(?:[.\-]\d{1,2}){0,3})(?:\s*[.,)\]/°:–—-]+\s*|\s+(?=\D))"
    r"|(?P<roman>[ivx]{1,5})\s*(?:[.)\]/°:–—-]+)\s*"
    r"|(?P<letter>[a-k])\s*[.)]\s*)",
    re.IGNORECASE,
)
_PART = re.compile(r"\s+(?:et|&|ou)\s+|[,;:/()|+]|\s-\s")
_WORD = re.compile(r"\w+")


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
    number = match.group("decimal") or match.group("mixed") or ""
    return text[match.end() :], len(re.split(r"[.-]", number))


def aims_of(title: str, targets: tuple[Target, ...]) -> tuple[Aim, ...]:
    """The fields that a heading announces, best matches only."""
    text = simplify(_spaced(strip_numbering(title)[0]))
    if not text:
        return ()
    official = _official(text, targets)
    if official is not None:
        return (Aim(official, strong=True),)
    found = _longest_matches(text, targets)
    aims: dict[int, bool] = {}
    for match in found:
        alone = sum(1 for other in found if other.span == match.span) == 1
        share = coverage(text, match.span)
        strong = alone and not match.hint and (share >= 0.6 or _heads(text, match.span))
        if strong or share >= 0.3:
            aims[match.target] = aims.get(match.target, False) or strong
    if not any(aims.values()):
        return _misread(text, targets) or tuple(Aim(target, strong=False) for target in sorted(aims))
    return tuple(Aim(target, strong) for target, strong in sorted(aims.items()))


def is_aside(title: str) -> bool:
    """Whether a heading opens a part that answers no field (a CV, a glossary, the call's rules)."""
    text = simplify(strip_numbering(title)[0])
    return any(
        coverage(text, match.span) >= 0.4 or (match.cue.strength is Strength.STRONG and _heads(text, match.span))
        for match in load_lexicon("completeness", "asides").find(text)
    )


def is_never_title(text: str) -> bool:
    """Whether a line is of a letter's head or foot, or of a table's: it opens nothing, however it is printed."""
    return bool(_NEVER.fullmatch(" ".join(fold(text).split())))


_MONTHS = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
_STREETS = r"rue|avenue|av\.|place|boulevard|bd|chemin|route|impasse|allee|quai|cours|lieu[ -]dit|zone|za|square"
_TABLE_WORDS = (
    r"montants?|totaux|total|euros?|ttc|ht|postes?|nature|libelle|designation|annee|n°|nb|quantite|prix|en"
    r"|pourcentage|part|ensemble|\d{4}"
)
_SIDES = r"charges|depenses|emplois|produits|recettes|ressources|montants?|postes?"
_NEVER = re.compile(
    rf"""(?:f[\ -])?\d{{5}}\ [\w'\ -]+                                                 # 23500 Felletin
       |\d{{1,4}}\ ?(?:bis|ter)?,?\ (?:{_STREETS})\b.*
       |(?:[\w'\ -]{{2,40}},?\ )?(?:le\ )?\d{{1,2}}(?:er)?\ (?:{_MONTHS})\ \d{{4}}     # Oloron, le 18 août 2014
       |fait\ a\ .*|signature\b.*|(?:le|la|les)\ (?:co-?)?(?:president|tresori|secretaire|gerant|direct|maire)\w*,?
       |(?:tel|telephone|courriel|mail|e-mail)\b.*|\S+@\S+|(?:monsieur|madame)\b.*
       |(?:{_SIDES})(?:\W+(?:{_SIDES}))+  # Dépenses Montant Recettes
       |(?:\W|\b(?:{_TABLE_WORDS})\b)+""",
    re.VERBOSE,
)


def is_contents_title(title: str) -> bool:
    text = simplify(strip_numbering(title)[0])
    return any(coverage(text, match.span) >= 0.7 for match in load_lexicon("completeness", "contents").find(text))


def _spaced(text: str) -> str:
    """Names of form fields as words: publics_cibles, publicsCibles."""
    return re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ][a-zà-ÿ])", " ", text.replace("_", " "))


def _official(text: str, targets: tuple[Target, ...]) -> int | None:
    """The field whose own wording this is, be it long."""
    closest = max(
        (
            (fuzz.ratio(text, wording, score_cutoff=88), -target.index)
            for target in targets
            for wording in target.wordings
        ),
        default=(0.0, 0),
    )
    return -closest[1] if closest[0] else None


@dataclass(frozen=True, slots=True)
class _Match:
    span: Span
    target: int
    hint: bool


def _longest_matches(text: str, targets: tuple[Target, ...]) -> list[_Match]:
    """Where the text says a field's title, without what a longer title of another field explains."""
    found = [match for target in targets for match in _matches(text, target)]
    return [
        match
        for match in found
        if not any(
            other.span.contains(match.span) and len(other.span) > len(match.span)
            for other in found
            if other.target != match.target
        )
    ]


def _matches(text: str, target: Target) -> Iterator[_Match]:
    excluded = [Span(*match.span()) for match in target.not_titles.finditer(text)] if target.not_titles else []
    for pattern, hint in ((target.titles, False), (target.hints, True)):
        for match in pattern.finditer(text) if pattern else ():
            span = Span(*match.span())
            if len(span) and not any(span.overlaps(other) for other in excluded):
                yield _Match(span, target.index, hint)


@cache
def _silent_words() -> frozenset[str]:
    """Words that say nothing of what a heading announces."""
    return frozenset(word_lists()["mots_muets"])


def coverage(text: str, span: Span) -> float:
    """Share of the telling words of a heading (of the part where the match stands) that the match explains."""
    start = max((part.end() for part in _PART.finditer(text) if part.end() <= span.start), default=0)
    end = min((part.start() for part in _PART.finditer(text) if part.start() >= span.end), default=len(text))
    words = list(_WORD.finditer(text, start, end))
    telling = [word for word in words if word.group() not in _silent_words()] or words
    inside = [word for word in telling if span.start <= word.start() and word.end() <= span.end]
    return len(inside) / len(telling) if telling else 0.0


def _heads(text: str, span: Span) -> bool:
    """Whether the match opens a heading and what follows only completes it: "Budget de la conciergerie"."""
    before = [word.group() for word in _WORD.finditer(text, 0, span.start)]
    after = [word.group() for word in _WORD.finditer(text, span.end)]
    if len(after) > 8 or not all(word in _silent_words() for word in before):
        return False
    several_words = len(_WORD.findall(text[span.start : span.end])) >= 2
    return not after or several_words or after[0] in word_lists()["liaisons"] or bool(_QUALIFIES.search(after[0]))


# Ends of the adjectives and participles that qualify a plural noun ("partenaires locaux", "moyens prévus").
_QUALIFIES = re.compile(r"(?:[^s]es|us|aux|els|ifs|ants|iques|elle|ee)$")


def _misread(text: str, targets: tuple[Target, ...]) -> tuple[Aim, ...]:
    """A heading that OCR or a slip of the keyboard spoilt."""
    if len(text) < MIN_PLAIN:
        return ()
    words = " ".join(_WORD.findall(text))
    for target in targets:
        if process.extractOne(words, target.plain_titles, scorer=fuzz.ratio, score_cutoff=88):
            return (Aim(target.index, strong=True),)
    return ()


def annex_number(title: str) -> str | None:
    """The number of an annex that a heading (or a file name) opens: "Annexe n° III – Budget" is "3"."""
    match = _ANNEX.search(fold(title))
    return _normal_number(match.group(1)) if match else None


_ANNEX = re.compile(
    r"\b(?:annexes?|pieces?[\s_-]+jointes?|pj)[\s_-]*(?:n[°o.]?[\s_-]*)?(\d{1,2}|[ivx]{1,5}|[a-h])(?![a-z0-9])"
)
_ROMAN = {
    roman: str(number) for number, roman in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"), 1)
}


def _normal_number(number: str) -> str:
    return _ROMAN.get(number, number.lstrip("0") or number)
