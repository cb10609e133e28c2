"""Lexicon files and the search of their cues in a folded text.

A lexicon is a TOML file of `pipeline/lexicon/data/<family>/<name>.toml`:

    purpose = "Ce que ce lexique repère"
    headings = ["Qui sommes-nous", "Présentation de la structure"]   # topics only

    [[cue]]
    patterns = ["co-constru* avec (les|des|nos) (habitant|usager)*", "associés ... dès le départ"]
    why = "bénéficiaires associés à la construction"   # French, shown to people
    strength = "strong"       # or "weak" (default "weak")
    stance = "for"            # or "against" (default "for"); "exclude": the words mean something else here

Patterns are folded (case, accents) and matched on whole words: a space matches any run of spaces, hyphens or
apostrophes; `*` ends a word with any letters; `..` skips up to 2 words and `...` up to 6 of the same sentence;
`(a|b)` is a choice; `?` makes the letter, space or choice before it optional; `#` is a number (with its thousands
separators); `{public}` is any of the words that `data/words/lists.toml` gathers under that name. Where several
patterns of a cue match at the same place, the longest match is kept. What would silently never match is refused when
a lexicon is loaded: a pattern that may end with a space ("plan (de travail )?": write "plan( de travail)?"), and
"oeuvre" or "coeur" ("œ" finds both spellings).
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib import resources

from pipeline.document import Span
from pipeline.errors import BrokenLexicon
from pipeline.text import fold

# A choice may end with a space that a space or a gap follows: nothing more is then to be matched.
_SPACE = r"(?:(?<=[\s'-])|[\s'-]+)"
_BETWEEN = r"(?:(?<=[\s'-])|[^\w.;!?\n]+)"
_GAPS = {"..": rf"(?:{_BETWEEN}\w+){{0,2}}?{_BETWEEN}", "...": rf"(?:{_BETWEEN}\w+){{0,6}}?{_BETWEEN}"}
_WORD_OPENINGS = re.compile(r"(?<!\w)(\w{1,3})\w*")
_NUMBER = r"\d+(?:[ .,]\d+)*"
_WORD_END = r"(?:(?!\w)|(?<=[\s'-]))"  # "au lieu d'" ends at its apostrophe, although a word follows


class Strength(StrEnum):
    STRONG = "strong"
    WEAK = "weak"


class Stance(StrEnum):
    FOR = "for"
    AGAINST = "against"
    EXCLUDE = "exclude"


@dataclass(frozen=True, slots=True)
class Cue:
    """Several patterns that say the same thing, and what that is (`why`, French)."""

    why: str
    patterns: tuple[str, ...]
    strength: Strength = Strength.WEAK
    stance: Stance = Stance.FOR


@dataclass(frozen=True, slots=True)
class CueMatch:
    cue: Cue
    span: Span


@dataclass(frozen=True)
class Lexicon:
    """The cues of one topic, marker, type or item, ready to be searched."""

    name: str
    purpose: str
    headings: tuple[str, ...]
    cues: tuple[Cue, ...]
    _by_opening: dict[str, tuple[tuple[int, re.Pattern[str]], ...]]

    def find(self, folded: str, start: int = 0, end: int | None = None) -> list[CueMatch]:
        """Matches in `folded[start:end]` (a text already folded), in order; excluded stretches are left out.

        Matches of one cue do not overlap one another.
        """
        return self.find_in(WordIndex.of(folded, start, end))

    def find_in(self, words: "WordIndex") -> list[CueMatch]:
        """As `find`, for a text that several lexicons search: its words are listed once."""
        found: list[tuple[Span, int]] = []
        for opening in self._by_opening.keys() & words.positions.keys():
            for index, pattern in self._by_opening[opening]:
                for position in words.positions[opening]:
                    match = pattern.match(words.folded, position, words.end)
                    if match is not None:
                        found.append((Span(*match.span()), index))
        return self._kept(sorted(found, key=lambda match: (match[0].start, -match[0].end, match[1])))

    def _kept(self, found: list[tuple[Span, int]]) -> list[CueMatch]:
        matches: list[CueMatch] = []
        excluded: list[Span] = []
        last_ends = [0] * len(self.cues)
        for span, index in found:
            if span.start < last_ends[index]:
                continue
            last_ends[index] = span.end
            if self.cues[index].stance is Stance.EXCLUDE:
                excluded.append(span)
            else:
                matches.append(CueMatch(self.cues[index], span))
        return [match for match in matches if not any(span.overlaps(match.span) for span in excluded)]


@dataclass(frozen=True)
class WordIndex:
    """The words of `folded[start:end]` by their first letters, the only places where a cue may begin."""

    folded: str
    start: int
    end: int

    @classmethod
    def of(cls, folded: str, start: int = 0, end: int | None = None) -> "WordIndex":
        return cls(folded, start, len(folded) if end is None else end)

    @cached_property
    def positions(self) -> dict[str, list[int]]:
        """Where the words with each opening start."""
        by_letters: defaultdict[str, list[int]] = defaultdict(list)
        for opening in _WORD_OPENINGS.finditer(self.folded, self.start, self.end):
            by_letters[opening[1]].append(opening.start())
        found: dict[str, list[int]] = {}
        for letters, positions in by_letters.items():
            found.setdefault(_opening_key(letters), []).extend(positions)
        return found


def compile_patterns(patterns: Iterable[str]) -> re.Pattern[str]:
    """One regular expression, for folded text, that matches any of `patterns`.

    Raises:
        ValueError: a pattern is empty, names an unknown list, could never match, or its parentheses do not match.
    """
    alternatives = [_translate(_checked(_expand(pattern))) for pattern in patterns]
    if not alternatives:
        raise ValueError("no pattern")
    try:
        return re.compile(r"(?<!\w)(?:" + "|".join(alternatives) + ")" + _WORD_END)
    except re.error as error:
        raise ValueError(f"pattern that cannot be read: {error}") from error


def _expand(pattern: str) -> str:
    """The folded pattern with `{name}` replaced by the words of that list."""
    lists = word_lists()

    def choice(named: re.Match[str]) -> str:
        if named.group(1) not in lists:
            raise ValueError(f"unknown list of words {{{named.group(1)}}}")
        return "(" + "|".join(lists[named.group(1)]) + ")"

    expanded = re.sub(r"\{(\w+)\}", choice, pattern.strip())
    if "oeu" in fold(expanded):
        raise ValueError(f"pattern with « oe » where « œ » finds both spellings: {pattern[:30]}")
    # "œ" is folded to "o" in texts, and many people type "oe": a pattern with "œ" finds both.
    return fold(re.sub("[œŒ]", "o(e|)", expanded))


def _checked(pattern: str) -> str:
    """The expanded pattern, if it can match in every way that it may be read.

    Raises:
        ValueError: its end may be a space, which would then have to stand before the end of a word.
    """
    if _may_end_with_space(pattern):
        raise ValueError(f"pattern that may end with a space: {pattern[:30]}")
    return pattern


def _may_end_with_space(pattern: str) -> bool:
    if pattern.endswith(" ?"):
        return _may_end_with_space(pattern[:-2])
    if pattern.endswith("?"):
        start = _last_piece(pattern[:-1])
        return _may_end_with_space(pattern[:start]) or _may_end_with_space(pattern[:-1])
    if pattern.endswith(")"):
        start = _last_piece(pattern)
        choices, _ = _split_choice(pattern[start:])
        return any(_may_end_with_space(pattern[:start] + choice) for choice in choices)
    return pattern.endswith(" ")


def _last_piece(pattern: str) -> int:
    """Where the choice, or else the letter, that ends `pattern` starts."""
    depth = 0
    for position in range(len(pattern) - 1, -1, -1):
        depth += (pattern[position] == ")") - (pattern[position] == "(")
        if depth <= 0:
            return position
    raise ValueError("parentheses that do not match")


def _translate(pattern: str) -> str:
    if not pattern:
        raise ValueError("empty pattern")
    parts: list[str] = []
    for piece in re.findall(r"\s*\.{2,3}\s*|\(|\)|\||\*|#|\?|[\s'-]+\??|[^\s'()|*#.?-]+|\.", pattern):
        if piece.strip() in _GAPS:
            parts.append(_GAPS[piece.strip()])
        elif piece == "(":
            parts.append("(?:")
        elif piece in {")", "|", "?"}:
            parts.append(piece)
        elif piece == "*":
            parts.append(r"\w*")
        elif piece == "#":
            parts.append(_NUMBER)
        elif not piece.strip(" '-\t?"):
            parts.append(r"[\s'-]*" if piece.endswith("?") else _SPACE)
        else:
            parts.append(re.escape(piece))
    return "".join(parts)


def _index_openings(cues: tuple[Cue, ...]) -> dict[str, tuple[tuple[int, re.Pattern[str]], ...]]:
    """Compiled patterns, with the index of their cue, by the first letters of the words they may start with.

    Most words of a text open no pattern: looking them up here is what makes the search quick.
    """
    index: dict[str, list[tuple[int, re.Pattern[str]]]] = {}
    for number, cue in enumerate(cues):
        for pattern in cue.patterns:
            compiled = compile_patterns([pattern])
            for opening in sorted(_openings(_expand(pattern))):
                index.setdefault(opening, []).append((number, compiled))
    return {opening: tuple(found) for opening, found in index.items()}


def _openings(pattern: str) -> set[str]:
    """The keys under which words that may start `pattern` are looked up.

    Raises:
        ValueError: the pattern does not start with a number, a whole word or three letters.
    """
    if pattern.startswith("#"):
        return {"0"}
    head = re.match(r"[^\W_]*", pattern)
    word, rest = (head.group(), pattern[head.end() :]) if head else ("", pattern)
    if word and (len(word) > 3 or not rest.startswith(("(", "*", "?")) or (len(word) == 3 and rest[0] != "?")):
        return {_opening_key(word)}
    if not rest.startswith("("):
        raise ValueError(f"pattern that starts with too little to be found: {pattern[:30]}")
    choices, tail = _split_choice(rest)
    if tail.startswith("?"):
        choices, tail = [*choices, ""], tail[1:]
    return set().union(*(_openings((word + choice + tail).lstrip()) for choice in choices))


def _opening_key(word: str) -> str:
    return "0" if word[0].isdigit() else word[:3]


def _split_choice(pattern: str) -> tuple[list[str], str]:
    """What `(a|b)` at the start of `pattern` chooses among, and what follows it."""
    depth, choices = 0, [""]
    for position, char in enumerate(pattern):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return choices, pattern[position + 1 :]
        if depth == 1 and char == "|":
            choices.append("")
        elif position:
            choices[-1] += char
    raise ValueError("parentheses that do not match")


@cache
def word_lists() -> dict[str, tuple[str, ...]]:
    """The named lists of words that patterns may use.

    Raises:
        BrokenLexicon: the file is missing or wrong.
    """
    try:
        data = tomllib.loads(_read("words", "lists"))
        return {name: tuple(words) for name, words in data["lists"].items()}
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise BrokenLexicon(f"Les listes de mots du lexique ne peuvent pas être lues : {error}") from error


def lexicon_of(name: str, purpose: str, cues: tuple[Cue, ...], headings: tuple[str, ...] = ()) -> Lexicon:
    """A lexicon made of cues that stand in no lexicon file, such as those of a call file.

    Raises:
        ValueError: a pattern cannot be read, or starts with too little to be found.
    """
    return Lexicon(name, purpose, headings, cues, _index_openings(cues))


def parse_lexicon(name: str, content: str) -> Lexicon:
    """Reads one lexicon file.

    Raises:
        BrokenLexicon: the file is not what this module's docstring describes.
    """
    try:
        data = tomllib.loads(content)
        cues = tuple(_parse_cue(entry) for entry in data.get("cue", []))
        return lexicon_of(name, str(data["purpose"]), cues, tuple(data.get("headings", ())))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BrokenLexicon(f"Le lexique « {name} » ne peut pas être lu : {error}") from error


def _parse_cue(entry: dict[str, object]) -> Cue:
    patterns = entry["patterns"]
    if not isinstance(patterns, list) or not all(isinstance(pattern, str) for pattern in patterns):
        raise ValueError("patterns must be a list of strings")
    return Cue(
        why=str(entry["why"]),
        patterns=tuple(patterns),
        strength=Strength(str(entry.get("strength", "weak"))),
        stance=Stance(str(entry.get("stance", "for"))),
    )


@cache
def load_lexicon(family: str, name: str) -> Lexicon:
    """A lexicon of the installation, e.g. `load_lexicon("markers", "gouvernance")`.

    Raises:
        BrokenLexicon: there is no such file, or it is wrong.
    """
    return parse_lexicon(f"{family}/{name}", _read(family, name))


def _read(family: str, name: str) -> str:
    try:
        return (resources.files("pipeline.lexicon") / "data" / family / f"{name}.toml").read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise BrokenLexicon(f"Le lexique « {family}/{name} » manque.") from error


def lexicon_names(family: str) -> tuple[str, ...]:
    """Names of the lexicons of a family, sorted."""
    return tuple(sorted(_toml_stems(family)))


def _toml_stems(family: str) -> Iterator[str]:
    folder = resources.files("pipeline.lexicon") / "data" / family
    if folder.is_dir():
        for entry in folder.iterdir():
            if entry.name.endswith(".toml"):
                yield entry.name.removesuffix(".toml")
