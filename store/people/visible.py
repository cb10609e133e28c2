"""The one query layer: what each person may see, as conditions of queries.

Every list, count, search, history, export and file asks here. A handler that forgot to ask would show nothing at all:
the functions of this package take a `Viewer` and put these conditions in their queries themselves.
"""

from sqlalchemy import ColumnElement, Table, and_, exists, false, or_, select, true

from store.keys import ROOM_BATCH
from store.people.tables.calls import assignments, jurors, room_calls
from store.people.tables.deliberations import (
    jury_sessions,
    outcomes,
    session_absences,
    session_dossiers,
    session_jurors,
)
from store.people.tables.jury import answers, declarations, passage_choices, scores
from store.people.viewers import Role, Viewer
from store.records import Action
from store.schema import dossiers, journal

_SEES_ALL = frozenset({Role.ADMINISTRATOR, Role.INSTRUCTOR, Role.AUDITOR})
_INSTRUCTION = (
    Action.DOSSIER_DEPOSITED,
    Action.DOSSIER_ANALYSED,
    Action.DOSSIER_FAILED,
    Action.DOSSIER_RETRIED,
    Action.DOSSIER_ASSIGNED,
    Action.DOSSIER_UNASSIGNED,
    Action.DOSSIER_MARKED,
    Action.DOSSIER_LABELLED,
    Action.DECISION_MADE,
    Action.LETTER_SENT,
    Action.LETTER_CORRECTED,
    Action.LETTER_WITHDRAWN,
    Action.OUTCOME_SET,
)


def calls(viewer: Viewer) -> ColumnElement[bool]:
    """On `room_calls`: every call of the room; to a juror, those on whose jury they sit."""
    if viewer.role in _SEES_ALL:
        return true()
    return exists().where(jurors.c.call == room_calls.c.call, jurors.c.person_id == viewer.id)


def dossiers_of(viewer: Viewer) -> ColumnElement[bool]:
    """On `dossiers`: those of the room; to a juror, those assigned to them, save where they are in conflict.

    A dossier with a conflict of interest is nowhere for that juror: no list, count, search, file or history.
    """
    # Not « in »: SQLite would begin with all the dossiers of the room where a few are asked for.
    in_room = and_(
        dossiers.c.batch == ROOM_BATCH, exists().where(room_calls.c.call == dossiers.c.call).correlate(dossiers)
    )
    if viewer.role in _SEES_ALL:
        return in_room
    assigned = exists().where(assignments.c.dossier_id == dossiers.c.id, assignments.c.person_id == viewer.id)
    return and_(in_room, assigned, ~in_conflict(viewer))


def in_conflict(viewer: Viewer) -> ColumnElement[bool]:
    """On `dossiers`: the last declaration of this person says that there is a conflict of interest."""
    return _last_declaration(viewer, conflict=True)


def declared_free(viewer: Viewer) -> ColumnElement[bool]:
    """On `dossiers`: the last declaration of this person says that there is none. Without it nothing is opened."""
    return _last_declaration(viewer, conflict=False)


def content_of(viewer: Viewer) -> ColumnElement[bool]:
    """On `dossiers`: those whose pages, text and analysis the person may open."""
    if viewer.role is Role.JUROR:
        return and_(dossiers_of(viewer), declared_free(viewer))
    return dossiers_of(viewer)


def scores_of(viewer: Viewer) -> ColumnElement[bool]:
    """On `scores`: one's own; others' on a marker that one has answered oneself, and those of a dossier under way in a
    session that one attends; all to an auditor. To an instructor those of dossiers brought before a session."""
    return _words_of_jury(viewer, scores, _answered_marker(viewer, scores))


def passage_choices_of(viewer: Viewer) -> ColumnElement[bool]:
    """On `passage_choices`: as for the scores that they were made for."""
    return _words_of_jury(viewer, passage_choices, _answered_marker(viewer, passage_choices))


def answers_of(viewer: Viewer) -> ColumnElement[bool]:
    """On `answers`: one's own; others' on an item that one has answered oneself; the rest as for scores."""
    own = answers.alias("own")
    answered = exists().where(
        own.c.dossier_id == answers.c.dossier_id,
        own.c.kind == answers.c.kind,
        own.c.item == answers.c.item,
        own.c.person_id == viewer.id,
    )
    return _words_of_jury(viewer, answers, answered)


def sessions_of(viewer: Viewer) -> ColumnElement[bool]:
    """On `jury_sessions`: those that a juror attends, attended at first, or chairs; all to the others."""
    if viewer.role in _SEES_ALL:
        return true()
    attends = exists().where(session_jurors.c.session_id == jury_sessions.c.id, session_jurors.c.person_id == viewer.id)
    attended = exists().where(
        session_absences.c.session_id == jury_sessions.c.id,
        session_absences.c.person_id == viewer.id,
        session_absences.c.sat == 1,
    )
    return or_(jury_sessions.c.chair == viewer.id, attends, attended)


def held_in_session(viewer: Viewer, words: Table) -> ColumnElement[bool]:
    """On `collective_values` and `collective_answers`: held in a session and on a dossier that the viewer sees."""
    session = select(jury_sessions.c.id).where(jury_sessions.c.id == words.c.session_id, sessions_of(viewer))
    return and_(exists(session.correlate(words)), _visible_dossier(viewer, words))


def outcomes_of(viewer: Viewer) -> ColumnElement[bool]:
    """On `outcomes`: those of dossiers that the viewer sees."""
    return _visible_dossier(viewer, outcomes)


def audits(viewer: Viewer) -> ColumnElement[bool]:
    """On `samples`, and on all declarations of a dossier: auditors' own matter."""
    return true() if viewer.role is Role.AUDITOR else false()


def journal_of(viewer: Viewer) -> ColumnElement[bool]:
    """On `journal`: auditors and administrators; it holds codes and digests, never a score nor words of a dossier."""
    return true() if viewer.role in (Role.AUDITOR, Role.ADMINISTRATOR) else false()


def instruction_of(viewer: Viewer) -> ColumnElement[bool]:
    """On `journal`, of one dossier: what is done to it and decided of it, to all who instruct, run or audit; never
    that a juror declared, chose or answered something."""
    return journal.c.action.in_(_INSTRUCTION) if viewer.role in _SEES_ALL else false()


def said_in_conflict(words: Table) -> ColumnElement[bool]:
    """On words of jurors: who said them has declared since a conflict of interest with that dossier."""
    theirs = (declarations.c.dossier_id == words.c.dossier_id, declarations.c.person_id == words.c.person_id)
    return exists().where(*theirs, declarations.c.conflict == 1, ~_newer_declaration()).correlate(words)


def _newer_declaration() -> ColumnElement[bool]:
    later = declarations.alias("later_declaration")
    return exists().where(
        later.c.dossier_id == declarations.c.dossier_id,
        later.c.person_id == declarations.c.person_id,
        later.c.id > declarations.c.id,
    )


def _last_declaration(viewer: Viewer, *, conflict: bool) -> ColumnElement[bool]:
    last = exists().where(
        declarations.c.dossier_id == dossiers.c.id,
        declarations.c.person_id == viewer.id,
        declarations.c.conflict == int(conflict),
        ~_newer_declaration(),
    )
    return last.correlate(dossiers)  # even in a query of declarations


def _answered_marker(viewer: Viewer, words: Table) -> ColumnElement[bool]:
    own = scores.alias("own")
    return exists().where(
        own.c.dossier_id == words.c.dossier_id, own.c.marker == words.c.marker, own.c.person_id == viewer.id
    )


def _words_of_jury(viewer: Viewer, words: Table, answered: ColumnElement[bool]) -> ColumnElement[bool]:
    if viewer.role is Role.AUDITOR:
        return true()
    if viewer.role is Role.JUROR:
        mine = words.c.person_id == viewer.id
        return and_(_visible_dossier(viewer, words), or_(mine, answered, _brought(viewer, words)))
    if viewer.role is Role.INSTRUCTOR:
        return _brought(viewer, words)
    return false()


def _visible_dossier(viewer: Viewer, words: Table) -> ColumnElement[bool]:
    theirs = select(dossiers.c.id).where(dossiers.c.id == words.c.dossier_id, dossiers_of(viewer))
    return exists(theirs.correlate(words))


def _brought(viewer: Viewer, words: Table) -> ColumnElement[bool]:
    """The dossier of these words is before a session, open or closed, that the viewer sees."""
    return exists(
        select(session_dossiers.c.dossier_id)
        .join(jury_sessions, jury_sessions.c.id == session_dossiers.c.session_id)
        .where(
            session_dossiers.c.dossier_id == words.c.dossier_id,
            jury_sessions.c.state.in_(("open", "closed")),
            sessions_of(viewer),
        )
    )
