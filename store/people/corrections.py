"""What people corrected of what the machine said in a call, for who chooses to teach it: nobody is named."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from store.canonical import Json
from store.people import visible
from store.people.decisions import Kind, Settlement
from store.people.differences import VERDICT, Verdict, in_force
from store.people.passages import Choice
from store.people.room import Reading
from store.people.tables.decisions import decisions
from store.people.tables.jury import passage_choices
from store.people.viewers import Viewer
from store.schema import analyses, dossiers

_SAYS: Mapping[Kind, str] = {Kind.FIELD: "status", Kind.FACT: "value", Kind.FINDING: "message", Kind.TYPE: "suggested"}
"""What of the machine's word stands against a person's."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A thing decided otherwise than the machine said; `document` is the digest of what it had read.

    `key` is the field, the fact, or the code of the finding; empty for the type. `machine` and `person` are a status, a
    value (`machine` is None where none was read), a message and a settlement, or a list of types.
    """

    document: str
    kind: Kind
    key: str
    machine: Json
    person: Json


@dataclass(frozen=True, slots=True)
class ChosenPassage:
    """A passage that a juror kept, set aside or added, with its offsets in the document of that digest."""

    document: str
    marker: str
    start: int
    end: int
    quote: str
    choice: Choice


def corrected(reading: Reading, viewer: Viewer, call: str) -> tuple[Correction, ...]:
    """What was decided otherwise than the machine said, in the dossiers that the person may open; in force now."""
    row = decisions.c
    # Nearly all decisions say the machine right: what is not worded alike is all that is looked into.
    otherwise = VERDICT.in_((Verdict.CORRECTED.value,))
    read_nothing = and_(VERDICT.in_((Verdict.ADDED.value,)), row.kind == Kind.FACT.value)
    query = (
        in_force(viewer, call, row.kind, row.key, row.machine, row.value, analyses.c.document)
        .join(analyses, analyses.c.id == row.analysis)
        .where(or_(otherwise, read_nothing))
        .order_by(analyses.c.document, row.kind, row.key)
    )
    return tuple(_corrections(reading, query))


def chosen(reading: Reading, viewer: Viewer, call: str) -> tuple[ChosenPassage, ...]:
    """The passages on which jurors chose, as far as the person may know of it, in the order of the documents."""
    newest = (
        select(func.max(passage_choices.c.id))
        .join(dossiers, dossiers.c.id == passage_choices.c.dossier_id)
        .where(dossiers.c.call == call, visible.content_of(viewer), visible.passage_choices_of(viewer))
        .group_by(
            passage_choices.c.dossier_id,
            passage_choices.c.marker,
            passage_choices.c.person_id,
            passage_choices.c.document,
            passage_choices.c.start,
            passage_choices.c.end,
        )
    )
    row = passage_choices.c
    query = (
        select(passage_choices)
        .where(row.id.in_(newest), row.choice != Choice.WITHDRAWN.value)
        .order_by(row.document, row.marker, row.start, row.end, row.choice)
    )
    return tuple(
        ChosenPassage(one.document, one.marker, one.start, one.end, one.quote, Choice(one.choice))
        for one in reading.connection.execute(query)
    )


def _corrections(reading: Reading, query: Select[Any]) -> Iterator[Correction]:
    for row in reading.connection.execute(query):
        kind, person = Kind(row.kind), json.loads(row.value)
        machine = None if row.machine is None else json.loads(row.machine)[_SAYS[kind]]
        # A finding is told to be there: it is denied by who says that there is no problem.
        denied = person == Settlement.NO_PROBLEM if kind is Kind.FINDING else machine != person
        if denied:
            key = row.key.partition(":")[0] if kind is Kind.FINDING else row.key
            yield Correction(row.document, kind, key, machine, person)
