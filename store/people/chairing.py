"""What the chair of a session does: opens it, ends the reading of its dossiers, closes it for good."""

from sqlalchemy import delete, func, insert, select, update

from store.instants import now
from store.journal import Writing, about_dossier
from store.people import calls, dossiers, presences
from store.people.deliberations import NotHeld, Session, SessionState, about_session, attending, require
from store.people.presences import Attendance
from store.people.tables.deliberations import jury_sessions, session_absences, session_dossiers, session_jurors
from store.people.viewers import Viewer
from store.problems import NotInStore
from store.records import Action, Datum


def start(writing: Writing, viewer: Viewer, session_id: int, present: frozenset[int] | None = None) -> None:
    """Opens the session: from now on those who attend see all answers, and the chair enters what the jury holds.

    Of the jurors who were convened, those `present` attend, with the chair; all of them when it is None.

    Raises:
        NotInStore: the viewer does not see it.
        NotHeld: they do not chair it, or it was opened already.
    """
    session = _chaired(writing, viewer, session_id)
    if session.state is not SessionState.PLANNED:
        raise NotHeld("Cette séance a déjà été ouverte.")
    convened = frozenset(attending(writing, session_id))
    here = convened if present is None else convened & (present | {session.chair})
    absent = sorted(convened - here)
    if absent:
        away = (session_jurors.c.session_id == session_id, session_jurors.c.person_id.in_(absent))
        writing.connection.execute(delete(session_jurors).where(*away))
        rows = [{"session_id": session_id, "person_id": person_id} for person_id in absent]
        writing.connection.execute(insert(session_absences), rows)
    change = {"state": SessionState.OPEN.value, "opened_at": now()}
    writing.connection.execute(update(jury_sessions).where(jury_sessions.c.id == session_id).values(change))
    attendance = Attendance(session.held_on, session.chair, here)
    told: dict[str, Datum] = {
        "jurors": len(here),
        "convened": len(convened),
        "absent": tuple(str(person_id) for person_id in absent),
        "presence": presences.tell(writing, viewer, session_id, attendance, frozenset(absent)),
    }
    writing.tell(Action.SESSION_OPENED, about_session(session_id), told)


def end(writing: Writing, viewer: Viewer, session_id: int) -> None:
    """Closes the session for good: what it held stays as it is.

    Raises:
        NotInStore: the viewer does not see it.
        NotHeld: they do not chair it, or it is not open.
    """
    session = _chaired(writing, viewer, session_id)
    _open(session)
    room_call = calls.find(writing, viewer, session.call)
    quorum = None if room_call is None else room_call.quorum
    change = {"state": SessionState.CLOSED.value, "closed_at": now(), "quorum": quorum}
    writing.connection.execute(update(jury_sessions).where(jury_sessions.c.id == session_id).values(change))
    here = session_dossiers.c.session_id == session_id
    counted = select(func.count(), func.coalesce(func.sum(session_dossiers.c.settled), 0)).where(here)
    brought, settled = writing.connection.execute(counted).one()
    told: dict[str, Datum] = {"dossiers": brought, "settled": settled, "quorum": quorum}
    writing.tell(Action.SESSION_CLOSED, about_session(session_id), told)


def settle(writing: Writing, viewer: Viewer, session_id: int, dossier_id: str, *, settled: bool) -> None:
    """Ends the reading of a dossier, or takes it up again while the session is open.

    Raises:
        NotInStore: the viewer may not open the dossier, or it is not before this session.
        NotHeld: they do not chair the session, or it is not open.
    """
    hold(writing, viewer, session_id, dossier_id)
    here = (session_dossiers.c.session_id == session_id, session_dossiers.c.dossier_id == dossier_id)
    writing.connection.execute(update(session_dossiers).where(*here).values(settled=int(settled)))
    writing.tell(Action.DOSSIER_SETTLED, about_dossier(dossier_id), {"session": session_id, "settled": settled})


def hold(writing: Writing, viewer: Viewer, session_id: int, dossier_id: str) -> Session:
    """The session, when the viewer chairs it, it is open, and this dossier is before it and theirs to open.

    Raises:
        NotInStore: the viewer may not open the dossier, or it is not before this session.
        NotHeld: they do not chair the session, or it is not open.
    """
    session = _chaired(writing, viewer, session_id)
    _open(session)
    here = (session_dossiers.c.session_id == session_id, session_dossiers.c.dossier_id == dossier_id)
    brought = writing.connection.scalar(select(session_dossiers.c.position).where(*here))
    if brought is None or not dossiers.opens(writing, viewer, dossier_id):
        raise NotInStore("Ce dossier n'est pas devant cette séance, ou n'est pas ouvert à cette personne.")
    return session


def _chaired(writing: Writing, viewer: Viewer, session_id: int) -> Session:
    session = require(writing, viewer, session_id)
    if session.chair != viewer.id:
        raise NotHeld("Seule la personne qui préside la séance peut le faire.", advice="")
    return session


def _open(session: Session) -> None:
    if session.state is SessionState.PLANNED:
        raise NotHeld("Cette séance n'est pas encore ouverte.")
    if session.state is SessionState.CLOSED:
        raise NotHeld("Cette séance est close : ce qu'elle a arrêté ne se modifie plus.")
