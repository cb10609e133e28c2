"""What all screens on which a jury deliberates have in common."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from pipeline.calls.model import Marker
from store.journal import Writing
from store.people import deliberations, presences, revising
from store.people.collective import CollectiveValue
from store.people.deliberations import NotHeld, Session
from store.people.revising import NotRevisable
from store.people.room import Reading
from store.problems import NotInStore
from web import policies
from web.context import Context
from web.opened import Opened
from web.problems import Conflicting, NotHere


@contextmanager
def holding(context: Context) -> Iterator[Writing]:
    """A transaction in which a jury holds something, or an instructor plans a session.

    Raises:
        Conflicting: the session does not allow it now, the dossier is settled, or it was said otherwise meanwhile.
        NotHere: the session or the dossier is not there for this person.
    """
    try:
        with context.writing() as writing:
            yield writing
    except (NotHeld, NotRevisable) as problem:
        raise Conflicting(problem.message, advice=problem.advice) from problem
    except NotInStore as problem:
        raise NotHere from problem


def session_of(context: Context, reading: Reading, session_id: int) -> Session:
    """The session, for who may see it.

    Raises:
        Forbidden, NotHere: not their role's, or not there for this person.
    """
    context.require(policies.may_see_sessions(context.viewer))
    session = deliberations.find(reading, context.viewer, session_id)
    if session is None:
        raise NotHere
    return session


def marker_of(dossier: Opened, marker_id: str) -> Marker:
    """The marker of the call of this dossier.

    Raises:
        NotHere: there is none.
    """
    for marker in dossier.call.markers:
        if marker.id == marker_id:
            return marker
    raise NotHere


def address_of(session_id: int, dossier_id: str) -> str:
    """Of a dossier before a session."""
    return f"/deliberations/{session_id}/dossiers/{dossier_id}"


def at_the_table(
    context: Context,
    reading: Reading,
    session: Session,
    dossier_id: str,
    values: Sequence[CollectiveValue],
    names: Mapping[int, str],
) -> Mapping[int, str]:
    """Who attends; of a dossier that was read to its end in this session, who attended when its `values` were held."""
    here = [value for value in values if value.session_id == session.id]
    if not here or not (session.closed_at or revising.is_settled(reading, dossier_id)):
        return deliberations.attending(reading, session.id)
    told = presences.of_sessions(reading, context.viewer, [session.id])
    there = frozenset[int]().union(*(told.under(value).attendance.present for value in here))
    return {person: names[person] for person in sorted(there, key=lambda each: (names[each], each))}
