"""How a dossier stands in the instruction: its state, who instructs it, its labels."""

from collections.abc import Sequence
from dataclasses import dataclass

from store.people.accounts import Person
from store.people.labels import Label
from store.people.states import Reason, Standing, State
from web import french


@dataclass(frozen=True, slots=True)
class FollowUp:
    """`instructors`, `states` and `reasons` are what can be chosen: pairs of a value and its words.

    `reason` is why the dossier stops here and `why` its words; both are empty of one that does not.
    """

    state: str
    states: tuple[tuple[str, str], ...]
    reason: str
    why: str
    reasons: tuple[tuple[str, str], ...]
    assignee: int | None
    assignee_name: str
    instructors: tuple[tuple[int, str], ...]
    labels: tuple[Label, ...]
    known: tuple[Label, ...]


def follow_up(
    standing: Standing,
    instructors: Sequence[Person],
    labels: Sequence[Label],
    known: Sequence[Label],
) -> FollowUp:
    """`instructors` are all who ever may be given a dossier, `known` the call's labels."""
    names = {person.id: person.name for person in instructors}
    return FollowUp(
        state=standing.state.value,
        states=tuple((each.value, french.status(each, "dossier").label) for each in State if each is not State.DROPPED),
        reason="" if standing.reason is None else standing.reason.value,
        why="" if standing.reason is None else french.dropped_for(standing.reason),
        reasons=tuple((each.value, french.dropped_for(each)) for each in Reason),
        assignee=standing.assignee,
        assignee_name="" if standing.assignee is None else names.get(standing.assignee, ""),
        instructors=tuple((person.id, person.name) for person in instructors if person.active),
        labels=tuple(labels),
        known=tuple(known),
    )
