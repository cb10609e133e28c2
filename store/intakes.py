"""Intakes: files that people drop into the room, on their way to being dossiers.

A person opens an intake, adds files to it, says that it is ready. The machine takes it up, cuts it into dossiers, says
what became of each thing in it, and ends it once none of its dossiers waits any more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, exists, func, insert, or_, select, update

from pipeline.text import alphabetical
from store import index
from store.index import Status
from store.index_tables import index_dossiers
from store.instants import instant, now
from store.intake_tables import intake_files, intake_items, intake_left_out, intake_pieces, intakes, retries
from store.journal import Writing, about_dossier, about_intake
from store.problems import NotInStore
from store.records import Action, Datum, DossierFile, ItemState
from store.schema import run_items, runs
from store.upload_paths import InvalidUpload, clean_path


class Grouping(StrEnum):
    """What the PDFs of a folder or archive that is dropped are."""

    SEPARATE = "separate"  # each is a dossier; a folder inside is a dossier of several files
    TOGETHER = "together"  # one dossier


class IntakeState(StrEnum):
    """Where an intake is."""

    OPEN = "open"  # files are being added
    READY = "ready"
    RUNNING = "running"
    TO_SETTLE = "to-settle"  # all the rest is done: people have to say what becomes of some of it
    DONE = "done"
    FAILED = "failed"  # nothing could be made of it for now: it may be tried again


class Result(StrEnum):
    """What became of something in an intake."""

    NEW = "new"  # a dossier that was not known
    ADDED = "added"  # more files for a known dossier, as people asked
    REPLACED = "replaced"  # other files for a known dossier, as people asked
    UNCHANGED = "unchanged"  # files that the dossier had already
    TO_SETTLE = "to-settle"  # a known dossier has that name and other files: people say what it is
    REFUSED = "refused"


class NotSent(StrEnum):
    """Why a file that a person dropped was not sent at all."""

    NOT_A_PDF = "not-a-pdf-file"
    TOO_LARGE = "too-large"


@dataclass(frozen=True, slots=True)
class Intake:
    """One drop of files; `reason` is a code, of one that failed; `target` the dossier that it adds to, if any."""

    id: int
    call: str
    name: str
    grouping: Grouping
    opened_by: str  # actor
    opened_at: datetime
    state: IntakeState
    taken_at: datetime | None
    reason: str | None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class IntakeItem:
    """What became of one thing in an intake: a dossier found there, or a file that is not read (`reason`: code).

    Of one to settle, `dossier_id` is the dossier that has its name, `pieces` are its own files.
    """

    path: str
    result: Result
    reason: str | None = None
    dossier_id: str | None = None
    deposit: int | None = None
    pieces: tuple[DossierFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the dossiers of an intake are, as numbers of them; `read` have their text and wait for the analysis."""

    dossiers: int
    waiting: int
    read: int
    analysed: int
    unreadable: int
    failed: int


# What people do


def open_intake(
    writing: Writing, call: str, name: str, grouping: Grouping = Grouping.SEPARATE, target: str | None = None
) -> Intake:
    """Opens an intake for a call; `name` is what lists show, `target` a dossier of the call that all is added to."""
    at = now()
    row = {"call": call, "name": name, "grouping": grouping.value, "opened_by": writing.actor, "opened_at": at}
    added = (
        insert(intakes)
        .values(**row, target=target, state=IntakeState.OPEN.value, updated_at=at)
        .returning(intakes.c.id)
    )
    intake_id = writing.connection.execute(added).scalar_one()
    told: dict[str, Datum] = {"call": call, "grouping": grouping.value}
    writing.tell(
        Action.INTAKE_OPENED, about_intake(intake_id), told if target is None else told | {"target": (target,)}
    )
    return find(writing.connection, intake_id)


def add_file(writing: Writing, intake_id: int, path: str, sha256: str, size: int) -> None:
    """Adds a file that is in the file store already; `path` is relative, as it was dropped. Sent again, it replaces.

    Raises:
        InvalidUpload: the path names nothing, or the intake is no longer open.
        NotInStore: no such intake.
    """
    _check_open(writing, intake_id)
    row = {"intake": intake_id, "path": clean_path(path)}
    same = and_(intake_files.c.intake == intake_id, intake_files.c.path == row["path"])
    writing.connection.execute(delete(intake_files).where(same))
    writing.connection.execute(insert(intake_files).values(**row, sha256=sha256, size=size))


def leave_out(writing: Writing, intake_id: int, not_sent: Mapping[str, NotSent]) -> None:
    """Keeps the names of files that were dropped and not sent, by path, with the reason.

    Raises:
        InvalidUpload: a path names nothing, or the intake is no longer open.
        NotInStore: no such intake.
    """
    _check_open(writing, intake_id)
    rows = {clean_path(path): reason.value for path, reason in not_sent.items()}
    known = set(left_out(writing.connection, intake_id))
    added = [{"intake": intake_id, "path": path, "reason": rows[path]} for path in rows if path not in known]
    if added:
        writing.connection.execute(insert(intake_left_out), added)


def make_ready(writing: Writing, intake_id: int) -> Intake:
    """Hands the intake to the machine; one that failed is handed to it again, others stay as they are.

    Raises:
        InvalidUpload: there is no file in it.
        NotInStore: no such intake.
    """
    intake = find(writing.connection, intake_id)
    if intake.state not in (IntakeState.OPEN, IntakeState.FAILED):
        return intake
    held = files(writing.connection, intake_id)
    if not held:
        raise InvalidUpload("Ce dépôt ne contient aucun fichier.", advice="Déposez des PDF, des dossiers ou des .zip.")
    _move(writing, intake_id, IntakeState.READY)
    told: dict[str, Datum] = {"call": intake.call, "files": len(held), "bytes": sum(file.size for file in held)}
    writing.tell(Action.INTAKE_READY, about_intake(intake_id), told)
    return find(writing.connection, intake_id)


def retry(writing: Writing, dossier_id: str) -> None:
    """Asks that the machine reads and analyses a dossier again."""
    if writing.connection.execute(select(retries).where(retries.c.dossier_id == dossier_id)).one_or_none() is None:
        writing.connection.execute(insert(retries).values(dossier_id=dossier_id, asked_at=now()))
        writing.tell(Action.DOSSIER_RETRIED, about_dossier(dossier_id), {})


# What the machine does


def calls_for_work(connection: Connection, batch: str) -> bool:
    """Whether there is an intake to take up or to end, a dossier of the batch that waits, or one to try again."""
    asked = exists().select_from(retries)
    under_way = exists().where(or_(_to_take(), intakes.c.state == IntakeState.RUNNING.value))
    waits = exists().where(index_dossiers.c.batch == batch, index_dossiers.c.status == Status.WAITING.value)
    return connection.scalar(select(or_(asked, under_way, waits))) or False


def take(writing: Writing) -> Intake | None:
    """The oldest intake that is ready, or that was taken up by a machine that was cut off before it said anything."""
    oldest = select(intakes).where(_to_take()).order_by(intakes.c.id).limit(1)
    row = writing.connection.execute(oldest).one_or_none()
    if row is None:
        return None
    if row.state == IntakeState.READY.value:
        _move(writing, row.id, IntakeState.RUNNING)
        writing.connection.execute(update(intakes).where(intakes.c.id == row.id).values(taken_at=now()))
    return find(writing.connection, row.id)


def say(writing: Writing, intake_id: int, items: Sequence[IntakeItem]) -> None:
    """Says what became of everything in an intake, in the place of what was said before."""
    writing.connection.execute(delete(intake_items).where(intake_items.c.intake == intake_id))
    writing.connection.execute(delete(intake_pieces).where(intake_pieces.c.intake == intake_id))
    rows = [
        {"intake": intake_id, "position": position, "path": item.path, "result": item.result.value}
        | {"reason": item.reason, "dossier_id": item.dossier_id, "deposit": item.deposit}
        for position, item in enumerate(items)
    ]
    writing.connection.execute(insert(intake_items), rows)
    pieces = [
        {"intake": intake_id, "position": position, "place": place}
        | {"name": piece.name, "sha256": piece.sha256, "size": piece.size}
        for position, item in enumerate(items)
        for place, piece in enumerate(item.pieces)
    ]
    if pieces:
        writing.connection.execute(insert(intake_pieces), pieces)


def fail(writing: Writing, intake_id: int, reason: str) -> None:
    """Says that nothing could be made of an intake; `reason` is a code."""
    _move(writing, intake_id, IntakeState.FAILED, reason)
    writing.tell(Action.INTAKE_FAILED, about_intake(intake_id), {"reason": reason})


def end_those_done(writing: Writing) -> None:
    """Ends the intakes that have said everything and whose dossiers wait no more, or has them wait for people."""
    waits = exists().where(
        intake_items.c.intake == intakes.c.id,
        intake_items.c.result != Result.TO_SETTLE.value,
        intake_items.c.dossier_id == index_dossiers.c.dossier_id,
        index_dossiers.c.status == Status.WAITING.value,
    )
    said = exists().where(intake_items.c.intake == intakes.c.id)
    over = select(intakes.c.id).where(intakes.c.state == IntakeState.RUNNING.value, said, ~waits).order_by(intakes.c.id)
    for intake_id in writing.connection.scalars(over).all():
        counted = select(intake_items.c.result, func.count()).where(intake_items.c.intake == intake_id)
        found = {row[0]: row[1] for row in writing.connection.execute(counted.group_by(intake_items.c.result))}
        if Result.TO_SETTLE.value in found:
            _move(writing, intake_id, IntakeState.TO_SETTLE)
        else:
            _move(writing, intake_id, IntakeState.DONE)
            writing.tell(Action.INTAKE_ENDED, about_intake(intake_id), found)


def take_retries(writing: Writing) -> None:
    """Makes the dossiers that people want tried again wait for it."""
    for dossier_id in writing.connection.scalars(select(retries.c.dossier_id)).all():
        index.wait_again(writing.connection, dossier_id)
    writing.connection.execute(delete(retries))


# What is known


def find(connection: Connection, intake_id: int) -> Intake:
    """Raises:
    NotInStore: no such intake.
    """
    row = connection.execute(select(intakes).where(intakes.c.id == intake_id)).one_or_none()
    if row is None:
        raise NotInStore("Ce dépôt n'est pas dans la base de travail.")
    return _intake(row)


def of_call(connection: Connection, call: str, limit: int = 50) -> tuple[Intake, ...]:
    """The intakes of a call, newest first."""
    query = select(intakes).where(intakes.c.call == call).order_by(intakes.c.id.desc()).limit(limit)
    return tuple(_intake(row) for row in connection.execute(query))


def files(connection: Connection, intake_id: int) -> tuple[DossierFile, ...]:
    """The files that were dropped, in that order; `name` is their path."""
    query = select(intake_files).where(intake_files.c.intake == intake_id).order_by(intake_files.c.id)
    return tuple(DossierFile(row.path, row.sha256, row.size) for row in connection.execute(query))


def left_out(connection: Connection, intake_id: int) -> dict[str, NotSent]:
    """The files that were dropped and not sent, by path."""
    query = select(intake_left_out).where(intake_left_out.c.intake == intake_id)
    found = connection.execute(query)
    return {row.path: NotSent(row.reason) for row in sorted(found, key=lambda row: alphabetical(row.path))}


def items(connection: Connection, intake_id: int) -> tuple[IntakeItem, ...]:
    """What became of everything in it, as the machine met it; none before the machine has cut it into dossiers."""
    query = select(intake_items).where(intake_items.c.intake == intake_id).order_by(intake_items.c.position)
    held = pieces(connection, intake_id)
    return tuple(
        IntakeItem(row.path, Result(row.result), row.reason, row.dossier_id, row.deposit, held.get(row.position, ()))
        for row in connection.execute(query)
    )


def pieces(connection: Connection, intake_id: int) -> dict[int, tuple[DossierFile, ...]]:
    """The files of each thing in it that waits for people's word, by its position."""
    query = select(intake_pieces).where(intake_pieces.c.intake == intake_id).order_by(intake_pieces.c.place)
    found: dict[int, tuple[DossierFile, ...]] = {}
    for row in connection.execute(query):
        found[row.position] = (*found.get(row.position, ()), DossierFile(row.name, row.sha256, row.size))
    return found


def progress(connection: Connection, intake_id: int) -> Progress:
    """How far the dossiers of an intake are."""
    settled = intake_items.c.result != Result.TO_SETTLE.value
    mine = select(intake_items.c.dossier_id).where(intake_items.c.intake == intake_id, settled)
    counted = (
        select(index_dossiers.c.status, func.count())
        .where(index_dossiers.c.dossier_id.in_(mine))
        .group_by(index_dossiers.c.status)
    )
    by_status = {Status(row[0]): row[1] for row in connection.execute(counted)}
    read = select(func.count()).where(
        run_items.c.dossier_id.in_(mine),
        run_items.c.state == ItemState.READ.value,
        run_items.c.run_id.in_(select(runs.c.id).where(runs.c.ended_at.is_(None))),
    )
    return Progress(
        dossiers=sum(by_status.values()),
        waiting=by_status.get(Status.WAITING, 0),
        read=connection.execute(read).scalar_one(),
        analysed=by_status.get(Status.ANALYSED, 0),
        unreadable=by_status.get(Status.UNREADABLE, 0),
        failed=by_status.get(Status.FAILED, 0),
    )


def _check_open(writing: Writing, intake_id: int) -> None:
    if find(writing.connection, intake_id).state is not IntakeState.OPEN:
        raise InvalidUpload("Ce dépôt est déjà parti en traitement.", advice="Ouvrez-en un autre.")


def _to_take() -> ColumnElement[bool]:
    said = exists().where(intake_items.c.intake == intakes.c.id)
    cut_off = and_(intakes.c.state == IntakeState.RUNNING.value, ~said)
    return or_(intakes.c.state == IntakeState.READY.value, cut_off)


def _move(writing: Writing, intake_id: int, state: IntakeState, reason: str | None = None) -> None:
    row = {"state": state.value, "reason": reason, "updated_at": now()}
    writing.connection.execute(update(intakes).where(intakes.c.id == intake_id).values(row))


def _intake(row: Row[tuple[object, ...]]) -> Intake:
    return Intake(
        id=row.id,
        call=row.call,
        name=row.name,
        grouping=Grouping(row.grouping),
        opened_by=row.opened_by,
        opened_at=instant(row.opened_at),
        state=IntakeState(row.state),
        taken_at=None if row.taken_at is None else instant(row.taken_at),
        reason=row.reason,
        target=row.target,
    )
