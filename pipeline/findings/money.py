"""Findings on the aid, the budget and the months that it covers."""

from collections.abc import Iterator

from pipeline.analysis import Finding
from pipeline.calls.model import CheckKind
from pipeline.document import Document, PageState, Span
from pipeline.facts.amounts import Amount, amount_at_end
from pipeline.facts.budget import Budget, Half, Side, half_places, half_total, wrong_sum
from pipeline.facts.duration import accounts_horizon
from pipeline.findings.situation import Situation, finding
from pipeline.findings.wording import euros
from pipeline.text import fold, listed

_CENTS_OF_EURO = 100
_ABOVE, _LINES_ABOVE = 400, 4  # characters and printed lines before a budget, its heads among them
_SIDE_NAMES = {Side.CHARGES: "charges", Side.PRODUITS: "produits"}


def aid_above_ceiling(situation: Situation) -> Iterator[Finding]:
    asked = _aid(situation)
    for check in situation.checks(CheckKind.AID_CEILING):
        ceiling = check.amount if check.amount is not None else situation.call.ceiling_eur
        over = [amount for amount in asked if ceiling is not None and amount.cents > 100 * ceiling]
        if over and ceiling is not None:
            highest = max(over, key=lambda amount: amount.cents)
            spans = [amount.span for amount in over if amount.cents == highest.cents]
            yield finding(
                "aid-above-ceiling",
                f"Aide demandée {euros(highest.cents)} : au-dessus du plafond de {euros(100 * ceiling)}",
                spans,
            )


def aid_stated_differently(situation: Situation) -> Iterator[Finding]:
    amounts = [mention.amount for mention in situation.readings.aid]
    values = list(dict.fromkeys(amount.cents for amount in amounts))
    if len(values) > 1 and not _parts_of_whole(values):
        yield finding(
            "aid-stated-differently",
            f"Aide demandée : le dossier donne des montants différents, {listed([euros(value) for value in values])}",
            [amount.span for amount in amounts],
        )


def aid_differs_from_budget(situation: Situation) -> Iterator[Finding]:
    in_budget = situation.readings.aid_in_budget
    asked = [mention.amount for mention in situation.readings.aid]
    if in_budget is None or not asked or any(_same(amount, in_budget) for amount in asked):
        return
    yield finding(
        "aid-differs-from-budget",
        f"Aide demandée {euros(asked[0].cents)}, mais le budget inscrit {euros(in_budget.cents)} de la Région",
        [asked[0].span, in_budget.span],
    )


def unbalanced_budget(situation: Situation) -> Iterator[Finding]:
    budget = situation.readings.budget
    charges, produits = (half_total(budget.charges), half_total(budget.produits)) if budget else (None, None)
    if budget is None or charges is None or produits is None or _same(charges, produits):
        return
    if not _both_stated(budget):
        return
    gap = f"soit {euros(abs(charges.cents - produits.cents))} d’écart"
    why = " ; les lignes, elles, s’équilibrent : une addition est à revoir" if _lines_balance(budget) else ""
    yield finding(
        "budget-unbalanced",
        f"Charges et produits ne s’équilibrent pas : {euros(charges.cents)} de charges, "
        f"{euros(produits.cents)} de produits, {gap}{why}",
        [*half_places(budget.charges), *half_places(budget.produits)],
    )


def _lines_balance(budget: Budget) -> bool:
    """Whether the halves differ only because one of them was wrongly added up."""
    halves = [half for half in (budget.charges, budget.produits) if half is not None and half.total is not None]
    wrongs = [wrong_sum(half) for half in halves]
    if len(halves) < 2 or not any(wrongs):
        return False
    charges, produits = (
        wrong.lines_cents if wrong is not None else half.total.amount.cents
        for half, wrong in zip(halves, wrongs, strict=True)
        if half.total is not None
    )
    return abs(charges - produits) <= _CENTS_OF_EURO


def _both_stated(budget: Budget) -> bool:
    """Whether both totals are written, or neither: a half that lacks its total may lack lines too."""
    stated = [half is not None and half.total is not None for half in (budget.charges, budget.produits)]
    return stated[0] == stated[1]


def wrong_sums(situation: Situation) -> Iterator[Finding]:
    budget = situation.readings.budget
    if budget is None:
        return
    document = situation.document
    pages = document.pages[document.page_at(budget.span.start) : document.page_at(budget.span.end - 1) + 1]
    if any(page.state is PageState.OCR for page in pages):
        return  # on a picture a row lost, or a figure misread, is no error of the bearer's
    if _may_lack_its_top(document, budget.span):
        return
    for side, half in ((Side.CHARGES, budget.charges), (Side.PRODUITS, budget.produits)):
        yield from _wrong_sum(side, half)


def _may_lack_its_top(document: Document, span: Span) -> bool:
    """Whether rows of amounts end the page before: a table cut there may not have been read as one."""
    before = document.lines_in(Span(max(0, span.start - _ABOVE), span.start))[-_LINES_ABOVE:]
    page = document.page_at(span.start)
    return any(
        line.page == page - 1 and amount_at_end(fold(document.quote(line.span)), 0, len(document.quote(line.span)))
        for line in before
    )


def _wrong_sum(side: Side, half: Half | None) -> Iterator[Finding]:
    wrong = wrong_sum(half) if half is not None else None
    if wrong is None:
        return
    stated = wrong.total.amount.cents
    yield finding(
        "budget-wrong-sum",
        f"Les lignes des {_SIDE_NAMES[side]} ne donnent pas leur total : elles font {euros(wrong.lines_cents)},"
        f" le total écrit est {euros(stated)} ({euros(abs(stated - wrong.lines_cents))} d’écart)",
        [wrong.total.span],
    )


def accounts_months(situation: Situation) -> Iterator[Finding]:
    """Accounts over more or fewer months than the call asks for."""
    accounts = situation.readings.timing.accounts
    asked = accounts_horizon(situation.call)
    for _ in situation.checks(CheckKind.ACCOUNTS_HORIZON):
        if accounts and asked is not None and accounts[0].months != asked:
            spans = [months.span for months in accounts if months.months == accounts[0].months]
            yield finding("accounts-horizon", f"Comptes sur {accounts[0].months} mois au lieu de {asked}", spans[:3])


def too_long(situation: Situation) -> Iterator[Finding]:
    lengths = situation.readings.timing.action
    for check in situation.checks(CheckKind.DURATION):
        most = check.amount if check.amount is not None else situation.call.duration_months
        if most is not None and lengths and lengths[0].months > most:
            spans = [length.span for length in lengths if length.months == lengths[0].months]
            yield finding(
                "action-too-long",
                f"Action sur {lengths[0].months} mois : l’aide porte sur {most} mois au plus",
                spans[:3],
            )


def _aid(situation: Situation) -> list[Amount]:
    """Amounts asked; the budget's line only where nothing else says it."""
    stated = [mention.amount for mention in situation.readings.aid]
    in_budget = situation.readings.aid_in_budget
    return stated or ([in_budget] if in_budget is not None else [])


def _parts_of_whole(values: list[int]) -> bool:
    """ "38 000 €, dont 20 000 € la première année et 18 000 € la seconde": parts are no contradiction."""
    highest = max(values)
    return sum(values) - highest == highest


def _same(one: Amount, other: Amount) -> bool:
    return abs(one.cents - other.cents) <= max(one.unit, other.unit)
