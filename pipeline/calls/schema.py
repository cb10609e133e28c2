"""What a call file may hold: the border where its TOML is checked, key by key, before it becomes a `Call`.

Every class is a table of the file and every attribute one of its keys. Unknown keys and wrong types are refused. What
is wrong is said by `problems`; what no single key can show (two equal ids...) is looked for by `consistency`.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError
from rapidfuzz import fuzz

from pipeline.analysis import INNOVATION_TYPES
from pipeline.calls.model import CheckKind, LimitUnit, RequirementKind
from pipeline.lexicon.cues import Cue, compile_patterns, lexicon_names, lexicon_of

EXPECTED = "expected"
"""Error type of this module's own validators; the context's `expected` says in French what the key should hold."""

_NEAR_ENOUGH = 60.0  # similarity, 0 to 100
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DEPARTMENT = re.compile(r"0[1-9]|[13-8]\d|2[1-9AB]|9[0-5]|97[1-8]|98[46-8]")


def nearest(name: str, known: Sequence[str]) -> str | None:
    """The known name that an unknown one most probably stands for; None when they all look different."""
    best = max(known, key=lambda candidate: fuzz.ratio(name, candidate), default=None)
    return best if best is not None and fuzz.ratio(name, best) >= _NEAR_ENOUGH else None


def _expected(text: str) -> PydanticCustomError:
    return PydanticCustomError(EXPECTED, "{expected}", {"expected": text})


def _identifier(value: str) -> str:
    if not _ID.fullmatch(value):
        raise _expected("des lettres minuscules sans accent, des chiffres et des tirets, comme « comptes-annuels »")
    return value


def _paragraphs(value: str) -> str:
    """The text with its line breaks as spaces; an empty line still separates two paragraphs."""
    joined = (" ".join(part.split()) for part in re.split(r"\n[^\S\n]*\n", value))
    text = "\n\n".join(part for part in joined if part)
    if not text:
        raise _expected("un texte qui ne soit pas vide")
    return text


def _department(value: str) -> str:
    if not _DEPARTMENT.fullmatch(value):
        raise _expected("un code de département, comme « 33 », « 2A » ou « 974 »")
    return value


def _pattern(value: str) -> str:
    try:
        lexicon_of("call", "call", (Cue("call", (value,)),))
    except ValueError as error:
        raise _expected(
            "un motif qui commence par un mot ou par trois lettres, comme « conseil* (municipal|communautaire) »"
        ) from error
    return value


def _heading(value: str) -> str:
    try:
        compile_patterns([value])
    except ValueError as error:
        raise _expected("un titre dont les parenthèses se ferment") from error
    return value


def _lexicon_of(family: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        names = lexicon_names(family)
        if value in names:
            return value
        near = nearest(value, names)
        hint = f", peut-être « {near} »" if near else ""
        known = ", ".join(names) if names else "aucun"
        raise _expected(f"un lexique installé{hint} (liste : {known})")

    return check


def _innovation_type(value: str) -> str:
    if value not in INNOVATION_TYPES:
        raise _expected(" ou ".join(f"« {name} »" for name in INNOVATION_TYPES))
    return value


Identifier = Annotated[str, AfterValidator(_identifier)]
Text = Annotated[str, AfterValidator(_paragraphs)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Heading = Annotated[Text, AfterValidator(_heading)]
Year = Annotated[int, Field(ge=1990, le=2100)]
Months = Annotated[int, Field(ge=1, le=120)]


class Table(BaseModel):
    """A table of the file: no key but its own, no conversion from one type to another."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Placed(Table):
    """Something read in a source; `document` is a key of `sources`, the first one when absent."""

    place: Text
    document: Identifier | None = None


class StatementTable(Placed):
    id: Identifier
    text: Text


class SourceTable(Table):
    key: Identifier
    title: Text
    publisher: Text
    year: Year


class DepartmentTable(Table):
    code: Annotated[str, AfterValidator(_department)]
    name: Text


class LimitTable(Table):
    value: Annotated[int, Field(ge=1)]
    unit: Annotated[LimitUnit, Field(strict=False)]


class ItemTable(Table):
    id: Identifier
    title: Text
    topic: Annotated[str, AfterValidator(_lexicon_of("items"))] | None = None
    cues: list[Pattern] = []
    optional: bool = False


class FieldTable(Placed):
    id: Identifier
    title: Text
    wording: Text
    kind: Annotated[RequirementKind, Field(strict=False)] = RequirementKind.FIELD
    topic: Annotated[str, AfterValidator(_lexicon_of("topics"))] | None = None
    items: list[ItemTable] = []
    optional: bool = False
    limit: LimitTable | None = None
    horizon_months: Months | None = None
    headings: list[Heading] = []
    cues: list[Pattern] = []
    must_be_dated: bool = False
    must_be_signed: bool = False


class MarkerTable(Placed):
    """A marker; `levels` follows the call's `scale`."""

    id: Identifier
    title: Text
    dimension: Text | None = None
    levels: list[Text] = []
    topic: Annotated[str, AfterValidator(_lexicon_of("markers"))] | None = None
    notion: Identifier | None = None
    definition: Text | None = None
    cues: list[Pattern] = []


class TypeTable(Placed):
    id: Annotated[str, AfterValidator(_innovation_type)]
    title: Text
    definition: Text


class CheckTable(Placed):
    id: Identifier
    kind: Annotated[CheckKind, Field(strict=False)]
    wording: Text
    amount: Annotated[int, Field(ge=1)] | None = None


class LevelTable(Table):
    value: Text
    wording: Text


class GridItemTable(Table):
    id: Identifier
    text: Text


class GridGroupTable(Table):
    id: Identifier
    title: Text
    items: Annotated[list[GridItemTable], Field(min_length=1)]
    if_relevant: bool = False


class GridTable(Placed):
    wording: Text
    values: Annotated[list[LevelTable], Field(min_length=2)]
    groups: Annotated[list[GridGroupTable], Field(min_length=1)]


class CallLists(Table):
    """The parts of a call file that `consistency` compares with one another; none is obligatory here."""

    year: Year | None = None
    deadline: date | None = None
    departments: list[DepartmentTable] = []
    scale: list[Text] = []
    sources: list[SourceTable] = []
    definition: StatementTable | None = None
    fields: list[FieldTable] = []
    markers: list[MarkerTable] = []
    types: list[TypeTable] = []
    checks: list[CheckTable] = []
    grid: GridTable | None = None
    confidentiality: StatementTable | None = None
    bearers: list[StatementTable] = []
    expenses: list[StatementTable] = []
    payment: list[StatementTable] = []
    objectives: list[StatementTable] = []
    generic_criteria: list[StatementTable] = []
    jury_criteria: list[StatementTable] = []
    outcomes: list[StatementTable] = []
    instruction_dimensions: list[StatementTable] = []
    synthesis_items: list[StatementTable] = []
    rules_of_use: list[StatementTable] = []
    contacts: list[StatementTable] = []
    further_definitions: list[StatementTable] = []
    conditions: list[StatementTable] = []
    expectations: list[StatementTable] = []
    procedure: list[StatementTable] = []


class CallFile(CallLists):
    """A whole call file."""

    id: Identifier
    title: Text
    short_title: Text
    year: Year
    institution: Text
    region: Text
    definition: StatementTable
    sources: Annotated[list[SourceTable], Field(min_length=1)]
    fields: Annotated[list[FieldTable], Field(min_length=1)]
    markers: Annotated[list[MarkerTable], Field(min_length=1)]


def table_at(path: tuple[str | int, ...]) -> type[Table]:
    """The class of the table that holds the key at the end of `path`, e.g. `("fields", 3, "limit", "unit")`."""
    table: type[Table] = CallFile
    for key in path[:-1]:
        if isinstance(key, str):
            table = _table_in(table.model_fields[key].annotation)
    return table


def _table_in(annotation: Any) -> type[Table]:
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return annotation
    inner = (part for part in annotation.__args__ if part is not type(None))
    return _table_in(next(inner))
