"""What the table of a call's dossiers is narrowed by and sorted by, and how an address says it.

A filter and its canonical query string are one and the same: `read(filter.query()).filter == filter`. Within one
dimension any of the chosen values will do; all dimensions hold at once.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import parse_qsl, urlencode

NONE = "aucun"
"""The value that stands for « none » in every dimension that may have none."""


OVERDUE = "depassee"
"""The one value of `Dimension.KEPT` (kept longer than the call sets) and of `Dimension.REPLY` (awaited too long)."""

AFTER = "apres-limite"
"""The one value of `Dimension.RECEIVED`: first deposited after the deadline set for the call."""

ANY = "au-moins-un"
"""Of `Dimension.LACKING`: any field."""


class Dimension(StrEnum):
    """What dossiers may be narrowed by; the value is its name in addresses."""

    STATE = "etat"
    REPLY = "reponse"
    ASSIGNEE = "instruction"
    DECIDED = "decisions"
    LACKING = "manque"
    RECEIVED = "recu"
    JUROR = "jury"
    LABEL = "etiquette"
    CONFIRMED = "type-retenu"
    OUTCOME = "suite"
    READING = "lecture"
    ABSENT = "absent"
    THIN = "insuffisant"
    FINDING = "constat"  # that nobody has settled yet
    FOUND = "constat-releve"  # settled or not
    SUGGESTED = "type"
    DECLARED = "type-declare"
    DEPARTMENT = "departement"
    ALIKE = "ressemblance"
    KEPT = "conservation"


class Amount(StrEnum):
    """The amounts that dossiers may be narrowed by; the value is its name in addresses, before « -min » or « -max »."""

    AID = "aide"
    BUDGET = "budget"


class Sort(StrEnum):
    """The columns that the table may be sorted by; the value is its name in addresses."""

    NAME = "nom"
    BEARER = "porteur"
    DEPARTMENT = "departement"
    AID = "aide"
    BUDGET = "budget"
    DURATION = "duree"
    SUGGESTED = "type"
    DECLARED = "type-declare"
    ABSENT = "absents"
    THIN = "insuffisants"
    FINDINGS = "constats"
    READING = "lecture"
    PAGES = "pages"
    ALIKE = "ressemblances"
    STATE = "etat"
    DEPOSITED = "depot"
    ASSIGNEE = "instruction"
    DECIDED = "decisions"
    JURORS = "jury"
    CONFIRMED = "type-retenu"
    LABELS = "etiquettes"
    OUTCOME = "suite"


DROPPED = "sans-suite"
STATES: Mapping[str, str] = {
    "a-instruire": "open",
    "complet": "complete",
    "pieces-demandees": "pieces-requested",
    DROPPED: "dropped",
}
"""The states of dossiers, by their names in addresses."""

READINGS: Mapping[str, str] = {
    "lu": "analysed",
    "lu-en-partie": "partly-read",
    "en-attente": "waiting",
    "illisible": "unreadable",
    "en-echec": "failed",
}
"""How far dossiers are read, by their names in addresses."""

BEGUN, ALL = "en-cours", "toutes"
"""Of `Dimension.DECIDED`, besides `NONE`: people have decided some of the fields of a dossier, or all of them."""

_TYPES = "services|organisationnelle|territoriale|aucun"
_NUMBER = r"[1-9][0-9]{0,8}|aucun"
_VALUES: Mapping[Dimension, re.Pattern[str]] = {
    dimension: re.compile(pattern)
    for dimension, pattern in {
        Dimension.STATE: "|".join(STATES),
        Dimension.ASSIGNEE: _NUMBER,
        Dimension.DECIDED: f"{BEGUN}|{ALL}|{NONE}",
        Dimension.LACKING: r"[\w.-]{1,60}",
        Dimension.RECEIVED: AFTER,
        Dimension.JUROR: _NUMBER,
        Dimension.LABEL: _NUMBER,
        Dimension.CONFIRMED: _TYPES,
        Dimension.OUTCOME: r"[a-z0-9-]{1,60}",
        Dimension.READING: "|".join(READINGS),
        Dimension.ABSENT: r"[\w.-]{1,60}",
        Dimension.THIN: r"[\w.-]{1,60}",
        Dimension.FINDING: r"[a-z0-9-]{1,60}",
        Dimension.FOUND: r"[a-z0-9-]{1,60}",
        Dimension.SUGGESTED: _TYPES,
        Dimension.DECLARED: _TYPES,
        Dimension.DEPARTMENT: r"[0-9]{2,3}|2[AB]|aucun",
        Dimension.ALIKE: "oui",
        Dimension.KEPT: OVERDUE,
        Dimension.REPLY: OVERDUE,
    }.items()
}
_WORDS, _SORT, _COLUMNS = "recherche", "tri", "colonnes"
_LEAST, _MOST = "-min", "-max"  # after the name of an amount
_BETWEEN = "."  # columns
_ASIDE = frozenset({"page", "fait"})  # of the page, not of the filter
_MOST_WORDS = 200  # characters
_MOST_VALUES = 100
_DIGITS = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Range:
    """Amounts from `least` to `most`, both in it; None: no bound. Euros."""

    least: int | None = None
    most: int | None = None

    @property
    def narrows(self) -> bool:
        """Whether it may leave amounts out."""
        return self.least is not None or self.most is not None


@dataclass(frozen=True, slots=True)
class Filter:
    """The dossiers shown, their order and their columns. `chosen` keeps the order of `Dimension`, its values sorted.

    `amounts` keeps that of `Amount`, `columns` that of `Sort`; no column: those that the person has shown.
    """

    words: str = ""
    chosen: tuple[tuple[Dimension, tuple[str, ...]], ...] = ()
    amounts: tuple[tuple[Amount, Range], ...] = ()
    sort: Sort = Sort.NAME
    descending: bool = False
    columns: tuple[Sort, ...] = ()

    @property
    def narrows(self) -> bool:
        """Whether it may leave dossiers out."""
        return bool(self.words or self.chosen or self.amounts)

    def values(self, dimension: Dimension) -> tuple[str, ...]:
        """What is chosen in a dimension; nothing: all will do."""
        return dict(self.chosen).get(dimension, ())

    def choosing(self, dimension: Dimension, values: Iterable[str]) -> "Filter":
        """The same with these values in a dimension; none takes the dimension away."""
        chosen = dict(self.chosen) | {dimension: tuple(sorted(set(values)))}
        return replace(self, chosen=tuple((each, chosen[each]) for each in Dimension if chosen.get(each)))

    def without(self, dimension: Dimension, value: str) -> "Filter":
        """The same with a value no longer chosen."""
        return self.choosing(dimension, (each for each in self.values(dimension) if each != value))

    def amount(self, amount: Amount) -> Range:
        """What an amount must be."""
        return dict(self.amounts).get(amount, Range())

    def bounding(self, amount: Amount, wanted: Range) -> "Filter":
        """The same with another range of an amount."""
        held = dict(self.amounts) | {amount: wanted}
        return replace(
            self, amounts=tuple((each, held[each]) for each in Amount if each in held and held[each].narrows)
        )

    def sorted_by(self, sort: Sort) -> "Filter":
        """The same by another column; by the same one, the other way round."""
        return replace(self, sort=sort, descending=sort is self.sort and not self.descending)

    def unnarrowed(self) -> "Filter":
        """All dossiers, in the same order and with the same columns."""
        return Filter(sort=self.sort, descending=self.descending, columns=self.columns)

    def unchosen(self) -> "Filter":
        """The same with nothing chosen in any dimension."""
        return replace(self, chosen=())

    def query(self) -> str:
        """The canonical query string, without « ? »; never empty."""
        pairs = [(_WORDS, self.words)] if self.words else []
        pairs += [(dimension.value, value) for dimension, values in self.chosen for value in values]
        for amount, wanted in self.amounts:
            bounds = ((_LEAST, wanted.least), (_MOST, wanted.most))
            pairs += [(f"{amount.value}{which}", str(bound)) for which, bound in bounds if bound is not None]
        pairs.append((_SORT, f"-{self.sort.value}" if self.descending else self.sort.value))
        if self.columns:
            pairs.append((_COLUMNS, written(self.columns)))
        return urlencode(pairs)


def columns_of(names: Iterable[str]) -> tuple[Sort, ...]:
    """The columns of these names beside that of the dossiers, which is always shown; what is unknown is left aside."""
    wanted = frozenset(names)
    return tuple(each for each in Sort if each is not Sort.NAME and each.value in wanted)


def listed_columns(text: str) -> tuple[Sort, ...]:
    """The columns that `written` wrote."""
    return columns_of(text.split(_BETWEEN))


def written(columns: Iterable[Sort]) -> str:
    """Columns as addresses and the store write them."""
    return _BETWEEN.join(column.value for column in columns)


@dataclass(frozen=True, slots=True)
class ReadFilter:
    """A filter with the names of what an address said and nobody understands, each once."""

    filter: Filter
    ignored: tuple[str, ...]


def read(query: str) -> ReadFilter:
    """The filter that a query string says. What is unknown is left aside and named; empty values mean nothing."""
    made, ignored = Filter(), dict[str, None]()
    for name, value in parse_qsl(query, max_num_fields=2 * _MOST_VALUES, errors="replace"):
        if name in _ASIDE:
            continue
        changed = _with(made, name, value.strip())
        if changed is None:
            ignored[name[:40]] = None
        else:
            made = changed
    return ReadFilter(made, tuple(ignored))


def _with(made: Filter, name: str, value: str) -> Filter | None:
    """The filter with one more thing said; None when it makes no sense."""
    if name == _WORDS:
        return replace(made, words=" ".join(value.split())[:_MOST_WORDS])
    if name == _SORT:
        return _with_sort(made, value)
    if name == _COLUMNS:
        columns = listed_columns(value)
        return replace(made, columns=columns) if columns else None
    if name.endswith((_LEAST, _MOST)):
        return _with_bound(made, name, "".join(value.split()))
    try:
        dimension = Dimension(name)
    except ValueError:
        return None
    held = made.values(dimension)
    if not _VALUES[dimension].fullmatch(value) or len(held) >= _MOST_VALUES:
        return None
    return made.choosing(dimension, (*held, value))


def _with_bound(made: Filter, name: str, digits: str) -> Filter | None:
    try:
        amount = Amount(name.removesuffix(_LEAST).removesuffix(_MOST))
    except ValueError:
        return None
    if not _DIGITS.fullmatch(digits):
        return None
    held, bound = made.amount(amount), int(digits)
    return made.bounding(amount, replace(held, least=bound) if name.endswith(_LEAST) else replace(held, most=bound))


def _with_sort(made: Filter, value: str) -> Filter | None:
    try:
        return replace(made, sort=Sort(value.removeprefix("-")), descending=value.startswith("-"))
    except ValueError:
        return None
