"""Calls as the room holds them: open or closed, their settings, their juries."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Row, bindparam, delete, insert, select, update

from pipeline.errors import UsageProblem
from pipeline.text import alphabetical
from store.canonical import digest_of
from store.instants import instant, now
from store.journal import Writing, about_dossier
from store.keys import ROOM_BATCH
from store.people import visible
from store.people.room import Reading
from store.people.tables.accounts import people
from store.people.tables.calls import assignments, jurors, room_calls
from store.people.tables.jury import scores
from store.people.viewers import Viewer
from store.records import Action, Datum
from store.schema import dossiers

USUAL_QUORUM = 3
USUAL_REPLY_DAYS = 15


class CallState(StrEnum):
    """Whether a call takes deposits: all the rest goes on as before once it is closed."""

    OPEN = "open"
    CLOSED = "closed"


class InvalidCallSettings(UsageProblem):
    """A setting of a call that cannot be."""

    code = "invalid-call-settings"


@dataclass(frozen=True, slots=True)
class RoomCall:
    """A call of the room; `file` is the digest of a call file added by a user, None for a built-in call.

    `quorum` is how many jurors must have answered a marker before a collective value exists. `scale` is what the jury
    agreed on for a call that sets no scale itself, empty otherwise. `reply_days` are given to applicants to
    send what a letter asks for.
    """

    id: str
    file: str | None
    state: CallState
    deadline: date | None
    quorum: int
    retention_months: int | None
    scale: tuple[str, ...]
    reply_days: int
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Juror:
    """Someone who sits on the jury of a call."""

    person_id: int
    name: str
    chair: bool


def about_call(call: str) -> str:
    """The subject of journal events on a call."""
    return f"call:{call}"


def open_call(writing: Writing, call: str, deadline: date | None, file: str | None = None) -> RoomCall:
    """Brings a call into the room, or opens it again; what was set stays.

    Raises:
        InvalidCallSettings: another file for a call that has dossiers: what was said of them goes by the former.
    """
    known = writing.connection.execute(select(room_calls).where(room_calls.c.call == call)).one_or_none()
    told: dict[str, Datum] = {"file": file}
    if known is None:
        row = {"call": call, "file": file, "state": CallState.OPEN.value, "quorum": USUAL_QUORUM, "opened_at": now()}
        when = None if deadline is None else deadline.isoformat()
        writing.connection.execute(insert(room_calls).values(deadline=when, **row))
        told |= {"deadline": when, "quorum": USUAL_QUORUM, "reply": USUAL_REPLY_DAYS}
    else:
        if file is not None and file != known.file and _has_dossiers(writing, call):
            raise InvalidCallSettings(
                f"L'appel « {call} » a déjà des dossiers : son texte ne change plus.",
                advice="Donnez un autre identifiant (clé « id ») à la nouvelle version.",
            )
        change: dict[str, str | None] = {"state": CallState.OPEN.value, "file": file or known.file}
        writing.connection.execute(update(room_calls).where(room_calls.c.call == call).values(**change))
    writing.tell(Action.CALL_OPENED, about_call(call), told)
    return _get(writing, call)


def close_call(writing: Writing, call: str) -> None:
    """No more deposits; all that was done stays readable."""
    closed = update(room_calls).where(room_calls.c.call == call).values(state=CallState.CLOSED.value)
    writing.connection.execute(closed)
    writing.tell(Action.CALL_CLOSED, about_call(call), {})


def set_call(
    writing: Writing,
    call: str,
    *,
    deadline: date | None,
    quorum: int,
    retention_months: int | None,
    scale: Sequence[str] = (),
    reply_days: int = USUAL_REPLY_DAYS,
) -> None:
    """Sets a call.

    Raises:
        InvalidCallSettings: fewer than two jurors, a duration that is none, a scale of one value or with a value twice,
            or another scale than the one that jurors have already answered by.
    """
    if not 2 <= quorum <= 50:
        raise InvalidCallSettings("Un repère se lit à plusieurs : il faut de 2 à 50 jurés.")
    if retention_months is not None and not 1 <= retention_months <= 600:
        raise InvalidCallSettings("La durée de conservation va de 1 à 600 mois.")
    if not 1 <= reply_days <= 365:
        raise InvalidCallSettings("Le délai de réponse va de 1 à 365 jours.")
    if scale and (len(scale) < 2 or len(set(scale)) < len(scale) or len(scale) > 10):
        raise InvalidCallSettings("Une échelle compte de 2 à 10 valeurs, toutes différentes.")
    if tuple(scale) != _get(writing, call).scale and _is_answered(writing, call):
        raise InvalidCallSettings("Des jurés ont déjà répondu avec cette échelle : elle ne change plus.")
    when = None if deadline is None else deadline.isoformat()
    agreed = json.dumps(list(scale), ensure_ascii=False) if scale else None
    writing.connection.execute(
        update(room_calls)
        .where(room_calls.c.call == call)
        .values(deadline=when, quorum=quorum, retention_months=retention_months, scale=agreed, reply_days=reply_days)
    )
    told: dict[str, Datum] = {
        "deadline": when,
        "quorum": quorum,
        "retention": retention_months,
        "levels": len(scale),
        "scale": digest_of(list(scale)) if scale else None,
        "reply": reply_days,
    }
    writing.tell(Action.CALL_SET, about_call(call), told)


def every(reading: Reading | Writing, viewer: Viewer) -> tuple[RoomCall, ...]:
    """The calls that the viewer sees, the newest opened first."""
    query = select(room_calls).where(visible.calls(viewer)).order_by(room_calls.c.opened_at.desc(), room_calls.c.call)
    return tuple(_call(row) for row in reading.connection.execute(query))


def find(reading: Reading | Writing, viewer: Viewer, call: str) -> RoomCall | None:
    """The call, None when it is not in the room or not for this viewer."""
    query = select(room_calls).where(room_calls.c.call == call, visible.calls(viewer))
    row = reading.connection.execute(query).one_or_none()
    return None if row is None else _call(row)


def jury(reading: Reading | Writing, call: str) -> tuple[Juror, ...]:
    """Who sits on the jury, by name."""
    query = (
        select(jurors.c.person_id, people.c.name, jurors.c.chair)
        .join(people, people.c.id == jurors.c.person_id)
        .where(jurors.c.call == call)
        .order_by(people.c.id)
    )
    found = (Juror(row.person_id, row.name, bool(row.chair)) for row in reading.connection.execute(query))
    return tuple(sorted(found, key=lambda juror: alphabetical(juror.name)))


def seat(writing: Writing, call: str, person_id: int, *, chair: bool) -> None:
    """Puts a juror on the jury, or says whether they chair it."""
    here = (jurors.c.call == call, jurors.c.person_id == person_id)
    writing.connection.execute(delete(jurors).where(*here))
    writing.connection.execute(insert(jurors).values(call=call, person_id=person_id, chair=int(chair)))
    writing.tell(Action.JURY_CHANGED, about_call(call), {"person": person_id, "seated": True, "chair": chair})


def unseat(writing: Writing, call: str, person_id: int) -> None:
    """Takes a juror off the jury; what they said stays."""
    writing.connection.execute(delete(jurors).where(jurors.c.call == call, jurors.c.person_id == person_id))
    writing.tell(Action.JURY_CHANGED, about_call(call), {"person": person_id, "seated": False, "chair": False})


def assign(writing: Writing, person_id: int, dossier_ids: Sequence[str]) -> int:
    """Gives dossiers to a juror to read; gives how many were not already theirs."""
    known = set(
        writing.connection.scalars(select(assignments.c.dossier_id).where(assignments.c.person_id == person_id))
    )
    new = [dossier_id for dossier_id in dict.fromkeys(dossier_ids) if dossier_id not in known]
    if new:
        rows = [{"dossier_id": dossier_id, "person_id": person_id} for dossier_id in new]
        writing.connection.execute(insert(assignments), rows)
    told: dict[str, Datum] = {"person": person_id}
    writing.tell_all((Action.DOSSIER_ASSIGNED, about_dossier(dossier_id), told) for dossier_id in new)
    return len(new)


def unassign(writing: Writing, person_id: int, dossier_ids: Sequence[str]) -> None:
    """Takes dossiers back from a juror; what they said stays."""
    theirs = set(
        writing.connection.scalars(select(assignments.c.dossier_id).where(assignments.c.person_id == person_id))
    )
    gone = [dossier_id for dossier_id in dict.fromkeys(dossier_ids) if dossier_id in theirs]
    if gone:
        query = delete(assignments).where(
            assignments.c.person_id == person_id, assignments.c.dossier_id == bindparam("which")
        )
        writing.connection.execute(query, [{"which": dossier_id} for dossier_id in gone])
    told: dict[str, Datum] = {"person": person_id}
    writing.tell_all((Action.DOSSIER_UNASSIGNED, about_dossier(dossier_id), told) for dossier_id in gone)


def readers(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> tuple[str, ...]:
    """The names of the jurors to whom a dossier that the viewer sees is given to read."""
    query = (
        select(people.c.name)
        .join(assignments, assignments.c.person_id == people.c.id)
        .join(dossiers, dossiers.c.id == assignments.c.dossier_id)
        .where(dossiers.c.id == dossier_id, visible.dossiers_of(viewer))
    )
    return tuple(sorted(reading.connection.scalars(query), key=alphabetical))


def _has_dossiers(writing: Writing, call: str) -> bool:
    found = select(dossiers.c.id).where(dossiers.c.call == call, dossiers.c.batch == ROOM_BATCH).limit(1)
    return writing.connection.scalar(found) is not None


def _is_answered(writing: Writing, call: str) -> bool:
    given = select(scores.c.id).join(dossiers, dossiers.c.id == scores.c.dossier_id)
    found = given.where(dossiers.c.call == call, scores.c.value.is_not(None)).limit(1)
    return writing.connection.scalar(found) is not None


def _get(writing: Writing, call: str) -> RoomCall:
    return _call(writing.connection.execute(select(room_calls).where(room_calls.c.call == call)).one())


def _call(row: Row[tuple[object, ...]]) -> RoomCall:
    return RoomCall(
        id=row.call,
        file=row.file,
        state=CallState(row.state),
        deadline=None if row.deadline is None else date.fromisoformat(row.deadline),
        quorum=row.quorum,
        retention_months=row.retention_months,
        scale=tuple(json.loads(row.scale)) if row.scale else (),
        reply_days=row.reply_days,
        opened_at=instant(row.opened_at),
    )
