"""The total of the action's budget as it is said in words, outside tables."""

import re
from collections.abc import Iterator

from pipeline.document import Span
from pipeline.facts.amounts import Amount, amount_of_cell, find_amounts
from pipeline.facts.context import Context
from pipeline.facts.shares import read_shares

_TOTAL = re.compile(
    r"(?<!\w)(?:(?:budget|cout|montant) (?:total|global|previsionnel|prevu|general|previsionnel total"
    r"|total previsionnel)(?: (?:de l'action|du projet|de l'operation|de la demarche|de l'experimentation"
    r"|prevu|previsionnel))*"
    r"|(?:les|nos) (?:depenses|charges)(?: totales| previsionnelles| prevues| de l'action| du projet)*"
    r" (?:s'eleve(?:ro)?nt|se monte(?:ro)?nt|sont (?:estimees|evaluees|chiffrees)|atteignent|representent)"
    r"|(?:l'action|le projet|la demarche|l'experimentation|l'essai|l'ensemble|le tout) (?:nous )?(?:coute|coutera"
    r"|revient|reviendra|est chiffree?|est estimee?|est evaluee?|est budgetee?|represente)(?!\w)"
    r"|(?:nous depenserons|on depensera)(?= \d)"
    r"|(?:avons|est|sont) (?:chiffre|estime|evalue|budgete)e?s? (?:l'action|le projet|le tout|l'ensemble)? ?a "
    r"|(?:budget|cout|enveloppe) (?:de l'action|du projet|de l'operation|de la demarche"
    r"|de l'experimentation)(?: (?:est|total|global))?)"
    r"[^.;\n€]{0,60}?(?=\d|[a-z-]+ mille)"
    r"|(?<!\w)(?:le|notre|ce) budget(?:, [^,.;\n€\d]{2,40},)? (?:atteint|atteindra|s'eleve a|s'elevera a|se monte a"
    r"|se montera a|est de|sera de|avoisine|tourne autour de) (?:environ )?(?=\d|[a-z-]+ mille)"
)
_NOT_THE_ACTION = re.compile(
    r"association|structure|annuel|fonctionnement|commune|region|cooperative|etude|these|part|moyen|par an"
)

_SUMMED = re.compile(
    r"(?<!\w)(?:soit|pour|d'ou|donne|font|fait|faut|faudra) (?:un total de )?"
    r"(?=\d[^.;\n]{0,14}€?(?: euros)? (?:au total|en tout))"
)
_REACHED = re.compile(
    r"(?<!\w)(?:(?:on|nous) (?:arriv(?:e|ons)|parven(?:ons)) a"
    r"|(?:cela|ca|le tout|l'ensemble) (?:fait|donne|monte a|ira a)) "
    r"(?:environ )?(?=\d[^.;\n]{0,14}€?(?: euros)? (?:tout compris|toutes depenses comprises|en tout|au total))"
)
_SPENDING = re.compile(r"il (?:nous )?(?:faut|faudra)|depenses?|budget|coute?(?!\w)|action|projet")

_PAST_OR_OTHER = re.compile(r"realise|20\d\d|annuel|association|structure|fonctionnement")

_PAST = re.compile(r"exercice|comptes annuels|an dernier|annee derniere|chaque annee|derniers? comptes")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BY_HEAD = re.compile(
    r" ?(?:par|l'|la|le|/|chaque) ?(?:an|annee|mois|jour|heure|personne|habitant|abonne|famille|foyer)"
)
_BEFORE = 80  # characters before the words that announce a sum
_LEAST_CENTS = 100_000


def read_stated_budget(context: Context) -> tuple[Amount, ...]:
    """Totals announced by a label or in a sentence ("le coût total de l'action s'élève à 92 000 €"), in order."""
    labelled = [
        amount
        for entry in context.labelled.get("budget", ())
        if not _PAST_OR_OTHER.search(entry.label) and (amount := _first(context, entry.value))
    ]
    return (*labelled, *(amount for amount in _said(context) if amount not in labelled))


def _said(context: Context) -> Iterator[Amount]:
    for match in _TOTAL.finditer(context.folded, 0, context.document.body_end):
        if any(span.contains(Span(*match.span())) for span in context.table_spans) or _NOT_THE_ACTION.search(
            match.group()
        ):
            continue
        amount = next(iter(find_amounts(context.folded, match.start(), match.end() + 40)), None)
        if (
            amount is not None
            and amount.span.start <= match.end() + 2
            and _is_a_forecast(context, match.start(), amount)
        ):
            yield amount
    yield from (share.whole for share in read_shares(context) if share.whole is not None)
    for match in _REACHED.finditer(context.folded, 0, context.document.body_end):
        yield from find_amounts(context.folded, match.end(), match.end() + 20)[:1]
    for match in _SUMMED.finditer(context.folded, 0, context.document.body_end):
        sentence = context.sentence_at(match.start())
        if _SPENDING.search(context.folded, sentence.start, sentence.end):
            yield from find_amounts(context.folded, match.end(), match.end() + 20)[:1]


def _is_a_forecast(context: Context, start: int, amount: Amount) -> bool:
    """Whether nothing says that a sum is one of the past, or by year, month or head."""
    sentence = context.sentence_at(start)
    before = context.folded[max(sentence.start, start - _BEFORE) : amount.span.start]
    past = _PAST.search(before) or any(int(year) < context.call.year for year in _YEAR.findall(before))
    by_head = _BY_HEAD.match(context.folded, amount.span.end)
    return not past and by_head is None and amount.cents >= _LEAST_CENTS


def _first(context: Context, value: Span) -> Amount | None:
    end = min(value.end, value.start + 60)
    amounts = find_amounts(context.folded, value.start, end)
    amount = amounts[0] if amounts else amount_of_cell(context.folded, value.start, end)
    return amount if amount is not None and amount.cents >= _LEAST_CENTS else None
