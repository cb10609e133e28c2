"""The aid asked of the Region: never another funder's money, a ceiling, or an aid already received."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from pipeline.document import Span
from pipeline.facts.amounts import Amount, amount_at_end, amount_of_cell, find_amounts
from pipeline.facts.context import Context, Entry
from pipeline.facts.readings import AidMention, AidSource
from pipeline.facts.shares import read_shares
from pipeline.lexicon.cues import CueMatch, Stance, Strength, load_lexicon
from pipeline.text import fold

_REACH = 110  # characters between the words that ask and the amount
_OF = re.compile(
    r" ?:? ?(?:est |sera |s'eleve |s'etablit |se monte |est estime |est evalue |prevoit |total )*(?:de "
    r"|a |d'environ |environ )?(?:\()?"
)
_BY = re.compile(
    r" ?\(?(?:est |sont |sera )?(?:demandee?s? |sollicitee?s? )?(?:aupres )?(?:de |du |des |d'|a |au "
    r"|aux |par )?(?:la |le |l'|les |notre )?"
)
_AT_ONCE = re.compile(r" ?\(?(?:qui )?(?:sont |est |nous )?")  # "30 000 € demandés à la Région"
_RIGHT_AFTER = re.compile(r"(?:€|euros?) ?$")
_BOUND = re.compile(r"(?<!\w)(?:moins|plus) de $")  # "les subventions de moins de 500 €" are nobody's request
_REGION = re.compile(
    r"(?<!\w)(?:region|conseil regional|regional|regionale|votre collectivite|votre institution)(?!\w)"
)
_REGION_ALONE = re.compile(r"(?:la )?(?:region|conseil regional)(?: [a-z-]+){0,3}")
_OTHER_LABEL = re.compile(
    r"total|\d{3}|departement|commun|etat|caf|europe|fse|feder|fondation|autres|caisse|bpi|fiso|leader|ville|deja|obtenu|recu|anterieur"
)


def read_aid(context: Context) -> tuple[AidMention, ...]:
    """Every place outside the budget that states the aid asked, labels first."""
    labelled = [mention for entry in context.labelled.get("aide", ()) if (mention := _labelled(context, entry))]
    taken = [mention.amount.span for mention in labelled]
    asked = [*_asked_in_prose(context), *(share.asked for share in read_shares(context))]
    prose = [AidMention(amount, AidSource.PROSE) for amount in sorted(set(asked), key=lambda amount: amount.span)]
    others = (mention for mention in prose if not any(mention.amount.span.overlaps(span) for span in taken))
    return (*labelled, *others) or tuple(_regions_line(context))


def _regions_line(context: Context) -> Iterator[AidMention]:
    """ "Région : 38 000 €", the only line of its kind outside tables: what is counted on from the Region."""
    entries = [entry for entry in context.entries if _REGION_ALONE.fullmatch(entry.label)]
    amounts = [amount for entry in entries if (amount := _labelled(context, entry)) is not None]
    if len(amounts) == len(entries) == 1:
        yield from amounts


def _labelled(context: Context, entry: Entry) -> AidMention | None:
    if _OTHER_LABEL.search(entry.label) or _inside_budget(context, entry):
        return None
    span = context.trimmed(entry.value.start, min(entry.value.end, entry.value.start + 160))
    amounts = find_amounts(context.folded, span.start, span.end)
    bare = amount_of_cell(context.folded, span.start, span.end) or _first_figures(context, span)
    amount = amounts[0] if amounts else bare
    return AidMention(amount, AidSource.LABEL) if amount is not None and amount.cents >= 50_000 else None


def _first_figures(context: Context, span: Span) -> Amount | None:
    """Figures without a currency that open an answer ("38 000 (dont ...)")."""
    match = re.match(r"\d{1,3}(?:[ .]\d{3})+(?!\d)|\d{4,6}(?!\d)", context.printed(span))
    return None if match is None else amount_at_end(context.folded, span.start, span.start + match.end())


def _inside_budget(context: Context, entry: Entry) -> bool:
    """Whether the label is a row of a table with many amounts: the budget is read apart."""
    for table in context.document.tables:
        if table.span.contains(entry.value):
            cells = [cell.span for row in table.rows for cell in row if len(cell.span)]
            amounts = [cell for cell in cells if amount_of_cell(context.folded, cell.start, cell.end)]
            return len(amounts) >= 4
    return False


def _asked_in_prose(context: Context) -> list[Amount]:
    amounts = [
        amount
        for amount in find_amounts(context.folded)
        if amount.cents >= 50_000 and not any(span.contains(amount.span) for span in context.table_spans)
    ]
    lexicon = load_lexicon("facts", "aid")
    stretches = sorted({context.sentence_at(amount.span.start) for amount in amounts})
    cues = {span: lexicon.find(context.folded, span.start, span.end) for span in stretches}
    others = [amount.span.start for amount in amounts]
    return [
        amount for amount in amounts if _is_asked(context, amount, cues[context.sentence_at(amount.span.start)], others)
    ]


def _is_asked(context: Context, amount: Amount, cues: list[CueMatch], starts: list[int]) -> bool:
    """Whether words that ask stand near, nearer than any other funder, with no other amount between."""
    if _BOUND.search(context.folded[max(0, amount.span.start - 10) : amount.span.start]):
        return False
    against = [cue for cue in cues if cue.cue.stance is Stance.AGAINST and not _own_name(context, cue)]
    if any(cue.cue.strength is Strength.WEAK and _qualifies(context, cue, amount, starts) for cue in against):
        return False
    others = [cue for cue in against if cue.cue.strength is Strength.STRONG]
    if _given_by_other(context, amount.span, others) or any(_governs(context, cue, amount) for cue in others):
        return False
    asking = [cue for cue in cues if cue.cue.stance is Stance.FOR and not _given_by_other(context, cue.span, others)]
    return any(_asks_for(context, cue, amount, others, starts) for cue in asking)


def _qualifies(context: Context, cue: CueMatch, amount: Amount, starts: list[int]) -> bool:
    """Whether "plafonnée à", "déjà reçu", "par mois" is said of this amount, and of none that is nearer."""
    if cue.span.end <= amount.span.start and _RIGHT_AFTER.search(context.folded[: cue.span.start][-8:]):
        return False  # "68 000 € tout compris, dont 27 000 €": of the amount before
    between = _between(cue.span, amount.span)
    return _gap(cue.span, amount.span) < 40 and not _amounts_in(starts, between, amount)


def _asks_for(context: Context, cue: CueMatch, amount: Amount, others: list[CueMatch], starts: list[int]) -> bool:
    between = _between(cue.span, amount.span)
    if (
        _gap(cue.span, amount.span) > _REACH
        or _amounts_in(starts, between, amount)
        or not _regional(context, cue, amount)
    ):
        return False
    at_once = _AT_ONCE.fullmatch(context.folded, amount.span.end, max(amount.span.end, cue.span.start))
    if (
        not at_once
        and amount.span.end <= cue.span.start
        and _amounts_in(starts, Span(cue.span.end, cue.span.end + _REACH), amount)
    ):
        return False  # the words ask for the amount after them
    return not any(between.overlaps(other.span) for other in others)


def _governs(context: Context, cue: CueMatch, amount: Amount) -> bool:
    """ "un budget total de 92 000 €": what the amount is, right before it."""
    if not 0 <= amount.span.start - cue.span.end <= 24:
        return False
    return _OF.fullmatch(context.folded, cue.span.end, amount.span.start) is not None


def _between(one: Span, other: Span) -> Span:
    """What stands between two places; empty where one holds a part of the other."""
    start = min(one.end, other.end)
    return Span(start, max(start, one.start, other.start))


def _gap(one: Span, other: Span) -> int:
    return max(0, max(one.start, other.start) - min(one.end, other.end))


def _amounts_in(starts: list[int], between: Span, amount: Amount) -> bool:
    index = bisect_right(starts, between.start - 1)
    return any(
        between.start <= start < between.end and start != amount.span.start for start in starts[index : index + 2]
    )


def _given_by_other(context: Context, span: Span, others: list[CueMatch]) -> bool:
    """ "38 000 € du Département", "est demandée à la Fondation X": another funder right after the words."""
    return any(
        0 <= other.span.start - span.end <= 32 and _BY.fullmatch(context.folded, span.end, other.span.start)
        for other in others
    )


def _regional(context: Context, cue: CueMatch, amount: Amount) -> bool:
    """Words that merely mean "an aid of" count only where the Region is named close by."""
    words = context.printed(cue.span)
    if words not in {"aide de", "sollicitation"}:
        return True
    start, end = min(cue.span.start, amount.span.start), max(cue.span.end, amount.span.end)
    return _REGION.search(context.folded, max(0, start - 60), min(len(context.folded), end + 60)) is not None


def _own_name(context: Context, cue: CueMatch) -> bool:
    """A word that is part of the call's own region ("Hauts-de-France") or the bearer who asks is no other funder."""
    return context.printed(cue.span) in fold(context.call.region)
