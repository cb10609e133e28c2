"""Which columns of a budget hold labels and which hold the amounts that count."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.document import Span
from pipeline.facts.amounts import Amount
from pipeline.facts.budget import CoveredMonths
from pipeline.facts.grid import Grid, GridCell

_TOTAL_HEAD = re.compile(r"(?<!\w)(?:total|totaux|ensemble|ttc|cumul)(?!\w)|sur (?:24|36|18|2 ans|deux ans|3 ans)")
_SIDE_HEAD = re.compile(
    r"(?<!\w)(?:quantite|qte|nombre|nb|pu|p\.u|prix unitaire|cout unitaire|jours?|heures?|taux|tarif|%"
    r"|part|etp)(?!\w)|%"
)
_PERIOD_HEAD = re.compile(
    r"(?<!\w)(?:annees? ?\d?|an ?\d|n ?\+ ?\d|n|20[0-3]\d(?: ?[-/] ?(?:20)?[0-3]\d)?|\d(?:re|ere|e|eme"
    r"|er) (?:annee|an|semestre|trimestre)"
    r"|(?:premiere|deuxieme|seconde|troisieme) annee|semestre ?\d|s ?[1-6]|trimestre ?\d|t ?[1-8]"
    r"|exercice ?\d?|(?:mois|m) ?\d+ ?(?:a|-) ?m?\d+)(?!\w)"
)
_AMOUNT_HEAD = re.compile(r"(?<!\w)(?:montants?|prevu|previsionnel|budget|cout|euros|€|sollicite|demande)(?!\w)|€")
_REGION_HEAD = re.compile(r"(?<!\w)(?:region|conseil regional|ami|aide demandee|subvention demandee)(?!\w)")
_YEAR = re.compile(r"20[0-3]\d")
_HALF_YEAR = re.compile(r"semestre|(?<!\w)s ?[1-6](?!\w)")
_QUARTER = re.compile(r"trimestre|(?<!\w)t ?[1-8](?!\w)")
_LONGEST_HEAD = 45  # characters of the head of a column
_APART = 60.0  # points between two texts of a row that have nothing to do with one another
_CODE = re.compile(r"[678]\d{1,3}")


@dataclass(frozen=True, slots=True)
class Pair:
    """A label of a row with the amount that counts for it (None for a title); `right`: second half of the table."""

    label: str
    span: Span
    amount: Amount | None
    right: bool
    region: Amount | None = None


@dataclass(frozen=True, slots=True)
class PairedGrid:
    """A grid read by rows. `covered` is what its columns of years or half-years add up to."""

    pairs: tuple[Pair, ...]
    two_halves: bool
    covered: CoveredMonths | None


@dataclass
class _RawPair:
    labels: list[GridCell] = field(default_factory=list)
    amounts: list[GridCell] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Column:
    x0: float
    x1: float
    head: str
    head_spans: tuple[Span, ...]
    filled: int  # number of its amounts


def pair_rows(grid: Grid) -> PairedGrid:
    """Each row's labels with their amounts; years at the head of columns are no amounts."""
    body_start = _body_start(grid)
    heads = [cell for row in grid.rows[:body_start] for cell in row if len(cell.text) <= _LONGEST_HEAD]
    rows = [list(_raw_pairs(row, head=index < body_start)) for index, row in enumerate(grid.rows)]
    split = _split(rows[body_start:])
    rows = [[part for pair in row for part in _parted(pair, split)] for row in rows]
    halves = [
        _plan([pair for row in rows[body_start:] for pair in row if _is_right(pair, split) is right], heads)
        for right in (False, True)
    ]
    pairs = []
    for index, row in enumerate(rows):
        two_heads = split is not None and index < body_start and len(row) == 2
        for raw in row:
            # of two heads the second is that of the second half, though it may stand over its amounts only
            right = _is_right(raw, split) or (two_heads and raw is row[1])
            right = right or (index < body_start and _is_mostly_right(raw.labels, split))
            pairs.append(halves[right].pair(raw, right=right))
    return PairedGrid(tuple(pairs), split is not None, halves[0].covered or halves[1].covered)


def _body_start(grid: Grid) -> int:
    """Index of the first row that holds a real amount."""
    for index, row in enumerate(grid.rows):
        amounts = [cell for cell in row if cell.amount is not None]
        if amounts and not all(_YEAR.fullmatch(cell.text) for cell in amounts):
            return index
    return len(grid.rows)


def _raw_pairs(row: tuple[GridCell, ...], *, head: bool) -> Iterator[_RawPair]:
    if head or not any(cell.amount for cell in row):
        yield from (_RawPair(labels=[cell]) for cell in row if not cell.percent)
        return
    pair = _RawPair()
    for index, cell in enumerate(row):
        is_code = (
            cell.amount is not None
            and not (pair.amounts or pair.labels)
            and _CODE.fullmatch(cell.text) is not None
            and index + 1 < len(row)
            and row[index + 1].amount is None
            and not row[index + 1].percent
        )
        if cell.percent:
            continue
        if cell.amount is not None and not is_code:
            pair.amounts.append(cell)
            continue
        if pair.amounts:
            yield pair
            pair = _RawPair()
        if pair.labels and cell.x0 - pair.labels[-1].x1 > _APART:
            yield pair  # the head of another column, or text of another column of the page
            pair = _RawPair()
        pair.labels.append(cell)
    if pair.labels or pair.amounts:
        yield pair


def _split(rows: list[list[_RawPair]]) -> float | None:
    """Left edge of the second half of a table that shows charges and produits side by side."""
    seconds = [
        row[1].labels[0].x0 for row in rows if len(row) > 1 and row[1].amounts and row[1].labels and row[0].amounts
    ]
    return min(seconds) - 6.0 if len(seconds) >= 2 else None


def _parted(pair: _RawPair, split: float | None) -> list[_RawPair]:
    """A row cut where the second half starts, when the labels of an amount stand on the row above."""
    if split is None or (pair.labels and pair.labels[0].x0 >= split):
        return [pair]
    left = [cell for cell in pair.amounts if cell.x0 < split]
    right = [cell for cell in pair.amounts if cell.x0 >= split]
    if pair.labels and not (left and right):
        return [pair]
    return [part for part in (_RawPair(pair.labels, left), _RawPair(amounts=right)) if part.labels or part.amounts]


def _is_right(pair: _RawPair, split: float | None) -> bool:
    cells = pair.labels or pair.amounts
    return split is not None and cells[0].x0 >= split


def _is_mostly_right(cells: list[GridCell], split: float | None) -> bool:
    """Whether a head is that of the second half though it opens over the first ("€ Recettes")."""
    return split is not None and bool(cells) and (cells[0].x0 + cells[-1].x1) / 2 > split


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which columns count: `chosen` is summed over."""

    columns: tuple[_Column, ...]
    chosen: tuple[int, ...]
    region: int | None
    covered: CoveredMonths | None

    def pair(self, raw: _RawPair, *, right: bool) -> Pair:
        cells = raw.labels or raw.amounts
        span = (
            Span(cells[0].span.start, cells[-1].span.end)
            if cells[0].span.start <= cells[-1].span.end
            else cells[0].span
        )
        label = " ".join(cell.text for cell in raw.labels)
        return Pair(label, span, self._amount(raw.amounts, alone=not label), right, self._region(raw.amounts))

    def _amount(self, cells: list[GridCell], *, alone: bool) -> Amount | None:
        placed = [(self._column(cell), cell.amount) for cell in cells if cell.amount is not None]
        kept = [amount for index, amount in placed if index in self.chosen]
        if not kept and not alone and len(placed) == 1 and len(self.chosen) == 1:
            kept = [placed[0][1]]
        if not kept:
            return None
        span = Span(min(amount.span.start for amount in kept), max(amount.span.end for amount in kept))
        return replace(kept[0], cents=sum(amount.cents for amount in kept), span=span)

    def _region(self, cells: list[GridCell]) -> Amount | None:
        if self.region is None:
            return None
        return next((cell.amount for cell in cells if self._column(cell) == self.region), None)

    def _column(self, cell: GridCell) -> int:
        """Index of the column that a cell stands under: the one whose right edge is nearest."""
        return min(range(len(self.columns)), key=lambda index: abs(self.columns[index].x1 - cell.x1), default=0)


def _plan(pairs: list[_RawPair], heads: list[GridCell]) -> _Plan:
    columns = _columns(pairs, heads)
    region = None
    if len(columns) > 1:
        region = next((i for i, column in enumerate(columns) if _REGION_HEAD.search(column.head)), None)
    periods = [index for index, column in enumerate(columns) if _is_period(column.head)]
    chosen = _choose(columns, periods, pairs)
    covered = _covered([columns[index] for index in periods])
    return _Plan(tuple(columns), tuple(chosen), None if region in chosen else region, covered)


def _covered(columns: list[_Column]) -> CoveredMonths | None:
    """Months that columns of periods cover; those of civil years may hold a part only of the first and last year."""
    heads = [column.head for column in columns]
    spans = tuple(span for column in columns for span in column.head_spans)
    if len(heads) < 2:
        return None
    if all(_YEAR.search(head) for head in heads):
        return CoveredMonths(12 * (len(heads) - 2) + 2, 12 * len(heads), spans)
    months = sum(6 if _HALF_YEAR.search(head) else 3 if _QUARTER.search(head) else 12 for head in heads)
    return CoveredMonths(months, months, spans)


def _is_period(head: str) -> bool:
    return _PERIOD_HEAD.search(head) is not None and not _TOTAL_HEAD.search(head)


def _columns(pairs: list[_RawPair], heads: list[GridCell]) -> list[_Column]:
    edges: list[list[GridCell]] = []
    for cell in sorted((cell for pair in pairs for cell in pair.amounts), key=lambda cell: cell.x1):
        if edges and cell.x1 - edges[-1][-1].x1 < 14.0:
            edges[-1].append(cell)
        else:
            edges.append([cell])
    columns = []
    for cells in edges:
        x0, x1 = min(cell.x0 for cell in cells), max(cell.x1 for cell in cells)
        over = [cell for cell in heads if min(x1, cell.x1) - max(x0, cell.x0) > 0.3 * min(x1 - x0, cell.x1 - cell.x0)]
        columns.append(
            _Column(x0, x1, " ".join(cell.text for cell in over), tuple(cell.span for cell in over), len(cells))
        )
    return columns


def _choose(columns: list[_Column], periods: list[int], pairs: list[_RawPair]) -> list[int]:
    indexes = list(range(len(columns)))
    if len(indexes) <= 1:
        return indexes
    totals = [index for index in indexes if _TOTAL_HEAD.search(columns[index].head)]
    if totals:
        return totals[-1:]
    if _last_is_sum(columns, pairs):
        return indexes[-1:]
    if len(periods) > 1:
        return periods
    kept = [index for index in indexes if not _SIDE_HEAD.search(columns[index].head)] or indexes
    named = [index for index in kept if _AMOUNT_HEAD.search(columns[index].head)]
    return [max(named or kept, key=lambda index: (columns[index].filled, -index))]


def _last_is_sum(columns: list[_Column], pairs: list[_RawPair]) -> bool:
    full = [pair.amounts for pair in pairs if len(pair.amounts) == len(columns)]
    sums = [abs(sum(_cents(cell) for cell in cells[:-1]) - _cents(cells[-1])) <= 100 for cells in full]
    return len(columns) > 2 and len(sums) >= 2 and sum(sums) >= 0.7 * len(sums)


def _cents(cell: GridCell) -> int:
    return cell.amount.cents if cell.amount else 0
