"""Samples that auditors draw at random and check again, dossier by dossier.

A sample can be drawn again by anyone: dossiers are put in the order of the SHA-256 of "<seed>|<dossier id>", and the
first ones are taken.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import ColumnElement, Row, exists, func, insert, select, true

from pipeline.errors import UsageProblem
from store.instants import instant
from store.journal import Writing, about_dossier
from store.people import visible
from store.people.calls import about_call
from store.people.room import Reading
from store.people.sealing import append
from store.people.tables.accounts import people
from store.people.tables.audits import checks, sample_dossiers, samples
from store.people.tables.decisions import decisions, dossier_states
from store.people.viewers import Viewer
from store.problems import NotInStore
from store.records import Action
from store.schema import dossiers

LARGEST_SEED = 2**31 - 1


class Population(StrEnum):
    """What a sample is drawn from."""

    ALL = "all"
    COMPLETE = "complete"  # marked complete by an instructor
    DECIDED = "decided"  # on which someone decided something


class Result(StrEnum):
    """What the auditor found."""

    CONFORM = "conform"
    DIFFERS = "differs"
    UNDECIDED = "undecided"


class EmptySample(UsageProblem):
    """Nothing to draw from, or less than one dossier asked for."""

    code = "empty-sample"
    advice = "Choisissez une population qui compte des dossiers, et un nombre d'au moins 1."


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample; `population` counts the dossiers that it was drawn from, which `among` names, where that was kept.

    `checked` counts those that have results.
    """

    id: int
    call: str
    size: int
    population: int
    among: Population | None
    seed: int
    name: str  # of who drew it
    at: datetime
    checked: int


@dataclass(frozen=True, slots=True)
class Check:
    """What an auditor found in a dossier; `replaces` is the check that this one takes the place of."""

    id: int
    result: Result
    note: str
    name: str
    at: datetime
    replaces: int | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A dossier of a sample, with its checks, the last one first; `position` is its place in the drawing, from 1."""

    dossier_id: str
    name: str
    position: int
    checks: tuple[Check, ...]


def draw(writing: Writing, viewer: Viewer, call: str, size: int, population: Population, seed: int | None) -> int:
    """Draws a sample among the dossiers of a call that the viewer sees; without a seed one is drawn. Gives its number.

    Raises:
        EmptySample: there is nothing to draw.
    """
    seed = secrets.randbelow(LARGEST_SEED) if seed is None else seed
    query = select(dossiers.c.id).where(dossiers.c.call == call, visible.dossiers_of(viewer), _CONDITIONS[population])
    found = writing.connection.scalars(query).all()
    chosen = in_drawn_order(found, seed)[: max(size, 0)]
    if not chosen:
        raise EmptySample("Il n'y a aucun dossier à tirer.")
    values: dict[str, str | int | None] = {
        "call": call,
        "size": len(chosen),
        "population": len(found),
        "seed": seed,
        "person_id": viewer.id,
        "among": population.value,
    }
    told = {"size": len(chosen), "population": len(found), "seed": seed, "among": population.value}
    row = append(writing, Action.SAMPLE_DRAWN, about_call(call), values, told)
    rows = [
        {"sample_id": row.id, "dossier_id": dossier_id, "position": position}
        for position, dossier_id in enumerate(chosen, start=1)
    ]
    writing.connection.execute(insert(sample_dossiers), rows)
    return int(row.id)


def seed_of(text: str) -> int:
    """The seed that a text stands for: a number that seeds may have is itself, all else is made one by its SHA-256."""
    if text.isascii() and text.isdigit() and int(text) <= LARGEST_SEED:
        return int(text)
    return int.from_bytes(sha256(text.encode()).digest()) % (LARGEST_SEED + 1)


def in_drawn_order(dossier_ids: Sequence[str], seed: int) -> list[str]:
    """The order in which a seed draws dossiers."""
    return sorted(dossier_ids, key=lambda dossier_id: sha256(f"{seed}|{dossier_id}".encode()).digest())


def every(reading: Reading | Writing, viewer: Viewer, call: str) -> tuple[Sample, ...]:
    """The samples of a call that the viewer sees, the newest first."""
    return _samples(reading, (samples.c.call == call) & visible.audits(viewer))


def find(reading: Reading | Writing, viewer: Viewer, sample_id: int) -> Sample | None:
    """The sample, None when it does not exist or not for this viewer."""
    found = _samples(reading, (samples.c.id == sample_id) & visible.audits(viewer))
    return found[0] if found else None


def drawn(
    reading: Reading | Writing, viewer: Viewer, sample_id: int, *, limit: int | None = None, offset: int = 0
) -> tuple[Drawn, ...]:
    """The dossiers of a sample in the order in which they were drawn, with their checks; all without a limit."""
    listed = (
        select(dossiers.c.id, dossiers.c.name, sample_dossiers.c.position)
        .join(sample_dossiers, sample_dossiers.c.dossier_id == dossiers.c.id)
        .join(samples, samples.c.id == sample_dossiers.c.sample_id)
        .where(samples.c.id == sample_id, visible.audits(viewer), visible.dossiers_of(viewer))
        .order_by(sample_dossiers.c.position)
        .limit(limit)
        .offset(offset)
    )
    found = reading.connection.execute(listed).all()
    made: dict[str, list[Check]] = {}
    query = (
        select(checks, people.c.name)
        .join(people, people.c.id == checks.c.person_id)
        .where(checks.c.sample_id == sample_id)
        .order_by(checks.c.id.desc())
    )
    if limit is not None:
        query = query.where(checks.c.dossier_id.in_([row.id for row in found]))
    for row in reading.connection.execute(query):
        made.setdefault(row.dossier_id, []).append(_check(row))
    return tuple(Drawn(row.id, row.name, row.position, tuple(made.get(row.id, ()))) for row in found)


def results(reading: Reading | Writing, viewer: Viewer, sample_id: int) -> Mapping[Result, int]:
    """How many dossiers of a sample have each result, by their last check."""
    last = select(func.max(checks.c.id)).where(checks.c.sample_id == sample_id).group_by(checks.c.dossier_id)
    query = (
        select(checks.c.result, func.count())
        .join(samples, samples.c.id == checks.c.sample_id)
        .where(checks.c.id.in_(last), visible.audits(viewer))
        .group_by(checks.c.result)
    )
    counted = {Result(row[0]): row[1] for row in reading.connection.execute(query)}
    return {result: counted.get(result, 0) for result in Result}


def unchecked(reading: Reading | Writing, viewer: Viewer, sample_id: int) -> int | None:
    """The place of the first dossier of a sample that nobody has checked, from 1; None when all are."""
    done = exists().where(
        checks.c.sample_id == sample_dossiers.c.sample_id, checks.c.dossier_id == sample_dossiers.c.dossier_id
    )
    place: int | None = reading.connection.scalar(
        select(func.min(sample_dossiers.c.position))
        .join(samples, samples.c.id == sample_dossiers.c.sample_id)
        .where(samples.c.id == sample_id, visible.audits(viewer), ~done)
    )
    return place


def record(writing: Writing, viewer: Viewer, sample_id: int, dossier_id: str, result: Result, note: str) -> None:
    """Keeps what the auditor found in a dossier of the sample; a former check stays, and is replaced.

    Raises:
        NotInStore: the dossier is not in this sample, or the sample not for this viewer.
    """
    of_sample = (
        select(sample_dossiers.c.dossier_id)
        .join(samples, samples.c.id == sample_dossiers.c.sample_id)
        .where(samples.c.id == sample_id, sample_dossiers.c.dossier_id == dossier_id, visible.audits(viewer))
    )
    if writing.connection.scalar(of_sample) is None:
        raise NotInStore("Ce dossier n'est pas de cet échantillon.")
    former = writing.connection.scalar(
        select(func.max(checks.c.id)).where(checks.c.sample_id == sample_id, checks.c.dossier_id == dossier_id)
    )
    values: dict[str, str | int | None] = {
        "sample_id": sample_id,
        "dossier_id": dossier_id,
        "result": result.value,
        "note": note,
        "person_id": viewer.id,
        "replaces": former,
    }
    told = {"sample": sample_id, "result": result.value}
    append(writing, Action.CHECK_RECORDED, about_dossier(dossier_id), values, told)


_CONDITIONS: dict[Population, ColumnElement[bool]] = {
    Population.ALL: true(),
    Population.COMPLETE: exists().where(
        dossier_states.c.dossier_id == dossiers.c.id, dossier_states.c.state == "complete"
    ),
    Population.DECIDED: exists().where(decisions.c.dossier_id == dossiers.c.id),
}


def _samples(reading: Reading | Writing, condition: ColumnElement[bool]) -> tuple[Sample, ...]:
    checked = (
        select(func.count(func.distinct(checks.c.dossier_id)))
        .where(checks.c.sample_id == samples.c.id)
        .scalar_subquery()
    )
    query = (
        select(samples, people.c.name, checked.label("checked"))
        .join(people, people.c.id == samples.c.person_id)
        .where(condition)
        .order_by(samples.c.id.desc())
    )
    rows = reading.connection.execute(query).all()
    return tuple(
        Sample(
            id=row.id,
            call=row.call,
            size=row.size,
            population=row.population,
            among=None if row.among is None else Population(row.among),
            seed=row.seed,
            name=row.name,
            at=instant(row.at),
            checked=row.checked,
        )
        for row in rows
    )


def _check(row: Row[tuple[object, ...]]) -> Check:
    return Check(row.id, Result(row.result), row.note, row.name, instant(row.at), row.replaces)
