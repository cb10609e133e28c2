"""Sessions of the jury as instructors plan them: a day, a chair, jurors, dossiers in their order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, insert, select, update

from pipeline.errors import UsageProblem
from store.journal import Writing
from store.people import calls, visible
from store.people.deliberations import NotHeld, Session, SessionState, about_session, require
from store.people.room import Reading
from store.people.tables.deliberations import (
    collective_answers,
    collective_values,
    jury_sessions,
    outcomes,
    session_absences,
    session_dossiers,
    session_jurors,
)
from store.people.viewers import Viewer
from store.records import Action, Datum
from store.schema import dossiers as dossiers_table

MOST_DOSSIERS = 300
"""Of one session: more than a jury reads in a week."""


class InvalidPlan(UsageProblem):
    """A session that cannot be planned so."""

    code = "invalid-plan"


@dataclass(frozen=True, slots=True)
class Plan:
    """What an instructor plans: accounts of jurors who attend, the chair among them; dossiers in their order."""

    title: str
    held_on: date
    chair: int
    jurors: tuple[int, ...]
    dossiers: tuple[str, ...]


def plan(writing: Writing, viewer: Viewer, call: str, planned: Plan) -> int:
    """Plans a session and gives its number; jurors who attend are given the dossiers that were not theirs to read.

    Raises:
        InvalidPlan: no title, nobody to chair, a juror of another jury, a dossier that the viewer does not see.
    """
    _check(writing, viewer, call, planned)
    row = {"call": call, "state": SessionState.PLANNED.value, **_columns(planned)}
    added = insert(jury_sessions).values(row).returning(jury_sessions.c.id)
    session_id: int = writing.connection.execute(added).scalar_one()
    _seat(writing, session_id, planned)
    told: dict[str, Datum] = {
        "jurors": len(set(planned.jurors)),
        "seats": tuple(str(person_id) for person_id in dict.fromkeys(planned.jurors)),
        "dossiers": len(set(planned.dossiers)),
        "chair": planned.chair,
        "day": planned.held_on.isoformat(),
    }
    writing.tell(Action.SESSION_PLANNED, about_session(session_id), told)
    _bring(writing, session_id, planned)
    return session_id


def amend(writing: Writing, viewer: Viewer, session_id: int, planned: Plan) -> None:
    """Plans a session anew, until it is closed; once it is open, who sits and on which day is `presences.change`'s.

    Raises:
        NotInStore: the viewer does not see the session.
        InvalidPlan: as for `plan`.
        NotHeld: it is closed; it is open and the plan has others sit; a dossier would leave it on which the jury has
            said something.
    """
    session = require(writing, viewer, session_id)
    if session.state is SessionState.CLOSED:
        raise NotHeld("Cette séance est close : elle ne se modifie plus.")
    before = _planned(writing, session)
    if session.state is SessionState.OPEN and _seated(planned) != _seated(before):
        raise NotHeld("La séance est ouverte : présents, présidence et jour s'y changent à partir de maintenant.")
    _check(writing, viewer, session.call, planned)
    if spoken_of(writing, session_id) - set(planned.dossiers):
        raise NotHeld("Un dossier dont le jury a déjà délibéré ne peut pas quitter la séance.", advice="")
    writing.connection.execute(update(jury_sessions).where(jury_sessions.c.id == session_id).values(_columns(planned)))
    writing.connection.execute(delete(session_jurors).where(session_jurors.c.session_id == session_id))
    _seat(writing, session_id, planned)
    _bring(writing, session_id, planned)
    writing.tell(Action.SESSION_CHANGED, about_session(session_id), dict(_changes(before, planned)))


def spoken_of(reading: Reading | Writing, session_id: int) -> frozenset[str]:
    """The dossiers on which the jury has said something in this session."""
    found: set[str] = set()
    for table in (collective_values, collective_answers, outcomes):
        query = select(table.c.dossier_id).where(table.c.session_id == session_id).distinct()
        found.update(reading.connection.scalars(query))
    settled = (session_dossiers.c.session_id == session_id, session_dossiers.c.settled == 1)
    found.update(reading.connection.scalars(select(session_dossiers.c.dossier_id).where(*settled)))
    return frozenset(found)


def _check(writing: Writing, viewer: Viewer, call: str, planned: Plan) -> None:
    if not planned.title.strip() or len(planned.title) > 200:
        raise InvalidPlan("Donnez à la séance un intitulé, de 200 caractères au plus.")
    if planned.chair not in planned.jurors:
        raise InvalidPlan("Qui préside doit être parmi les jurés présents.")
    if set(planned.jurors) - {juror.person_id for juror in calls.jury(writing, call)}:
        raise InvalidPlan("Une des personnes choisies ne siège pas au jury de cet appel.")
    if not 1 <= len(planned.dossiers) <= MOST_DOSSIERS:
        raise InvalidPlan(f"Choisissez de 1 à {MOST_DOSSIERS} dossiers.")
    wanted = (dossiers_table.c.id.in_(planned.dossiers), dossiers_table.c.call == call)
    known = select(func.count()).select_from(dossiers_table).where(*wanted, visible.dossiers_of(viewer))
    if writing.connection.scalar(known) != len(set(planned.dossiers)):
        raise InvalidPlan("Un des dossiers choisis n'est plus dans cet appel.")


def _seat(writing: Writing, session_id: int, planned: Plan) -> None:
    rows = [{"session_id": session_id, "person_id": person_id} for person_id in dict.fromkeys(planned.jurors)]
    writing.connection.execute(insert(session_jurors), rows)
    come = (session_absences.c.session_id == session_id, session_absences.c.person_id.in_(planned.jurors))
    writing.connection.execute(delete(session_absences).where(*come))


def _planned(writing: Writing, session: Session) -> Plan:
    """The plan of a session as it stands; its jurors in no order."""
    here = session_dossiers.c.session_id == session.id
    ids = writing.connection.scalars(
        select(session_dossiers.c.dossier_id).where(here).order_by(session_dossiers.c.position)
    )
    seated = select(session_jurors.c.person_id).where(session_jurors.c.session_id == session.id)
    jurors = tuple(writing.connection.scalars(seated.order_by(session_jurors.c.person_id)))
    return Plan(session.title, session.held_on, session.chair, jurors, tuple(ids))


def _seated(planned: Plan) -> tuple[date, int, frozenset[int]]:
    return planned.held_on, planned.chair, frozenset(planned.jurors)


def _changes(before: Plan, after: Plan) -> Iterator[tuple[str, Datum]]:
    """What the journal says of an amendment: what has changed, before and after, by accounts and dossiers."""
    if before.title != after.title.strip():
        yield "renamed", True
    if before.held_on != after.held_on:
        yield from (("day_before", before.held_on.isoformat()), ("day", after.held_on.isoformat()))
    if before.chair != after.chair:
        yield from (("chair_before", before.chair), ("chair", after.chair))
    if set(before.jurors) != set(after.jurors):
        yield "seats_before", tuple(str(each) for each in sorted(before.jurors))
        yield "seats", tuple(str(each) for each in sorted(set(after.jurors)))
    yield "brought", tuple(dict.fromkeys(each for each in after.dossiers if each not in before.dossiers))
    yield "withdrawn", tuple(each for each in before.dossiers if each not in after.dossiers)
    kept = [each for each in before.dossiers if each in after.dossiers]
    if kept != [each for each in dict.fromkeys(after.dossiers) if each in before.dossiers]:
        yield "reordered", True


def _bring(writing: Writing, session_id: int, planned: Plan) -> None:
    """Lays the dossiers in their order; each that was settled stays so."""
    here = session_dossiers.c.session_id == session_id
    settled = set(
        writing.connection.scalars(select(session_dossiers.c.dossier_id).where(here, session_dossiers.c.settled == 1))
    )
    writing.connection.execute(delete(session_dossiers).where(here))
    rows = [
        {"session_id": session_id, "dossier_id": each, "position": position, "settled": int(each in settled)}
        for position, each in enumerate(dict.fromkeys(planned.dossiers), 1)
    ]
    writing.connection.execute(insert(session_dossiers), rows)
    for person_id in dict.fromkeys(planned.jurors):
        calls.assign(writing, person_id, planned.dossiers)


def _columns(planned: Plan) -> dict[str, str | int]:
    return {"title": planned.title.strip(), "held_on": planned.held_on.isoformat(), "chair": planned.chair}
