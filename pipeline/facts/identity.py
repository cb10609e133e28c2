"""Who bears the action: legal form, numbers and when it was created; its name is read by `names`."""

import re
from collections.abc import Iterator

from pipeline.document import Span
from pipeline.facts.context import Context
from pipeline.facts.dates import find_dates, month_in
from pipeline.facts.names import ORGANISATION_WORD, read_name
from pipeline.facts.readings import Identity, Stated
from pipeline.facts.registers import read_register_numbers
from pipeline.lexicon.cues import CueMatch, load_lexicon

_OPENING = 12_000  # characters in which what no label names is looked for
_CREATED = re.compile(r"(?<!\w)(?:cree|fonde|nee?|constitue|declaree)e?s?(?:[^.;\n\d]{0,40}?)(?: en| le| depuis| au)? ")
_REGISTERED_FORM = re.compile(r"\b(?:association|societe|structure|cooperative)\b[^.\n]{0,40}\b(?:loi|statut|forme)\b")


def read_identity(context: Context) -> Identity:
    """What the dossier says of its bearer."""
    numbers = read_register_numbers(context)
    name = read_name(context)
    return Identity(
        name=name,
        legal_form=_read_legal_form(context, name),
        sirens=numbers.sirens,
        sirets=numbers.sirets,
        rnas=numbers.rnas,
        created=_read_creation(context),
    )


def _read_legal_form(context: Context, name: Stated | None) -> Stated | None:
    """The first form stated, or a later one that says the same more precisely ("SCIC", then "SCIC SAS")."""
    found = [match for span in _form_candidates(context, name) if (match := _form_in(context, span)) is not None]
    if not found:
        return None
    first = found[0].cue.why
    best = next((match for match in found if match.cue.why.startswith(f"{first} ")), found[0])
    return Stated(best.cue.why, (best.span,))


def _form_candidates(context: Context, name: Stated | None) -> Iterator[Span]:
    """Stretches that may state the legal form, most trusted first."""
    for entry in context.labelled.get("statut", ()):
        yield Span(entry.value.start, min(entry.value.end, entry.value.start + 90))
    if name is None:
        return
    for span in name.evidence:
        yield span
        yield Span(span.end, min(len(context.folded), span.end + 90))
    for match in _REGISTERED_FORM.finditer(context.folded, 0, min(_OPENING, len(context.folded))):
        yield Span(match.start(), min(len(context.folded), match.end() + 60))


def _form_in(context: Context, span: Span) -> CueMatch | None:
    """The most precise form of a stretch: the earliest cue of the lexicon, which goes from precise to general."""
    lexicon = load_lexicon("facts", "legal-forms")
    found = lexicon.find(context.folded, span.start, span.end)
    first = min(found, key=lambda match: match.span.start, default=None)
    if first is None:
        return None
    # "Société coopérative d'intérêt collectif à responsabilité limitée" holds several forms: the most precise counts.
    near = [match for match in found if match.span.start <= first.span.end + 40]
    return min(near, key=lambda match: lexicon.cues.index(match.cue))


def _read_creation(context: Context) -> Stated | None:
    for entry in context.labelled.get("date_creation", ()):
        stated = _date_in(context, entry.value)
        if stated is not None:
            return stated
    for match in _CREATED.finditer(context.folded, 0, min(_OPENING, len(context.folded))):
        sentence = context.sentence_at(match.start())
        if ORGANISATION_WORD.search(context.folded, sentence.start, match.start()):
            stated = _date_in(context, Span(match.end(), min(len(context.folded), match.end() + 25)), opening=True)
            if stated is not None:
                return stated
    return None


def _date_in(context: Context, span: Span, *, opening: bool = False) -> Stated | None:
    """A day ("2009-03-12"), a month ("2009-03") or a year ("2009") stated in a stretch."""
    folded = context.printed(span)
    days = find_dates(context.folded, span.start, span.end)
    if days:
        return Stated(days[0].day.isoformat(), (days[0].span,))
    month = month_in(folded)
    year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", folded)
    if year is None or (opening and year.start() > 16):
        return None
    figures = re.search(r"(?<!\d)(0[1-9]|1[0-2])/((?:19|20)\d\d)", folded)
    value = f"{month:%Y-%m}" if month else f"{figures[2]}-{figures[1]}" if figures else year.group()
    return Stated(value, (Span(span.start, span.start + year.end()),))
