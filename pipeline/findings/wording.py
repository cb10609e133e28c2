"""French wording of findings: amounts, dates, lists, and the no-break spaces that typography asks for."""

from collections.abc import Sequence
from datetime import date

from pipeline.facts.dates import MONTHS
from pipeline.text import listed

_ACCENTED = {"fevrier": "février", "aout": "août", "decembre": "décembre"}


def euros(cents: int) -> str:
    """ "46 500 €", with cents only where there are some."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    figures = f"{whole:,}".replace(",", " ") + (f",{rest:02d}" if rest else "")
    return f"{sign}{figures} €"


def day(value: date) -> str:
    """ "1er octobre 2014"."""
    month = MONTHS[value.month - 1]
    number = "1er" if value.day == 1 else str(value.day)
    return f"{number} {_ACCENTED.get(month, month)} {value.year}"


def page_ranges(numbers: Sequence[int]) -> str:
    """ "page 3", "pages 2, 5 à 7 et 9"."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]} à {run[-1]}" if len(run) > 2 else listed([str(number) for number in run]) for run in runs]
    flat = len(runs) == 1 and len(runs[0]) == 1
    return ("page " if flat else "pages ") + (parts[0] if len(parts) == 1 else ", ".join(parts))
