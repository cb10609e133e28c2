"""The journal: events that are only ever added, each sealed together with all that came before it."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from store.canonical import canonical_json, digest_of
from store.instants import instant, now
from store.records import Action, Datum, JournalEvent, JournalHead
from store.schema import journal, journal_head

GENESIS = JournalHead(0, "0" * 64)
"""What the first event is chained to."""

MACHINE = "machine"
"""The actor of all that no person did."""

_CODE = re.compile(r"[0-9A-Za-z._:+@/-]{1,200}")

# Written once for all events: what SQLAlchemy makes of a statement takes longer than what SQLite does with it.
_HEAD = select(journal_head.c.sequence, journal_head.c.digest)
_ADDED = insert(journal)
_MOVED = update(journal_head).values(sequence=bindparam("to"), digest=bindparam("seal"))


@dataclass(frozen=True, slots=True)
class Writing:
    """A write transaction under way, and who writes (`store.engine.writing` holds the journal's head for it)."""

    connection: Connection
    actor: str

    def tell(self, action: Action, subject: str, data: Mapping[str, Datum]) -> None:
        """Adds an event, which comes to be, or not, with the rest of the transaction.

        Raises:
            ValueError: a value of `data` is not a code, a digest or a count: it could be a dossier's text.
        """
        self.tell_all(((action, subject, data),))

    def tell_all(self, events: Iterable[tuple[Action, str, Mapping[str, Datum]]]) -> None:
        """Adds events one after the other, each an action, a subject and data, as `tell` does; for thousands at once.

        Raises:
            ValueError: a value of the data is not a code, a digest or a count.
        """
        head = self.connection.execute(_HEAD).one()
        sequence, previous, at, rows = head.sequence, head.digest, now(), []
        for action, subject, data in events:
            for value in data.values():
                _refuse_prose(value)
            sequence += 1
            event: dict[str, str | int | Mapping[str, Datum]] = {
                "sequence": sequence,
                "at": at,
                "actor": self.actor,
                "action": action.value,
                "subject": subject,
                "data": data,
                "previous": previous,
            }
            previous = digest_of(event)
            rows.append(event | {"data": canonical_json(data).decode(), "digest": previous})
        if rows:
            self.connection.execute(_ADDED, rows)
            # The database lets the head move on by one event only.
            heads = [{"to": row["sequence"], "seal": row["digest"]} for row in rows]
            self.connection.execute(_MOVED, heads)


def about_dossier(dossier_id: str) -> str:
    return f"dossier:{dossier_id}"


def about_run(run_id: int) -> str:
    return f"run:{run_id}"


def about_intake(intake_id: int) -> str:
    return f"intake:{intake_id}"


def head(connection: Connection) -> JournalHead:
    """The last event, or `GENESIS`."""
    row = connection.execute(_HEAD).one()
    return JournalHead(row.sequence, row.digest)


def events(
    connection: Connection, subject: str | None, action: Action | None, after: int, limit: int
) -> tuple[JournalEvent, ...]:
    """At most `limit` events whose sequence is above `after`, in order."""
    query = select(journal).where(journal.c.sequence > after).order_by(journal.c.sequence).limit(limit)
    if subject is not None:
        query = query.where(journal.c.subject == subject)
    if action is not None:
        query = query.where(journal.c.action == action.value)
    return tuple(event_of(row) for row in connection.execute(query))


def event_of(row: Row[Any]) -> JournalEvent:
    """The event that a row of the journal holds."""
    data = {key: tuple(value) if isinstance(value, list) else value for key, value in json.loads(row.data).items()}
    return JournalEvent(
        sequence=row.sequence,
        at=instant(row.at),
        actor=row.actor,
        action=Action(row.action),
        subject=row.subject,
        data=data,
        previous=row.previous,
        digest=row.digest,
    )


def _refuse_prose(value: Datum) -> None:
    for text in (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ():
        if not _CODE.fullmatch(text):
            raise ValueError("the journal holds codes, digests and counts only")
