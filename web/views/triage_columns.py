"""The columns of the triage table: which are shown, what is written above them, what sorts them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from store.people.filters import Filter, Sort
from web.views.triage_words import address

_CORRECTED = "là où une personne a corrigé, c’est ce qu’elle dit qui trie"
_PEOPLE: tuple[tuple[Sort, str, str], ...] = (
    (Sort.STATE, "État", ""),
    (Sort.DEPOSITED, "Déposé", "Date du dernier dépôt"),
    (Sort.ASSIGNEE, "Suivi par", ""),
    (Sort.DECIDED, "Décidés", "Champs décidés"),
    (Sort.JURORS, "Jury", "Jurés à qui le dossier est confié"),
    (Sort.CONFIRMED, "Type retenu", ""),
    (Sort.OUTCOME, "Suite", "Suite donnée par le jury"),
    (Sort.LABELS, "Étiquettes", ""),
)
_MACHINE: tuple[tuple[Sort, str, str], ...] = (
    (Sort.BEARER, "Porteur", ""),
    (Sort.DEPARTMENT, "Dép.", "Département"),
    (Sort.AID, "Aide", "Aide demandée"),
    (Sort.BUDGET, "Budget", "Budget total"),
    (Sort.DURATION, "Durée", "Durée en mois"),
    (Sort.ABSENT, "Absents", "Champs absents"),
    (Sort.THIN, "Insuff.", "Champs insuffisants"),
    (Sort.FINDINGS, "Constats", ""),
    (Sort.READING, "Lecture", ""),
    (Sort.PAGES, "Pages", ""),
    (Sort.SUGGESTED, "Type suggéré", ""),
    (Sort.DECLARED, "Type déclaré", ""),
    (Sort.ALIKE, "Sembl.", "Dossiers semblables"),
)
"""Columns in their order: what sorts them, what is written above, and in full where that is short."""

_FACTS = frozenset({Sort.BEARER, Sort.DEPARTMENT, Sort.AID, Sort.BUDGET, Sort.DURATION})
_NUMBERS = frozenset(
    {Sort.AID, Sort.BUDGET, Sort.DURATION, Sort.ABSENT, Sort.THIN, Sort.FINDINGS, Sort.PAGES, Sort.ALIKE}
    | {Sort.JURORS, Sort.DECIDED}
)
_ASIDE = frozenset({Sort.BUDGET, Sort.DURATION, Sort.PAGES, Sort.DEPOSITED})
USUAL = tuple(each for each in Sort if each is not Sort.NAME and each not in _ASIDE)
"""The columns that are shown to who has chosen none."""


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column: the address that sorts by it, and how it is sorted now (a value of `aria-sort`).

    `full` is its name where `label` is short, `told` what is said where one points at it.
    """

    label: str
    full: str
    told: str
    href: str
    sorted: str
    look: str


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column that may be shown."""

    value: str
    label: str
    shown: bool


def showing(made: Filter, kept: tuple[Sort, ...]) -> Filter:
    """The filter with the columns that the table shows: those of its address, of the person, or the usual ones."""
    return replace(made, columns=made.columns or kept or USUAL)


def columns(call: str, made: Filter, shown: Collection[Sort]) -> Mapping[str, tuple[Column, ...]]:
    """The heads of the columns: « first », « people », « machine »."""
    return {
        "first": (_column(call, made, Sort.NAME, "Dossier", ""),),
        "people": tuple(_column(call, made, *each) for each in _PEOPLE if each[0] in shown),
        "machine": tuple(_column(call, made, *each) for each in _MACHINE if each[0] in shown),
    }


def choices(shown: Collection[Sort]) -> Mapping[str, tuple[ColumnChoice, ...]]:
    """All the columns that may be shown: « people », « machine »."""
    return {"people": tuple(_choices(_PEOPLE, shown)), "machine": tuple(_choices(_MACHINE, shown))}


def _choices(family: tuple[tuple[Sort, str, str], ...], shown: Collection[Sort]) -> Iterator[ColumnChoice]:
    for sort, label, full in family:
        yield ColumnChoice(sort.value, full or label, sort in shown)


def _column(call: str, made: Filter, sort: Sort, label: str, full: str) -> Column:
    sorted_now = "" if sort is not made.sort else "descending" if made.descending else "ascending"
    told = f"{full or label} : {_CORRECTED}" if sort in _FACTS else full
    look = "number" if sort in _NUMBERS else ""
    return Column(label, full, told, address(call, made.sorted_by(sort)), sorted_now, look)
