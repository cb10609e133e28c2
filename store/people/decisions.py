"""What instructors decide on a dossier: fields, facts, findings, type; and the notes that they leave on it.

A decision never changes: another one replaces it, and both stay. Beside what the person said stands what the machine
had said then, and in which analysis.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Row, delete, func, insert, select

from pipeline.analysis import SectionStatus
from pipeline.errors import UsageProblem
from store.canonical import Json, canonical_json
from store.instants import instant
from store.journal import Writing, about_dossier
from store.people import dossiers, visible
from store.people.room import Reading
from store.people.sealing import append
from store.people.tables.accounts import people
from store.people.tables.decisions import decided_dossiers, decisions, settled_findings
from store.people.viewers import Viewer
from store.problems import NotInStore
from store.records import Action, Datum
from store.schema import dossiers as dossiers_table


class Kind(StrEnum):
    """What a decision is about."""

    FIELD = "field"
    FACT = "fact"
    FINDING = "finding"
    TYPE = "type"
    NOTE = "note"


class Settlement(StrEnum):
    """What a person makes of a finding."""

    NOTED = "noted"
    SETTLED = "settled"
    NO_PROBLEM = "no-problem"


class DecidedMeanwhile(UsageProblem):
    """Someone has decided the same thing since the page was opened."""

    code = "decided-meanwhile"
    advice = "Rechargez la page pour voir ce qui a été décidé ; votre note est gardée sur cette machine."

    def __init__(self) -> None:
        super().__init__("Une décision a été prise entre-temps sur ce point.")


@dataclass(frozen=True, slots=True)
class Statement:
    """What a person says. `key` is of the field, the fact or the finding, empty for the type; of a note, what it is
    beside (`store.people.notes`), empty for the whole dossier.

    `value` is the status of a field, the value of a fact, the settlement of a finding, the list of types; None takes a
    decision back. `machine` is what the machine says of it in `analysis`, None when it says nothing. `replaces` is the
    decision that the person had before the eyes.
    """

    kind: Kind
    key: str
    value: Json
    note: str = ""
    machine: Json = None
    analysis: int | None = None
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A statement as it was kept: who made it, and when."""

    id: int
    said: Statement
    person_id: int
    name: str
    at: datetime


Decided = Mapping[tuple[Kind, str], Decision]
"""The decisions in force, by what they are about."""


def of_dossier(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> tuple[Decision, ...]:
    """All that was ever decided and noted on a dossier that the person may open, oldest first."""
    query = (
        select(decisions, people.c.name)
        .join(people, people.c.id == decisions.c.person_id)
        .join(dossiers_table, dossiers_table.c.id == decisions.c.dossier_id)
        .where(decisions.c.dossier_id == dossier_id, visible.content_of(viewer))
        .order_by(decisions.c.id)
    )
    return tuple(_decision(row, row.name) for row in reading.connection.execute(query))


def on_fields(reading: Reading, viewer: Viewer, call: str) -> Mapping[str, Mapping[str, str]]:
    """The statuses in force that people gave to fields, by dossier that the person may open, then by field."""
    newest = (
        select(func.max(decisions.c.id))
        .join(dossiers_table, dossiers_table.c.id == decisions.c.dossier_id)
        .where(dossiers_table.c.call == call, visible.content_of(viewer), decisions.c.kind == Kind.FIELD.value)
        .group_by(decisions.c.dossier_id, decisions.c.key)
    )
    query = select(decisions.c.dossier_id, decisions.c.key, decisions.c.value).where(
        decisions.c.id.in_(newest), decisions.c.value.is_not(None)
    )
    found: dict[str, dict[str, str]] = {}
    for row in reading.connection.execute(query):
        found.setdefault(row.dossier_id, {})[row.key] = str(json.loads(row.value))
    return found


def in_force(made: Iterable[Decision]) -> Decided:
    """The last decision on each thing, those taken back and notes left out; `made` is oldest first."""
    last = {(one.said.kind, one.said.key): one for one in made if one.said.kind is not Kind.NOTE}
    return {about: one for about, one in last.items() if one.said.value is not None}


def decide(writing: Writing, viewer: Viewer, dossier_id: str, statement: Statement) -> bool:
    """Adds a decision; false when it says the very same as the one in force, and nothing is added.

    Raises:
        NotInStore: the person may not open the dossier.
        DecidedMeanwhile: the decision in force is not the one that `statement` replaces.
    """
    if not dossiers.opens(writing, viewer, dossier_id):
        raise NotInStore("Ce dossier n'existe pas, ou n'est pas ouvert à cette personne.")
    former = None if statement.kind is Kind.NOTE else _last(writing, dossier_id, statement)
    if former is not None and _same(former, statement):
        return False
    if (None if former is None else former.id) != statement.replaces:
        raise DecidedMeanwhile
    row: dict[str, str | int | None] = {
        "dossier_id": dossier_id,
        "kind": statement.kind.value,
        "key": statement.key,
        "value": _text(statement.value),
        "note": statement.note,
        "machine": _text(statement.machine),
        "analysis": statement.analysis,
        "person_id": viewer.id,
        "replaces": statement.replaces,
    }
    append(writing, Action.DECISION_MADE, about_dossier(dossier_id), row, _told(statement))
    if statement.kind in _DRAWN:
        _draw(writing, dossier_id)
    if statement.kind is Kind.FINDING:
        _draw_findings(writing, dossier_id)
    return True


LACKING = frozenset(canonical_json(status.value).decode() for status in (SectionStatus.ABSENT, SectionStatus.THIN))
"""What is decided of a field that lacks, as it is kept."""

_DRAWN = (Kind.FIELD, Kind.FACT, Kind.TYPE)
_FACTS = {
    "bearer": "porteur",
    "department": "departement",
    "aid_eur": "aide_demandee_eur",
    "budget_eur": "budget_total_eur",
    "duration_months": "duree_mois",
}
"""The facts that lists go by: each column of `decided_dossiers` with the name of its fact."""


def _draw(writing: Writing, dossier_id: str) -> None:
    """Puts what is in force on a dossier where lists find it: all of it anew, so that it never strays."""
    row = decisions.c
    newest = (
        select(func.max(row.id)).where(row.dossier_id == dossier_id, row.kind.in_(_DRAWN)).group_by(row.kind, row.key)
    )
    said = {
        (Kind(found.kind), found.key): found.value
        for found in writing.connection.execute(
            select(row.kind, row.key, row.value).where(row.id.in_(newest), row.value.is_not(None))
        )
    }
    facts = {column: _value(said.get((Kind.FACT, name))) for column, name in _FACTS.items()}
    fields = sum(kind is Kind.FIELD for kind, _ in said)
    writing.connection.execute(delete(decided_dossiers).where(decided_dossiers.c.dossier_id == dossier_id))
    lacking = sorted(key for (kind, key), value in said.items() if kind is Kind.FIELD and value in LACKING)
    row_of_lists = {
        "dossier_id": dossier_id,
        "fields": fields,
        "types": said.get((Kind.TYPE, "")),
        "lacking": "+".join(lacking) or None,
        **facts,
    }
    writing.connection.execute(insert(decided_dossiers).values(row_of_lists))


def _draw_findings(writing: Writing, dossier_id: str) -> None:
    """The same of the findings that people spoke of, by code and by the analysis that they had before their eyes."""
    row, drawn = decisions.c, settled_findings.c
    newest = (
        select(func.max(row.id)).where(row.dossier_id == dossier_id, row.kind == Kind.FINDING.value).group_by(row.key)
    )
    query = select(row.key, row.analysis).where(row.id.in_(newest), row.value.is_not(None), row.analysis.is_not(None))
    counts = Counter((found.key.partition(":")[0], found.analysis) for found in writing.connection.execute(query))
    writing.connection.execute(delete(settled_findings).where(drawn.dossier_id == dossier_id))
    if counts:
        rows = [
            {"dossier_id": dossier_id, "code": code, "analysis": analysis, "count": count}
            for (code, analysis), count in counts.items()
        ]
        writing.connection.execute(insert(settled_findings), rows)


def _told(statement: Statement) -> dict[str, Datum]:
    """What the journal says of it: the value of a fact could be words of the dossier."""
    told: dict[str, Datum] = {"kind": statement.kind.value, "key": statement.key or None}
    if isinstance(statement.value, str) and statement.kind in (Kind.FIELD, Kind.FINDING):
        told["value"] = statement.value
    if isinstance(statement.value, list) and statement.kind is Kind.TYPE:
        told["value"] = tuple(str(one) for one in statement.value)
    return told


def _last(writing: Writing, dossier_id: str, statement: Statement) -> Row[tuple[object, ...]] | None:
    about = (
        decisions.c.dossier_id == dossier_id,
        decisions.c.kind == statement.kind.value,
        decisions.c.key == statement.key,
    )
    newest = select(func.max(decisions.c.id)).where(*about).scalar_subquery()
    return writing.connection.execute(select(decisions).where(decisions.c.id == newest)).one_or_none()


def _same(former: Row[tuple[object, ...]], statement: Statement) -> bool:
    kept = (former.value, former.note, former.analysis)
    return kept == (_text(statement.value), statement.note, statement.analysis)


def _text(value: Json) -> str | None:
    return None if value is None else canonical_json(value).decode()


def _value(text: str | None) -> Json:
    if text is None:
        return None
    value: Json = json.loads(text)
    return value


def _decision(row: Row[tuple[object, ...]], name: str) -> Decision:
    said = Statement(
        Kind(row.kind), row.key, _value(row.value), row.note, _value(row.machine), row.analysis, row.replaces
    )
    return Decision(row.id, said, row.person_id, name, instant(row.at))
