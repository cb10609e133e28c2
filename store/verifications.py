"""Verifications of the journal that people ask for, and that the machine makes and keeps: each seals itself in turn."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from store.canonical import canonical_json, digest_of
from store.doubts import Doubt, Problem, VerificationReport
from store.instants import now
from store.journal import Writing
from store.people.tables.audits import verification_requests
from store.records import Action, JournalHead
from store.schema import verifications

MOST_PROBLEMS = 1000
"""Kept of one verification: beyond, they are counted."""


def awaited(connection: Connection) -> int | None:
    """The newest request that no verification has answered; None when there is none."""
    newest = connection.scalar(select(func.max(verification_requests.c.id)))
    answered = connection.scalar(select(func.max(verifications.c.request)))
    return newest if newest is not None and (answered is None or newest > answered) else None


def keep(writing: Writing, request: int, started_at: str, report: VerificationReport) -> None:
    """Keeps what a verification found, which the journal seals; it answers this request and all before it."""
    values = {
        "request": request,
        "started_at": started_at,
        "ended_at": now(),
        "events": report.events,
        "analyses": report.analyses,
        "words": report.words,
        "found": len(report.problems),
        "problems": canonical_json([_told(problem) for problem in report.problems[:MOST_PROBLEMS]]).decode(),
        "sequence": report.head.sequence,
        "digest": report.head.digest,
    }
    row = writing.connection.execute(insert(verifications).values(values).returning(verifications)).one()
    told = {"events": report.events, "problems": len(report.problems), "row": row.id, "record": record_digest(row)}
    writing.tell(Action.JOURNAL_VERIFIED, "journal", told)


def record_digest(row: Row[Any]) -> str:
    """The digest of all that a verification says."""
    return digest_of(dict(row._mapping))


def report_of(row: Row[Any]) -> VerificationReport:
    """What a verification found, its first problems."""
    problems = tuple(_problem(told) for told in json.loads(row.problems))
    head = JournalHead(row.sequence, row.digest)
    return VerificationReport(row.events, row.analyses, row.words, 0, problems, head)


def _told(problem: Problem) -> Mapping[str, str | int | None]:
    return {"doubt": problem.doubt.value, "message": problem.message, "event": problem.event}


def _problem(told: Mapping[str, Any]) -> Problem:
    return Problem(Doubt(told["doubt"]), told["message"], told["event"])
