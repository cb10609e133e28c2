"""How many of the jurors who attend a session have answered on a dossier: counts alone; who withdraws never counts."""

from collections.abc import Mapping

from sqlalchemy import Column, Select, Table, func, select

from store.journal import Writing
from store.people import deliberations
from store.people.room import Reading
from store.people.tables.deliberations import session_jurors
from store.people.tables.jury import answers, declarations, scores


def markers(reading: Reading | Writing, session_id: int, dossier_id: str) -> Mapping[str, int]:
    """How many have answered each marker; « cannot say » is an answer."""
    return _counts(reading, _answering(scores, scores.c.marker, session_id, dossier_id))


def items(reading: Reading | Writing, session_id: int, dossier_id: str, kind: str) -> Mapping[str, int]:
    """The same of each item of a kind (`AnswerKind`)."""
    query = _answering(answers, answers.c.item, session_id, dossier_id).where(answers.c.kind == kind)
    return _counts(reading, query)


def sheets(reading: Reading | Writing, session_id: int, dossier_id: str, kind: str) -> int:
    """How many have submitted anything of a kind: the feasibility grid, the synthesis."""
    query = _answering(answers, answers.c.kind, session_id, dossier_id)
    return _counts(reading, query).get(kind, 0)


def _answering(words: Table, subject: Column[str], session_id: int, dossier_id: str) -> Select[tuple[str, int]]:
    attends = (session_jurors.c.session_id == session_id) & (session_jurors.c.person_id == words.c.person_id)
    conflict = select(declarations.c.person_id).where(
        declarations.c.dossier_id == dossier_id, deliberations.conflicting()
    )
    return (
        select(subject, func.count(words.c.person_id.distinct()))
        .join(session_jurors, attends)
        .where(words.c.dossier_id == dossier_id, words.c.person_id.not_in(conflict))
        .group_by(subject)
    )


def _counts(reading: Reading | Writing, query: Select[tuple[str, int]]) -> Mapping[str, int]:
    return dict(reading.connection.execute(query).tuples().all())
