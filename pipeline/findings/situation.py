"""What every check looks at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.analysis import Finding, Section, TypeSuggestion
from pipeline.calls.model import Call, Check, CheckKind
from pipeline.document import Document, Span
from pipeline.facts.context import Context
from pipeline.facts.read import Readings
from pipeline.facts.readings import distinct_spans
from pipeline.lexicon.cues import WordIndex
from pipeline.text import typeset


@dataclass(frozen=True)
class Situation:
    """One dossier as read, under its call."""

    readings: Readings
    sections: Sequence[Section]
    suggestion: TypeSuggestion

    @property
    def context(self) -> Context:
        return self.readings.context

    @property
    def document(self) -> Document:
        return self.readings.context.document

    @property
    def call(self) -> Call:
        return self.readings.context.call

    @cached_property
    def words(self) -> WordIndex:
        """The words of the body, for the lexicons that search it."""
        return WordIndex.of(self.context.folded, 0, self.document.body_end)

    def checks(self, kind: CheckKind) -> Iterator[Check]:
        """The call's own checks of a kind: none when the call does not make it."""
        return (check for check in self.call.checks if check.kind is kind)


def finding(code: str, message: str, evidence: Sequence[Span] = ()) -> Finding:
    """A finding with its message typeset and its evidence in order of the text."""
    return Finding(code, typeset(message), distinct_spans(evidence))
