"""Why a passage is shown, in words that a juror understands."""

from collections.abc import Sequence

from pipeline.document import Span
from pipeline.evidence.context import Reading
from pipeline.evidence.subjects import Subject, announces
from pipeline.lexicon.cues import CueMatch, Lexicon, Stance, Strength
from pipeline.text import typeset

BY_MEANING = "par le sens de la phrase, sans les mots habituels du repère"
RESERVED = "formulation négative ou réservée"
_NEGATION_REACH = 45  # characters between a negation and the cue that it turns round


def reasons(subject: Subject, readings: Sequence[Reading], negation: Lexicon) -> tuple[str, ...]:
    """French, for a passage made of these sentences.

    Plain cues first, weak ones only where there is no plain one; then the heading, where it announces the subject;
    then whether the wording is negative. A passage that the reader found without any of it says so.
    """
    found = [subject.find(reading.index) for reading in readings]
    matches = [match for of_one in found for match in of_one]
    cues = sorted({match.cue for match in matches}, key=lambda cue: (cue.strength, cue.why))
    strong = [cue.why for cue in cues if cue.strength is Strength.STRONG]
    said = strong or [cue.why for cue in cues]
    said += [typeset(f"sous le titre « {title} »") for title in _announcing(subject, readings)]
    said = said or [BY_MEANING]
    reserved = any(
        _is_reserved(of_one, negation.find_in(one.index)) for of_one, one in zip(found, readings, strict=True)
    )
    return tuple(dict.fromkeys([*said, *([RESERVED] if reserved else [])]))


def _announcing(subject: Subject, readings: Sequence[Reading]) -> list[str]:
    titles = dict.fromkeys(title for reading in readings for title in reading.titles)
    return [title for title in titles if announces(subject.lexicons, title)][:1]


def _is_reserved(matches: Sequence[CueMatch], negations: Sequence[CueMatch]) -> bool:
    """Whether the sentence speaks against the marker, or under a negation that turns all of its plain cues round."""
    if any(match.cue.stance is Stance.AGAINST for match in matches):
        return True
    plain = [match.span for match in matches if match.cue.strength is Strength.STRONG]
    return bool(plain) and all(any(_reaches(no.span, cue) for no in negations) for cue in plain)


def _reaches(negation: Span, cue: Span) -> bool:
    return negation.overlaps(cue) or 0 <= cue.start - negation.end <= _NEGATION_REACH
