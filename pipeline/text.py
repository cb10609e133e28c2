"""Folding: a text without accents or case, of the very same length, so that offsets hold. Names. French typography."""

import re
import unicodedata
from collections.abc import Sequence

_SPECIAL = {
    "œ": "o",
    "Œ": "o",
    "æ": "a",
    "Æ": "a",
    "’": "'",
    "ʼ": "'",
    "‘": "'",
    "‑": "-",
    "–": "-",
    "—": "-",
    "\u00a0": " ",
    "\u202f": " ",
    "ß": "s",
}


def _fold_char(char: str) -> str:
    if char in _SPECIAL:
        return _SPECIAL[char]
    base = unicodedata.normalize("NFD", char)[0]
    lower = base.lower()
    return lower if len(lower) == 1 else base


class _Folds(dict[str, str]):
    """What each character becomes, worked out the first time that it is met."""

    def __missing__(self, char: str) -> str:
        self[char] = _fold_char(char)
        return self[char]


_folds = _Folds()
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_NUMBER = re.compile(r"[0-9]+")
_LONGEST_NUMBER = 12  # digits, of those that names are sorted by


def fold(text: str) -> str:
    """Lower case, no accents, plain apostrophes, hyphens and spaces; `len(fold(text)) == len(text)`.

    Ligatures œ and æ become their first letter ("œuvre" -> "ouvre"): patterns are folded by the same function.
    """
    # One French letter in twenty or so has an accent: looking up these alone is quicker than `str.translate`.
    return _NOT_ASCII.sub(lambda found: _folds[found[0]], text).lower()


def alphabetical(name: str) -> tuple[str, str, str]:
    """What names are sorted by, as French readers expect: accents and case only tell apart what is else the same, and
    numbers are in their order (« 2 » before « 10 »)."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    letters = bare.casefold().replace("œ", "oe").replace("æ", "ae")
    letters = _NUMBER.sub(lambda found: found[0].zfill(_LONGEST_NUMBER), letters)
    return letters, unicodedata.normalize("NFC", name), name


def same_name(name: str) -> str:
    """Equal for names that some systems hold to be one: whatever the case of letters and how accents are encoded."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def plural(count: int, one: str, many: str) -> str:
    """« 1 dossier », « 1 250 dossiers »; nought is singular in French."""
    figure = f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    return f"{figure} {one if count < 2 else many}"


def listed(words: Sequence[str]) -> str:
    """« a, b et c », or « a ; b et c ; d » where an entry has an « et » of its own."""
    if len(words) < 2:
        return "".join(words)
    if any(" et " in _QUOTATION.sub("", word) for word in words):
        return "\N{NO-BREAK SPACE}; ".join(words)
    return ", ".join(words[:-1]) + " et " + words[-1]


_QUOTATION = re.compile(r"«[^»]*»")


def decimal(value: float, digits: int) -> str:
    """« 0,85 »: with `digits` digits after a French comma."""
    return f"{value:.{digits}f}".replace(".", ",")


def typeset(text: str) -> str:
    """French typography: no-break spaces before : ; ? ! » € %, after «, and within numbers."""
    text = re.sub(r" (?=[:;?!»€%])|(?<=«) ", "\N{NO-BREAK SPACE}", text)
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "\N{NARROW NO-BREAK SPACE}", text)


def in_guillemets(text: str) -> str:
    """« text »; what it quotes itself is in “ ”."""
    inner = re.sub(r"«\s*", "“", re.sub(r"\s*»", "”", text))
    return f"«\N{NO-BREAK SPACE}{inner}\N{NO-BREAK SPACE}»"
