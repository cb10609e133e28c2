"""Numbers written in French words ("trente-huit mille cinq cents"), in folded text."""

import re

_SMALL = {
    "un": 1,
    "une": 1,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "sept": 7,
    "huit": 8,
    "neuf": 9,
    "dix": 10,
    "onze": 11,
    "douze": 12,
    "treize": 13,
    "quatorze": 14,
    "quinze": 15,
    "seize": 16,
    "vingt": 20,
    "vingts": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "septante": 70,
    "huitante": 80,
    "octante": 80,
    "nonante": 90,
}
_WORDS = (*_SMALL, "cents", "cent", "milles", "mille", "et")
_WORD = "(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + ")"

NUMBER_WORDS = rf"{_WORD}(?:[ -]{_WORD})*"
"""Pattern, for folded text, of a number in words."""


def number_from_words(words: str) -> int | None:
    """The number that `words` (folded) say, or None when they say none."""
    total, current = 0, 0
    read = False
    for word in re.split(r"[ -]+", words.strip()):
        if word == "et":
            continue
        if word.startswith("mille"):
            total, current = total + max(current, 1) * 1000, 0
        elif word.startswith("cent"):
            current = max(current, 1) * 100
        elif word.startswith("vingt") and current % 100 == 4:
            current += 76  # "quatre-vingts" is four times twenty, not four and twenty
        elif word in _SMALL:
            current += _SMALL[word]
        else:
            return None
        read = True
    return total + current if read else None
