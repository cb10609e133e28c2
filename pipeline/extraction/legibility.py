"""Whether the letters of a text layer are letters: a page may hold thousands of characters and not one word."""

import unicodedata
from collections import Counter
from collections.abc import Sequence

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
    characters = Counter(text)
    letters = Counter[str]()
    for char, count in characters.items():
        letters[fold(char)] += count if "a" <= fold(char) <= "z" else 0
    letter_count, symbols = letters.total(), _symbols(characters)
    if letter_count + symbols < _ENOUGH:
        return False
    if symbols > _MOST_SYMBOLS * len(text):
        return True
    least, most = _VOWEL_SHARE
    vowels = sum(letters[vowel] for vowel in _VOWELS)
    return letter_count >= _ENOUGH and not least <= vowels / letter_count <= most


def _symbols(characters: Counter[str]) -> int:
    """How many characters are neither letters, marks nor digits, leaders of a table of contents left out."""
    return sum(
        count
        for char, count in characters.items()
        if unicodedata.category(char)[0] not in "LMN" and char not in "._…-–—"
    )
