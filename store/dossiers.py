"""Dossiers, what was deposited for them, and the documents that were read from it."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, insert, select, update

from store import index
from store.canonical import Json, digest_of
from store.instants import instant, now
from store.journal import Writing, about_dossier
from store.keys import dossier_id as identity
from store.problems import NotInStore
from store.records import Action, Dossier, DossierFile
from store.schema import deposit_files, deposits, documents, dossiers


def deposit(writing: Writing, call: str, batch: str, name: str, files: Sequence[DossierFile]) -> Dossier:
    """Makes the dossier where it is new, and a deposit where its files are not those of its newest one."""
    connection = writing.connection
    dossier_id = identity(call, batch, name)
    newest = _newest_deposit(connection, dossier_id)
    if newest == 0:
        connection.execute(insert(dossiers).values(id=dossier_id, call=call, batch=batch, name=name))
    elif _files(connection, dossier_id, newest) == tuple(files):
        return find(connection, dossier_id, newest)
    number = newest + 1
    connection.execute(insert(deposits).values(dossier_id=dossier_id, number=number, deposited_at=now()))
    rows = [
        {"dossier_id": dossier_id, "deposit": number, "position": position}
        | {"name": file.name, "sha256": file.sha256, "size": file.size}
        for position, file in enumerate(files)
    ]
    if rows:
        connection.execute(insert(deposit_files), rows)
    writing.tell(
        Action.DOSSIER_DEPOSITED,
        about_dossier(dossier_id),
        {"deposit": number, "contents": contents_digest(files), "files": tuple(file.sha256 for file in files)},
    )
    deposited = find(connection, dossier_id, number)
    index.await_analysis(connection, deposited)
    return deposited


def contents_digest(files: Sequence[DossierFile]) -> str:
    """One digest for the files of a deposit: their names, bytes, sizes and order."""
    contents: list[Json] = [[file.name, file.sha256, file.size] for file in files]
    return digest_of(contents)


def find(connection: Connection, dossier_id: str, number: int | None) -> Dossier:
    """The dossier with its newest deposit, or with deposit `number`.

    Raises:
        NotInStore: no such dossier or deposit.
    """
    wanted = number if number is not None else _newest_deposit(connection, dossier_id)
    row = connection.execute(
        select(dossiers, deposits.c.deposited_at)
        .join(deposits, deposits.c.dossier_id == dossiers.c.id)
        .where(dossiers.c.id == dossier_id, deposits.c.number == wanted)
    ).one_or_none()
    if row is None:
        raise NotInStore("Ce dossier, ou ce dépôt, n'est pas dans la base de travail.")
    files = _files(connection, dossier_id, wanted)
    return Dossier(row.id, row.call, row.batch, row.name, wanted, files, instant(row.deposited_at))


def find_all(connection: Connection, call: str | None, batch: str | None) -> tuple[Dossier, ...]:
    """Dossiers with their newest deposit, by call, batch and name."""
    query = select(dossiers.c.id).order_by(dossiers.c.call, dossiers.c.batch, dossiers.c.name)
    if call is not None:
        query = query.where(dossiers.c.call == call)
    if batch is not None:
        query = query.where(dossiers.c.batch == batch)
    return tuple(find(connection, dossier_id, None) for dossier_id in connection.scalars(query).all())


def newest(connection: Connection, dossier_ids: Sequence[str]) -> dict[str, Dossier]:
    """Dossiers with their newest deposit, by id, in two queries however many they are."""
    last = (
        select(deposits.c.dossier_id, func.max(deposits.c.number).label("number"))
        .where(deposits.c.dossier_id.in_(dossier_ids))
        .group_by(deposits.c.dossier_id)
        .subquery()
    )
    this = (deposits.c.dossier_id == last.c.dossier_id) & (deposits.c.number == last.c.number)
    files: dict[str, list[DossierFile]] = {}
    held = (deposit_files.c.dossier_id == last.c.dossier_id) & (deposit_files.c.deposit == last.c.number)
    for row in connection.execute(select(deposit_files).join(last, held).order_by(deposit_files.c.position)):
        files.setdefault(row.dossier_id, []).append(DossierFile(row.name, row.sha256, row.size))
    query = (
        select(dossiers, deposits.c.number, deposits.c.deposited_at)
        .select_from(last)
        .join(deposits, this)
        .join(dossiers, dossiers.c.id == last.c.dossier_id)
    )
    return {
        row.id: Dossier(
            row.id, row.call, row.batch, row.name, row.number, tuple(files.get(row.id, ())), instant(row.deposited_at)
        )
        for row in connection.execute(query)
    }


def document_digest(connection: Connection, key: str) -> str | None:
    """The digest of the document kept under `key`."""
    return connection.scalar(select(documents.c.sha256).where(documents.c.key == key))


def point_document(writing: Writing, dossier_id: str, key: str, sha256: str) -> None:
    """Says that the document of this key is the file of this digest, from now on."""
    known = document_digest(writing.connection, key)
    if known == sha256:
        return
    if known is None:
        writing.connection.execute(insert(documents).values(key=key, sha256=sha256))
    else:
        writing.connection.execute(update(documents).where(documents.c.key == key).values(sha256=sha256))
    writing.tell(Action.DOCUMENT_READ, about_dossier(dossier_id), {"key": key, "document": sha256})


def _newest_deposit(connection: Connection, dossier_id: str) -> int:
    """Its number, 0 where there is none."""
    newest = connection.scalar(select(func.max(deposits.c.number)).where(deposits.c.dossier_id == dossier_id))
    return newest or 0


def _files(connection: Connection, dossier_id: str, number: int) -> tuple[DossierFile, ...]:
    rows = connection.execute(
        select(deposit_files.c.name, deposit_files.c.sha256, deposit_files.c.size)
        .where(deposit_files.c.dossier_id == dossier_id, deposit_files.c.deposit == number)
        .order_by(deposit_files.c.position)
    )
    return tuple(DossierFile(row.name, row.sha256, row.size) for row in rows)
