"""Does a text present a project for an aid at all? A report, a charter or an article answers no field."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.analysis import Finding, Section, SectionStatus
from pipeline.completeness.phrases import NBSP
from pipeline.document import BlockKind, Document, Span
from pipeline.facts.read import Readings
from pipeline.lexicon.cues import Strength, load_lexicon

_LEAST_ANSWERS = 3  # filled fields of a form: somebody answers questions
_LEAST_WEAK = 2  # kinds of weak cues
_CAUTION = f"un passage en parle, mais le texte ne se présente pas comme une candidature{NBSP}: à vérifier"


def is_candidacy(readings: Readings) -> bool:
    """Whether an applicant speaks: by a form filled in, an aid asked, a budget, a register number, or in words."""
    document, identity = readings.context.document, readings.identity
    answers = sum(block.kind is BlockKind.ANSWER and len(block.span) > 0 for block in document.blocks)
    money = bool(readings.aid) or readings.budget is not None
    registered = bool(identity.sirens or identity.sirets or identity.rnas)
    return money or registered or answers >= _LEAST_ANSWERS or _says_so(readings)


def _says_so(readings: Readings) -> bool:
    """One plain cue, or weak ones of two kinds."""
    cues = {match.cue for match in load_lexicon("common", "candidacy").find(readings.context.folded)}
    return any(cue.strength is Strength.STRONG for cue in cues) or len({cue.why for cue in cues}) >= _LEAST_WEAK


def without_candidacy(sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections of a text that is no candidacy: what speaks of a field by chance is shown, and answers nothing."""
    return tuple(
        replace(section, status=SectionStatus.THIN, reason=f"{_CAUTION[:1].upper()}{_CAUTION[1:]}.")
        if section.status is SectionStatus.PRESENT
        else section
        for section in sections
    )


def candidacy_finding(document: Document) -> Finding:
    """What is said of a dossier whose text is no candidacy, with the first words of that text."""
    first = next((line.span for line in document.lines if line.span.start < document.body_end), None)
    return Finding(
        "not-a-candidacy",
        f"Le texte ne se présente pas comme une candidature{NBSP}: ni porteur qui parle de lui, ni aide demandée, "
        "ni budget prévisionnel n’y sont lus",
        evidence=() if first is None else (Span(first.start, first.end),),
    )
