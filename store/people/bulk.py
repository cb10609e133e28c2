"""Actions on many dossiers at once: all that a filter shows, or those that were ticked; in one transaction, with undo.

Each action remembers what every dossier was before and after it. Undoing restores only what nobody changed since.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from pipeline.errors import UsageProblem
from store.canonical import Json, canonical_json
from store.instants import instant, now
from store.journal import MACHINE, Writing, about_dossier
from store.people import triage, visible
from store.people.bulk_changes import Change, change_of
from store.people.calls import about_call
from store.people.filters import Filter
from store.people.room import Reading
from store.people.tables.accounts import people
from store.people.tables.calls import room_calls
from store.people.tables.decisions import bulk_actions, bulk_changes
from store.people.viewers import Viewer
from store.problems import NotInStore
from store.records import Action, Datum
from store.schema import dossiers, journal

_CHANGES = (
    Action.DOSSIER_MARKED,
    Action.DOSSIER_ASSIGNED,
    Action.DOSSIER_UNASSIGNED,
    Action.DOSSIER_LABELLED,
    Action.DECISION_MADE,
)
"""What people do to dossiers that the table shows."""

_LEFT, _SPARED = "left", "spared"
"""Among what is kept of an action: how many dossiers stayed as they were when it was undone, and when it was done."""


class SelectionChanged(UsageProblem):
    """The dossiers found, `found` of them, are not as many as those shown."""

    code = "selection-changed"
    advice = "Rechargez le tableau, vérifiez ce qu'il montre, puis recommencez."

    def __init__(self, shown: int, found: int) -> None:
        super().__init__(f"Le tableau a changé : il montrait {shown} dossiers, il y en a {found}. Rien n'a été fait.")
        self.found = found


class ChangedSince(UsageProblem):
    """Someone else has changed some of the dossiers since the person saw them; `dossiers` are their ids."""

    code = "changed-since"
    advice = "Rechargez le tableau, vérifiez ce qu'il montre, puis recommencez."

    def __init__(self, changed: Sequence[str]) -> None:
        super().__init__(f"Dossiers changés depuis que le tableau est affiché : {len(changed)}. Rien n'a été fait.")
        self.dossiers = tuple(changed)


class AlreadyUndone(UsageProblem):
    """Someone has undone the action before."""

    code = "already-undone"

    def __init__(self) -> None:
        super().__init__("Cette action est déjà annulée.")


@dataclass(frozen=True, slots=True)
class Done:
    """What an action did: how many dossiers it was about, how many of them it changed, how many it left on purpose."""

    id: int
    found: int
    changed: int
    spared: int


@dataclass(frozen=True, slots=True)
class Undone:
    """How many dossiers are again as they were, and how many were left because they have changed since."""

    restored: int
    left: int


@dataclass(frozen=True, slots=True)
class Former:
    """An action as it was kept; `by` is the name of who did it, `undone` what undoing it did, None while it stands.

    `spared` counts the dossiers that it left as they were because they are dropped.
    """

    id: int
    change: Change
    found: int
    changed: int
    spared: int
    by: str
    at: datetime
    undone_at: datetime | None
    undone: Undone | None


def apply(
    writing: Writing,
    viewer: Viewer,
    call: str,
    chosen: Filter | Sequence[str],
    shown: int,
    change: Change,
    *,
    seen: int | None = None,
) -> Done:
    """Changes the dossiers of a call that a filter shows, or those of some ids; `shown` is how many the person saw.

    `seen` is the last event of the journal when they saw them, None for who sees them in this very transaction.

    Raises:
        SelectionChanged: they are not as many any more; nothing is changed.
        ChangedSince: someone else has changed some of them since; nothing is changed.
        InvalidChange: the change cannot be made in this call.
    """
    if isinstance(chosen, Filter):
        ids = triage.ids(writing, viewer, call, chosen)
    else:
        ids = triage.among(writing, viewer, call, tuple(dict.fromkeys(chosen)))
    if len(ids) != shown:
        raise SelectionChanged(shown, len(ids))
    changed = frozenset() if seen is None else _changed_by_others(writing, viewer, seen)
    meant = [each for each in ids if about_dossier(each) in changed]
    if meant:
        raise ChangedSince(meant)
    change.check(writing, viewer, call)
    held = change.held(writing, viewer, call)
    spared = change.spared(writing, viewer, call).intersection(ids)
    before = {dossier_id: held.get(dossier_id, change.nothing) for dossier_id in ids if dossier_id not in spared}
    after = {dossier_id: change.aim(was) for dossier_id, was in before.items() if change.aim(was) != was}
    kept = {**change.data(), "found": len(ids), **({_SPARED: len(spared)} if spared else {})}
    number = _keep(writing, viewer, call, change, kept, {each: (before[each], after[each]) for each in after})
    change.put(writing, before, after, number)
    told: dict[str, Datum] = {"bulk": number, "kind": change.kind, "found": len(ids), "changed": len(after)}
    if spared:
        told["dropped"] = len(spared)
    writing.tell(Action.BULK_DONE, about_call(call), told)
    return Done(number, len(ids), len(after), len(spared))


def undo(writing: Writing, viewer: Viewer, call: str, number: int) -> Undone:
    """Gives the dossiers of an action back what they were, save those that changed since.

    Raises:
        NotInStore: no such action in this call.
        AlreadyUndone: it is undone.
    """
    row = writing.connection.execute(
        select(bulk_actions).where(bulk_actions.c.id == number, bulk_actions.c.call == call)
    ).one_or_none()
    if row is None:
        raise NotInStore("Cette action n'est pas connue.")
    if row.undone_at is not None:
        raise AlreadyUndone
    change = change_of(row.action, json.loads(row.data))
    changes = {
        each.dossier_id: (json.loads(each.before), json.loads(each.after))
        for each in writing.connection.execute(select(bulk_changes).where(bulk_changes.c.bulk_id == number))
    }
    held = change.held(writing, viewer, call)
    seen = set(triage.ids(writing, viewer, call, Filter())) - change.begun(writing)
    current = {each: held.get(each, change.nothing) for each in changes}
    wanted = {each: was for each, (was, became) in changes.items() if each in seen and current[each] == became}
    change.put(writing, current, wanted, number)
    undone = Undone(len(wanted), len(changes) - len(wanted))
    kept = _text({**json.loads(row.data), _LEFT: undone.left})
    this = update(bulk_actions).where(bulk_actions.c.id == number)
    writing.connection.execute(this.values(undone_at=now(), data=kept))
    told = {"bulk": number, "restored": undone.restored, "left": undone.left}
    writing.tell(Action.BULK_UNDONE, about_call(call), told)
    return undone


def changed_by(reading: Reading, viewer: Viewer, call: str, number: int) -> frozenset[str]:
    """The dossiers that an action changed, among those that the viewer sees; none of an action of another call."""
    query = (
        select(bulk_changes.c.dossier_id)
        .join(bulk_actions, bulk_actions.c.id == bulk_changes.c.bulk_id)
        .join(dossiers, dossiers.c.id == bulk_changes.c.dossier_id)
        .where(bulk_actions.c.id == number, bulk_actions.c.call == call, visible.dossiers_of(viewer))
    )
    return frozenset(reading.connection.scalars(query))


def last(reading: Reading, viewer: Viewer, call: str, limit: int = 10) -> tuple[Former, ...]:
    """The last actions on the dossiers of a call that the viewer sees, newest first."""
    changed = (
        select(func.count())
        .select_from(bulk_changes)
        .where(bulk_changes.c.bulk_id == bulk_actions.c.id)
        .correlate(bulk_actions)
        .scalar_subquery()
    )
    query = (
        select(bulk_actions, people.c.name, changed.label("changed"))
        .join(people, people.c.id == bulk_actions.c.person_id)
        .join(room_calls, room_calls.c.call == bulk_actions.c.call)
        .where(bulk_actions.c.call == call, visible.calls(viewer))
        .order_by(bulk_actions.c.id.desc())
        .limit(limit)
    )
    return tuple(_former(row) for row in reading.connection.execute(query))


def _changed_by_others(writing: Writing, viewer: Viewer, seen: int) -> frozenset[str]:
    """What others than the viewer did something to after an event: subjects of the journal."""
    query = select(journal.c.subject).where(
        journal.c.sequence > seen,
        journal.c.actor != viewer.actor,
        journal.c.actor != MACHINE,
        journal.c.action.in_(_CHANGES),
    )
    return frozenset(writing.connection.scalars(query))


def _former(row: Any) -> Former:
    data = json.loads(row.data)
    change, at = change_of(row.action, data), instant(row.at)
    counts = (data["found"], row.changed, data.get(_SPARED, 0))
    if row.undone_at is None:
        return Former(row.id, change, *counts, row.name, at, None, None)
    left = data.get(_LEFT, 0)
    undone = Undone(row.changed - left, left)
    return Former(row.id, change, *counts, row.name, at, instant(row.undone_at), undone)


def _keep(
    writing: Writing,
    viewer: Viewer,
    call: str,
    change: Change,
    data: Mapping[str, Json],
    changes: Mapping[str, tuple[Json, Json]],
) -> int:
    values = {"call": call, "action": change.kind, "data": _text(dict(data)), "person_id": viewer.id, "at": now()}
    action = insert(bulk_actions).values(values)
    number: int = writing.connection.execute(action.returning(bulk_actions.c.id)).scalar_one()
    if changes:
        rows = [
            {"bulk_id": number, "dossier_id": each, "before": _text(before), "after": _text(after)}
            for each, (before, after) in changes.items()
        ]
        writing.connection.execute(insert(bulk_changes), rows)
    return number


def _text(value: Json) -> str:
    return canonical_json(value).decode()
