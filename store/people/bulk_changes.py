"""What may be changed of many dossiers at once: their state, who instructs them, which jurors read them, a label.

Each change is about one thing that a dossier has (`held`), says what it should become (`aim`), and makes it so (`put`).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from sqlalchemy import ColumnElement, exists, or_, select

from pipeline.errors import UsageProblem
from store.canonical import Json
from store.journal import Writing
from store.people import accounts, calls, labels, states, visible
from store.people.room import Reading
from store.people.states import Reason, State
from store.people.tables.calls import assignments
from store.people.tables.jury import answers, declarations, drafts, passage_choices, scores
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

    def spared(self, writing: Writing, viewer: Viewer, call: str) -> frozenset[str]:
        """Dossiers of the call that are left as they are, though they were chosen."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Gives dossiers a state; `reason` goes with that of a dossier that is dropped."""

    state: State
    reason: Reason | None = None
    kind: ClassVar[str] = "mark"
    nothing: ClassVar[Json] = State.OPEN.value

    def data(self) -> dict[str, Json]:
        said: dict[str, Json] = {"state": self.state.value}
        return said if self.reason is None else {**said, "reason": self.reason.value}

    def check(self, writing: Writing, viewer: Viewer, call: str) -> None:
        return

    def held(self, writing: Writing, viewer: Viewer, call: str) -> Values:
        standings = states.of_call(writing, viewer, call)
        return {each: _marked(standing.state, standing.reason) for each, standing in standings.items()}

    def aim(self, was: Json) -> Json:
        return _marked(self.state, self.reason)

    def put(self, writing: Writing, current: Values, wanted: Values, bulk: int) -> None:
        for marked, ids in _by_value(wanted).items():
            state, _, reason = str(marked).partition(_FOR)
            states.mark(writing, ids, State(state), bulk, reason=Reason(reason) if reason else None)

    def begun(self, writing: Writing) -> frozenset[str]:
        return frozenset()

    def spared(self, writing: Writing, viewer: Viewer, call: str) -> frozenset[str]:
        """A dossier that stops here is taken up again by who says that it is open again, and by nothing else."""
        takes_up = self.state in (State.OPEN, State.DROPPED)
        return frozenset() if takes_up else _dropped(writing, viewer, call)


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

    def spared(self, writing: Writing, viewer: Viewer, call: str) -> frozenset[str]:
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
        return _given(writing, viewer, call, self.jurors)

    def aim(self, was: Json) -> Json:
        return sorted(self.jurors)

    def put(self, writing: Writing, current: Values, wanted: Values, bulk: int) -> None:
        _give(writing, self.jurors, current, wanted)

    def begun(self, writing: Writing) -> frozenset[str]:
        query = select(declarations.c.dossier_id).where(declarations.c.person_id.in_(self.jurors))
        return frozenset(writing.connection.scalars(query))

    def spared(self, writing: Writing, viewer: Viewer, call: str) -> frozenset[str]:
        return _dropped(writing, viewer, call)


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Takes dossiers back from jurors; what a dossier has of it is which of these jurors have it and did nothing there.

    Who has declared, answered, kept or typed anything on a dossier keeps it.
    """

    jurors: tuple[int, ...]
    kind: ClassVar[str] = "withdraw"
    nothing: ClassVar[Json] = []

    def data(self) -> dict[str, Json]:
        return {"jurors": list(self.jurors)}

    def check(self, writing: Writing, viewer: Viewer, call: str) -> None:
        if not self.jurors:
            raise InvalidChange("Choisissez des membres du jury de cet appel.")

    def held(self, writing: Writing, viewer: Viewer, call: str) -> Values:
        return _given(writing, viewer, call, self.jurors, ~_worked_on())

    def aim(self, was: Json) -> Json:
        return []

    def put(self, writing: Writing, current: Values, wanted: Values, bulk: int) -> None:
        _give(writing, self.jurors, current, wanted)

    def begun(self, writing: Writing) -> frozenset[str]:
        return frozenset()

    def spared(self, writing: Writing, viewer: Viewer, call: str) -> frozenset[str]:
        return frozenset()


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

    def spared(self, writing: Writing, viewer: Viewer, call: str) -> frozenset[str]:
        return frozenset()


def change_of(kind: str, data: Mapping[str, Any]) -> Change:
    """The change that was kept under its kind with its data."""
    if kind == Mark.kind:
        return Mark(State(data["state"]), Reason(data["reason"]) if "reason" in data else None)
    if kind == Entrust.kind:
        return Entrust(data["person"])
    if kind == Assign.kind:
        return Assign(tuple(data["jurors"]))
    if kind == Withdraw.kind:
        return Withdraw(tuple(data["jurors"]))
    return PutLabel(data["label"], data["on"])


def instructors(reading: Reading | Writing) -> tuple[accounts.Person, ...]:
    """Who may be entrusted with dossiers, by name."""
    return tuple(person for person in accounts.every(reading, *_INSTRUCTS) if person.active)


def _dropped(writing: Writing, viewer: Viewer, call: str) -> frozenset[str]:
    standings = states.of_call(writing, viewer, call)
    return frozenset(each for each, standing in standings.items() if standing.state is State.DROPPED)


_FOR = ":"


def _marked(state: State, reason: Reason | None) -> str:
    """What is kept of a mark: « complete », « dropped:late »."""
    return state.value if reason is None else f"{state.value}{_FOR}{reason.value}"


def _given(
    writing: Writing, viewer: Viewer, call: str, jurors: Sequence[int], *conditions: ColumnElement[bool]
) -> Values:
    """Which of some jurors the dossiers of a call are given to."""
    query = (
        select(assignments.c.dossier_id, assignments.c.person_id)
        .join(dossiers, dossiers.c.id == assignments.c.dossier_id)
        .where(dossiers.c.call == call, visible.dossiers_of(viewer), assignments.c.person_id.in_(jurors), *conditions)
        .order_by(assignments.c.person_id)
    )
    found: dict[str, list[int]] = defaultdict(list)
    for dossier_id, person_id in writing.connection.execute(query):
        found[dossier_id].append(person_id)
    return found


def _give(writing: Writing, jurors: Sequence[int], current: Values, wanted: Values) -> None:
    for juror in jurors:
        has = {each: juror in _numbers(current[each]) for each in wanted}
        should = {each: juror in _numbers(value) for each, value in wanted.items()}
        calls.assign(writing, juror, [each for each in wanted if should[each] and not has[each]])
        calls.unassign(writing, juror, [each for each in wanted if has[each] and not should[each]])


def _worked_on() -> ColumnElement[bool]:
    """On `assignments`: the juror has said or begun something on the dossier."""
    given = assignments.c
    return or_(
        *(
            exists().where(words.c.dossier_id == given.dossier_id, words.c.person_id == given.person_id)
            for words in (declarations, passage_choices, scores, answers, drafts)
        )
    )


def _by_value(wanted: Values) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = defaultdict(list)
    for dossier_id, value in wanted.items():
        found[value].append(dossier_id)
    return found


def _numbers(value: Json) -> Sequence[Any]:
    return value if isinstance(value, list) else ()
