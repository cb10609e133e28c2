"""What the jury holds together on markers and other items, once enough jurors have answered: entered by the chair.

Nothing here is worked out from scores: they are read by people, who discuss, and say.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select

from pipeline.calls.model import Call
from store.instants import instant
from store.journal import Writing, about_dossier
from store.people import answered, calls, chairing, outcomes, presences, revising, sealing, visible
from store.people.answers import AnswerKind
from store.people.deliberations import NotHeld
from store.people.outcomes import TooFewJurors
from store.people.room import Reading
from store.people.tables.deliberations import collective_answers, collective_values
from store.people.viewers import Viewer
from store.records import Action, Datum


@dataclass(frozen=True, slots=True)
class CollectiveValue:
    """What the jury holds on a marker; `value` is one of the call's scale, None when the jury cannot say.

    `jurors` is how many of those who attended had answered the marker, `quorum` how many the call asked for then, None
    where it was not kept. `presence` is the number of who sat (`presences`).
    """

    id: int
    session_id: int
    dossier_id: str
    marker: str
    value: str | None
    comment: str
    jurors: int
    person_id: int
    at: datetime
    replaces: int | None
    quorum: int | None
    presence: int | None


@dataclass(frozen=True, slots=True)
class CollectiveAnswer:
    """What the jury holds on an item of the grid or of the synthesis, by its id in the call.

    `jurors`, `quorum` and `presence` are as for a marker, None where they were not kept; fewer jurors than the quorum
    may have answered an item, which is told.
    """

    id: int
    session_id: int
    dossier_id: str
    kind: AnswerKind
    item: str
    value: str | None
    comment: str
    person_id: int
    at: datetime
    replaces: int | None
    jurors: int | None
    quorum: int | None
    presence: int | None


def set_value(
    writing: Writing,
    viewer: Viewer,
    session_id: int,
    dossier_id: str,
    marker: str,
    *,
    value: str | None,
    comment: str,
    replaces: int | None,
) -> None:
    """Adds the jury's value of a marker; `replaces` is the former one that the chair saw, None for the first.

    Raises:
        NotInStore, NotHeld: see `chairing.hold`.
        TooFewJurors: fewer of those who attend have answered the marker than the call sets.
        Settled: the dossier is settled.
        Overtaken: another value was entered meanwhile.
    """
    session = chairing.hold(writing, viewer, session_id, dossier_id)
    if revising.is_settled(writing, dossier_id):
        raise revising.Settled
    last = last_values(values_of(writing, viewer, dossier_id)).get((dossier_id, marker))
    revising.require_last(None if last is None else last.id, replaces)
    count = answered.markers(writing, session_id, dossier_id).get(marker, 0)
    room_call = calls.find(writing, viewer, session.call)
    if room_call is None or count < room_call.quorum:
        needed = "" if room_call is None else f" L'appel en demande {room_call.quorum}."
        raise TooFewJurors(
            f"Jurés présents qui ont répondu sur ce repère : {count}.{needed} Un repère ne se lit jamais seul."
        )
    row: dict[str, str | int | None] = {
        "session_id": session_id,
        "dossier_id": dossier_id,
        "marker": marker,
        "value": value,
        "comment": comment,
        "jurors": count,
        "person_id": viewer.id,
        "replaces": replaces,
        "quorum": room_call.quorum,
        "presence": presences.in_force(writing, viewer, session),
    }
    told: dict[str, Datum] = {
        "session": session_id,
        "marker": marker,
        "jurors": count,
        "presence": row["presence"],
        "revised": replaces is not None,
    }
    sealing.append(writing, Action.COLLECTIVE_VALUE_SET, about_dossier(dossier_id), row, told)


def set_answer(
    writing: Writing,
    viewer: Viewer,
    session_id: int,
    dossier_id: str,
    call: Call,
    kind: AnswerKind,
    item: str,
    *,
    value: str | None,
    comment: str,
    replaces: int | None,
) -> None:
    """Adds the jury's answer to an item; `replaces` is the former one that the chair saw, None for the first.

    Raises:
        NotInStore, NotHeld: see `chairing.hold`; `NotHeld` too for the grid of a dossier not held acceptable.
        Settled: the synthesis of a settled dossier.
        Overtaken: another answer was entered meanwhile.
    """
    session = chairing.hold(writing, viewer, session_id, dossier_id)
    if kind is AnswerKind.SYNTHESIS and revising.is_settled(writing, dossier_id):
        raise revising.Settled
    if kind is AnswerKind.GRID and not outcomes.is_retained(call, revising.outcome_of(writing, viewer, dossier_id)):
        raise NotHeld("La faisabilité ne se lit que pour un dossier retenu en première lecture.")
    last = last_answers(answers_of(writing, viewer, kind, dossier_id)).get((dossier_id, item))
    revising.require_last(None if last is None else last.id, replaces)
    room_call = calls.find(writing, viewer, session.call)
    row: dict[str, str | int | None] = {
        "session_id": session_id,
        "dossier_id": dossier_id,
        "kind": kind.value,
        "item": item,
        "value": value,
        "comment": comment,
        "person_id": viewer.id,
        "replaces": replaces,
        "jurors": answered.items(writing, session_id, dossier_id, kind.value).get(item, 0),
        "quorum": None if room_call is None else room_call.quorum,
        "presence": presences.in_force(writing, viewer, session),
    }
    told: dict[str, Datum] = {
        "session": session_id,
        "kind": kind.value,
        "item": item,
        "presence": row["presence"],
        "revised": replaces is not None,
    }
    sealing.append(writing, Action.COLLECTIVE_ANSWER_SET, about_dossier(dossier_id), row, told)


def values_of(reading: Reading | Writing, viewer: Viewer, *dossier_ids: str) -> tuple[CollectiveValue, ...]:
    """All collective values of dossiers, in the sessions that the viewer sees; oldest first."""
    table = collective_values
    query = select(table).where(table.c.dossier_id.in_(dossier_ids), visible.held_in_session(viewer, table))
    return tuple(_value(row) for row in reading.connection.execute(query.order_by(table.c.id)))


def answers_of(
    reading: Reading | Writing, viewer: Viewer, kind: AnswerKind, *dossier_ids: str
) -> tuple[CollectiveAnswer, ...]:
    """All collective answers of a kind to dossiers, in the sessions that the viewer sees; oldest first."""
    table = collective_answers
    here = (table.c.dossier_id.in_(dossier_ids), table.c.kind == kind.value)
    query = select(table).where(*here, visible.held_in_session(viewer, table)).order_by(table.c.id)
    return tuple(_answer(row) for row in reading.connection.execute(query))


def last_values(values: Iterable[CollectiveValue]) -> Mapping[tuple[str, str], CollectiveValue]:
    """The values in force by dossier and marker, of those given oldest first."""
    return {(value.dossier_id, value.marker): value for value in values}


def last_answers(answers: Iterable[CollectiveAnswer]) -> Mapping[tuple[str, str], CollectiveAnswer]:
    """The answers in force by dossier and item, of those given oldest first."""
    return {(answer.dossier_id, answer.item): answer for answer in answers}


def _value(row: Row[tuple[object, ...]]) -> CollectiveValue:
    return CollectiveValue(
        id=row.id,
        session_id=row.session_id,
        dossier_id=row.dossier_id,
        marker=row.marker,
        value=row.value,
        comment=row.comment,
        jurors=row.jurors,
        person_id=row.person_id,
        at=instant(row.at),
        replaces=row.replaces,
        quorum=row.quorum,
        presence=row.presence,
    )


def _answer(row: Row[tuple[object, ...]]) -> CollectiveAnswer:
    return CollectiveAnswer(
        id=row.id,
        session_id=row.session_id,
        dossier_id=row.dossier_id,
        kind=AnswerKind(row.kind),
        item=row.item,
        value=row.value,
        comment=row.comment,
        person_id=row.person_id,
        at=instant(row.at),
        replaces=row.replaces,
        jurors=row.jurors,
        quorum=row.quorum,
        presence=row.presence,
    )
