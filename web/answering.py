"""What all screens on which a juror answers have in common."""

from collections.abc import Iterator
from contextlib import contextmanager

from store.journal import Writing
from store.people import revising
from store.people.room import Reading
from web import policies
from web.context import Context
from web.opened import Opened, opened
from web.problems import Conflicting, RoomProblem


class IncompleteAnswer(RoomProblem):
    """An answer that cannot be submitted as it is."""

    code = "incomplete-answer"
    advice = "Revenez à la page précédente et complétez : ce que vous aviez écrit y est."


class AnalysedAnew(Conflicting):
    """The program has read the dossier again since the page was made: what it showed is no longer what there is."""

    def __init__(self) -> None:
        super().__init__("Le programme a relu ce dossier depuis que vous avez ouvert la page.")


@contextmanager
def revising_words(context: Context) -> Iterator[Writing]:
    """A transaction in which a juror answers.

    Raises:
        Conflicting: the dossier is settled, or the same person answered meanwhile.
    """
    try:
        with context.writing() as writing:
            yield writing
    except revising.NotRevisable as problem:
        raise Conflicting(problem.message, advice=problem.advice) from problem


def by_script(context: Context) -> bool:
    """Whether a script of the room asks, and not a form."""
    return "x-csrf-token" in context.request.headers


def open_for_juror(context: Context, reading: Reading, dossier_id: str) -> Opened:
    """The dossier, for a juror who has declared that they have no conflict of interest.

    Raises:
        Forbidden, NotHere: not a juror, not theirs, or nothing declared yet.
    """
    context.require(policies.may_judge(context.viewer))
    return opened(context, reading, dossier_id)
