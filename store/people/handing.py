"""Dossiers that an account holds, handed to another when its owner leaves: those they follow, those still to read."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select

from pipeline.errors import UsageProblem
from store.journal import Writing
from store.people import accounts, calls, states, visible
from store.people.accounts import Person
from store.people.room import Reading
from store.people.tables.calls import assignments, jurors
from store.people.tables.decisions import dossier_states
from store.people.tables.jury import scores
from store.people.viewers import Role, Viewer
from store.schema import dossiers

_INSTRUCTS = (Role.INSTRUCTOR, Role.ADMINISTRATOR)


class InvalidHandOver(UsageProblem):
    """The dossiers cannot be given to this person."""

    code = "invalid-hand-over"


@dataclass(frozen=True, slots=True)
class Held:
    """How many dossiers an account follows as an instructor, and has to read as a juror without having begun."""

    followed: int
    to_read: int

    @property
    def any(self) -> bool:
        return bool(self.followed or self.to_read)


def held(reading: Reading, viewer: Viewer, person_id: int) -> Held:
    """What the account holds of what the viewer sees."""
    return Held(len(_followed(reading, viewer, person_id)), len(_to_read(reading, viewer, person_id)))


def takers(reading: Reading | Writing, person: Person) -> tuple[Person, ...]:
    """The open accounts to which what this one holds may be handed: those of the same office."""
    roles = (Role.JUROR,) if person.role is Role.JUROR else _INSTRUCTS
    return tuple(other for other in accounts.every(reading, *roles) if other.active and other.id != person.id)


def hand_over(writing: Writing, viewer: Viewer, person_id: int, to: int | None) -> int:
    """Gives all that the account holds to another, or to nobody; gives how many dossiers changed hands.

    What was said of them stays, at its author's name. A juror is given only the dossiers of calls on whose jury they
    sit, and none for which they declared a conflict of interest: the others go to nobody.

    Raises:
        InvalidHandOver: the account is not one of `takers`.
    """
    person = accounts.by_id(writing, person_id)
    if person is None or (to is not None and to not in {other.id for other in takers(writing, person)}):
        raise InvalidHandOver("Cette personne ne peut pas prendre ces dossiers.")
    followed, to_read = _followed(writing, viewer, person_id), _to_read(writing, viewer, person_id)
    if followed:
        states.entrust(writing, followed, None if person.role is Role.JUROR else to)
    calls.unassign(writing, person_id, to_read)
    if to is not None and person.role is Role.JUROR:
        calls.assign(writing, to, _open_to(writing, to, to_read))
    return len(followed) + len(to_read)


def _followed(reading: Reading | Writing, viewer: Viewer, person_id: int) -> list[str]:
    query = (
        select(dossiers.c.id)
        .join(dossier_states, dossier_states.c.dossier_id == dossiers.c.id)
        .where(dossier_states.c.assignee == person_id, visible.dossiers_of(viewer))
        .order_by(dossiers.c.id)
    )
    return list(reading.connection.scalars(query))


def _to_read(reading: Reading | Writing, viewer: Viewer, person_id: int) -> list[str]:
    """Those that the juror has not begun: what is begun stays theirs, with what they said of it."""
    begun = exists().where(scores.c.dossier_id == dossiers.c.id, scores.c.person_id == person_id)
    query = (
        select(dossiers.c.id)
        .join(assignments, assignments.c.dossier_id == dossiers.c.id)
        .where(assignments.c.person_id == person_id, ~begun, visible.dossiers_of(viewer))
        .order_by(dossiers.c.id)
    )
    return list(reading.connection.scalars(query))


def _open_to(writing: Writing, juror: int, dossier_ids: Sequence[str]) -> list[str]:
    """Those that the juror may read: of a call on whose jury they sit, and without a conflict that they declared."""
    sits = exists().where(jurors.c.call == dossiers.c.call, jurors.c.person_id == juror)
    query = select(dossiers.c.id).where(sits, ~visible.in_conflict(Viewer(juror, Role.JUROR)))
    able = set(writing.connection.scalars(query))
    return [each for each in dossier_ids if each in able]
