"""What is looked for: one target per required field, made of its lexicon and of the call's own words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from pipeline.calls.model import Call, RequiredField
from pipeline.completeness.expectations import Expectation, expectation_of
from pipeline.document import Span
from pipeline.lexicon.cues import (
    Cue,
    CueMatch,
    Lexicon,
    Stance,
    Strength,
    WordIndex,
    compile_patterns,
    lexicon_of,
    load_lexicon,
)
from pipeline.text import fold

HINT = "~ "
MIN_PLAIN = 8  # letters of a title short of which likeness says nothing


@dataclass(frozen=True)
class Target:
    """A required field as it is looked for. `wordings` are the call's own words for it, folded.

    `titles` matches the headings that applicants write for it, `hints` those that may announce it or something else
    (marked `~` in the lexicon), `not_titles` the words that mean something else; `plain_titles` are the titles
    without wildcards, against which a misread heading is compared.
    """

    index: int
    field: RequiredField
    wordings: tuple[str, ...]
    titles: re.Pattern[str]
    hints: re.Pattern[str] | None
    not_titles: re.Pattern[str] | None
    plain_titles: tuple[str, ...]
    lexicons: tuple[Lexicon, ...]
    expectation: Expectation

    def find(self, words: WordIndex) -> list[CueMatch]:
        """Cues of the field in a text, in order."""
        matches = [match for lexicon in self.lexicons for match in lexicon.find_in(words)]
        return sorted(matches, key=lambda match: match.span)


@lru_cache(maxsize=8)
def targets_of(call: Call) -> tuple[Target, ...]:
    """One target per field of the call, in its order.

    Raises:
        BrokenLexicon: a topic's lexicon is missing or wrong.
    """
    return tuple(_target(index, field) for index, field in enumerate(call.fields))


def _target(index: int, field: RequiredField) -> Target:
    lexicons = [load_lexicon("topics", field.topic)] if field.topic else []
    if field.cues:
        lexicons.append(lexicon_of_patterns(field.id, field.title, field.cues))
    wordings = tuple(dict.fromkeys(simplify(text) for text in (field.title, field.wording, _head(field.wording))))
    listed = [*field.headings, *(title for lexicon in lexicons for title in lexicon.headings)]
    titles = [title for title in listed if not title.startswith(HINT)]
    own = [re.sub(r"[^\w\s'-]", " ", wording).strip() for wording in wordings if len(wording.split()) <= 8]
    return Target(
        index=index,
        field=field,
        wordings=wordings,
        titles=compile_patterns(_longest_first([*titles, *(pattern for pattern in own if pattern)])),
        hints=_compiled([title.removeprefix(HINT) for title in listed if title.startswith(HINT)]),
        not_titles=_compiled(_excluded(lexicons)),
        plain_titles=tuple(plain for title in titles for plain in _expanded(fold(title)) if len(plain) >= MIN_PLAIN),
        lexicons=tuple(lexicons),
        expectation=expectation_of(field),
    )


def _excluded(lexicons: Iterable[Lexicon]) -> list[str]:
    cues = (cue for lexicon in lexicons for cue in lexicon.cues if cue.stance is Stance.EXCLUDE)
    return [pattern for cue in cues for pattern in cue.patterns]


def _compiled(patterns: list[str]) -> re.Pattern[str] | None:
    return compile_patterns(_longest_first(patterns)) if patterns else None


def lexicon_of_patterns(name: str, why: str, patterns: Iterable[str]) -> Lexicon:
    """A lexicon made of the patterns that a call file gives itself."""
    return lexicon_of(name, why, (Cue(why, tuple(patterns), Strength.STRONG),))


def _expanded(title: str) -> list[str]:
    """A title with each of its choices spelt out; none when it leaves words open."""
    title = title.replace("*", "")
    if re.search(r"\?|\.\.|  |\( | $", title) or title.count("(") > 2:
        return []
    pieces = [piece.strip("()").split("|") for piece in re.split(r"(\([^()]*\))", title)]
    return [" ".join("".join(choice).split()) for choice in product(*pieces)]


def _longest_first(titles: list[str]) -> list[str]:
    # An alternation takes the first branch that matches, so that the longest has to come first.
    return sorted(dict.fromkeys(titles), key=lambda title: (-len(title), title))


def _head(wording: str) -> str:
    return wording.split(":")[0]


def simplify(text: str) -> str:
    """Folded, with one space between words and without outer punctuation: for comparing titles."""
    return " ".join(fold(text).split()).strip(' .:;,-?!()[]"«»…*•')


def covered(span: Span, spans: Iterable[Span]) -> bool:
    """Whether `span` overlaps any of `spans`."""
    return any(span.overlaps(other) for other in spans)
