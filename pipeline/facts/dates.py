"""Dates and periods as French dossiers write them, read in folded text."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from pipeline.document import Span

MONTHS = (
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
)
_MONTH = "(?:" + "|".join(MONTHS) + ")"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:19|20)\d\d"
_FULL = rf"(?:{_DAY}|1 ?er) {_MONTH} {_YEAR}|{_DAY}[/.]\d{{2}}[/.]{_YEAR}"
_DATE = re.compile(rf"(?<![\w/]){_FULL}(?![\w/])")
_START = rf"(?P<start>(?:(?:{_DAY}|1 ?er) )?{_MONTH}(?: {_YEAR})?|{_DAY}/\d{{2}}/{_YEAR}|\d{{2}}/{_YEAR})"
_END = rf"(?P<end>(?:(?:{_DAY}|1 ?er) )?{_MONTH} {_YEAR}|{_DAY}/\d{{2}}/{_YEAR}|\d{{2}}/{_YEAR})"
_PERIOD = re.compile(
    rf"(?<![\w/])(?:(?:de |d'|du |entre (?:le )?|a partir (?:de |du |d')){_START}"
    rf" (?:a|au|et(?: le)?|jusqu'a|jusqu'au|-|jusqu'en) (?:la |le )?(?:fin |mi ?-?)?{_END}"
    rf"|(?:le |en |au |: ?|des (?:le )?){_START.replace('start', 'start3')}"
    r" ?(?:,|;|-|et|pour|puis)? ?(?:se |s'|sa |la |date de )?"
    r"(?:termin|achev|fin(?!anc)|prendr|cloturer|cloture|terme|echeance|jusqu)[^.\n]{0,28}?"
    rf"(?: le |en | fin |a la fin de |: ?|au | en ){_END.replace('end', 'end3')}"
    rf"|{_START.replace('start', 'start2')} ?(?:-|a|au|>) ?(?:fin )?{_END.replace('end', 'end2')})(?![\w/])"
)
_YEARS = re.compile(
    r"(?<!\w)(?:sur|pendant|couvr\w+|pour|durant|en) (?:les )?(?:(?:deux|trois|[23]) )?(?:annees?|exercices?|ans)?"
    rf"(?: civiles?| budgetaires?)? ?(?P<years>(?P<first>{_YEAR})(?:, {_YEAR})? ?(?:-|et|a|/) ?(?P<last>{_YEAR}))(?!\w)"
)
_MOST_YEARS = 4


@dataclass(frozen=True, slots=True)
class StatedDate:
    day: date
    span: Span


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day of `start` to the last of `end`, both included."""

    start: date
    end: date
    span: Span

    @property
    def months(self) -> int:
        """Length in whole months, rounded to the nearest ("du 1er octobre au 30 septembre" is 12)."""
        days = (self.end - self.start).days + 1
        return round(days / 30.4375)


OPENING_DATE = re.compile(rf"(?:{_FULL}|{_MONTH} {_YEAR})(?!\w)")
"""A full date or a month, for use at one place of a folded text."""


def find_dates(folded: str, start: int = 0, end: int | None = None) -> list[StatedDate]:
    """Full dates ("12 mars 2009", "1er octobre 2014", "12/03/2009"), in order."""
    found = []
    for match in _DATE.finditer(folded, start, len(folded) if end is None else end):
        day = _parse(match.group(), None, last=False)
        if day is not None:
            found.append(StatedDate(day, Span(*match.span())))
    return found


def find_periods(folded: str, start: int = 0, end: int | None = None) -> list[Period]:
    """Periods with two ends ("de septembre 2014 à août 2015", "du 1er octobre 2014 au 30 septembre 2015")."""
    found = []
    for match in _PERIOD.finditer(folded, start, len(folded) if end is None else end):
        groups = match.groupdict()
        last = _parse(groups["end"] or groups["end2"] or groups["end3"], None, last=True)
        first = _parse(groups["start"] or groups["start2"] or groups["start3"], last, last=False)
        if first is not None and last is not None and first < last:
            found.append(Period(first, last, Span(*match.span())))
    return found


def find_years(folded: str, start: int = 0, end: int | None = None) -> list[tuple[int, Span]]:
    """Months of civil years given by name ("sur 2017 et 2018": 24), in order; school years are none."""
    found = []
    for match in _YEARS.finditer(folded, start, len(folded) if end is None else end):
        years = int(match["last"]) - int(match["first"]) + 1
        if 2 <= years <= _MOST_YEARS:
            found.append((12 * years, Span(*match.span("years"))))
    return found


def month_in(folded: str) -> date | None:
    """The first day of the first "octobre 2014" of `folded` (a full date gives its own day), or None."""
    match = re.search(rf"(?<!\w)(?:(?:{_DAY}|1 ?er) )?{_MONTH} {_YEAR}", folded)
    return None if match is None else _parse(match.group(), None, last=False)


def _parse(words: str, after: date | None, *, last: bool) -> date | None:
    """A date: the first day of its month, or the `last`, where it has none; the year that leads to `after`, too."""
    figures = re.fullmatch(r"(?:(\d{1,2})[/.])?(\d{2})[/.](\d{4})", words)
    if figures:
        day, month, year = figures[1], int(figures[2]), int(figures[3])
    else:
        named = re.fullmatch(rf"(?:(\d{{1,2}})(?: ?er)? )?({_MONTH})(?: ({_YEAR}))?", words)
        if named is None:
            return None
        day, month = named[1], MONTHS.index(named[2]) + 1
        year = int(named[3]) if named[3] else _year_before(month, after)
    if not 1 <= month <= 12 or year == 0:
        return None
    length = monthrange(year, month)[1]
    number = int(day) if day else (length if last else 1)
    return date(year, month, number) if 1 <= number <= length else None


def _year_before(month: int, after: date | None) -> int:
    if after is None:
        return 0
    return after.year if month <= after.month else after.year - 1
