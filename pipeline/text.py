"""Folding: a text without accents or case, of the very same length, so that offsets hold. French typography."""

import re
import unicodedata

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


class _Folds(dict[int, str]):
    """What each character becomes, worked out the first time that it is met."""

    def __missing__(self, code: int) -> str:
        self[code] = _fold_char(chr(code))
        return self[code]


_folds = _Folds()


def fold(text: str) -> str:
    """Lower case, no accents, plain apostrophes, hyphens and spaces; `len(fold(text)) == len(text)`.

    Ligatures œ and æ become their first letter ("œuvre" -> "ouvre"): patterns are folded by the same function.
    """
    return text.translate(_folds)


def plural(count: int, one: str, many: str) -> str:
    """« 1 dossier », « 2 dossiers »; nought is singular in French."""
    return f"{count} {one if count < 2 else many}"


def decimal(value: float, digits: int) -> str:
    """« 0,85 »: with `digits` digits after a French comma."""
    return f"{value:.{digits}f}".replace(".", ",")


def typeset(text: str) -> str:
    """French typography: no-break spaces before : ; ? ! » € %, after «, and within numbers."""
    text = re.sub(r" (?=[:;?!»€%])|(?<=«) ", "\N{NO-BREAK SPACE}", text)
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "\N{NARROW NO-BREAK SPACE}", text)
