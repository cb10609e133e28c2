"""Rows of one side of a budget made a half: its lines, and the one of its totals that counts."""

from dataclasses import replace

from pipeline.facts.budget import BudgetLine, Half, Kind

_LEAST_SUMMED = 3


def _with_last_as_total(rows: list[BudgetLine]) -> list[BudgetLine]:
    """Rows where the last sums all the others: it is their total, whatever it is called."""
    others = [row.amount.cents for row in rows[:-1] if row.kind in (Kind.LINE, Kind.IN_KIND)]
    summed = len(others) >= _LEAST_SUMMED and rows[-1].kind is Kind.LINE and sum(others) == rows[-1].amount.cents
    return [*rows[:-1], replace(rows[-1], kind=Kind.TOTAL)] if summed else rows


def half_of(rows: list[BudgetLine]) -> Half | None:
    """A half with its total: the last of its totals that is not one of a part."""
    if not rows:
        return None
    if not any(row.kind is Kind.TOTAL for row in rows):
        rows = _with_last_as_total(rows)
    totals = [row for row in rows if row.kind is Kind.TOTAL]
    main = _main_total(totals, rows)
    lines = tuple(
        replace(row, kind=Kind.SUBTOTAL) if row.kind is Kind.TOTAL and row is not main else row
        for row in rows
        if row is not main and (main is None or row.kind is not Kind.TOTAL or rows.index(row) < rows.index(main))
    )
    return Half(lines, main)


def _main_total(totals: list[BudgetLine], rows: list[BudgetLine]) -> BudgetLine | None:
    """Of several totals, the one that sums the others, else the one before contributions in kind, else the last."""
    if len(totals) < 2:
        return totals[0] if totals else None
    last = totals[-1]
    if abs(sum(total.amount.cents for total in totals[:-1]) - last.amount.cents) <= 100 * len(totals):
        in_kind = [row for row in rows if row.kind is Kind.IN_KIND]
        return last if not in_kind or len(totals) > 2 else totals[0]
    in_kind_after = any(row.kind is Kind.IN_KIND for row in rows[rows.index(totals[0]) : rows.index(last)])
    return totals[0] if in_kind_after else last
