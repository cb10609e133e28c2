"""How far jurors and calls are, in counts: who withdrew from a dossier counts for it no more."""

from store.people import conflicts, workloads
from store.people.accounts import Person
from store.people.conflicts import ConflictKind
from store.people.room import Room
from store.people.workloads import Workload
from tests.store.people.deliberations.conftest import Answer


def test_who_withdrew_and_what_they_had_answered_count_no_more(
    room: Room, people: dict[str, Person], brought: tuple[str, str], answer: Answer
) -> None:
    for login in ("ada", "bob"):
        for marker in ("rupture", "gouvernance"):
            answer(login, brought[0], marker, "Fort")
    assert _counted(room, people) == (8, 4, Workload(2, 1, 2))
    ada = people["ada"].viewer
    with room.writing(ada.actor) as writing:
        conflicts.declare(writing, ada, brought[0], ConflictKind.FAMILY)
    assert _counted(room, people) == (7, 2, Workload(1))


def _counted(room: Room, people: dict[str, Person]) -> tuple[int, int, Workload | None]:
    """Pairs of a dossier and a juror of the call, answers that it has; Ada's own work."""
    instructor = people["inst"].viewer
    with room.reading() as reading:
        (progress,) = workloads.of_calls(reading, instructor).values()
        return progress.assigned, progress.answered, workloads.of_juror(reading, instructor, people["ada"].id)
