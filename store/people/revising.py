"""Until when a juror may answer, and what makes an answer come too late."""

from sqlalchemy import exists, select

from pipeline.errors import UsageProblem
from store.journal import Writing
from store.people import dossiers, visible
from store.people.room import Reading
from store.people.tables.deliberations import outcomes, session_dossiers
from store.people.viewers import Viewer
from store.problems import NotInStore
from store.schema import dossiers as dossiers_table


class NotRevisable(UsageProblem):
    """An answer that can no longer be given as it was written."""

    code = "not-revisable"


class Settled(NotRevisable):
    """The jury has settled the dossier."""

    code = "settled"
    advice = "Ce que vous aviez soumis reste enregistré et lisible."

    def __init__(self) -> None:
        super().__init__("Le jury a arrêté sa lecture de ce dossier : il ne se modifie plus.")


class Overtaken(NotRevisable):
    """The same person has answered meanwhile, in another window."""

    code = "overtaken"
    advice = "Rechargez la page pour voir ce qui est enregistré ; votre texte est gardé sur cette machine."

    def __init__(self) -> None:
        super().__init__("Vous avez répondu entre-temps, dans une autre fenêtre.")


def is_settled(reading: Reading | Writing, dossier_id: str) -> bool:
    """Whether the jury has settled the dossier, in whatever session."""
    here = exists().where(session_dossiers.c.dossier_id == dossier_id, session_dossiers.c.settled == 1)
    return bool(reading.connection.scalar(select(here)))


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
