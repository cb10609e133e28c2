"""What may be changed of many dossiers at once: their state, who instructs them, which jurors read them, a label.

Each change is about one thing that a dossier has (`held`), says what it should become (`aim`), and makes it so (`put`).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from sqlalchemy import select

from pipeline.errors import UsageProblem
from store.canonical import Json
from store.journal import Writing
from store.people import accounts, calls, labels, states, visible
from store.people.room import Reading
from store.people.states import State
from store.people.tables.calls import assignments
from store.people.tables.jury import declarations
from store.people.viewers import Role, Viewer
from store.schema import dossiers

_INSTRUCTS = (Role.INSTRUCTOR, Role.ADMINISTRATOR)

Values = Mapping[str, Json]
"""What dossiers have, by their ids."""


class InvalidChange(UsageProblem):
    """A change that cannot be made in this call."""

    code = "invalid-change"


class Change(Protocol):
    """`kind` names it in the store; `nothing` is what a dossier has of which `held` says nothing."""

    kind: ClassVar[str]
    nothing: ClassVar[Json]

    def data(self) -> dict[str, Json]:
        """What `change_of` makes it again from."""

    def check(self, writing: Writing, viewer: Viewer, call: str) -> None:
        """Raises:
        InvalidChange: it cannot be made in this call.
        """

    def held(self, writing: Writing, viewer: Viewer, call: str) -> Values:
        """What the dossiers of the call have now."""

    def aim(self, was: Json) -> Json:
        """What a dossier should have after the change."""

    def put(self, writing: Writing, current: Values, wanted: Values, bulk: int) -> None:
        """Gives dossiers what they should have, knowing what they have."""

    def begun(self, writing: Writing) -> frozenset[str]:
        """Dossiers on which work has begun because of the change, so that it is not taken back."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Gives dossiers a state."""

    state: State
    kind: ClassVar[str] = "mark"
    nothing: ClassVar[Json] = State.OPEN.value

    def data(self) -> dict[str, Json]:
        return {"state": self.state.value}

    def check(self, writing: Writing, viewer: Viewer, call: str) -> None:
        return

    def held(self, writing: Writing, viewer: Viewer, call: str) -> Values:
        return {each: standing.state.value for each, standing in states.of_call(writing, viewer, call).items()}

    def aim(self, was: Json) -> Json:
        return self.state.value

    def put(self, writing: Writing, current: Values, wanted: Values, bulk: int) -> None:
        for state, ids in _by_value(wanted).items():
            states.mark(writing, ids, State(str(state)), bulk)

    def begun(self, writing: Writing) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True, slots=True)
class Entrust:
    """Has an account instruct dossiers; None: nobody any more."""

    person_id: int | None
    kind: ClassVar[str] = "entrust"
    nothing: ClassVar[Json] = None

    def data(self) -> dict[str, Json]:
        return {"person": self.person_id}

    def check(self, writing: Writing, viewer: Viewer, call: str) -> None:
        if self.person_id is None:
            return
        person = accounts.by_id(writing, self.person_id)
        if person is None or not person.active or person.role not in _INSTRUCTS:
            raise InvalidChange("Cette personne ne peut pas instruire de dossier.")

    def held(self, writing: Writing, viewer: Viewer, call: str) -> Values:
        return {each: standing.assignee for each, standing in states.of_call(writing, viewer, call).items()}

    def aim(self, was: Json) -> Json:
        return self.person_id

    def put(self, writing: Writing, current: Values, wanted: Values, bulk: int) -> None:
        for person_id, ids in _by_value(wanted).items():
            states.entrust(writing, ids, person_id, bulk)

    def begun(self, writing: Writing) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True, slots=True)
class Assign:
    """Gives dossiers to jurors to read; what a dossier has of it is which of these jurors it is given to."""

    jurors: tuple[int, ...]
    kind: ClassVar[str] = "assign"
    nothing: ClassVar[Json] = []

    def data(self) -> dict[str, Json]:
        return {"jurors": list(self.jurors)}

    def check(self, writing: Writing, viewer: Viewer, call: str) -> None:
        seated = {juror.person_id for juror in calls.jury(writing, call)}
        if not self.jurors or not seated.issuperset(self.jurors):
            raise InvalidChange("Choisissez des membres du jury de cet appel.")

    def held(self, writing: Writing, viewer: Viewer, call: str) -> Values:
        query = (
            select(assignments.c.dossier_id, assignments.c.person_id)
            .join(dossiers, dossiers.c.id == assignments.c.dossier_id)
            .where(dossiers.c.call == call, visible.dossiers_of(viewer), assignments.c.person_id.in_(self.jurors))
            .order_by(assignments.c.person_id)
        )
        found: dict[str, list[int]] = defaultdict(list)
        for dossier_id, person_id in writing.connection.execute(query):
            found[dossier_id].append(person_id)
        return found

    def aim(self, was: Json) -> Json:
        return sorted(self.jurors)

    def put(self, writing: Writing, current: Values, wanted: Values, bulk: int) -> None:
        for juror in self.jurors:
            has = {each: juror in _numbers(current[each]) for each in wanted}
            should = {each: juror in _numbers(value) for each, value in wanted.items()}
            calls.assign(writing, juror, [each for each in wanted if should[each] and not has[each]])
            calls.unassign(writing, juror, [each for each in wanted if has[each] and not should[each]])

    def begun(self, writing: Writing) -> frozenset[str]:
        query = select(declarations.c.dossier_id).where(declarations.c.person_id.in_(self.jurors))
        return frozenset(writing.connection.scalars(query))


@dataclass(frozen=True, slots=True)
class PutLabel:
    """Puts a label on dossiers, or takes it off."""

    label_id: int
    on: bool
    kind: ClassVar[str] = "label"
    nothing: ClassVar[Json] = False

    def data(self) -> dict[str, Json]:
        return {"label": self.label_id, "on": self.on}

    def check(self, writing: Writing, viewer: Viewer, call: str) -> None:
        if all(label.id != self.label_id for label in labels.every(writing, viewer, call)):
            raise InvalidChange("Cette étiquette n'est pas de cet appel.")

    def held(self, writing: Writing, viewer: Viewer, call: str) -> Values:
        return dict.fromkeys(labels.carrying(writing, viewer, self.label_id), True)

    def aim(self, was: Json) -> Json:
        return self.on

    def put(self, writing: Writing, current: Values, wanted: Values, bulk: int) -> None:
        labels.put(writing, [each for each, on in wanted.items() if on], self.label_id, bulk)
        labels.take_off(writing, [each for each, on in wanted.items() if not on], self.label_id, bulk)

    def begun(self, writing: Writing) -> frozenset[str]:
        return frozenset()


def change_of(kind: str, data: Mapping[str, Any]) -> Change:
    """The change that was kept under its kind with its data."""
    if kind == Mark.kind:
        return Mark(State(data["state"]))
    if kind == Entrust.kind:
        return Entrust(data["person"])
    if kind == Assign.kind:
        return Assign(tuple(data["jurors"]))
    return PutLabel(data["label"], data["on"])


def instructors(reading: Reading | Writing) -> tuple[accounts.Person, ...]:
    """Who may be entrusted with dossiers, by name."""
    return tuple(person for person in accounts.every(reading, *_INSTRUCTS) if person.active)


def _by_value(wanted: Values) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = defaultdict(list)
    for dossier_id, value in wanted.items():
        found[value].append(dossier_id)
    return found


def _numbers(value: Json) -> Sequence[Any]:
    return value if isinstance(value, list) else ()
