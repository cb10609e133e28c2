"""What a call (AMI) defines, item by item, each with the place where it was read.

The wording of levels, criteria and grids is shown to people. No program reads it to decide anything.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Source:
    """Where an item was read: a document's key in `Call.sources` and a place in it ("§ 5, champ 3")."""

    document: str
    place: str


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A published text that the call file quotes."""

    key: str
    title: str
    publisher: str
    year: int


@dataclass(frozen=True, slots=True)
class Statement:
    """An official wording with its source."""

    id: str
    text: str
    source: Source


class RequirementKind(StrEnum):
    FIELD = "field"  # something that the dossier must say
    DOCUMENT = "document"  # a paper that the dossier must hold


class LimitUnit(StrEnum):
    PAGES = "pages"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class LengthLimit:
    value: int
    unit: LimitUnit


@dataclass(frozen=True, slots=True)
class SubItem:
    """One of the things that a field asks for, e.g. "comptes annuels" in the bearer's sheet.

    `topic` names a lexicon file (`pipeline/lexicon/data/items/<topic>.toml`); `cues` are patterns of the call's own.
    `optional` when the wording makes it so ("le cas échéant").
    """

    id: str
    title: str
    topic: str | None = None
    cues: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class RequiredField:
    """A field or document that every dossier of the call must answer.

    `topic` names what kind of answer is expected (`pipeline/lexicon/data/topics/<topic>.toml`: other headings that
    applicants use, cues of the content). `headings` and `cues` are the call's own additions to it.
    `must_be_dated`, `must_be_signed`: documents only.
    """

    id: str
    title: str
    wording: str
    source: Source
    kind: RequirementKind = RequirementKind.FIELD
    topic: str | None = None
    items: tuple[SubItem, ...] = ()
    optional: bool = False
    limit: LengthLimit | None = None
    horizon_months: int | None = None
    headings: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    must_be_dated: bool = False
    must_be_signed: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a marker's scale, in the call's words; for the jurors' eyes only."""

    value: str
    wording: str


@dataclass(frozen=True, slots=True)
class Marker:
    """One of the 12 markers. `topic` names its lexicon (`pipeline/lexicon/data/markers/<topic>.toml`).

    `notion` names what it means, as the reader of dossiers has learned it: markers of different calls may share one.
    """

    id: str
    title: str
    source: Source
    dimension: str | None = None
    levels: tuple[Level, ...] = ()
    topic: str | None = None
    notion: str | None = None
    definition: str = ""
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InnovationType:
    """One of the three types, as the call defines it (`id` is one of `analysis.INNOVATION_TYPES`)."""

    id: str
    title: str
    definition: str
    source: Source


@dataclass(frozen=True, slots=True)
class Department:
    code: str  # "33", "2A"
    name: str


class CheckKind(StrEnum):
    """The closed list of checks that the program knows how to make; a call chooses among them."""

    AID_CEILING = "aid-ceiling"  # amount in euros
    TERRITORY = "territory"  # the bearer's seat is in one of the call's departments
    DURATION = "duration"  # amount in months
    ACCOUNTS_HORIZON = "accounts-horizon"  # amount in months
    BALANCED_BUDGET = "balanced-budget"
    BEFORE_MARKET = "before-market"  # the phase helped comes before the sale of goods or services
    NOT_ALREADY_AIDED = "not-already-aided"
    ELIGIBLE_BEARER = "eligible-bearer"
    PRIVATE_LAW_ONLY = "private-law-only"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Check:
    """An eligibility rule. A check yields findings, never a decision."""

    id: str
    kind: CheckKind
    wording: str
    source: Source
    amount: int | None = None  # euros or months, by kind


@dataclass(frozen=True, slots=True)
class GridGroup:
    """A group of the feasibility grid with its items."""

    id: str
    title: str
    items: tuple[Statement, ...]
    if_relevant: bool = False


@dataclass(frozen=True, slots=True)
class FeasibilityGrid:
    """The second reading of ALPC 2016: filled by the jury only."""

    wording: str
    source: Source
    values: tuple[Level, ...]
    groups: tuple[GridGroup, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A whole call. `digest` is the SHA-256 of the file's bytes; tuples keep the order of the official text."""

    id: str
    title: str
    short_title: str
    year: int
    institution: str
    region: str
    departments: tuple[Department, ...]
    deadline: date | None
    definition: Statement
    sources: tuple[SourceDocument, ...]
    fields: tuple[RequiredField, ...]
    markers: tuple[Marker, ...]
    types: tuple[InnovationType, ...]
    bearers: tuple[Statement, ...]
    expenses: tuple[Statement, ...]
    checks: tuple[Check, ...]
    ceiling_eur: int | None
    duration_months: int | None
    payment: tuple[Statement, ...]
    objectives: tuple[Statement, ...]
    generic_criteria: tuple[Statement, ...]
    jury_criteria: tuple[Statement, ...]
    grid: FeasibilityGrid | None
    outcomes: tuple[Statement, ...]
    instruction_dimensions: tuple[Statement, ...]
    synthesis_items: tuple[Statement, ...]
    confidentiality: Statement | None
    rules_of_use: tuple[Statement, ...]  # e.g. the marker tool is never for individual use
    contacts: tuple[Statement, ...]
    digest: str
    further_definitions: tuple[Statement, ...] = ()
    conditions: tuple[Statement, ...] = ()  # eligibility conditions that only a person can weigh
    expectations: tuple[Statement, ...] = ()  # what the applicant must explain, whatever the field
    procedure: tuple[Statement, ...] = ()  # how dossiers are handed in, examined and decided, and when
