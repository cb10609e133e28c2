"""What is looked for: one target per required field, made of its lexicon and of the call's own words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.calls.model import Call, RequiredField
from pipeline.completeness.expectations import Expectation, expectation_of
from pipeline.document import Span
from pipeline.lexicon.cues import Cue, CueMatch, Lexicon, Strength, compile_patterns, lexicon_of, load_lexicon
from pipeline.text import fold


@dataclass(frozen=True)
class Target:
    """A required field as it is looked for. `wordings` are the call's own words for it, folded.

    `titles` matches the headings that applicants write for it; `plain_titles` are those without wildcards,
    against which a misread heading is compared.
    """

    index: int
    field: RequiredField
    wordings: tuple[str, ...]
    titles: re.Pattern[str]
    plain_titles: tuple[str, ...]
    lexicons: tuple[Lexicon, ...]
    expectation: Expectation

    def find(self, folded: str) -> list[CueMatch]:
        """Cues of the field in a folded text, in order."""
        matches = [match for lexicon in self.lexicons for match in lexicon.find(folded)]
        return sorted(matches, key=lambda match: match.span)


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
    headings = _longest_first([*field.headings, *(title for lexicon in lexicons for title in lexicon.headings)])
    own = [re.sub(r"[^\w\s'-]", " ", wording).strip() for wording in wordings if len(wording.split()) <= 8]
    patterns = [pattern for pattern in [*headings, *own] if pattern]
    return Target(
        index=index,
        field=field,
        wordings=wordings,
        titles=compile_patterns(patterns),
        plain_titles=tuple(fold(title) for title in headings if not re.search(r"[*(|]", title)),
        lexicons=tuple(lexicons),
        expectation=expectation_of(field),
    )


def lexicon_of_patterns(name: str, why: str, patterns: Iterable[str]) -> Lexicon:
    """A lexicon made of the patterns that a call file gives itself."""
    return lexicon_of(name, why, (Cue(why, tuple(patterns), Strength.STRONG),))


def _longest_first(titles: list[str]) -> list[str]:
    # An alternation takes the first branch that matches, so that the longest has to come first.
    return sorted(dict.fromkeys(titles), key=lambda title: (-len(title), title))


def _head(wording: str) -> str:
    return wording.split(":")[0]


def simplify(text: str) -> str:
    """Folded, with one space between words and without outer punctuation: for comparing titles."""
    return re.sub(r"\s+", " ", fold(text)).strip(' .:;,-?!()[]"«»…*•')


def covered(span: Span, spans: Iterable[Span]) -> bool:
    """Whether `span` overlaps any of `spans`."""
    return any(span.overlaps(other) for other in spans)
