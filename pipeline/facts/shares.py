"""The aid told as a share of the whole: "78 000 € pour deux ans, dont trente-cinq mille à la Région"."""

import re
from dataclasses import dataclass

from pipeline.document import Span
from pipeline.facts.amounts import Amount, find_amounts
from pipeline.facts.context import Context
from pipeline.facts.numbers import NUMBER_WORDS, number_from_words

_SHARE = re.compile(
    rf"(?<!\w)dont (?:(?P<figures>\d{{1,3}}(?: \d{{3}})+|\d{{4,6}})|(?P<words>{NUMBER_WORDS}))(?: ?(?:€|euros?))?"
    r" (?:(?:seraient |sont )?(?:demandes?|sollicites?|attendus?|esperes?) )?(?:a|de|aupres de|par|pour|du|au)"
    r" (?:la |votre |notre )?(?:region|conseil regional)(?!\w)"
)
_BARE = re.compile(
    r"(?<![\w.,])(?P<figures>\d{1,3}(?: \d{3})+|\d{4,6}) (?:que (?:nous|je) (?:vous )?)(?:demand|sollicit)\w+"
    r"(?: a| aupres de)? (?:la |votre |notre )?(?:region|conseil regional)(?!\w)"
)
_BETWEEN = re.compile(r",? ?(?:(?:pour|sur|en) [^,.;€]{3,24})?,? ?\(?")
_BEFORE = 120  # characters before "dont" in which the whole stands
_LEAST_CENTS = 50_000


@dataclass(frozen=True, slots=True)
class Share:
    """What is asked of the Region, and the whole that it is a part of where one is said."""

    asked: Amount
    whole: Amount | None


def read_shares(context: Context) -> tuple[Share, ...]:
    """Every share that a sentence gives to the Region, in order."""
    found = []
    for match in _SHARE.finditer(context.folded, 0, context.document.body_end):
        number = number_from_words(match["words"]) if match["words"] else int(match["figures"].replace(" ", ""))
        if number is None or number * 100 < _LEAST_CENTS:
            continue
        asked = Amount(number * 100, Span(*match.span("words" if match["words"] else "figures")))
        found.append(Share(asked, _whole(context, match.start(), asked)))
    for match in _BARE.finditer(context.folded, 0, context.document.body_end):
        cents = 100 * int(match["figures"].replace(" ", ""))
        found.append(Share(Amount(cents, Span(*match.span("figures"))), None))
    return tuple(found)


def _whole(context: Context, offset: int, asked: Amount) -> Amount | None:
    start = max(context.sentence_at(offset).start, offset - _BEFORE)
    before = find_amounts(context.folded, start, offset)
    if not before or before[-1].cents <= asked.cents:
        return None
    between = _BETWEEN.fullmatch(context.folded, before[-1].span.end, offset)
    return before[-1] if between is not None else None
