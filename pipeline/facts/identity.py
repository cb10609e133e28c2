"""Who bears the action: its name, legal form and numbers, and when it was created."""

import re

from pipeline.document import Span
from pipeline.facts.context import Context
from pipeline.facts.dates import find_dates, month_in
from pipeline.facts.legal_form import read_legal_form
from pipeline.facts.names import read_name
from pipeline.facts.organisations import ORGANISATION_WORD
from pipeline.facts.readings import Identity, Stated
from pipeline.facts.registers import read_register_numbers

_OPENING = 12_000  # characters in which what no label names is looked for
_CREATED = re.compile(r"(?<!\w)(?:cree|fonde|nee?|constitue|declaree)e?s?(?:[^.;\n\d]{0,40}?)(?: en| le| depuis| au)? ")


def read_identity(context: Context) -> Identity:
    """What the dossier says of its bearer."""
    numbers = read_register_numbers(context)
    name = read_name(context)
    return Identity(
        name=name,
        legal_form=read_legal_form(context, name),
        sirens=numbers.sirens,
        sirets=numbers.sirets,
        rnas=numbers.rnas,
        created=_read_creation(context),
    )


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
