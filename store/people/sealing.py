"""Words of people, added to their tables and sealed by the journal: changed later, a row no longer has its digest."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row, Table, insert

from store.canonical import digest_of
from store.instants import now
from store.journal import Writing
from store.people.tables.audits import checks, samples
from store.people.tables.decisions import decisions
from store.people.tables.deliberations import collective_answers, collective_values, outcomes, presences
from store.people.tables.deposits import deposit_choices
from store.people.tables.jury import answers, declarations, passage_choices, scores
from store.people.tables.letters import letters
from store.records import Action, Datum

SEALED: Mapping[Action, Table] = MappingProxyType(
    {
        Action.DECISION_MADE: decisions,
        Action.LETTER_SENT: letters,
        Action.LETTER_CORRECTED: letters,
        Action.LETTER_WITHDRAWN: letters,
        Action.DEPOSIT_SETTLED: deposit_choices,
        Action.CONFLICT_DECLARED: declarations,
        Action.CONFLICT_DENIED: declarations,
        Action.PASSAGE_CHOSEN: passage_choices,
        Action.SCORE_SUBMITTED: scores,
        Action.ANSWER_SUBMITTED: answers,
        Action.PRESENCE_SET: presences,
        Action.COLLECTIVE_VALUE_SET: collective_values,
        Action.COLLECTIVE_ANSWER_SET: collective_answers,
        Action.OUTCOME_SET: outcomes,
        Action.SAMPLE_DRAWN: samples,
        Action.CHECK_RECORDED: checks,
    }
)
"""What each action adds to."""

Sealed = dict[tuple[str, int], str]
"""What the journal says of words: the table and number of each, with its digest."""


def append(
    writing: Writing,
    action: Action,
    subject: str,
    values: Mapping[str, str | int | None],
    told: Mapping[str, Datum] | None = None,
) -> Row[Any]:
    """Adds a row of `SEALED[action]` at this moment, and the event that seals it; gives the row.

    `told` is what else the event says: codes, digests and counts.
    """
    table = SEALED[action]
    row = writing.connection.execute(insert(table).values(at=now(), **values).returning(table)).one()
    writing.tell(action, subject, {**(told or {}), "row": row.id, "record": record_digest(row)})
    return row


_GIVEN_LATER = frozenset({"among", "quorum", "presence", "jurors", "lacking"})
"""Columns that tables were given when some of their rows were sealed already: those say nothing there."""


def record_digest(row: Row[Any]) -> str:
    """The digest of all that a row says."""
    told = row._mapping
    return digest_of({name: told[name] for name in told if not (name in _GIVEN_LATER and told[name] is None)})
