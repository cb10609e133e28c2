"""Whether the letters of a text layer are letters: a page may hold thousands of characters and not one word."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.extraction.raw import RawWord
from pipeline.text import fold

_NO_LETTER = {"Co", "Cn", "Cc", "Cs"}  # private use, unassigned, control, half of a pair
_VOWELS = frozenset("aeiouy")
_ENOUGH = 80  # letters: fewer say nothing of a language
_VOWEL_SHARE = (0.24, 0.65)  # French and its neighbours have 0.38 to 0.50
_MOST_SYMBOLS = 0.35  # of the characters that are printed


def legible_words(words: Sequence[RawWord]) -> tuple[RawWord, ...]:
    """The words that can be read; none when the text as a whole is no language written in known letters.

    A font that does not say which letters it draws gives private characters, or Latin letters and signs at random.
    """
    readable = tuple(word for word in words if not _is_coded(word.text))
    text = "".join(word.text for word in readable)
    return readable if not _is_jumble(text) else ()


def _is_coded(word: str) -> bool:
    if word.isascii():
        return False
    unknown = sum(char == "\ufffd" or unicodedata.category(char) in _NO_LETTER for char in word)
    return 2 * unknown > len(word)


def _is_jumble(text: str) -> bool:
    letters = [char for char in fold(text) if "a" <= char <= "z"]
    if len(letters) + _symbols(text) < _ENOUGH:
        return False
    if _symbols(text) > _MOST_SYMBOLS * len(text):
        return True
    least, most = _VOWEL_SHARE
    return len(letters) >= _ENOUGH and not least <= _share(letters) <= most


def _symbols(text: str) -> int:
    """How many characters are neither letters, marks nor digits, leaders of a table of contents left out."""
    return sum(
        count
        for char, count in Counter(text).items()
        if unicodedata.category(char)[0] not in "LMN" and char not in "._…-–—"
    )


def _share(letters: Iterable[str]) -> float:
    known = list(letters)
    return sum(letter in _VOWELS for letter in known) / len(known)
