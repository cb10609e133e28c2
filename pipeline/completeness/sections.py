"""Completeness of a dossier: every required field and document, with the proof."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from pipeline.analysis import Section
from pipeline.calls.model import Call, RequirementKind
from pipeline.completeness.decision import decide
from pipeline.completeness.evidence import Reading
from pipeline.completeness.fields import section_of
from pipeline.completeness.items import read_items
from pipeline.completeness.papers import find_papers
from pipeline.completeness.parts import cut
from pipeline.completeness.pieces import read_piece
from pipeline.completeness.targets import Target, targets_of
from pipeline.document import Document, Span
from pipeline.sentences import Sentence

NOTHING_KNOWN: Mapping[str, Span] = MappingProxyType({})


def read_sections(
    document: Document, call: Call, sentences: Sequence[Sentence], known: Mapping[str, Span] = NOTHING_KNOWN
) -> tuple[Section, ...]:
    """What the dossier answers to each field and document of the call, in the call's order.

    Headings and content decide together: a heading alone proves nothing, a missing heading disproves nothing.
    `known` are places of sub-items that were read elsewhere, by topic ("nom": where the bearer is named).

    Raises:
        BrokenLexicon: a lexicon that the call names is missing or wrong.
    """
    targets = targets_of(call)
    papers = find_papers(document)
    parts = cut(document, sentences, targets, [paper.span for paper in papers])
    reading = Reading(document, parts, targets)

    def section(target: Target) -> Section:
        if target.field.kind is RequirementKind.DOCUMENT:
            return read_piece(reading, target, papers)
        verdict = decide(reading, target)
        found = {**known, **{paper.kind.value: paper.title for paper in papers}}
        return section_of(reading, verdict, read_items(reading, verdict, found))

    return tuple(section(target) for target in targets)
