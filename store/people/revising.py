"""Until when a juror may answer, and what makes an answer come too late."""

from sqlalchemy import ColumnElement, and_, exists, or_, select

from pipeline.errors import UsageProblem
from store.journal import Writing
from store.people import dossiers, visible
from store.people.room import Reading
from store.people.tables.deliberations import jury_sessions, outcomes, session_dossiers
from store.people.viewers import Viewer
from store.problems import NotInStore
from store.schema import dossiers as dossiers_table


class NotRevisable(UsageProblem):
    """An answer that can no longer be given as it was written."""

    code = "not-revisable"


class Settled(NotRevisable):
    """The jury has deliberated: its chair has stopped the reading of the dossier, or closed the session."""

    code = "settled"
    advice = "Ce que vous aviez soumis reste enregistré et lisible."

    def __init__(self) -> None:
        super().__init__("Le jury a délibéré sur ce dossier : les réponses ne se modifient plus.")


class Overtaken(NotRevisable):
    """The same person has answered meanwhile, in another window."""

    code = "overtaken"
    advice = "Rechargez la page pour voir ce qui est enregistré ; votre texte est gardé sur cette machine."

    def __init__(self) -> None:
        super().__init__("Vous avez répondu entre-temps, dans une autre fenêtre.")


def is_settled(reading: Reading | Writing, dossier_id: str) -> bool:
    """Whether the first reading of the dossier is over: scores, choices of passages and synthesis are frozen."""
    here = exists().where(dossiers_table.c.id == dossier_id, first_reading_over())
    return bool(reading.connection.scalar(select(here)))


def first_reading_over() -> ColumnElement[bool]:
    """On `dossiers`: the reading was stopped in a session under way, or a session that was brought it is closed.

    A closed session that held no outcome leaves it to another, if one is to come: it is read again until then.
    """
    closed = jury_sessions.c.state == "closed"
    held = (
        exists()
        .where(outcomes.c.dossier_id == dossiers_table.c.id, outcomes.c.session_id == jury_sessions.c.id, closed)
        .correlate(dossiers_table)
    )
    stopped = _brought(~closed, session_dossiers.c.settled == 1)
    return or_(stopped, and_(_brought(closed), or_(held, ~_brought(~closed))))


def _brought(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    here = (session_dossiers.c.dossier_id == dossiers_table.c.id, session_dossiers.c.session_id == jury_sessions.c.id)
    return exists().where(*here, *conditions).correlate(dossiers_table)


def outcome_of(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> str | None:
    """What the jury last held of a dossier that the person may open: one of the call's outcomes."""
    opened = exists().where(dossiers_table.c.id == outcomes.c.dossier_id, visible.content_of(viewer))
    query = select(outcomes.c.outcome).where(outcomes.c.dossier_id == dossier_id, opened)
    return reading.connection.scalar(query.order_by(outcomes.c.id.desc()).limit(1))


def require_open(writing: Writing, viewer: Viewer, dossier_id: str) -> None:
    """Goes on only when the person may open the dossier.

    Raises:
        NotInStore: they may not.
    """
    if not dossiers.opens(writing, viewer, dossier_id):
        raise NotInStore("Ce dossier n'existe pas, ou n'est pas ouvert à cette personne.")


def require_last(last: int | None, replaces: int | None) -> None:
    """Goes on only when `replaces` is the last answer that the person gave.

    Raises:
        Overtaken: there is a later one.
    """
    if last != replaces:
        raise Overtaken
