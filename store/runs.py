"""Runs: which dossiers of a batch are how far, so that a run that was killed goes on where it was."""

from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from store import index
from store.instants import instant, now
from store.journal import Writing, about_dossier, about_run
from store.problems import NotInStore
from store.records import Action, Datum, Dossier, ItemState, Run, RunItem
from store.schema import analyses, run_items, runs

_ORDER = (ItemState.FAILED, ItemState.PENDING, ItemState.READ, ItemState.ANALYSED, ItemState.WRITTEN)
_DONE = (ItemState.WRITTEN, ItemState.FAILED)

_Values = dict[str, str | int | None]


def open_run(writing: Writing, call: str, batch: str, fingerprint: str) -> Run:
    """The unfinished run of the same call, batch and fingerprint, taken up again; else a new one."""
    connection = writing.connection
    known = connection.execute(
        select(runs.c.id, runs.c.resumed)
        .where(runs.c.call == call, runs.c.batch == batch, runs.c.fingerprint == fingerprint, runs.c.ended_at.is_(None))
        .order_by(runs.c.id.desc())
        .limit(1)
    ).one_or_none()
    if known is not None:
        connection.execute(update(runs).where(runs.c.id == known.id).values(resumed=known.resumed + 1))
        writing.tell(Action.RUN_RESUMED, about_run(known.id), _counts(connection, known.id))
        return find(connection, known.id)
    row = {"call": call, "batch": batch, "fingerprint": fingerprint, "resumed": 0, "started_at": now()}
    run_id = connection.execute(insert(runs).values(row).returning(runs.c.id)).scalar_one()
    writing.tell(Action.RUN_STARTED, about_run(run_id), {"call": call, "fingerprint": fingerprint})
    return find(connection, run_id)


def end_run(writing: Writing, run_id: int, *, written: bool) -> Run:
    """Ends the run; one that has ended stays as it is. Unless its results are `written`, analyses are its end.

    Raises:
        ValueError: a dossier of the run has not come to its end, nor failed.
        NotInStore: no such run.
    """
    run = find(writing.connection, run_id)
    if run.ended_at is not None:
        return run
    done = _DONE if written else (*_DONE, ItemState.ANALYSED)
    if any(item.state not in done for item in items(writing.connection, run_id, None)):
        raise ValueError(f"run {run_id} still has dossiers to instruct")
    writing.connection.execute(update(runs).where(runs.c.id == run_id).values(ended_at=now()))
    writing.tell(Action.RUN_ENDED, about_run(run_id), _counts(writing.connection, run_id))
    return find(writing.connection, run_id)


def enrol(writing: Writing, run_id: int, dossier: Dossier) -> RunItem:
    """Puts the dossier in the run; one that is in it with another deposit starts again from that one."""
    connection = writing.connection
    row: _Values = {"deposit": dossier.deposit, "state": ItemState.PENDING.value, "analysis": None, "reason": None}
    known = connection.execute(_item_query(run_id, dossier.id)).one_or_none()
    if known is None:
        values = {"run_id": run_id, "dossier_id": dossier.id, "updated_at": now(), **row}
        connection.execute(insert(run_items).values(values))
    elif known.deposit != dossier.deposit:
        _set(connection, run_id, dossier.id, row)
    return find_item(connection, run_id, dossier.id)


def advance(writing: Writing, run_id: int, dossier_id: str, state: ItemState, analysis: int | None) -> RunItem:
    """Moves the dossier on to `state`; one that is there or further stays as it is.

    Raises:
        ValueError: `state` is not one to move on to, or an analysis is named where none belongs, or is lacking.
        NotInStore: the dossier is not in the run.
    """
    if state not in (ItemState.READ, ItemState.ANALYSED, ItemState.WRITTEN):
        raise ValueError(f"no dossier moves on to {state}")
    if (state is ItemState.ANALYSED) != (analysis is not None):
        raise ValueError("an analysis is named on moving to analysed, and only then")
    connection = writing.connection
    item = find_item(connection, run_id, dossier_id)
    if _ORDER.index(item.state) >= _ORDER.index(state):
        return item
    row: _Values = {"state": state.value, "reason": None}
    _set(connection, run_id, dossier_id, row | ({} if analysis is None else {"analysis": analysis}))
    if state is ItemState.WRITTEN:
        digest = connection.scalar(select(analyses.c.digest).where(analyses.c.id == item.analysis))
        writing.tell(Action.RESULTS_WRITTEN, about_dossier(dossier_id), {"run": run_id, "analysis": digest})
    return find_item(connection, run_id, dossier_id)


def fail(writing: Writing, run_id: int, dossier_id: str, reason: str) -> RunItem:
    """Says that the dossier could not be instructed in this run; `reason` is a code.

    Raises:
        NotInStore: the dossier is not in the run.
    """
    item = find_item(writing.connection, run_id, dossier_id)
    if item.state is ItemState.WRITTEN:
        return item
    index.fail(writing.connection, dossier_id, item.deposit, reason)
    if item.state is ItemState.FAILED:
        return item
    _set(writing.connection, run_id, dossier_id, {"state": ItemState.FAILED.value, "reason": reason})
    writing.tell(Action.DOSSIER_FAILED, about_dossier(dossier_id), {"run": run_id, "reason": reason})
    return find_item(writing.connection, run_id, dossier_id)


def find(connection: Connection, run_id: int) -> Run:
    """Raises:
    NotInStore: no such run.
    """
    row = connection.execute(select(runs).where(runs.c.id == run_id)).one_or_none()
    if row is None:
        raise NotInStore(f"Le traitement n° {run_id} n'est pas dans la base de travail.")
    return _run(row)


def find_all(connection: Connection) -> tuple[Run, ...]:
    """All runs, oldest first."""
    return tuple(_run(row) for row in connection.execute(select(runs).order_by(runs.c.id)))


def find_item(connection: Connection, run_id: int, dossier_id: str) -> RunItem:
    """Raises:
    NotInStore: the dossier is not in the run.
    """
    row = connection.execute(_item_query(run_id, dossier_id)).one_or_none()
    if row is None:
        raise NotInStore(f"Ce dossier ne fait pas partie du traitement n° {run_id}.")
    return _item(row)


def items(connection: Connection, run_id: int, state: ItemState | None) -> tuple[RunItem, ...]:
    """The dossiers of a run, all or those in `state`, by id."""
    query = select(run_items).where(run_items.c.run_id == run_id).order_by(run_items.c.dossier_id)
    if state is not None:
        query = query.where(run_items.c.state == state.value)
    return tuple(_item(row) for row in connection.execute(query))


def _item_query(run_id: int, dossier_id: str) -> Select[Any]:
    return select(run_items).where(run_items.c.run_id == run_id, run_items.c.dossier_id == dossier_id)


def _set(connection: Connection, run_id: int, dossier_id: str, row: _Values) -> None:
    where = (run_items.c.run_id == run_id, run_items.c.dossier_id == dossier_id)
    connection.execute(update(run_items).where(*where).values(updated_at=now(), **row))


def _counts(connection: Connection, run_id: int) -> dict[str, Datum]:
    """Number of dossiers by state; a state that no dossier is in is left out."""
    query = select(run_items.c.state, func.count()).where(run_items.c.run_id == run_id).group_by(run_items.c.state)
    return {row.state: row[1] for row in connection.execute(query)}


def _run(row: Row[tuple[object, ...]]) -> Run:
    return Run(
        id=row.id,
        call=row.call,
        batch=row.batch,
        fingerprint=row.fingerprint,
        resumed=row.resumed,
        started_at=instant(row.started_at),
        ended_at=None if row.ended_at is None else instant(row.ended_at),
    )


def _item(row: Row[tuple[object, ...]]) -> RunItem:
    return RunItem(
        run_id=row.run_id,
        dossier_id=row.dossier_id,
        deposit=row.deposit,
        state=ItemState(row.state),
        analysis=row.analysis,
        reason=row.reason,
        updated_at=instant(row.updated_at),
    )
