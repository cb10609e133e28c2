"""Conflicts of interest: what a juror declares before opening a dossier, or as soon as one is found."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from store.instants import instant
from store.journal import Writing, about_dossier
from store.people import dossiers, sealing, visible
from store.people.room import Reading
from store.people.tables.accounts import people
from store.people.tables.jury import declarations
from store.people.viewers import Viewer
from store.problems import NotInStore
from store.records import Action


class ConflictKind(StrEnum):
    """What ties a juror to a dossier."""

    FAMILY = "family"
    FINANCIAL = "financial"
    PROFESSIONAL = "professional"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Declared:
    """A declaration, with the account and the name of who made it."""

    person_id: int
    name: str
    declaration: "Declaration"


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a juror declared; `kind` is None when there is no conflict."""

    kind: ConflictKind | None
    reason: str
    at: datetime


def declare(writing: Writing, viewer: Viewer, dossier_id: str, kind: ConflictKind | None, reason: str = "") -> None:
    """Declares a conflict of some kind, or none. With one, the dossier is nowhere any more for this person.

    Raises:
        NotInStore: the person does not see the dossier.
    """
    if not dossiers.sees(writing, viewer, dossier_id):
        raise NotInStore("Ce dossier n'existe pas, ou n'est pas ouvert à cette personne.")
    row: dict[str, str | int | None] = {
        "dossier_id": dossier_id,
        "person_id": viewer.id,
        "conflict": int(kind is not None),
        "kind": None if kind is None else kind.value,
        "reason": reason,
    }
    action = Action.CONFLICT_DENIED if kind is None else Action.CONFLICT_DECLARED
    sealing.append(writing, action, about_dossier(dossier_id), row, {"kind": None if kind is None else kind.value})


def declared(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> Declaration | None:
    """What this person last declared of a dossier; None before they did."""
    query = (
        select(declarations)
        .where(declarations.c.dossier_id == dossier_id, declarations.c.person_id == viewer.id)
        .order_by(declarations.c.id.desc())
        .limit(1)
    )
    row = reading.connection.execute(query).one_or_none()
    if row is None:
        return None
    return Declaration(None if row.kind is None else ConflictKind(row.kind), row.reason, instant(row.at))


def every(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> tuple[Declared, ...]:
    """All that was ever declared of a dossier, oldest first; nothing to who does not audit."""
    query = (
        select(declarations, people.c.name)
        .join(people, people.c.id == declarations.c.person_id)
        .where(declarations.c.dossier_id == dossier_id, visible.audits(viewer))
        .order_by(declarations.c.id)
    )
    return tuple(
        Declared(
            row.person_id,
            row.name,
            Declaration(None if row.kind is None else ConflictKind(row.kind), row.reason, instant(row.at)),
        )
        for row in reading.connection.execute(query)
    )
