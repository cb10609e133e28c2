"""What was received for a dossier: each of its deposits, who sent it in, its files, what was left aside on the way."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, select

from pipeline.text import same_name
from store.dossiers import find as deposited
from store.index_tables import index_bearers
from store.instants import instant
from store.intake_tables import intake_items, intakes
from store.intakes import Grouping, Result
from store.journal import Writing
from store.people import visible
from store.people.dossiers import opens
from store.people.room import Reading
from store.people.states import State
from store.people.tables.decisions import dossier_states
from store.people.tables.deposits import deposit_choices
from store.people.viewers import Viewer
from store.problems import NotInStore
from store.records import DossierFile
from store.schema import deposit_files, deposits, dossiers

_MADE = (Result.NEW.value, Result.ADDED.value, Result.REPLACED.value)


@dataclass(frozen=True, slots=True)
class Received:
    """A deposit of a dossier, 1-based. Of one made in the room: its intake, the actor who opened it, what it made of
    the dossier, the account that chose so where people were asked; None of one made on the command line.

    `left_out` are pieces that came with it and are not read, each a path and a code.
    """

    number: int
    at: datetime
    files: tuple[DossierFile, ...]
    intake: int | None
    by: str | None
    result: Result | None
    chosen_by: int | None
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BearerChange:
    """That a deposit (its number, its time) changed what the program reads: before and now, None where it did not."""

    deposit: int
    at: datetime
    bearer: tuple[str, str] | None
    siren: tuple[str, str] | None


def of_dossier(reading: Reading, viewer: Viewer, dossier_id: str) -> tuple[Received, ...]:
    """The deposits of a dossier that the viewer may open, the newest first."""
    if not opens(reading, viewer, dossier_id):
        return ()
    connection = reading.connection
    files: dict[int, list[DossierFile]] = {}
    held = select(deposit_files).where(deposit_files.c.dossier_id == dossier_id).order_by(deposit_files.c.position)
    for row in connection.execute(held):
        files.setdefault(row.deposit, []).append(DossierFile(row.name, row.sha256, row.size))
    rows = connection.execute(_deposits(dossier_id)).all()
    found = {row.number: row for row in rows}  # an intake that was cut off may have said it twice
    aside = _left_out(reading, found.values())
    return tuple(
        Received(
            number=row.number,
            at=instant(row.deposited_at),
            files=tuple(files.get(row.number, ())),
            intake=row.intake,
            by=row.opened_by,
            result=None if row.result is None else Result(row.result),
            chosen_by=row.person_id,
            left_out=tuple(aside.get(row.number, ())),
        )
        for row in found.values()
    )


def files_of(reading: Reading, viewer: Viewer, dossier_id: str, number: int) -> tuple[DossierFile, ...]:
    """The files of one deposit of a dossier that the viewer may open; none of another."""
    if not opens(reading, viewer, dossier_id):
        return ()
    try:
        return deposited(reading.connection, dossier_id, number).files
    except NotInStore:
        return ()


def bearer_changes(
    reading: Reading, viewer: Viewer, dossier_ids: Collection[str]
) -> Mapping[str, tuple[BearerChange, ...]]:
    """By dossier that the viewer may open, where what is read of its bearer changed, the oldest first; nothing of one
    of which it never did."""
    held = index_bearers.c
    this = and_(deposits.c.dossier_id == held.dossier_id, deposits.c.number == held.deposit)
    query = (
        select(held.dossier_id, held.deposit, held.bearer, held.siren, deposits.c.deposited_at)
        .join(deposits, this)
        .join(dossiers, dossiers.c.id == held.dossier_id)
        .where(held.dossier_id.in_(dossier_ids), visible.content_of(viewer))
        .order_by(held.dossier_id, held.deposit)
    )
    found: dict[str, list[BearerChange]] = {}
    former: dict[tuple[str, str], str] = {}
    for row in reading.connection.execute(query):
        bearer, siren = (_change(former, row.dossier_id, what, getattr(row, what)) for what in ("bearer", "siren"))
        if bearer or siren:
            change = BearerChange(row.deposit, instant(row.deposited_at), bearer, siren)
            found.setdefault(row.dossier_id, []).append(change)
    return {dossier_id: tuple(changes) for dossier_id, changes in found.items()}


def _change(former: dict[tuple[str, str], str], dossier_id: str, what: str, read: str | None) -> tuple[str, str] | None:
    """What was read before and is now; None where it is the same, or where nothing was read, which changes nothing."""
    if read is None:
        return None
    before = former.get((dossier_id, what), read)
    former[dossier_id, what] = read
    return None if same_name(before) == same_name(read) else (before, read)


def since_request() -> ColumnElement[str | None]:
    """Beside `dossiers` and `dossier_states`: when pieces came in after they were asked for; null where none did."""
    newest = (
        select(func.max(deposits.c.deposited_at))
        .where(deposits.c.dossier_id == dossier_states.c.dossier_id)
        .correlate(dossier_states)
        .scalar_subquery()
    )
    asked = dossier_states.c.state == State.PIECES_REQUESTED.value
    return case((and_(asked, newest > dossier_states.c.marked_at), newest))


def arrived(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> datetime | None:
    """When pieces last came in for a dossier of which some are asked for; None where none came since."""
    if not opens(reading, viewer, dossier_id):
        return None
    at = reading.connection.scalar(select(since_request()).where(dossier_states.c.dossier_id == dossier_id))
    return None if at is None else instant(at)


def _deposits(dossier_id: str) -> Select[Any]:
    item = intake_items.c
    made = and_(item.dossier_id == deposits.c.dossier_id, item.deposit == deposits.c.number, item.result.in_(_MADE))
    chosen = and_(deposit_choices.c.intake == item.intake, deposit_choices.c.position == item.position)
    return (
        select(deposits.c.number, deposits.c.deposited_at, dossiers.c.name, item.intake, item.result, item.path)
        .add_columns(intakes.c.opened_by, intakes.c.grouping, deposit_choices.c.person_id)
        .select_from(deposits)
        .join(dossiers, dossiers.c.id == deposits.c.dossier_id)
        .outerjoin(intake_items, made)
        .outerjoin(intakes, intakes.c.id == item.intake)
        .outerjoin(deposit_choices, chosen)
        .where(deposits.c.dossier_id == dossier_id)
        .order_by(deposits.c.number.desc(), item.intake)
    )


def _left_out(reading: Reading, made: Iterable[Row[Any]]) -> dict[int, list[tuple[str, str]]]:
    """By deposit, what came with it and was left aside."""
    by_intake = {row.intake: row for row in made if row.intake is not None}
    item = intake_items.c
    refused = select(item.intake, item.path, item.reason).where(
        item.intake.in_(by_intake), item.result == Result.REFUSED.value
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for row in reading.connection.execute(refused.order_by(item.intake, item.position)):
        deposit = by_intake[row.intake]
        if _came_with(deposit, row.path):
            found.setdefault(deposit.number, []).append((row.path, row.reason))
    return found


def _came_with(deposit: Row[Any], path: str) -> bool:
    """Whether what lies at `path` in an intake was beside the files that became this deposit."""
    if deposit.grouping == Grouping.TOGETHER.value:
        return True
    place = PurePosixPath(deposit.path)
    if place.suffix.lower() == ".pdf":
        if place.stem == deposit.name or not place.parent.name:
            return False
        place = place.parent
    return PurePosixPath(path).is_relative_to(place)
