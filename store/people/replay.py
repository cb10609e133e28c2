"""What stands at present, by the journal: each change of these tables is told, so that all of them can be told again.

Words of people are sealed row by row (`sealing`); accounts, calls, juries, what each has to read, where dossiers stand
and sessions change in place. They give the words their sense – by which scale, with how many, under whose chair – so
that a change past the journal must show as well.
"""

import json
from collections.abc import Callable, Hashable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Table, select

from store.canonical import digest_of
from store.doubts import Doubt, Problem
from store.people.rows import Rows, column_name
from store.people.tables.accounts import people
from store.people.tables.calls import assignments, jurors, room_calls
from store.people.tables.decisions import dossier_states
from store.people.tables.deliberations import jury_sessions, session_jurors
from store.records import Action

Told = Mapping[str, Any]
_Row = dict[str, Any]
_HERE: _Row = {}  # a row that says nothing but that it is there

_KEYS: Mapping[Table, tuple[str, ...]] = MappingProxyType(
    {
        people: ("id",),
        room_calls: ("call",),
        jurors: ("call", "person_id"),
        assignments: ("dossier_id", "person_id"),
        dossier_states: ("dossier_id",),
        jury_sessions: ("id",),
        session_jurors: ("session_id", "person_id"),
    }
)


class Replay:
    """Takes the events one by one, then holds the tables against them.

    A column that no event has told, as those of earlier versions, is not compared.
    """

    def __init__(self) -> None:
        self._rows: dict[Table, dict[tuple[Hashable, ...], _Row]] = {table: {} for table in _KEYS}
        self._seats_untold: set[int] = set()  # sessions of earlier versions, which did not tell who was convened
        self._takers: Mapping[str, Callable[[str, Told], None]] = {
            Action.ACCOUNT_ADDED: self._account_added,
            Action.ACCOUNT_CHANGED: self._account_changed,
            Action.CALL_OPENED: self._call_opened,
            Action.CALL_CLOSED: self._call_closed,
            Action.CALL_SET: self._call_set,
            Action.JURY_CHANGED: self._jury_changed,
            Action.DOSSIER_ASSIGNED: self._assigned,
            Action.DOSSIER_UNASSIGNED: self._unassigned,
            Action.DOSSIER_MARKED: self._marked,
            Action.SESSION_PLANNED: self._session_planned,
            Action.SESSION_CHANGED: self._session_changed,
            Action.SESSION_OPENED: self._session_opened,
            Action.SESSION_CLOSED: self._session_closed,
            Action.PRESENCE_SET: self._presence_set,
        }

    def note(self, subject: str, action: str, data: Told) -> None:
        """Takes the next event; `subject` is as the journal writes it, `<kind>:<identifier>`."""
        take = self._takers.get(action)
        if take is not None:
            take(subject.partition(":")[2], data)

    def check(self, connection: Connection) -> Iterator[Problem]:
        """What the tables say otherwise than the journal; problems in the order of the tables, and of their rows."""
        names = Rows(connection)
        for table, keys in _KEYS.items():
            awaited = dict(self._rows[table])
            for row in connection.execute(select(table).order_by(*(table.c[key] for key in keys))):
                kept = _kept(table, row._asdict())
                told = awaited.pop(tuple(kept[key] for key in keys), None)
                if told is None:
                    if table is session_jurors and kept["session_id"] in self._seats_untold:
                        continue
                    message = f"{names.name(table.name, kept)}\u00a0: dans la base, mais pas au journal."
                    yield Problem(Doubt.STANDING_UNTOLD, message)
                    continue
                changed = [column_name(column) for column, value in told.items() if kept[column] != value]
                if changed:
                    what = f"{names.name(table.name, kept)}\u00a0: {', '.join(changed)}"
                    yield Problem(Doubt.STANDING_ALTERED, f"{what} – la base ne dit plus ce que dit le journal.")
            for key in awaited:
                what = names.name(table.name, dict(zip(keys, key, strict=True)))
                yield Problem(Doubt.STANDING_MISSING, f"{what}\u00a0: au journal, mais plus dans la base.")

    # Accounts

    def _account_added(self, subject: str, data: Told) -> None:
        self._rows[people][int(subject),] = {"role": data["role"], "active": 1}

    def _account_changed(self, subject: str, data: Told) -> None:
        row = self._rows[people].setdefault((int(subject),), {})
        row.update({name: data[name] for name in ("role", "active") if name in data})

    # Calls and their juries

    def _call_opened(self, call: str, data: Told) -> None:
        known = self._rows[room_calls].get((call,))
        if known is None:
            known = self._rows[room_calls][call,] = {"retention_months": None, "scale": None, "file": None}
            told = (("deadline", "deadline"), ("quorum", "quorum"), ("reply_days", "reply"))
            known |= {column: data[name] for column, name in told if name in data}
        known["state"] = "open"
        known["file"] = data["file"] or known["file"]

    def _call_closed(self, call: str, _data: Told) -> None:
        self._call(call)["state"] = "closed"

    def _call_set(self, call: str, data: Told) -> None:
        row = self._call(call)
        row |= {"deadline": data["deadline"], "quorum": data["quorum"], "retention_months": data["retention"]}
        if "reply" in data:
            row["reply_days"] = data["reply"]
        if "scale" in data:
            row["scale"] = data["scale"]
        else:  # an earlier version told how many values it has, and no more
            row.pop("scale", None)

    def _call(self, call: str) -> _Row:
        """What is known of a call; nothing where the event of its opening was taken out of the journal."""
        return self._rows[room_calls].setdefault((call,), {})

    def _jury_changed(self, call: str, data: Told) -> None:
        seat = (call, data["person"])
        self._rows[jurors].pop(seat, None)
        if data["seated"]:
            self._rows[jurors][seat] = {"chair": int(data["chair"])}

    # Dossiers: "person" is who reads them as a juror, "instructor" who instructs them

    def _assigned(self, dossier_id: str, data: Told) -> None:
        if "person" in data:
            self._rows[assignments][dossier_id, data["person"]] = _HERE
        else:
            self._standing(dossier_id)["assignee"] = data["instructor"]

    def _unassigned(self, dossier_id: str, data: Told) -> None:
        if "person" in data:
            self._rows[assignments].pop((dossier_id, data["person"]), None)
        else:
            self._standing(dossier_id)["assignee"] = None

    def _marked(self, dossier_id: str, data: Told) -> None:
        row = self._standing(dossier_id)
        row |= {"state": data["state"], "reason": data.get("dropped_for")}

    def _standing(self, dossier_id: str) -> _Row:
        return self._rows[dossier_states].setdefault((dossier_id,), {"state": "open", "reason": None, "assignee": None})

    # Sessions

    def _session_planned(self, session: str, data: Told) -> None:
        self._session(session).update(state="planned", quorum=None)
        self._seats_untold.add(int(session))
        self._session_changed(session, data)

    def _session_changed(self, session: str, data: Told) -> None:
        row = self._session(session)
        row |= {column: data[name] for column, name in (("chair", "chair"), ("held_on", "day")) if name in data}
        self._seat(int(session), data.get("seats"))

    def _session_opened(self, session: str, _data: Told) -> None:
        self._session(session)["state"] = "open"

    def _session_closed(self, session: str, data: Told) -> None:
        self._session(session).update(state="closed", quorum=data.get("quorum"))

    def _presence_set(self, session: str, data: Told) -> None:
        self._session(session)["chair"] = data["chair"]
        self._seat(int(session), data["present"])

    def _session(self, session: str) -> _Row:
        return self._rows[jury_sessions].setdefault((int(session),), {})

    def _seat(self, session: int, present: list[str] | None) -> None:
        if present is None:
            return
        self._seats_untold.discard(session)
        seats = self._rows[session_jurors]
        for seat in [seat for seat in seats if seat[0] == session]:
            del seats[seat]
        seats.update({(session, int(person)): _HERE for person in present})


def _kept(table: Table, row: _Row) -> _Row:
    """The row as events tell it."""
    if table is room_calls and row["scale"] is not None:
        return row | {"scale": digest_of(json.loads(row["scale"]))}
    return row
