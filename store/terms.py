"""The words of texts and of queries, cut and brought to their stems in the same way on both sides.

Accents, capitals, ligatures and elided articles do not matter, nor do inflections: « L’Œuvre sociale » and
« oeuvres sociales » are the same two stems.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from threading import Lock

import snowballstemmer

from pipeline.document import Span
from pipeline.text import fold

LONGEST_PHRASE = 20  # words; what follows in a quotation is not looked for
_LONGEST_WORD = 40  # characters
_MOST_CLAUSES = 20
_LEAST_PREFIX = 3  # characters
_LEAST_PLURAL = 3  # characters, without the mark

_WORD = re.compile(r"\b(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)'(?=[^\W_])|(?P<word>[^\W_]+)")
_CHUNK = re.compile(r'"([^"]*)"?|«([^»]*)»?|“([^”]*)”?|([^\s"«“]+)')
_GROUPED = re.compile(r"(?<![\w.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\w)")  # « 36 000 »
_HYPHENATED = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)+")
_GROUP = 3  # figures
_SIRET = re.compile(
    r"(?<![\w.,])\d{3}[ \u00a0\u202f]?\d{3}[ \u00a0\u202f]?\d{3}[ \u00a0\u202f]?"
    r"(?:\d{5}|\d{2}[ \u00a0\u202f]\d{3}|\d{3}[ \u00a0\u202f]\d{2})(?!\w)"
)
_SIRET_FIGURES = 14
_SIRET_GROUPS = ((3, 3, 3, 5), (9, 5), (3, 3, 3, 3, 2), (3, 3, 3, 2, 3))
"""How people write the number of an establishment: that of its enterprise, then its own five figures."""
_PREFIXES = ("auto", "co", "eco", "inter", "micro", "multi", "pluri", "socio")
_LEAST_PREFIXED = 4  # characters of the word that follows
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_COMMON = frozenset(
    [
        "a",
        "au",
        "aux",
        "ce",
        "ces",
        "cette",
        "d",
        "de",
        "des",
        "du",
        "en",
        "et",
        "l",
        "la",
        "le",
        "les",
        "ou",
        "par",
        "pour",
        "sur",
        "un",
        "une",
    ]
)

_stemmer = snowballstemmer.stemmer("french")
_one_at_a_time = Lock()  # the stemmer keeps the word under way in itself


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, how it is written once folded, and its stem."""

    span: Span
    form: str
    stem: str


@dataclass(frozen=True, slots=True)
class Clause:
    """What a text must hold: words that follow one another, or (`start` is not empty) a word that begins so.

    `others` are other ways to write the same, which follow from the first: « 36 000 » and « 36000 ».
    """

    stems: tuple[str, ...]
    start: str = ""
    others: tuple[tuple[str, ...], ...] = field(default=(), compare=False)

    @property
    def writings(self) -> tuple[tuple[str, ...], ...]:
        """All the ways, each of words that follow one another."""
        return (self.stems, *self.others)


def words(text: str) -> Iterator[Word]:
    """The words of a text, in order; their spans are offsets in it."""
    folded = fold(text)
    for found in _WORD.finditer(folded):
        if found["word"]:
            span = Span(*found.span("word"))
            form = _form(text[span.start : span.end], found["word"])
            yield Word(span, form, _stem(form))


def folded(text: str) -> str:
    """A text without what search does not tell apart in it: accents, capitals, ligatures, the look of apostrophes."""
    return fold(text.translate(_LIGATURES))


def clauses(query: str) -> tuple[Clause, ...]:
    """What a query asks for: every clause at once; none when it holds no word.

    A quotation, or what is written without a space (« sous-traitance »), is words that follow one another. The last
    word may be only begun. Small words alone (« de », « la ») are looked for only when there is nothing else.
    """
    whole = _GROUPED.sub(lambda found: _joined(found[0]), _SIRET.sub(lambda found: _joined(found[0]), query))
    chunks = [("".join(part or "" for part in found.groups()), found[4] is None) for found in _CHUNK.finditer(whole)]
    asked = [(clause, quoted) for chunk, quoted in chunks if (clause := _clause(chunk)) is not None]
    meant = [entry for entry in asked if entry[1] or entry[0].start not in _COMMON] or asked
    kept = [Clause(clause.stems, "", clause.others) for clause, _ in meant[:_MOST_CLAUSES]]
    if meant and len(meant) <= _MOST_CLAUSES:
        last, quoted = meant[-1]
        if not quoted and len(last.start) >= _LEAST_PREFIX:
            kept[-1] = last
    return tuple(dict.fromkeys(kept))


def places(text: str, query: str) -> tuple[Span, ...]:
    """Where a text holds what a query asks for, in order; places that overlap are one."""
    asked = clauses(query)
    if not asked:
        return ()
    held = list(words(text))
    found = sorted(span for clause in asked for span in _held(held, clause))
    merged: list[Span] = []
    for span in found:
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _held(held: Sequence[Word], clause: Clause) -> Iterator[Span]:
    firsts = {stems[0] for stems in clause.writings}
    for index, word in enumerate(held):
        if clause.start and word.form.startswith(clause.start):
            yield word.span
        elif word.stem in firsts:
            for stems in clause.writings:
                following = held[index : index + len(stems)]
                if tuple(one.stem for one in following) == stems:
                    yield Span(word.span.start, following[-1].span.end)


def _clause(chunk: str) -> Clause | None:
    """What a chunk asks for, None when it holds no word; `start` is the word that stands alone in it."""
    held = list(words(chunk))[:LONGEST_PHRASE]
    if not held:
        return None
    return Clause(
        tuple(word.stem for word in held), held[0].form if len(held) == 1 else "", tuple(_others(chunk, held))
    )


def _others(chunk: str, held: Sequence[Word]) -> Iterator[tuple[str, ...]]:
    """Other ways to write a chunk: a number in groups of figures, a prefix joined to its word or apart."""
    form = held[0].form
    if len(held) > 1:
        if _HYPHENATED.fullmatch(chunk):
            yield (_stem("".join(word.form for word in held)[:_LONGEST_WORD]),)
    elif form.isdecimal() and len(form) > _GROUP:
        first = len(form) % _GROUP or _GROUP
        yield (form[:first], *(form[at : at + _GROUP] for at in range(first, len(form), _GROUP)))
        if len(form) == _SIRET_FIGURES:
            yield from (_grouped(form, sizes) for sizes in _SIRET_GROUPS)
    else:
        for prefix in _PREFIXES:
            if form.startswith(prefix) and len(form) - len(prefix) >= _LEAST_PREFIXED:
                yield (_stem(prefix), _stem(form[len(prefix) :]))


def _grouped(figures: str, sizes: Sequence[int]) -> tuple[str, ...]:
    ends = list(accumulate(sizes))
    return tuple(figures[end - size : end] for size, end in zip(sizes, ends, strict=True))


def _joined(number: str) -> str:
    return "".join(figure for figure in number if figure.isdecimal())


def _form(raw: str, folded: str) -> str:
    """Folding keeps the length of texts, and so gives ligatures one letter: here they have two."""
    opened = raw.translate(_LIGATURES)
    return (folded if opened == raw else fold(opened))[:_LONGEST_WORD]


@lru_cache(maxsize=100_000)
def _stem(form: str) -> str:
    # The accents are gone already, so that who types none finds the same. The stemmer leaves the s of « emplois ».
    singular = form[:-1] if len(form) > _LEAST_PLURAL and form.endswith("s") else form
    with _one_at_a_time:
        return str(_stemmer.stemWord(singular)) or form
