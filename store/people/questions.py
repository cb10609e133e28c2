"""Dossiers that wait for people's word, because another of the call has their name and other files: what is asked of
people, and what they answer."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, select

from pipeline.errors import UsageProblem
from store import dossiers as deposited
from store import intakes
from store.index_tables import index_dossiers
from store.intake_tables import intake_items
from store.intake_tables import intakes as intakes_table
from store.intakes import Result
from store.journal import Writing, about_dossier
from store.people import sealing, visible
from store.people.deposits import seen
from store.people.room import Reading
from store.people.states import State
from store.people.tables.decisions import dossier_states
from store.people.tables.deposits import deposit_choices
from store.people.viewers import Viewer
from store.records import Action, Datum, Dossier, DossierFile
from store.schema import dossiers
from store.settling import Choice, namesakes


class AnsweredMeanwhile(UsageProblem):
    """Someone has answered already, or the known dossier has other files than those that were shown."""

    code = "answered-meanwhile"


@dataclass(frozen=True, slots=True)
class Known:
    """A dossier that has the name, as it is now, with what the program read of it (None: not known)."""

    dossier: Dossier
    bearer: str | None
    commune: str | None
    state: State


@dataclass(frozen=True, slots=True)
class Question:
    """A dossier to settle: what was dropped, and the dossiers that have its name, at least one.

    `choice` is None until someone (`by`, an account) answers, about the dossier `about` (its id); the machine then does
    it.
    """

    position: int
    path: str
    pieces: tuple[DossierFile, ...]
    known: tuple[Known, ...]
    choice: Choice | None
    by: int | None
    about: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An intake in which some dossiers wait for an answer."""

    call: str
    intake: int
    name: str
    questions: int


def of_intake(reading: Reading | Writing, viewer: Viewer, intake_id: int) -> tuple[Question, ...]:
    """What is asked about an intake that the viewer sees, in its order; what was answered and is done is not."""
    item, connection = intake_items.c, reading.connection
    chosen = and_(deposit_choices.c.intake == item.intake, deposit_choices.c.position == item.position)
    query = (
        select(item.position, item.path, item.dossier_id, deposit_choices.c.dossier_id.label("about"))
        .add_columns(deposit_choices.c.choice, deposit_choices.c.person_id)
        .select_from(intake_items)
        .join(dossiers, and_(dossiers.c.id == item.dossier_id, visible.dossiers_of(viewer)))
        .outerjoin(deposit_choices, chosen)
        .where(item.intake == intake_id, item.result == Result.TO_SETTLE.value)
        .where(exists().where(intakes_table.c.id == intake_id, seen(viewer)))
        .order_by(item.position)
    )
    rows = connection.execute(query).all()
    pieces = intakes.pieces(connection, intake_id)
    named = deposited.newest(connection, list({row.dossier_id for row in rows}))
    same = namesakes(connection, named.values()) if named else {}
    known = _known(reading, viewer, {each.id: each for some in same.values() for each in some})
    return tuple(
        Question(
            row.position,
            row.path,
            pieces.get(row.position, ()),
            tuple(known[each.id] for each in same[row.dossier_id] if each.id in known),
            None if row.choice is None else Choice(row.choice),
            row.person_id,
            row.about,
        )
        for row in rows
    )


def waiting(reading: Reading, viewer: Viewer, call: str | None = None) -> tuple[Waiting, ...]:
    """The intakes in which some dossiers wait for an answer, the oldest first; of one call, or of all."""
    held, item = intakes_table.c, intake_items.c
    of_call: ColumnElement[bool] = held.call == call if call is not None else held.call.is_not(None)
    query = (
        select(held.call, held.id, held.name, func.count())
        .select_from(intake_items)
        .join(intakes_table, held.id == item.intake)
        .where(item.result == Result.TO_SETTLE.value, of_call, seen(viewer), ~_answered())
        .group_by(held.call, held.id, held.name)
        .order_by(held.id)
    )
    return tuple(Waiting(*row) for row in reading.connection.execute(query))


def to_answer(reading: Reading, viewer: Viewer) -> Mapping[str, int]:
    """How many dossiers wait for an answer, by call."""
    found: Counter[str] = Counter()
    for each in waiting(reading, viewer):
        found[each.call] += each.questions
    return found


def answer(
    writing: Writing, viewer: Viewer, intake_id: int, shown: Mapping[int, tuple[str, int]], choice: Choice
) -> int:
    """Keeps the same answer for some dossiers of an intake, all or none; the machine then does it. Gives how many.

    `shown` are their positions, each with the id of the known dossier that the answer is about, and the number of its
    newest deposit as the person saw it.

    Raises:
        AnsweredMeanwhile: one of them was answered, or its known dossier has changed.
    """
    asked = {each.position: each for each in of_intake(writing, viewer, intake_id)}
    if any(position not in asked or asked[position].choice is not None for position in shown):
        raise AnsweredMeanwhile("Quelqu'un a déjà répondu.", advice="Rechargez la page pour voir ce qui a été choisi.")
    for position, about in shown.items():
        if about not in {(known.dossier.id, known.dossier.deposit) for known in asked[position].known}:
            raise AnsweredMeanwhile(
                "Le dossier déjà connu a reçu d'autres fichiers depuis.", advice="Rechargez la page, puis répondez."
            )
    for position, (dossier_id, deposit) in shown.items():
        values: dict[str, str | int | None] = {
            "intake": intake_id,
            "position": position,
            "dossier_id": dossier_id,
            "deposit": deposit,
            "choice": choice.value,
            "person_id": viewer.id,
        }
        told: dict[str, Datum] = {"intake": intake_id, "choice": choice.value}
        sealing.append(writing, Action.DEPOSIT_SETTLED, about_dossier(dossier_id), values, told)
    return len(shown)


def _answered() -> ColumnElement[bool]:
    item = intake_items.c
    return exists().where(deposit_choices.c.intake == item.intake, deposit_choices.c.position == item.position)


def _known(reading: Reading | Writing, viewer: Viewer, held: Mapping[str, Dossier]) -> Mapping[str, Known]:
    """Those of the dossiers that the viewer sees."""
    query = (
        select(dossiers.c.id, index_dossiers.c.bearer, index_dossiers.c.commune, dossier_states.c.state)
        .select_from(dossiers)
        .outerjoin(index_dossiers, index_dossiers.c.dossier_id == dossiers.c.id)
        .outerjoin(dossier_states, dossier_states.c.dossier_id == dossiers.c.id)
        .where(dossiers.c.id.in_(held), visible.dossiers_of(viewer))
    )
    return {
        row.id: Known(held[row.id], row.bearer, row.commune, State.OPEN if row.state is None else State(row.state))
        for row in reading.connection.execute(query)
    }
