"""Words cut at a line end: whether the hyphen is the word's own ("co-construction") or only the line's."""

import re
from collections import Counter
from collections.abc import Iterable


# Fills lists of words, one string a line, so that they stay readable.
def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


# First parts that keep their hyphen in French compounds, and are not the beginning of simple words.
_FIRST_PARTS = _words(
    "socio médico psycho non demi semi quasi vice arrière avant après sans sous tiers rendez peut chef chefs",
    "celui celle ceux celles lui elle eux soi moi toi nous vous grand grands hauts vis saint sainte nord sud ouest",
    "porte savoir compte quatre vingt trente quarante cinquante soixante",
)
# Parts that stand between two hyphens: Hauts-de-France, c'est-à-dire, a-t-il.
_MIDDLE_PARTS = _words("de du des en à la le les sur sous et t l d lès au aux")
# Second parts that are never the end of a simple word.
_SECOND_PARTS = _words("même mêmes être delà dessus dessous")
# "co-" is as often a syllable (coopération, cohésion): here is what it is put before with a hyphen.
_AFTER_CO = tuple(
    _words(
        "anim auteur bâti con créa déc dév dir écri éla fin form gest hab inter lead pilo por prés prod resp rés",
        "trait voit wor",
    )
)
_CUT = re.compile(r"[^\W\d_].*[^\W\d_]-|[^\W\d_]-")
_EDGES = "«»“”\"'’()[],;:.!?… "


def is_cut(text: str, following: str) -> bool:
    """Whether the last word of a line goes on in the first of the next."""
    return len(text) > 1 and text.endswith("-") and text[-2].isalnum() and following[:1].isalnum()


def vocabulary(words: Iterable[str]) -> Counter[str]:
    """How often each word stands unbroken in the document, in lower case."""
    return Counter(word.strip(_EDGES).lower() for word in words)


def keeps_hyphen(text: str, following: str, known: Counter[str]) -> bool:
    """Whether `text`, a word cut after its hyphen, keeps it when joined to `following`.

    Example:
        >>> keeps_hyphen("co-", "construction", Counter()), keeps_hyphen("inno-", "vation", Counter())
        (True, False)
    """
    if not _CUT.fullmatch(text.lstrip(_EDGES)) or not following[0].islower():
        return True
    first, second = text[:-1].strip(_EDGES).lower(), following.strip(_EDGES).lower()
    joined, hyphened = known[first + second], known[f"{first}-{second}"]
    if joined != hyphened:
        return hyphened > joined
    _, hyphen, last = first.rpartition("-")
    if (hyphen and last in _MIDDLE_PARTS) or ("-" in second and second.partition("-")[0] in _MIDDLE_PARTS):
        return True
    last = re.split("['’]", last)[-1]
    if last == "co":
        return second.startswith(_AFTER_CO)
    return last in _FIRST_PARTS or second in _SECOND_PARTS
