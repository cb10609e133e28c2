"""Which of the dossier's tables is the action's forecast budget, and its rows by side, whatever its shape."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from pipeline.document import Span
from pipeline.facts.amounts import Amount
from pipeline.facts.budget import Budget, BudgetLine, CoveredMonths, Kind, Side
from pipeline.facts.columns import Pair, PairedGrid, pair_rows
from pipeline.facts.context import Context
from pipeline.facts.grid import Grid, find_grids
from pipeline.facts.halves import half_of
from pipeline.facts.sums import two_sums
from pipeline.lexicon.cues import Lexicon, Stance, Strength, load_lexicon

_TOTAL = re.compile(
    r"(?:montant |soit |au |en |un |le )*(?:total|totaux|totale|tout)(?!\w)|^(?:budget|cout) (?:total|global)"
    r"|^(?:nous|on) (?:depens|recev|encaiss|percev|toucher|paier|payer)\w+$"
    r"|^(?:l')?ensemble(?: des (?:charges|depenses|produits|recettes|ressources))?$|^sommes?$"
    r"|^(?:les |nos )?(?:charges|depenses|produits|recettes|ressources),? (?:en|ttc|totale?s)(?: (?:euros|€|k€|ttc))?$"
)
_TOTAL_REST = re.compile(
    r"(?<!\w)(?:montant|soit|au|un|tout|ensemble|sommes?|total|totaux|totale|general|generale|generaux|global|des|de|du|la|le|l'|les|d'|action|projet|operation|budget"
    r"|previsionnel|previsionnels|previsionnelle|previsionnelles|eur|euros|ttc|ht|charges|depenses|emplois|produits|recettes|ressources|couts?|financements?"
    r"|sur|\d+|mois|an|ans|en|et|i|ii|a|b|1|2|3|k)(?!\w)|[^\w]"
)
_SUBTOTAL = re.compile(r"(?:sous[ -]?total|s/total|(?<!\w)s\.?t\.? )")
_DETAIL = re.compile(r"dont(?!\w)|[-•]? ?dont(?!\w)")
_IN_KIND = re.compile(
    r"(?<!\w)(?:benevolat|benevoles?|en nature|contributions? volontaires?"
    r"|mises? a disposition (?:gratuite|de locaux|benevole|de biens)"
    r"|valorisation|valorise|personnel benevole|dons en nature)|^8[67]\d?\b"
)
_NEAR = 60  # characters between a label and its amount: quantities, unit prices
_LEAST_CENTS = 50_000  # a grid without an amount of 500 € is no budget of an action
_THOUSANDS = re.compile(r"(?<!\w)(?:en |\()?(?:k ?€|milliers d'euros|keuros)")
_REGION_LINE = re.compile(
    r"(?<!\w)(?:region|conseil regional|(?<!parc naturel )(?:regional|(?<!agence )(?<!direction )(?<!federation )"
    r"(?<!union )(?<!delegation )(?<!mutuelle )(?<!caisse )(?<!fondation )regionale))(?!\w)"
)
_ASKED_LINE = re.compile(
    r"(?<!\w)ami(?!\w)|innovation sociale|amiris|(?:subvention|aide) (?:demandee|sollicitee)|sollicite"
    r"|demandee|presente demande"
)
_GRANTED = re.compile(r"acquis|accord|obtenu|emploi|fonctionnement|deja|notifi|hors ami|autre|convention")
_OTHER_FUNDER = re.compile(
    r"fonds d'innovation|departement|conseil general"
    r"|commun|fondation|etat|caf|europ|fse|feder|caisse|ville|metropole|bpi|agglo"
)
_YEAR = re.compile(r"(?<!\d)20[0-3]\d(?!\d)")
_CODE = re.compile(r"(?P<code>[678]\d{1,3})(?:[ .:-]|$)")


@dataclass(frozen=True, slots=True)
class _Account:
    """What one grid holds, and how sure it is that it is the action's forecast (`trust`, higher is surer)."""

    rows: dict[Side, list[BudgetLine]]
    grid: Grid
    trust: int
    covered: CoveredMonths | None
    region: Amount | None  # total of a column that is the Region's part


def read_budget(context: Context) -> Budget | None:
    """The action's forecast budget, or None when the dossier shows none."""
    grids = find_grids(context.document, context.folded)
    accounts = [account for grid in grids if (account := _read_grid(context, grid)) is not None]
    likely = [account for account in accounts if account.trust > 0]
    if not likely:
        return None
    best = max(likely, key=lambda account: (account.trust, -account.grid.span.start))
    return _assemble(best, likely)


def _assemble(best: _Account, likely: list[_Account]) -> Budget:
    """The best grid, and from its neighbours the half that it lacks."""
    halves = {side: half_of(rows) for side, rows in best.rows.items()}
    for side in Side:
        if halves[side] is None:
            near = [other for other in likely if other is not best and other.rows[side]]
            lender = min(near, key=lambda other: abs(other.grid.span.start - best.grid.span.start), default=None)
            halves[side] = half_of(lender.rows[side]) if lender else None
    produits = halves[Side.PRODUITS]
    asked = aid_asked(produits.lines) if produits is not None else None
    return Budget(halves[Side.CHARGES], produits, _from_first_amount(best), asked or best.region, best.covered)


def _from_first_amount(account: _Account) -> Span:
    start = min((line.span.start for lines in account.rows.values() for line in lines), default=account.grid.span.start)
    return Span(start, max(start, account.grid.span.end))


def aid_asked(lines: tuple[BudgetLine, ...]) -> Amount | None:
    """The line that asks the Region: one that says so, else the only one that names the Region."""
    region = [line for line in lines if _REGION_LINE.search(line.label) and line.kind is not Kind.DETAIL]
    asked = [line for line in lines if _ASKED_LINE.search(line.label) and not _OTHER_FUNDER.search(line.label)]
    both = [line for line in asked if line in region]
    pending = [line for line in region if not _GRANTED.search(line.label)]
    for candidates in (both, pending, asked, region):
        if len(candidates) == 1:
            return candidates[0].amount
    return None


def _read_grid(context: Context, grid: Grid) -> _Account | None:
    paired = pair_rows(grid)
    lexicon = load_lexicon("facts", "budget")
    caption = _caption(context, grid)
    factor = 1000 if _in_thousands(context, grid, caption) else 1
    rows = _sides(paired, lexicon, _sides_named(lexicon, context.printed(caption)), factor)
    if rows is None:
        return None
    region = next((pair.region for pair in reversed(paired.pairs) if pair.region and _TOTAL.match(pair.label)), None)
    trust = _trust(context, grid, caption, rows)
    return _Account(rows, grid, trust, paired.covered, region)


def _sides(
    paired: PairedGrid, lexicon: Lexicon, announced: list[Side], factor: int
) -> dict[Side, list[BudgetLine]] | None:
    """Rows by side, or None when the grid is no budget."""
    if not paired.two_halves and (summed := _by_sums(paired, lexicon, factor)) is not None:
        return summed
    columns = []
    for right in (False, True):
        pairs = [pair for pair in paired.pairs if pair.right is right]
        first = _first_side(pairs, lexicon, announced, right=right, two=paired.two_halves)
        columns.append(list(_assign(pairs, lexicon, first, factor)))
    rows: dict[Side, list[BudgetLine]] = {Side.CHARGES: [], Side.PRODUITS: []}
    for side, line in chain(*(_told_apart(*columns) if paired.two_halves else columns)):
        rows[side].append(line)
    amounts = [line.amount for lines in rows.values() for line in lines]
    has_total = any(line.kind is Kind.TOTAL for lines in rows.values() for line in lines)
    if len(amounts) < 3 or max(amount.cents for amount in amounts) < _LEAST_CENTS:
        return None
    return rows if has_total or announced or paired.two_halves else None


def _by_sums(paired: PairedGrid, lexicon: Lexicon, factor: int) -> dict[Side, list[BudgetLine]] | None:
    """Both halves of one column where each ends with its exact sum, whatever the sums are called."""
    lines = [_line(pair, factor) for pair in paired.pairs if pair.amount is not None and pair.label]
    sums = two_sums([line.amount.cents for line in lines])
    if sums is None or lines[sums.last].amount.cents < _LEAST_CENTS:
        return None
    halves = (lines[: sums.first + 1], lines[sums.first + 1 :])
    funded = [_funded(half, lexicon) for half in halves]
    if funded[0] == funded[1]:
        return None  # nothing says that one of them is what pays for the other: groups of one half, perhaps
    first, second = (_ending_with_total(half) for half in halves)
    return {Side.CHARGES: second, Side.PRODUITS: first} if funded[0] else {Side.CHARGES: first, Side.PRODUITS: second}


def _funded(rows: list[BudgetLine], lexicon: Lexicon) -> bool:
    """Whether most rows that can be told are money that comes in, the Region's being enough."""
    if any(_REGION_LINE.search(row.label) for row in rows):
        return True
    votes = [_vote(lexicon, row.label) for row in rows[:-1]]
    return votes.count(Side.PRODUITS) > votes.count(Side.CHARGES)


def _ending_with_total(rows: list[BudgetLine]) -> list[BudgetLine]:
    lines = [replace(row, kind=Kind.LINE) if row.kind is Kind.TOTAL else row for row in rows[:-1]]
    return [*lines, replace(rows[-1], kind=Kind.TOTAL)]


_Column = list[tuple[Side, BudgetLine]]


def _told_apart(left: _Column, right: _Column) -> tuple[_Column, _Column]:
    """Two halves side by side are never one half: where both were taken for the same, they stand as is usual."""
    if len({side for side, _ in (*left, *right)}) != 1 or not (left and right):
        return left, right
    return [(Side.CHARGES, line) for _, line in left], [(Side.PRODUITS, line) for _, line in right]


def _first_side(pairs: list[Pair], lexicon: Lexicon, announced: list[Side], *, right: bool, two: bool) -> Side:
    """The side on which a column of labels starts: as its head, its first total, the caption or its lines say."""
    for pair in pairs:
        named = _sides_named(lexicon, pair.label)
        if len(named) == 1 and (pair.amount is None or _TOTAL.match(pair.label)):
            return named[0]
        if pair.amount is not None and not two:
            break
    if two:
        return Side.PRODUITS if right else Side.CHARGES
    totals = [
        side for pair in pairs if pair.amount and _TOTAL.match(pair.label) for side in _sides_named(lexicon, pair.label)
    ]
    if totals:
        return totals[0]
    if len(announced) == 1:
        return announced[0]
    votes = [_vote(lexicon, pair.label) for pair in pairs[:6] if pair.amount is not None]
    return Side.PRODUITS if votes.count(Side.PRODUITS) > votes.count(Side.CHARGES) else Side.CHARGES


def _assign(pairs: list[Pair], lexicon: Lexicon, side: Side, factor: int) -> Iterator[tuple[Side, BudgetLine]]:
    """Each amount with its side: a title or a total changes the side of what follows."""
    closed: set[Side] = set()
    title = ""
    for pair in pairs:
        if pair.amount is not None and not pair.label and title:
            pair = replace(pair, label=title)
        title = pair.label if pair.amount is None else ""
        named = _sides_named(lexicon, pair.label)
        is_total = pair.amount is not None and _kind(pair.label) is Kind.TOTAL
        if len(named) == 1 and (pair.amount is None or is_total):
            side = named[0]
        elif (
            pair.amount is not None
            and not is_total
            and side in closed
            and _vote(lexicon, pair.label) not in (side, None)
        ):
            side = Side.PRODUITS if side is Side.CHARGES else Side.CHARGES
        if pair.amount is None or not (pair.label or pair.right):
            continue  # beside a first half, an amount is a row of the second though its label stands elsewhere
        line = _line(pair, factor)
        if line.kind is Kind.TOTAL:
            closed.add(side)
        yield side, line


def _line(pair: Pair, factor: int) -> BudgetLine:
    amount = pair.amount
    assert amount is not None  # noqa: S101 - the caller gives rows with an amount only
    if factor > 1 and amount.unit == 100:
        amount = Amount(amount.cents * factor, amount.span, amount.unit * factor)
    code = _CODE.match(pair.label)
    return BudgetLine(
        _kind(pair.label),
        pair.label,
        _span_of(pair, amount),
        amount,
        code["code"] if code else "",
    )


def _span_of(pair: Pair, amount: Amount) -> Span:
    """Label and amount as one stretch where little stands between them in the text, else the amount alone."""
    near = 0 <= amount.span.start - pair.span.end <= _NEAR
    return Span(pair.span.start, amount.span.end) if near else amount.span


def _kind(label: str) -> Kind:
    text = label.strip(" -•:.")
    if _SUBTOTAL.search(text):
        return Kind.SUBTOTAL
    if _TOTAL.match(text):
        return Kind.SUBTOTAL if _TOTAL_REST.sub("", _without_sides(text)) else Kind.TOTAL
    if _DETAIL.match(text):
        return Kind.DETAIL
    return Kind.IN_KIND if _IN_KIND.search(text) else Kind.LINE


def _without_sides(text: str) -> str:
    """A label without the words that name a side ("total de ce que nous dépenserons")."""
    for match in reversed(load_lexicon("facts", "budget").find(text)):
        if match.cue.strength is Strength.STRONG:
            text = text[: match.span.start] + text[match.span.end :]
    return text


def _sides_named(lexicon: Lexicon, text: str) -> list[Side]:
    """Sides that a title names with its own word ("Charges", "Plan de financement"), without repetition."""
    named = [Side(match.cue.why) for match in lexicon.find(text) if match.cue.strength is Strength.STRONG]
    if re.match(
        r"charges (?:de|du|sociales|salariales|fixes|indirectes|directes|patronales|locatives|financieres"
        r"|exceptionnelles)",
        text,
    ):
        return []
    return sorted(set(named))


def _vote(lexicon: Lexicon, label: str) -> Side | None:
    code = _CODE.match(label)
    if code is not None:
        return Side.PRODUITS if code["code"][0] == "7" or code["code"][:2] == "87" else Side.CHARGES
    sides = [Side(match.cue.why) for match in lexicon.find(label)]
    return sides[0] if sides else None


def _caption(context: Context, grid: Grid) -> Span:
    """The printed lines just above a grid: its title and what is said of it."""
    above = context.lines_before(grid.span.start, 4)
    first = grid.rows[0][0].span.start
    if not above or context.file_at(above[0].span.start) != context.file_at(first):
        return Span(grid.span.start, grid.span.start)
    return Span(above[-1].span.start, above[0].span.end)


def _in_thousands(context: Context, grid: Grid, caption: Span) -> bool:
    heads = " ".join(cell.text for row in grid.rows[:2] for cell in row)
    return _THOUSANDS.search(context.printed(caption) + " " + heads) is not None


def _trust(context: Context, grid: Grid, caption: Span, rows: dict[Side, list[BudgetLine]]) -> int:
    """How sure it is that a grid is the action's forecast: its caption, its own words, the Region among its funders."""
    heads = " ".join(cell.text for row in grid.rows[:2] for cell in row if cell.amount is None)
    trust = 1 + sum(_scope(text, weight) for text, weight in _caption_lines(context, grid)) + _scope(heads, 2)
    if any(_ASKED_LINE.search(line.label) for line in rows[Side.PRODUITS]):
        trust += 4
    elif any(_REGION_LINE.search(line.label) for line in rows[Side.PRODUITS]):
        trust += 1
    years = [int(year) for year in _YEAR.findall(heads + " " + context.printed(caption))]
    if years and max(years) < context.call.year:
        trust -= 4
    trust += sum(line.kind is Kind.TOTAL for lines in rows.values() for line in lines)
    return trust + 2 * all(rows.values())


def _caption_lines(context: Context, grid: Grid) -> list[tuple[str, int]]:
    """Lines above a grid with their weight: the nearest says most."""
    return [
        (context.printed(line.span), weight)
        for line, weight in zip(context.lines_before(grid.span.start, 4), (3, 2, 2, 1), strict=False)
    ]


def _scope(text: str, weight: int) -> int:
    found = load_lexicon("facts", "budget-scope").find(text)
    total = 0
    if any(match.cue.stance is Stance.AGAINST for match in found):
        total -= 2 * weight
    if any(match.cue.stance is Stance.FOR and match.cue.strength is Strength.STRONG for match in found):
        total += 2 * weight
    elif any(match.cue.stance is Stance.FOR for match in found):
        total += weight
    return total
