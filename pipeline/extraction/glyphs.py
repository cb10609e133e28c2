"""What characters stand for: ligatures, bullets of symbol fonts, detached accents, marks in place of spaces."""

import re
import unicodedata

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}

# Glyphs of Symbol and Wingdings, which PDF writers leave in the private use area at 0xF000 + their code.
_SYMBOLS = {
    0xF020: " ",
    0xF02D: "-",
    0xF0B7: "•",
    0xF0A7: "▪",
    0xF0D8: "➢",
    0xF0E0: "→",
    0xF0E8: "→",
    0xF0F0: "→",
    0xF0FC: "✓",
    0xF0FE: "☒",
    0xF06F: "☐",
    0xF0A8: "☐",
    0xF071: "☐",
    0xF06E: "■",
    0xF076: "❖",
    0xF0AA: "♦",
}
_BULLET = "•"
_HYPHENS = "\x02\ufffe\u2010\u2011"  # the first two are how PDFium gives a hyphen at a line end
_INVISIBLE = dict.fromkeys(map(ord, "\x00\u200b\u200c\u200d\u2060\ufeff"))

_DETACHED = {"´": "\u0301", "`": "\u0300", "ˆ": "\u0302", "¨": "\u0308", "¸": "\u0327"}
_ACCENT_THEN_LETTER = re.compile(r"([´`ˆ¨])([aeiouAEIOUı])|(¸)([cC])")
_DECORATED = re.compile("[\ufb00-\ufb06\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f´`ˆ¨¸\ue000-\uf8ff\ud800-\udfff]")

# A page in which one of these stands between most words, and spaces hardly ever do.
_FALSE_SPACES = "#&$%\x01\x03\x04\x05"


def same_length_cleaning(text: str) -> str:
    """The page's characters with false spaces and line-end hyphens put right, one for one; itself if none was wrong."""
    for hyphen in _HYPHENS:
        text = text.replace(hyphen, "-")
    return _real_spaces(text)


def _real_spaces(text: str) -> str:
    visible = sum(map(str.isalnum, text)) if any(mark in text for mark in _FALSE_SPACES) else 0
    for mark in _FALSE_SPACES:
        count = text.count(mark)
        if count > 5 and 10 * count > visible and 5 * text.count(" ") < count:
            text = text.replace(mark, " ")
    return text


def is_plain(text: str) -> bool:
    """Whether `clean_word` has nothing to do in any part of the text."""
    return "\x00" not in text and (text.isascii() or not _DECORATED.search(text))


def clean_word(text: str) -> str:
    """A word as it is meant to be read; may come out empty.

    Example:
        >>> clean_word("ﬁnance"), clean_word("pr´esent"), clean_word("\uf0b7")
        ('finance', 'présent', '•')
    """
    if is_plain(text):
        return text
    text = "".join(_LIGATURES.get(char, char) for char in text).translate(_INVISIBLE)
    text = _without_soft_hyphens(text)
    text = _from_private_use(text)
    text = _ACCENT_THEN_LETTER.sub(_attach, text)
    return unicodedata.normalize("NFC", text).strip()


def _without_soft_hyphens(text: str) -> str:
    """A soft hyphen shows only at a line end, which is a word's end here."""
    shown = text.endswith("\u00ad") and len(text) > 1
    return text.replace("\u00ad", "") + ("-" if shown else "")


def _from_private_use(text: str) -> str:
    return "".join(_public(char, alone=len(text) == 1) for char in text)


def _public(char: str, *, alone: bool) -> str:
    code = ord(char)
    if 0xD800 <= code < 0xE000:
        return "\ufffd"
    if not 0xE000 <= code < 0xF900:
        return char
    if 0xF021 <= code < 0xF07F and not alone:  # a symbol font that holds ordinary letters
        return chr(code - 0xF000)
    return _SYMBOLS.get(code, _BULLET if alone else "")


def _attach(match: re.Match[str]) -> str:
    accent, letter = (match[1], match[2]) if match[1] else (match[3], match[4])
    return unicodedata.normalize("NFC", ("i" if letter == "ı" else letter) + _DETACHED[accent])
