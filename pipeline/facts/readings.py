"""What was read on one subject, with every place where it stands: facts are drawn from it, findings compare it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pipeline.document import Span
from pipeline.facts.amounts import Amount
from pipeline.facts.dates import Period, StatedDate


@dataclass(frozen=True, slots=True)
class Stated:
    """A value in words or figures and the places that state it."""

    value: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """An identifier as printed, without its spaces; `valid` says whether its check digits are right."""

    value: str
    span: Span
    valid: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """The bearer. Numbers are those given as the bearer's, in order of the text."""

    name: Stated | None
    legal_form: Stated | None
    sirens: tuple[Number, ...]
    sirets: tuple[Number, ...]
    rnas: tuple[Number, ...]
    created: Stated | None


@dataclass(frozen=True, slots=True)
class Seat:
    """Where the bearer is established, as far as it is stated."""

    commune: Stated | None
    postal_code: Stated | None
    department: Stated | None  # its code


class AidSource(StrEnum):
    """Where an aid asked was read; the budget counts least, as other aids of the Region may stand in it."""

    LABEL = "label"
    PROSE = "prose"


@dataclass(frozen=True, slots=True)
class AidMention:
    amount: Amount
    source: AidSource


@dataclass(frozen=True, slots=True)
class Months:
    """A length of time in months and the place that states it."""

    months: int
    span: Span


@dataclass(frozen=True, slots=True)
class Timing:
    """`action`: lengths of the action, most trusted first; `accounts`: months that the forecast accounts cover."""

    action: tuple[Months, ...]
    accounts: tuple[Months, ...]
    periods: tuple[Period, ...]
    started: tuple[StatedDate, ...]
    signed: tuple[StatedDate, ...]


def distinct_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans without repetition, in order of the text."""
    return tuple(sorted(set(spans)))
