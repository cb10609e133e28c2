"""The last verification of the journal, as people read it; and how they ask for another, which the machine makes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select

from store.doubts import VerificationReport
from store.instants import instant, now
from store.journal import Writing
from store.people import visible
from store.people.room import Reading
from store.people.tables.audits import verification_requests
from store.people.viewers import Viewer
from store.records import Action
from store.schema import journal, verifications
from store.verifications import awaited, report_of

_OWN = (Action.VERIFICATION_ASKED.value, Action.JOURNAL_VERIFIED.value)


@dataclass(frozen=True, slots=True)
class Verified:
    """A verification: begun `at`, with all that it read and found; `found` counts the problems, of which the report
    has the first. `after` counts the events told since that it does not cover, other than of verifications."""

    at: datetime
    ended_at: datetime
    report: VerificationReport
    found: int
    after: int


@dataclass(frozen=True, slots=True)
class Verifying:
    """Where the verification of the journal is: the last one, and since when another is awaited; None without."""

    last: Verified | None
    asked_at: datetime | None


def state(reading: Reading | Writing, viewer: Viewer) -> Verifying:
    """Where it is, for who reads the journal; nothing for others."""
    seen = visible.journal_of(viewer)
    query = select(verifications).where(seen).order_by(verifications.c.id.desc()).limit(1)
    row = reading.connection.execute(query).one_or_none()
    last = None
    if row is not None:
        since = (journal.c.sequence > row.sequence, journal.c.action.not_in(_OWN))
        after: int = reading.connection.execute(select(func.count()).select_from(journal).where(*since)).scalar_one()
        last = Verified(instant(row.started_at), instant(row.ended_at), report_of(row), row.found, after)
    request = awaited(reading.connection)
    asked = select(verification_requests.c.at).where(verification_requests.c.id == request, seen)
    at = None if request is None else reading.connection.scalar(asked)
    return Verifying(last, None if at is None else instant(at))


def ask(writing: Writing, viewer: Viewer) -> None:
    """Asks the machine for a verification, unless one is awaited already."""
    if awaited(writing.connection) is None:
        values = {"person_id": viewer.id, "at": now()}
        writing.connection.execute(insert(verification_requests).values(values))
        writing.tell(Action.VERIFICATION_ASKED, "journal", {})
