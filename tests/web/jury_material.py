"""A jury of three on two dossiers really read, and a session of it: what the tests of deliberations start from."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.calls.model import Call
from store.database import Store
from store.people import accounts, calls, chairing, collective, conflicts, planning, scores
from store.people.accounts import Person
from store.people.planning import Plan
from store.people.room import Room
from store.people.scores import Shown
from store.people.viewers import Role
from tests.web.material import make_dossier

NOTHING = Shown(None, None, ())


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session with its jurors by login, the chair (`chair`) among them, and its dossiers in their order."""

    id: int
    jurors: dict[str, Person]
    dossiers: tuple[str, ...]

    @property
    def address(self) -> str:
        return f"/deliberations/{self.id}"

    def dossier(self, index: int = 0) -> str:
        """The address of a dossier before the session."""
        return f"{self.address}/dossiers/{self.dossiers[index]}"


def sit(
    room: Room,
    store: Store,
    people: dict[str, Person],
    call: Call,
    folder: Path,
    *,
    names: tuple[str, ...] = ("Le Lavoir", "Le Moulin"),
    opened: bool = True,
) -> Sitting:
    """Plans a session of a quorum of three: `chair`, `juror` and `third`, who all have declared no conflict."""
    with room.writing("machine") as writing:
        third = accounts.add(writing, "third", "Third <i>Juror</i>", Role.JUROR, None)
        calls.seat(writing, call.id, third.id, chair=False)
    jurors = {"chair": people["chair"], "juror": people["juror"], "third": third}
    ids = tuple(make_dossier(store, folder, call, name).dossier.id for name in names)
    planned = Plan(
        "Jury <b>d'essai</b>", date(2016, 9, 28), people["chair"].id, tuple(each.id for each in jurors.values()), ids
    )
    instructor = people["instructor"].viewer
    with room.writing(instructor.actor) as writing:
        session_id = planning.plan(writing, instructor, call.id, planned)
    for person in jurors.values():
        with room.writing(person.viewer.actor) as writing:
            for dossier_id in ids:
                conflicts.declare(writing, person.viewer, dossier_id, None)
    if opened:
        with room.writing(people["chair"].viewer.actor) as writing:
            chairing.start(writing, people["chair"].viewer, session_id)
    return Sitting(session_id, jurors, ids)


def hold_all(room: Room, call: Call, sitting: Sitting, dossier_id: str) -> None:
    """The jury holds a value on each marker that has none: jurors answer those that they had not answered."""
    for person in sitting.jurors.values():
        with room.reading() as reading:
            given = scores.mine(reading, person.viewer, dossier_id)
        for marker in call.markers:
            if marker.id not in given:
                answer(room, person, dossier_id, marker.id, "Fort")
    chair = sitting.jurors["chair"].viewer
    with room.writing(chair.actor) as writing:
        held = collective.last_values(collective.values_of(writing, chair, dossier_id))
        for marker in call.markers:
            if (dossier_id, marker.id) not in held:
                collective.set_value(
                    writing, chair, sitting.id, dossier_id, marker.id, value="Fort", comment="", replaces=None
                )


def answer(
    room: Room,
    person: Person,
    dossier_id: str,
    marker: str,
    value: str | None,
    comment: str = "",
    replaces: int | None = None,
) -> None:
    """Has a juror submit a score."""
    with room.writing(person.viewer.actor) as writing:
        scores.submit(
            writing,
            person.viewer,
            dossier_id,
            marker,
            value=value,
            comment=comment,
            shown=NOTHING,
            replaces=replaces,
        )
