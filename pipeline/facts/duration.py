"""How long the action lasts, over how many months its accounts run, when it starts and when the dossier was signed."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum, auto

from pipeline.calls.model import Call, CheckKind
from pipeline.document import Span
from pipeline.facts.budget import Budget
from pipeline.facts.context import Context, Entry
from pipeline.facts.dates import OPENING_DATE, Period, StatedDate, find_dates, find_periods, find_years, month_in
from pipeline.facts.numbers import NUMBER_WORDS, number_from_words
from pipeline.facts.readings import Months, Timing
from pipeline.lexicon.cues import CueMatch, Stance, Strength, load_lexicon

_LENGTH = re.compile(
    rf"(?<![\w-])(?P<number>\d{{1,2}}|{NUMBER_WORDS}) ?(?:\([^)]{{1,12}}\) ?)?(?P<unit>mois|ans?|annees?"
    rf"|semestres?|trimestres?)(?!\w)(?P<half> et demie?(?!\w))?(?! ?-)"
)
_ADJECTIVE = re.compile(r"(?<!\w)(?:(?P<three>trienn)|bienn|bisannu)(?:al|el|ale|elle|aux)(?:s)?(?!\w)")
_MONTHS_OF = {"m": 1, "a": 12, "s": 6, "t": 3}
_REACH = 60  # characters between the words that announce a length and the length
_LONGEST = 84
_CAPTION = re.compile(
    r"(?:^[\W\d]*|(?<!\w)(?:budget|comptes?|plan|financement|previsionnel\w*|sur|de|des|duree|pour|periode|pendant|les)|[:(,-])\W*$"
)
_CIVIL_YEAR = re.compile(r"(?<!\w)(?:exercice|annee|budget|comptes?|previsionnel\w*|action)[ ,:(]+(?P<year>20\d\d)\W*$")
_FUNDED = re.compile(r"(?:€|euros?),? (?:pour|sur) (?:les |ces |nos )?$")
_OF_ACTION = re.compile(r"(?<!\w)(?:charges|depenses|budget|cout|coute\w*|l'action|le projet|region)(?!\w)")
_LINES_ABOVE = 6  # lines above the first amount of a budget that may say how long it covers
_OPENING = 40  # characters of a labelled value within which its length stands
_BEFORE_WINDOW = 70
_BETWEEN_LABELS = 400  # characters between "début" and "fin"
_PAST_VERB = re.compile(
    r"(?<!\w)(?:l'action|le projet|l'experimentation|la demarche"
    r"|l'operation)(?: \w+){0,4}? (?:a (?:deja )?(?:demarre|commence|debute|ete lancee?|ete engagee?)"
    r"|(?:est|a ete) (?:deja )?(?:lancee?|engagee?|demarree?|commencee?)|fonctionne|est en cours"
    r"|se deroule) (?:depuis |en |le |des |au (?:mois|debut) (?:de |d')?)?"
)
_START = re.compile(
    r"(?<!\w)(?:(?:date (?:de|du) )?(?:demarrage|debut|lancement)(?: (?:de l'action|du projet|effectif"
    r"|prevu|previsionnel))*|a compter d[ue]|a partir d[ue]) ?(?:: ?|le |en |est (?:fixe |prevu )?(?:au "
    r"|en |le ))?"
)
_SIGNED = re.compile(
    r"(?<!\w)(?:fait a [^,\n]{2,40},? (?:le )?|fait le |(?:date (?:de depot|du dossier|de la demande"
    r"|d'envoi|de signature)|date|dossier depose|depose|signe|envoye|remis) ?(?:le |: ?)"
    r"|(?:^|\n)[^\n,.:;]{2,35}, (?:le )?)(?=\d)"
)


class _Announced(Enum):
    """What words say of a length of time: the action's, by its name or loosely, or that of its accounts."""

    ACTION = auto()
    LOOSELY = auto()
    ACCOUNTS = auto()


def read_timing(context: Context, budget: Budget | None) -> Timing:
    """Lengths and dates of the action, its accounts and the dossier."""
    lengths = _lengths(context)
    accounts = lengths[_Announced.ACCOUNTS]
    labelled = [months for _, months in _labelled(context)]
    periods = [*_from_two_labels(context), *_periods(context)]
    titles = [months for months in accounts if _is_title(context, months.span)]
    captions = list(_captions(context, budget))
    columns = list(_columns(context, budget))
    stated = [months for months in accounts if not _is_title(context, months.span)]
    weighed = (
        (3, lengths[_Announced.ACTION]),
        (3, [Months(period.months, period.span) for period in periods if period.months]),
        (2, stated),
        (2, captions),
        (1, lengths[_Announced.LOOSELY]),
        (1, titles),
        (0, list(_years_of_columns(context, budget))),
    )
    return Timing(
        action=(*labelled, *_most_said_first(weighed)),
        accounts=(*_labelled_accounts(context), *columns, *captions, *stated, *titles),
        periods=tuple(periods),
        started=tuple(_started(context, periods)),
        signed=tuple(_signed(context)),
    )


def _most_said_first(weighed: Sequence[tuple[int, list[Months]]]) -> list[Months]:
    """Lengths by how often and how plainly their value is said."""
    votes: dict[int, int] = {}
    for weight, lengths in weighed:
        for length in lengths:
            votes[length.months] = votes.get(length.months, 0) + weight
    said = [length for _, lengths in weighed for length in lengths]
    return sorted(said, key=lambda length: -votes[length.months])


def _from_two_labels(context: Context) -> Iterator[Period]:
    """ "Début : 1er octobre 2014", "Fin : 30 septembre 2015"."""
    for start in context.labelled.get("debut", ()):
        for end in context.labelled.get("fin", ()):
            if 0 < end.value.start - start.value.start <= _BETWEEN_LABELS:
                between = f"{context.printed(start.value)} - {context.printed(end.value)}"
                for period in find_periods(between)[:1]:
                    yield Period(period.start, period.end, start.value)
                break


def _labelled_accounts(context: Context) -> Iterator[Months]:
    return (months for label, months in _labelled(context) if re.search(r"comptes|budget", label))


def _labelled(context: Context) -> Iterator[tuple[str, Months]]:
    """Lengths given for a label, with the label."""
    for entry in context.labelled.get("duree", ()):
        stretch = Span(entry.value.start, min(entry.value.end, entry.value.start + 140))
        months = next(_stated_lengths(context, stretch), None)
        period = next(iter(find_periods(context.folded, stretch.start, stretch.end)), None)
        bare = _bare_number(context, entry)
        for found in (bare, months, None if period is None else Months(period.months, period.span)):
            if found is not None and found.months <= _LONGEST and found.span.start - stretch.start <= _OPENING:
                yield entry.label, found
                break


def _bare_number(context: Context, entry: Entry) -> Months | None:
    """ "24" for the label "Durée de l'action (en mois)"."""
    number = context.printed(entry.value).strip()
    if not re.fullmatch(r"\d{1,2}", number) or not re.search(r"mois|annees", entry.label):
        return None
    return Months(int(number) * (1 if "mois" in entry.label else 12), entry.value)


def _stated_lengths(context: Context, stretch: Span) -> Iterator[Months]:
    for match in _LENGTH.finditer(context.folded, stretch.start, stretch.end):
        words = match["number"]
        number = int(words) if words.isdigit() else number_from_words(words)
        if number:
            unit = _MONTHS_OF[match["unit"][0]]
            yield Months(number * unit + (unit // 2 if match["half"] else 0), Span(*match.span()))
    for match in _ADJECTIVE.finditer(context.folded, stretch.start, stretch.end):
        yield Months(36 if match["three"] else 24, Span(*match.span()))
    yield from (Months(months, span) for months, span in find_years(context.folded, stretch.start, stretch.end))


def _lengths(context: Context) -> dict[_Announced, list[Months]]:
    """Lengths by what the words around them announce."""
    lexicon = load_lexicon("facts", "duration")
    found: dict[_Announced, list[Months]] = {kind: [] for kind in _Announced}
    for months in _stated_lengths(context, Span(0, context.document.body_end)):
        if not 2 <= months.months <= _LONGEST:
            continue
        if _FUNDED.search(context.folded, max(0, months.span.start - 20), months.span.start):
            funds = _OF_ACTION.search(context.folded, context.sentence_at(months.span.start).start, months.span.start)
            found[_Announced.ACCOUNTS if funds else _Announced.LOOSELY].append(months)
            continue
        sentence = context.sentence_at(months.span.start)
        start = max(sentence.start, months.span.start - _BEFORE_WINDOW)
        end = min(sentence.end, months.span.end + 30)
        kind = _announced(lexicon.find(context.folded, start, max(end, months.span.end)), months.span)
        if kind is not None:
            found[kind].append(months)
    return found


def _announced(cues: list[CueMatch], span: Span) -> _Announced | None:
    """What a length is announced to be: nothing when the words nearest to it say something else."""

    def gap(cue: CueMatch) -> int:
        return max(0, span.start - cue.span.end, cue.span.start - span.end)

    if any(
        cue.cue.stance is Stance.AGAINST and (gap(cue) <= 25 or cue.cue.strength is Strength.STRONG) for cue in cues
    ):
        return None
    asking = [cue.cue for cue in cues if cue.cue.stance is Stance.FOR and gap(cue) <= _REACH]
    if any(cue.why == "comptes" for cue in asking):
        return _Announced.ACCOUNTS
    if any(cue.strength is Strength.STRONG for cue in asking):
        return _Announced.ACTION
    return _Announced.LOOSELY if asking else None


def _is_title(context: Context, span: Span) -> bool:
    """Whether a length stands in a title: it may be the call's own wording, copied."""
    lines = context.document.lines_in(span)
    block = context.block_at(span.start)
    return bool(lines) and block is not None and len(block.span) <= 110 and lines[0].bold


def _captions(context: Context, budget: Budget | None) -> Iterator[Months]:
    """Months that the lines above the budget say that it covers."""
    for line in context.lines_before(budget.span.start, _LINES_ABOVE) if budget is not None else ():
        for months in _stated_lengths(context, line.span):
            before = context.folded[line.span.start : months.span.start]
            if 2 <= months.months <= _LONGEST and _CAPTION.search(before):
                yield months
        yield from (Months(p.months, p.span) for p in find_periods(context.folded, *_ends(line.span)))
        civil = _CIVIL_YEAR.search(context.printed(line.span))
        if civil is not None and int(civil["year"]) >= context.call.year:
            start = line.span.start + civil.start("year")
            yield Months(12, Span(start, start + 4))


def _columns(context: Context, budget: Budget | None) -> Iterator[Months]:
    """Months that the budget's columns of years stand for, where they cannot be those that the call asks for."""
    covered = budget.covered if budget is not None else None
    asked = accounts_horizon(context.call)
    if budget is not None and covered is not None and asked is not None and not covered.least <= asked <= covered.most:
        yield from (Months(covered.most, head) for head in covered.heads)


def _years_of_columns(context: Context, budget: Budget | None) -> Iterator[Months]:
    """Months of the budget's columns ("Année 1", "Année 2"); civil years, only where they fill what the call asks."""
    covered = budget.covered if budget is not None else None
    if budget is None or covered is None:
        return
    if covered.most in (covered.least, accounts_horizon(context.call)):
        yield from (Months(covered.most, head) for head in covered.heads)


def accounts_horizon(call: Call) -> int | None:
    """Months over which the call asks for accounts; None when it does not say."""
    checks = (check.amount for check in call.checks if check.kind is CheckKind.ACCOUNTS_HORIZON)
    fields = (field.horizon_months for field in call.fields)
    return next((months for months in (*checks, *fields) if months is not None), None)


def _periods(context: Context) -> list[Period]:
    """Periods given as the action's."""
    lexicon = load_lexicon("facts", "duration")
    found = []
    for period in find_periods(context.folded, 0, context.document.body_end):
        sentence = context.sentence_at(period.span.start)
        start = min(sentence.start, period.span.start)
        cues = lexicon.find(
            context.folded, max(start, period.span.start - 110), min(len(context.folded), period.span.end + 20)
        )
        says = [cue for cue in cues if cue.cue.stance is Stance.FOR]
        if says and not any(cue.cue.stance is Stance.AGAINST for cue in cues) and period.months <= _LONGEST:
            found.append(period)
    return found


def _started(context: Context, periods: list[Period]) -> Iterator[StatedDate]:
    """Days on which the action is said to start or to have started."""
    for period in periods:
        yield StatedDate(period.start, period.span)
    for pattern in (_PAST_VERB, _START):
        for match in pattern.finditer(context.folded, 0, context.document.body_end):
            stretch = Span(match.end(), min(len(context.folded), match.end() + 22))
            day = _day_at(context, stretch)
            if day is not None:
                yield StatedDate(day[0], Span(match.start(), day[1]))


def _day_at(context: Context, stretch: Span) -> tuple[date, int] | None:
    """The date that opens a stretch, with where it ends."""
    text = context.printed(stretch)
    match = OPENING_DATE.match(text)
    if match is None:
        return None
    dates = find_dates(match.group())
    month = month_in(match.group())
    day = dates[0].day if dates else month
    return None if day is None else (day, stretch.start + match.end())


def _signed(context: Context) -> Iterator[StatedDate]:
    """Days on which the dossier says that it was made, in its first and last pages."""
    for match in _SIGNED.finditer(context.folded, 0, context.document.body_end):
        found = find_dates(context.folded, match.end(), min(len(context.folded), match.end() + 24))
        if found and found[0].span.start == match.end():
            yield found[0]


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
