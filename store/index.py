"""The machine's index: one row per dossier, that of its newest deposit and of the last analysis made of it.

A deposit makes the row wait; an analysis fills it; a failure says why. Likenesses to other dossiers of the call are
looked for on the way: the same file as soon as it is deposited, nearly the same text once it is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, func, insert, or_, select, update

from pipeline.analysis import Provenance, SectionStatus
from pipeline.text import alphabetical
from store import search
from store.index_tables import (
    index_bearers,
    index_dossiers,
    index_fields,
    index_findings,
    index_likenesses,
    index_sketches,
)
from store.instants import now
from store.records import Dossier
from store.schema import deposit_files, run_items
from store.sketches import shares, sketch
from store.terms import Word, words

NEAR_TEXT = 0.4
"""The share of their wording from which two dossiers are held to be nearly the same text.

No two files of the corpora share more than 0.04; a copy with one word in twenty changed shares 0.55 or more.
"""

_SHORT = 12  # characters of a digest that are enough to tell models apart


class Status(StrEnum):
    """Where the newest deposit of a dossier is."""

    WAITING = "waiting"
    ANALYSED = "analysed"
    UNREADABLE = "unreadable"
    FAILED = "failed"


_UNFILLED = (Status.WAITING.value, Status.FAILED.value)


class Likeness(StrEnum):
    """What two dossiers have in common."""

    SAME_FILE = "same-file"
    NEAR_TEXT = "near-text"


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """What an analysis gives to filter, sort and search by; euros, months; `suggested` is best first.

    `text` is all that is searched; `wording` is what is compared with other dossiers, running headers left out.
    `reason` is a code of `pipeline.reasons`, when one alone says why nothing could be read.
    """

    dossier_id: str
    deposit: int
    analysis: int
    document: str
    unreadable: bool
    partly_read: bool
    pages: int
    pages_unread: int
    bearer: str | None
    department: str | None
    commune: str | None
    aid_eur: float | None
    budget_eur: float | None
    duration_months: int | None
    suggested: tuple[str, ...]
    declared: str | None
    provenance: Provenance
    fields: Mapping[str, SectionStatus]
    findings: Mapping[str, int]
    text: str
    wording: str
    reason: str | None = None
    siren: str | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a dossier, and the sketch of what it says (None: too little to compare)."""

    words: tuple[Word, ...]
    sketch: bytes | None


@dataclass(frozen=True, slots=True)
class LikeDossier:
    """Another dossier of the call that has files or wording in common with one; `share` is 0 to 1."""

    dossier_id: str
    kind: Likeness
    share: float


def await_analysis(connection: Connection, dossier: Dossier) -> None:
    """Starts the row of a new deposit: whatever was said of the former one is no longer what the lists show."""
    _clear(connection, dossier.id)
    connection.execute(
        insert(index_dossiers).values(
            dossier_id=dossier.id,
            call=dossier.call,
            batch=dossier.batch,
            sort_name=alphabetical(dossier.name)[0],
            deposit=dossier.deposit,
            status=Status.WAITING.value,
            updated_at=now(),
        )
    )
    search.keep(connection, dossier.id, list(words(_names(dossier))))
    _note_likenesses(connection, dossier.id, Likeness.SAME_FILE, _same_files(connection, dossier))


def wording_of(dossier: Dossier, entry: IndexEntry) -> Wording:
    """What is searched and compared of a dossier. It takes a while: to be done before any transaction."""
    said = f"{_names(dossier)}\n{entry.bearer or ''}\n{entry.text}"
    return Wording(tuple(words(said)), sketch([word.form for word in words(entry.wording)]))


def put(connection: Connection, entry: IndexEntry, wording: Wording) -> None:
    """Fills the row of a dossier; the analysis of a deposit that is no longer the newest changes nothing."""
    row = {
        "status": (Status.UNREADABLE if entry.unreadable else Status.ANALYSED).value,
        "reason": entry.reason,
        "analysis": entry.analysis,
        "document": entry.document,
        "partly_read": int(entry.partly_read),
        "pages": entry.pages,
        "pages_unread": entry.pages_unread,
        "bearer": entry.bearer,
        "department": entry.department,
        "commune": entry.commune,
        "aid_eur": entry.aid_eur,
        "budget_eur": entry.budget_eur,
        "duration_months": entry.duration_months,
        "suggested": "+".join(entry.suggested),
        "declared": entry.declared,
        "program": entry.provenance.program_version,
        "call_digest": entry.provenance.call_digest,
        "models": ", ".join(f"{model.name} {model.digest[:_SHORT]}" for model in entry.provenance.models),
        "absent": sum(status is SectionStatus.ABSENT for status in entry.fields.values()),
        "thin": sum(status is SectionStatus.THIN for status in entry.fields.values()),
        "findings": sum(entry.findings.values()),
        "updated_at": now(),
    }
    changed = update(index_dossiers).where(_is(entry.dossier_id, entry.deposit)).values(row)
    if connection.execute(changed).rowcount == 0:
        return
    _keep_bearer(connection, entry)
    _forget_details(connection, entry.dossier_id)
    _insert(connection, index_fields, entry.dossier_id, "field", "status", entry.fields)
    _insert(connection, index_findings, entry.dossier_id, "code", "count", entry.findings)
    search.keep(connection, entry.dossier_id, wording.words)
    near = {} if wording.sketch is None else _near_texts(connection, entry.dossier_id, wording.sketch)
    _note_likenesses(connection, entry.dossier_id, Likeness.NEAR_TEXT, near)


def fail(connection: Connection, dossier_id: str, deposit: int, reason: str) -> None:
    """Says that a deposit that waits could not be analysed; `reason` is a code."""
    waits = index_dossiers.c.status == Status.WAITING.value
    failed = {"status": Status.FAILED.value, "reason": reason, "updated_at": now()}
    connection.execute(update(index_dossiers).where(_is(dossier_id, deposit), waits).values(failed))


def wait_again(connection: Connection, dossier_id: str) -> None:
    """Makes a dossier wait for another analysis; what was said of it stays until then."""
    waiting_again = {"status": Status.WAITING.value, "reason": None, "updated_at": now()}
    connection.execute(update(index_dossiers).where(index_dossiers.c.dossier_id == dossier_id).values(waiting_again))


def waiting(connection: Connection, batch: str, limit: int) -> tuple[tuple[str, str], ...]:
    """Dossiers of a batch that wait for their analysis, each after its call, by call and name; at most `limit`."""
    row = index_dossiers.c
    query = select(row.call, row.dossier_id).where(row.batch == batch, row.status == Status.WAITING.value)
    in_order = query.order_by(row.call, row.sort_name, row.dossier_id).limit(limit)
    return tuple((found.call, found.dossier_id) for found in connection.execute(in_order))


def unindexed(connection: Connection) -> tuple[tuple[str, int, int], ...]:
    """Dossiers whose newest deposit has an analysis that the index does not know: id, deposit, analysis."""
    row = index_dossiers.c
    latest = func.max(run_items.c.analysis)
    query = (
        select(row.dossier_id, row.deposit, latest)
        .join(run_items, (run_items.c.dossier_id == row.dossier_id) & (run_items.c.deposit == row.deposit))
        .where(row.status == Status.WAITING.value, row.analysis.is_(None), run_items.c.analysis.is_not(None))
        .group_by(row.dossier_id, row.deposit)
    )
    return tuple((found[0], found[1], found[2]) for found in connection.execute(query))


def says(connection: Connection, dossier_id: str, deposit: int, analysis: int) -> bool:
    """Whether the row of this deposit is filled, and from this analysis."""
    row = index_dossiers.c
    query = select(row.analysis).where(_is(dossier_id, deposit), row.status.not_in(_UNFILLED))
    return connection.scalar(query) == analysis


def likenesses(connection: Connection, dossier_id: str) -> tuple[LikeDossier, ...]:
    """The dossiers like this one, by kind and id. Whether a person may see them is for the asker to check."""
    row = index_likenesses.c
    found = connection.execute(
        select(index_likenesses).where(or_(row.dossier_a == dossier_id, row.dossier_b == dossier_id))
    )
    like = (
        LikeDossier(one.dossier_b if one.dossier_a == dossier_id else one.dossier_a, Likeness(one.kind), one.share)
        for one in found
    )
    return tuple(sorted(like, key=lambda one: (one.kind, one.dossier_id)))


def _keep_bearer(connection: Connection, entry: IndexEntry) -> None:
    held = index_bearers.c
    this = (held.dossier_id == entry.dossier_id) & (held.deposit == entry.deposit)
    connection.execute(delete(index_bearers).where(this))
    row = {"dossier_id": entry.dossier_id, "deposit": entry.deposit, "bearer": entry.bearer, "siren": entry.siren}
    connection.execute(insert(index_bearers).values(row))


def _is(dossier_id: str, deposit: int) -> ColumnElement[bool]:
    return (index_dossiers.c.dossier_id == dossier_id) & (index_dossiers.c.deposit == deposit)


def _names(dossier: Dossier) -> str:
    return "\n".join((dossier.name, *(file.name for file in dossier.files)))


def _clear(connection: Connection, dossier_id: str) -> None:
    _forget_details(connection, dossier_id)
    search.forget(connection, dossier_id)
    for table in (index_sketches, index_dossiers):
        connection.execute(delete(table).where(table.c.dossier_id == dossier_id))
    row = index_likenesses.c
    connection.execute(delete(index_likenesses).where(or_(row.dossier_a == dossier_id, row.dossier_b == dossier_id)))


def _forget_details(connection: Connection, dossier_id: str) -> None:
    for table in (index_fields, index_findings):
        connection.execute(delete(table).where(table.c.dossier_id == dossier_id))


def _insert(
    connection: Connection, table: Table, dossier_id: str, key: str, value: str, held: Mapping[str, str | int]
) -> None:
    if held:
        rows = [{"dossier_id": dossier_id, key: name, value: what} for name, what in held.items()]
        connection.execute(insert(table), rows)


def _others(dossier_id: str) -> Select[Any]:
    """The other dossiers of the same call and batch."""
    this = index_dossiers.alias("this")
    other = index_dossiers.c
    return (
        select(other.dossier_id)
        .join(this, (this.c.call == other.call) & (this.c.batch == other.batch))
        .where(this.c.dossier_id == dossier_id, other.dossier_id != dossier_id)
    )


def _same_files(connection: Connection, dossier: Dossier) -> dict[str, float]:
    """Dossiers that hold some of the same files, each with the share that these are of the one that has fewer.

    Files that are empty are nothing that dossiers have in common.
    """
    mine = {file.sha256 for file in dossier.files if file.size}
    newest = (
        (deposit_files.c.dossier_id == index_dossiers.c.dossier_id)
        & (deposit_files.c.deposit == index_dossiers.c.deposit)
        & (deposit_files.c.size > 0)
    )
    count = func.count(deposit_files.c.sha256.distinct())
    of_others = _others(dossier.id).add_columns(count).join(deposit_files, newest).group_by(index_dossiers.c.dossier_id)
    # Who holds one of the files, first: SQLite would go through all that was ever deposited.
    holding = deposit_files.alias("holding")
    holders = select(holding.c.dossier_id).where(holding.c.sha256.in_(mine))
    sharing = of_others.where(index_dossiers.c.dossier_id.in_(holders), deposit_files.c.sha256.in_(mine))
    common = connection.execute(sharing).all()
    whole = of_others.where(index_dossiers.c.dossier_id.in_([found[0] for found in common]))
    held = {found[0]: found[1] for found in connection.execute(whole)} if common else {}
    return {other: number / min(len(mine), held[other]) for other, number in common}


def _near_texts(connection: Connection, dossier_id: str, drawn: bytes) -> dict[str, float]:
    """Keeps the sketch of a dossier; gives the dossiers whose wording is nearly the same, each with the share."""
    connection.execute(delete(index_sketches).where(index_sketches.c.dossier_id == dossier_id))
    connection.execute(insert(index_sketches).values(dossier_id=dossier_id, sketch=drawn))
    kept = index_sketches.c
    query = (
        _others(dossier_id)
        .add_columns(kept.sketch)
        .join(index_sketches, kept.dossier_id == index_dossiers.c.dossier_id)
    )
    others = connection.execute(query).all()
    alike = zip(others, shares(drawn, [found[1] for found in others]), strict=True)
    return {found[0]: round(float(share), 2) for found, share in alike if share >= NEAR_TEXT}


def _note_likenesses(connection: Connection, dossier_id: str, kind: Likeness, found: Mapping[str, float]) -> None:
    row = index_likenesses.c
    mine = or_(row.dossier_a == dossier_id, row.dossier_b == dossier_id)
    connection.execute(delete(index_likenesses).where(mine, row.kind == kind.value))
    if found:
        pairs = [(*sorted((dossier_id, other)), share) for other, share in found.items()]
        rows = [{"dossier_a": a, "dossier_b": b, "kind": kind.value, "share": share} for a, b, share in pairs]
        connection.execute(insert(index_likenesses), rows)
