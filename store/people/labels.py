"""Labels that instructors put on dossiers: words of their own to sort by, one list per call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, bindparam, delete, insert, select

from pipeline.errors import UsageProblem
from pipeline.text import alphabetical
from store.journal import Writing, about_dossier
from store.people import visible
from store.people.room import Reading
from store.people.tables.calls import room_calls
from store.people.tables.decisions import dossier_labels, labels
from store.people.viewers import Viewer
from store.records import Action, Datum
from store.schema import dossiers
from store.terms import folded

_LONGEST = 60  # characters


class InvalidLabel(UsageProblem):
    """A label that cannot be used."""

    code = "invalid-label"


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a call."""

    id: int
    name: str


def every(reading: Reading | Writing, viewer: Viewer, call: str) -> tuple[Label, ...]:
    """The labels of a call that the viewer sees, by name."""
    query = (
        select(labels.c.id, labels.c.name)
        .join(room_calls, room_calls.c.call == labels.c.call)
        .where(labels.c.call == call, visible.calls(viewer))
    )
    return _by_name(reading, query)


def of_dossier(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> tuple[Label, ...]:
    """The labels on a dossier that the viewer sees, by name."""
    query = (
        select(labels.c.id, labels.c.name)
        .join(dossier_labels, dossier_labels.c.label_id == labels.c.id)
        .join(dossiers, dossiers.c.id == dossier_labels.c.dossier_id)
        .where(dossiers.c.id == dossier_id, visible.dossiers_of(viewer))
    )
    return _by_name(reading, query)


def _by_name(reading: Reading | Writing, query: Select[tuple[int, str]]) -> tuple[Label, ...]:
    found = (Label(row.id, row.name) for row in reading.connection.execute(query))
    return tuple(sorted(found, key=lambda label: alphabetical(label.name)))


def named(writing: Writing, call: str, name: str) -> Label:
    """The label of this name, made where the call has none yet; what search does not tell apart is one label.

    Raises:
        InvalidLabel: the name is empty or too long.
    """
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST:
        raise InvalidLabel(f"Une étiquette compte de 1 à {_LONGEST} caractères.")
    known = writing.connection.execute(select(labels.c.id, labels.c.name).where(labels.c.call == call))
    for row in known:
        if folded(row.name) == folded(name):
            return Label(row.id, row.name)
    added = insert(labels).values(call=call, name=name).returning(labels.c.id)
    return Label(writing.connection.execute(added).scalar_one(), name)


def carrying(reading: Reading | Writing, viewer: Viewer, label_id: int) -> frozenset[str]:
    """The dossiers that carry a label and that the viewer sees."""
    query = (
        select(dossier_labels.c.dossier_id)
        .join(dossiers, dossiers.c.id == dossier_labels.c.dossier_id)
        .where(dossier_labels.c.label_id == label_id, visible.dossiers_of(viewer))
    )
    return frozenset(reading.connection.scalars(query))


def put(writing: Writing, dossier_ids: Sequence[str], label_id: int, bulk: int | None = None) -> None:
    """Puts a label on dossiers that do not carry it and that the caller knows to be visible."""
    if dossier_ids:
        rows = [{"dossier_id": dossier_id, "label_id": label_id} for dossier_id in dossier_ids]
        writing.connection.execute(insert(dossier_labels), rows)
    _tell(writing, dossier_ids, {"label": label_id, "on": True, "bulk": bulk})


def take_off(writing: Writing, dossier_ids: Sequence[str], label_id: int, bulk: int | None = None) -> None:
    """Takes a label off dossiers that carry it and that the caller knows to be visible."""
    if dossier_ids:
        gone = delete(dossier_labels).where(
            dossier_labels.c.dossier_id == bindparam("which"), dossier_labels.c.label_id == label_id
        )
        writing.connection.execute(gone, [{"which": dossier_id} for dossier_id in dossier_ids])
    _tell(writing, dossier_ids, {"label": label_id, "on": False, "bulk": bulk})


def _tell(writing: Writing, dossier_ids: Sequence[str], told: Mapping[str, Datum]) -> None:
    writing.tell_all((Action.DOSSIER_LABELLED, about_dossier(dossier_id), told) for dossier_id in dossier_ids)
