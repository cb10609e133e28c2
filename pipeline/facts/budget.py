"""Budgets: charges and produits with their lines and totals."""

from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.document import Span
from pipeline.facts.amounts import Amount


class Side(StrEnum):
    CHARGES = "charges"
    PRODUITS = "produits"


class Kind(StrEnum):
    LINE = "line"
    DETAIL = "detail"  # "dont": part of the line above
    SUBTOTAL = "subtotal"
    IN_KIND = "in-kind"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A row of a budget. `label` is folded; `code` is the account's number when it has one."""

    kind: Kind
    label: str
    span: Span
    amount: Amount
    code: str = ""


@dataclass(frozen=True, slots=True)
class Half:
    """The charges or the produits. `total` is what the dossier states, None when it states none."""

    lines: tuple[BudgetLine, ...]
    total: BudgetLine | None


@dataclass(frozen=True, slots=True)
class CoveredMonths:
    """How many months columns of periods stand for: three civil years are 14 to 36. `heads` are where they say so."""

    least: int
    most: int
    heads: tuple[Span, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Budget:
    """The forecast accounts of the action, as far as they could be read.

    `aid_asked` is the line that asks the call's Region; `covered` what its columns of years add up to.
    """

    charges: Half | None
    produits: Half | None
    span: Span
    aid_asked: Amount | None
    covered: CoveredMonths | None = None


def half_total(half: Half | None) -> Amount | None:
    """The total of a half as it is stated, or the sum of its lines where the dossier states no total."""
    if half is None:
        return None
    if half.total is not None:
        return half.total.amount
    counted = _counted(half)
    if len(counted) < 2:
        return None
    total = sum(line.amount.cents for line in counted)
    return Amount(total, counted[-1].amount.span, max(line.amount.unit for line in counted))


def half_places(half: Half | None) -> tuple[Span, ...]:
    """Where the total of a half stands, or the lines that make it where the dossier states none."""
    if half is None:
        return ()
    return (half.total.amount.span,) if half.total is not None else tuple(line.amount.span for line in _counted(half))


def _counted(half: Half) -> list[BudgetLine]:
    return [line for line in half.lines if line.kind in (Kind.LINE, Kind.IN_KIND)]


@dataclass(frozen=True, slots=True)
class WrongSum:
    """A total that its lines do not give."""

    total: BudgetLine
    lines_cents: int


def wrong_sum(half: Half) -> WrongSum | None:
    """The stated total when no way of adding the lines gives it (details, subtotals, contributions in kind apart)."""
    if half.total is None:
        return None
    lines = [line for line in half.lines if line.kind is not Kind.DETAIL]
    plain = [line for line in lines if line.kind is Kind.LINE]
    if len(plain) < 2:
        return None
    tolerance = max(line.amount.unit for line in [*plain, half.total]) * (len(plain) + 1)
    sums = [sum(line.amount.cents for line in chosen) for chosen in _ways_to_add(lines)]
    if any(abs(total - half.total.amount.cents) <= tolerance for total in sums if total):
        return None
    return WrongSum(half.total, sums[0])


def _ways_to_add(lines: list[BudgetLine]) -> list[list[BudgetLine]]:
    """Sets of lines that a total may sum, the likeliest first."""
    in_kind = [line for line in lines if line.kind is Kind.IN_KIND]
    without_groups = _without_grouped(lines)
    plain = [line for line in without_groups if line.kind is Kind.LINE]
    subtotals = [line for line in lines if line.kind is Kind.SUBTOTAL]
    accounts = [line for line in lines if len(line.code) == 2 and line.kind is Kind.LINE]
    every = [line for line in lines if line.kind is Kind.LINE]
    mixed = [*subtotals, *_after_last_subtotal(lines)]
    ways = [plain, [*plain, *in_kind], every, [*every, *in_kind]]
    for group in (subtotals, mixed, accounts):
        if group:
            ways += [group, [*group, *in_kind]]
    return ways


def _without_grouped(lines: list[BudgetLine]) -> list[BudgetLine]:
    """Lines without those that the line before them sums ("60 Achats 5 000" over "601 ... 2 000", "606 ... 3 000")."""
    kept: list[BudgetLine] = []
    index = 0
    while index < len(lines):
        kept.append(lines[index])
        index += 1 + _summed_by(lines, index)
    return kept


def _summed_by(lines: list[BudgetLine], index: int) -> int:
    """How many lines after `index` (two at least) add up to it."""
    wanted, running = lines[index].amount.cents, 0
    for count, line in enumerate(lines[index + 1 :], start=1):
        running += line.amount.cents
        if running > wanted:
            return 0
        if running == wanted and count >= 2:
            return count
    return 0


def _after_last_subtotal(lines: list[BudgetLine]) -> list[BudgetLine]:
    last = max((index for index, line in enumerate(lines) if line.kind is Kind.SUBTOTAL), default=-1)
    return [line for line in lines[last + 1 :] if line.kind is Kind.LINE]
