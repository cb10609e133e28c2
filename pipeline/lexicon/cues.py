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
apostrophes; `*` ends a word with any letters; `...` skips up to 6 words of the same sentence; `(a|b)` is a choice;
`#` is a number (with its thousands separators).
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from pipeline.document import Span
from pipeline.errors import BrokenLexicon
from pipeline.text import fold

_GAP = r"(?:[^\w.;!?\n]+\w+){0,6}?[^\w.;!?\n]+"
_NUMBER = r"\d+(?:[ .,]\d+)*"


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
    _compiled: tuple[re.Pattern[str], ...]

    def find(self, folded: str, start: int = 0, end: int | None = None) -> list[CueMatch]:
        """Matches in `folded[start:end]` (a text already folded), in order; excluded stretches are left out."""
        stop = len(folded) if end is None else end
        matches: list[CueMatch] = []
        excluded: list[Span] = []
        for cue, pattern in zip(self.cues, self._compiled, strict=True):
            for match in pattern.finditer(folded, start, stop):
                span = Span(*match.span())
                if cue.stance is Stance.EXCLUDE:
                    excluded.append(span)
                else:
                    matches.append(CueMatch(cue, span))
        kept = (found for found in matches if not any(span.overlaps(found.span) for span in excluded))
        return sorted(kept, key=lambda found: found.span)


def compile_patterns(patterns: Iterable[str]) -> re.Pattern[str]:
    """One regular expression, for folded text, that matches any of `patterns`.

    Raises:
        ValueError: a pattern is empty or its parentheses do not match.
    """
    alternatives = [_translate(fold(pattern.strip())) for pattern in patterns]
    if not alternatives:
        raise ValueError("no pattern")
    try:
        return re.compile(r"(?<!\w)(?:" + "|".join(alternatives) + r")(?!\w)")
    except re.error as error:
        raise ValueError(f"pattern that cannot be read: {error}") from error


def _translate(pattern: str) -> str:
    if not pattern:
        raise ValueError("empty pattern")
    parts: list[str] = []
    for piece in re.findall(r"\s*\.\.\.\s*|\(|\)|\||\*|#|[\s'-]+|[^\s'()|*#.-]+|\.", pattern):
        if piece.strip() == "...":
            parts.append(_GAP)
        elif piece == "(":
            parts.append("(?:")
        elif piece in {")", "|"}:
            parts.append(piece)
        elif piece == "*":
            parts.append(r"\w*")
        elif piece == "#":
            parts.append(_NUMBER)
        elif not piece.strip(" '-\t"):
            parts.append(r"[\s'-]+")
        else:
            parts.append(re.escape(piece))
    return "".join(parts)


def parse_lexicon(name: str, content: str) -> Lexicon:
    """Reads one lexicon file.

    Raises:
        BrokenLexicon: the file is not what this module's docstring describes.
    """
    try:
        data = tomllib.loads(content)
        cues = tuple(_parse_cue(entry) for entry in data.get("cue", []))
        compiled = tuple(compile_patterns(cue.patterns) for cue in cues)
        return Lexicon(name, str(data["purpose"]), tuple(data.get("headings", ())), cues, compiled)
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
    try:
        content = (resources.files("pipeline.lexicon") / "data" / family / f"{name}.toml").read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise BrokenLexicon(f"Le lexique « {family}/{name} » manque.") from error
    return parse_lexicon(f"{family}/{name}", content)


def lexicon_names(family: str) -> tuple[str, ...]:
    """Names of the lexicons of a family, sorted."""
    return tuple(sorted(_toml_stems(family)))


def _toml_stems(family: str) -> Iterator[str]:
    folder = resources.files("pipeline.lexicon") / "data" / family
    if folder.is_dir():
        for entry in folder.iterdir():
            if entry.name.endswith(".toml"):
                yield entry.name.removesuffix(".toml")
