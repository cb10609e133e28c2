"""French sentences and stems, by rules: nothing here is learned, so it works before any model is trained."""

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import snowballstemmer
import spacy
from spacy import about
from spacy.tokens import Doc, Token

from pipeline.document import Span
from pipeline.text import fold

RULES_VERSION = 1

# Abbreviations (folded) that announce what follows: a full stop after them never ends a sentence, while after
# "etc." or "km." a capital letter tells.
_ANNOUNCING_WORDS = """
m mm mme mmes mlle mr dr drs pr me st ste mgr art al cf p pp n no num tel fax av ave bd bld boul rte chem imp lot res
bat env ex exemple fig vol chap ed coll resp prof doct dir dept ref alin vs approx
"""
ANNOUNCING = frozenset(_ANNOUNCING_WORDS.split())
# What a sentence starts with more often than a name does: tells "le lot B. Nous" from "J. Martin".
_OPENING_WORDS = """
le la les l' nous il elle ils elles ce cet cette ces cela ceci on un une des dans pour en depuis notre nos leur leurs
chaque aucun aucune ainsi mais or donc car si par sur avec sans au aux à du de d' son sa ses tout tous toutes y c'
"""
_OPENERS = frozenset(_OPENING_WORDS.split())
_ENDS = frozenset([".", "!", "?", "…", "...", "?!", "!?", "!!", "!!!", "??", "....", ".."])
_CLOSERS = frozenset(["»", "”", '"', "’", "'", ")", "]"])
_INITIALS = re.compile(r"[A-ZÀ-Ý](?:\.-?[A-ZÀ-Ý])*")
_BULLETS = frozenset("•●▪■◦➢➤✓✔☑☒☐")


class FrenchSentences:
    """Splits French text into sentences (`pipeline.protocols.SentenceSplitter`) with spaCy's tokens and our rules."""

    name = "phrases-francaises"

    def __init__(self) -> None:
        self._nlp = spacy.blank("fr")
        rules = [str(RULES_VERSION), about.__version__, *sorted(ANNOUNCING), *sorted(_OPENERS)]
        self.digest = hashlib.sha256("\n".join(rules).encode()).hexdigest()

    def split(self, text: str) -> list[Span]:
        """Spans in `text`, in order, without outer white space; every non-blank character is in one."""
        if not text.strip():
            return []
        document = self._nlp.make_doc(text)
        starts = [0, *(document[index].idx for index in range(1, len(document)) if _opens(document, index)), len(text)]
        spans: list[Span] = []
        for start, end in pairwise(starts):
            piece = text[start:end]
            if not piece.strip():
                continue
            span = Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
            if spans and not any(char.isalnum() for char in piece):
                spans[-1] = Span(spans[-1].start, span.end)
            else:
                spans.append(span)
        return spans


def _opens(document: Doc, index: int) -> bool:
    """Whether the token at `index` opens a sentence."""
    token, before = document[index], document[index - 1]
    if token.is_space:
        return "\n" in token.text
    if before.is_space and "\n" in before.text:
        return True
    if token.text[0] in _BULLETS:
        return True
    if not (before.whitespace_ or before.is_space) or token.text in _CLOSERS:
        return False
    end = _end_before(document, index)
    return end is not None and _may_start(token) and _is_end(document, end, token)


def _end_before(document: Doc, index: int) -> int | None:
    """Index of the token before `index` that may close a sentence, closing quotes and brackets passed over."""
    position = index - 1
    while position > 0 and (document[position].is_space or document[position].text in _CLOSERS):
        position -= 1
    token = document[position]
    return position if token.text in _ENDS or token.text.endswith((".", "…")) else None


def _may_start(token: Token) -> bool:
    first = token.text[0]
    return not first.islower() and first not in ",;:%€)]»"


def _is_end(document: Doc, end: int, following: Token) -> bool:
    token = document[end]
    if token.text in _ENDS and token.text != ".":
        return True
    stem = token.text.rstrip(".…") or (document[end - 1].text if end else "")
    glued = token.text != "." or (end > 0 and not document[end - 1].whitespace_)
    if not glued or not stem:
        return True
    if _is_list_number(document, end, stem):
        return False
    if fold(stem) in ANNOUNCING:
        return False
    if _INITIALS.fullmatch(stem):
        return following.text.lower() in _OPENERS or not following.text[0].isalpha()
    return True


def _is_list_number(document: Doc, end: int, stem: str) -> bool:
    """Whether this is the "1." or "A." that opens a line."""
    if not (stem.isdigit() and len(stem) <= 2):
        return False
    first = end if document[end].text != "." else end - 1
    return first == 0 or "\n" in document[first - 1].text


class FrenchStemmer:
    """Stems of French words, so that "habitants" and "habitant" are one; each word is stemmed once."""

    name = "snowball-francais"

    def __init__(self) -> None:
        self._stemmer = snowballstemmer.stemmer("french")
        self.stem = lru_cache(maxsize=100_000)(self._stem)

    def _stem(self, word: str) -> str:
        return fold(str(self._stemmer.stemWord(word.lower())))

    def stems(self, words: Sequence[str]) -> list[str]:
        return [self.stem(word) for word in words]
