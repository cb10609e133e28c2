"""From a call file's bytes to a `Call`, or to all that is wrong with the file."""

import hashlib
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipeline.calls.catalogue import built_in_calls, built_in_content
from pipeline.calls.consistency import inconsistencies
from pipeline.calls.model import (
    Call,
    Check,
    CheckKind,
    Department,
    FeasibilityGrid,
    GridGroup,
    InnovationType,
    LengthLimit,
    Level,
    Marker,
    RequiredField,
    Source,
    SourceDocument,
    Statement,
    SubItem,
)
from pipeline.calls.notions import NOTION_OF_TOPIC
from pipeline.calls.problems import encoding_problem, key_problem, problem, toml_problem
from pipeline.calls.schema import (
    CallFile,
    CallLists,
    CheckTable,
    FieldTable,
    GridTable,
    MarkerTable,
    Placed,
    StatementTable,
    TypeTable,
)
from pipeline.errors import InvalidCallFile, UnknownCall
from pipeline.text import typeset

MAX_BYTES = 1_000_000
"""A call file is some 30 KB: what is larger than this was given by mistake."""


def load_call(name_or_path: str) -> Call:
    """A call by the id of a built-in one, or by the path of a call file.

    Raises:
        UnknownCall: there is neither such a call nor such a file.
        InvalidCallFile: the file is there but wrong.
    """
    if name_or_path in built_in_calls():
        return parse_call(built_in_content(name_or_path), name_or_path)
    path = Path(name_or_path)
    if not path.is_file():
        raise UnknownCall(typeset(f"« {name_or_path} » n'est ni un appel connu, ni un fichier d'appel."))
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InvalidCallFile(name_or_path, ["le fichier ne peut pas être ouvert."]) from error
    return parse_call(content, name_or_path)


def parse_call(content: bytes, origin: str) -> Call:
    """The call that a file describes.

    Args:
        content: the file's bytes (TOML, UTF-8).
        origin: the file's name, for the messages.

    Raises:
        InvalidCallFile: with every problem found at once, each naming its key.
    """
    data = _read_toml(content, origin)
    try:
        file = CallFile.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        refused = frozenset(str(detail["loc"][0]) for detail in details)
        accepted = CallLists.model_validate(
            {key: value for key, value in data.items() if key in CallLists.model_fields and key not in refused}
        )
        problems = [key_problem(detail, data) for detail in details]
        raise InvalidCallFile(origin, problems + inconsistencies(accepted, refused, data)) from error
    problems = _borrowed_id(file.id, content) + inconsistencies(file, frozenset(), data)
    if problems:
        raise InvalidCallFile(origin, problems)
    return _call(file, hashlib.sha256(content).hexdigest())


def _read_toml(content: bytes, origin: str) -> dict[str, Any]:
    if len(content) > MAX_BYTES:
        raise InvalidCallFile(
            origin, [f"le fichier dépasse {MAX_BYTES // 1_000_000} Mo : ce n'est pas un fichier d'appel."]
        )
    try:
        # Some editors put a byte order mark at the start of UTF-8 files.
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InvalidCallFile(origin, [encoding_problem(content, error)]) from error
    except tomllib.TOMLDecodeError as error:
        raise InvalidCallFile(origin, [toml_problem(error)]) from error
    except RecursionError as error:
        raise InvalidCallFile(origin, ["trop de listes ou de tables les unes dans les autres."]) from error


def _borrowed_id(call_id: str, content: bytes) -> list[str]:
    """Two calls under one id could not be told apart in the results."""
    if call_id not in built_in_calls() or content == built_in_content(call_id):
        return []
    return [problem("id", f"« {call_id} », qui est un appel livré avec le programme", "un identifiant à vous")]


def _call(file: CallFile, digest: str) -> Call:
    document = file.sources[0].key
    return Call(
        id=file.id,
        title=file.title,
        short_title=file.short_title,
        year=file.year,
        institution=file.institution,
        region=file.region,
        departments=tuple(Department(part.code, part.name) for part in file.departments),
        deadline=file.deadline,
        definition=_statement(file.definition, document),
        sources=tuple(SourceDocument(part.key, part.title, part.publisher, part.year) for part in file.sources),
        fields=tuple(_field(part, document) for part in file.fields),
        markers=tuple(_marker(part, file.scale, document) for part in file.markers),
        types=tuple(_type(part, document) for part in file.types),
        bearers=_statements(file.bearers, document),
        expenses=_statements(file.expenses, document),
        checks=tuple(_check(part, file.fields, document) for part in file.checks),
        ceiling_eur=_amount(file.checks, CheckKind.AID_CEILING),
        duration_months=_amount(file.checks, CheckKind.DURATION),
        payment=_statements(file.payment, document),
        objectives=_statements(file.objectives, document),
        generic_criteria=_statements(file.generic_criteria, document),
        jury_criteria=_statements(file.jury_criteria, document),
        grid=_grid(file.grid, document) if file.grid else None,
        outcomes=_statements(file.outcomes, document),
        instruction_dimensions=_statements(file.instruction_dimensions, document),
        synthesis_items=_statements(file.synthesis_items, document),
        confidentiality=_statement(file.confidentiality, document) if file.confidentiality else None,
        rules_of_use=_statements(file.rules_of_use, document),
        contacts=_statements(file.contacts, document),
        digest=digest,
        further_definitions=_statements(file.further_definitions, document),
        conditions=_statements(file.conditions, document),
        expectations=_statements(file.expectations, document),
        procedure=_statements(file.procedure, document),
    )


def _source(placed: Placed, document: str) -> Source:
    """Where an item was read; `document` is the call's main source, used when the item names none."""
    return Source(placed.document or document, placed.place)


def _statement(table: StatementTable, document: str) -> Statement:
    return Statement(table.id, table.text, _source(table, document))


def _statements(tables: Iterable[StatementTable], document: str) -> tuple[Statement, ...]:
    return tuple(_statement(table, document) for table in tables)


def _field(table: FieldTable, document: str) -> RequiredField:
    return RequiredField(
        id=table.id,
        title=table.title,
        wording=table.wording,
        source=_source(table, document),
        kind=table.kind,
        topic=table.topic,
        items=tuple(SubItem(item.id, item.title, item.topic, tuple(item.cues), item.optional) for item in table.items),
        optional=table.optional,
        limit=LengthLimit(table.limit.value, table.limit.unit) if table.limit else None,
        horizon_months=table.horizon_months,
        headings=tuple(table.headings),
        cues=tuple(table.cues),
        must_be_dated=table.must_be_dated,
        must_be_signed=table.must_be_signed,
    )


def _marker(table: MarkerTable, scale: list[str], document: str) -> Marker:
    return Marker(
        id=table.id,
        title=table.title,
        source=_source(table, document),
        dimension=table.dimension,
        levels=tuple(Level(value, wording) for value, wording in zip(scale, table.levels, strict=False)),
        topic=table.topic,
        notion=table.notion or NOTION_OF_TOPIC.get(table.topic or ""),
        definition=table.definition or "",
        cues=tuple(table.cues),
    )


def _type(table: TypeTable, document: str) -> InnovationType:
    return InnovationType(table.id, table.title, table.definition, _source(table, document))


def _check(table: CheckTable, fields: list[FieldTable], document: str) -> Check:
    horizons = (field.horizon_months for field in fields if field.horizon_months)
    amount = max(horizons) if table.kind is CheckKind.ACCOUNTS_HORIZON else table.amount
    return Check(table.id, table.kind, table.wording, _source(table, document), amount)


def _amount(checks: Iterable[CheckTable], kind: CheckKind) -> int | None:
    return next((check.amount for check in checks if check.kind is kind), None)


def _grid(table: GridTable, document: str) -> FeasibilityGrid:
    source = _source(table, document)
    groups = (
        GridGroup(
            id=group.id,
            title=group.title,
            items=tuple(Statement(item.id, item.text, source) for item in group.items),
            if_relevant=group.if_relevant,
        )
        for group in table.groups
    )
    values = tuple(Level(level.value, level.wording) for level in table.values)
    return FeasibilityGrid(table.wording, source, values, tuple(groups))
