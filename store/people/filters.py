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
"""The one value of `Dimension.KEPT`: dossiers kept longer than their call sets."""


class Dimension(StrEnum):
    """What dossiers may be narrowed by; the value is its name in addresses."""

    STATE = "etat"
    ASSIGNEE = "instruction"
    DECIDED = "decisions"
    JUROR = "jury"
    LABEL = "etiquette"
    CONFIRMED = "type-retenu"
    OUTCOME = "suite"
    READING = "lecture"
    ABSENT = "absent"
    THIN = "insuffisant"
    FINDING = "constat"
    SUGGESTED = "type"
    DECLARED = "type-declare"
    DEPARTMENT = "departement"
    ALIKE = "ressemblance"
    KEPT = "conservation"


class Sort(StrEnum):
    """The columns that the table may be sorted by; the value is its name in addresses."""

    NAME = "nom"
    BEARER = "porteur"
    DEPARTMENT = "departement"
    AID = "aide"
    SUGGESTED = "type"
    DECLARED = "type-declare"
    ABSENT = "absents"
    THIN = "insuffisants"
    FINDINGS = "constats"
    READING = "lecture"
    ALIKE = "ressemblances"
    STATE = "etat"
    ASSIGNEE = "instruction"
    DECIDED = "decisions"
    JURORS = "jury"
    CONFIRMED = "type-retenu"
    LABELS = "etiquettes"
    OUTCOME = "suite"


STATES: Mapping[str, str] = {"a-instruire": "open", "complet": "complete", "pieces-demandees": "pieces-requested"}
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
        Dimension.JUROR: _NUMBER,
        Dimension.LABEL: _NUMBER,
        Dimension.CONFIRMED: _TYPES,
        Dimension.OUTCOME: r"[a-z0-9-]{1,60}",
        Dimension.READING: "|".join(READINGS),
        Dimension.ABSENT: r"[\w.-]{1,60}",
        Dimension.THIN: r"[\w.-]{1,60}",
        Dimension.FINDING: r"[a-z0-9-]{1,60}",
        Dimension.SUGGESTED: _TYPES,
        Dimension.DECLARED: _TYPES,
        Dimension.DEPARTMENT: r"[0-9]{2,3}|2[AB]|aucun",
        Dimension.ALIKE: "oui",
        Dimension.KEPT: OVERDUE,
    }.items()
}
_WORDS, _AID_FROM, _AID_TO, _SORT = "recherche", "aide-min", "aide-max", "tri"
_ASIDE = frozenset({"page", "fait"})  # of the page, not of the filter
_MOST_WORDS = 200  # characters
_MOST_VALUES = 100
_AMOUNT = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Filter:
    """The dossiers shown and their order. `chosen` keeps the order of `Dimension`, its values sorted; euros."""

    words: str = ""
    chosen: tuple[tuple[Dimension, tuple[str, ...]], ...] = ()
    aid_from: int | None = None
    aid_to: int | None = None
    sort: Sort = Sort.NAME
    descending: bool = False

    @property
    def narrows(self) -> bool:
        """Whether it may leave dossiers out."""
        return bool(self.words or self.chosen or self.aid_from is not None or self.aid_to is not None)

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

    def sorted_by(self, sort: Sort) -> "Filter":
        """The same by another column; by the same one, the other way round."""
        return replace(self, sort=sort, descending=sort is self.sort and not self.descending)

    def unnarrowed(self) -> "Filter":
        """All dossiers, in the same order."""
        return Filter(sort=self.sort, descending=self.descending)

    def unchosen(self) -> "Filter":
        """The same with nothing chosen in any dimension."""
        return replace(self, chosen=())

    def query(self) -> str:
        """The canonical query string, without « ? »; never empty."""
        pairs = [(_WORDS, self.words)] if self.words else []
        pairs += [(dimension.value, value) for dimension, values in self.chosen for value in values]
        pairs += [
            (name, str(amount))
            for name, amount in ((_AID_FROM, self.aid_from), (_AID_TO, self.aid_to))
            if amount is not None
        ]
        pairs.append((_SORT, f"-{self.sort.value}" if self.descending else self.sort.value))
        return urlencode(pairs)


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
    if name in (_AID_FROM, _AID_TO):
        digits = "".join(value.split())
        if not _AMOUNT.fullmatch(digits):
            return None
        return replace(made, aid_from=int(digits)) if name == _AID_FROM else replace(made, aid_to=int(digits))
    try:
        dimension = Dimension(name)
    except ValueError:
        return None
    held = made.values(dimension)
    if not _VALUES[dimension].fullmatch(value) or len(held) >= _MOST_VALUES:
        return None
    return made.choosing(dimension, (*held, value))


def _with_sort(made: Filter, value: str) -> Filter | None:
    try:
        return replace(made, sort=Sort(value.removeprefix("-")), descending=value.startswith("-"))
    except ValueError:
        return None
