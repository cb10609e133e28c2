"""Completeness of a dossier: every required field and document, with the proof."""

from collections.abc import Mapping
from types import MappingProxyType

from pipeline.analysis import Section
from pipeline.calls.model import RequirementKind
from pipeline.completeness.decision import decide
from pipeline.completeness.evidence import Reading
from pipeline.completeness.fields import section_of
from pipeline.completeness.items import read_items
from pipeline.completeness.pieces import read_piece
from pipeline.completeness.targets import Target
from pipeline.document import Span

NOTHING_KNOWN: Mapping[str, Span] = MappingProxyType({})


def read_sections(reading: Reading, known: Mapping[str, Span] = NOTHING_KNOWN) -> tuple[Section, ...]:
    """What the dossier answers to each field and document of the call, in the call's order.

    Headings and content decide together: a heading alone proves nothing, a missing heading disproves nothing.
    `known` are places of sub-items that were read elsewhere, by topic ("nom": where the bearer is named).

    Raises:
        BrokenLexicon: a lexicon that the call names is missing or wrong.
    """
    found = {**known, **{paper.kind.value: paper.title for paper in reading.papers}}

    def section(target: Target) -> Section:
        if target.field.kind is RequirementKind.DOCUMENT:
            return read_piece(reading, target)
        verdict = decide(reading, target)
        return section_of(reading, verdict, read_items(reading, verdict, found))

    return tuple(section(target) for target in reading.targets)
