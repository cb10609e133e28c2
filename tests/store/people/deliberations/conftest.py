"""A jury of four on two dossiers, and a session of it."""

from collections.abc import Callable
from datetime import date

import pytest

from pipeline.calls.model import Call
from store.database import Store
from store.keys import ROOM_BATCH
from store.people import accounts, calls, chairing, conflicts, planning, scores
from store.people.accounts import Person
from store.people.planning import Plan
from store.people.room import Room
from store.people.scores import Shown
from store.people.viewers import Role
from store.records import NewFile

NOTHING = Shown(None, None, ())
Answer = Callable[..., None]
"""Of a login, a dossier, a marker, a value and what it replaces."""


@pytest.fixture
def people(room: Room, call: Call) -> dict[str, Person]:
    """An instructor, an auditor; `chair`, `ada`, `bob`, `eve` on the jury."""
    with room.writing("machine") as writing:
        calls.open_call(writing, call.id, None)
        made = {
            login: accounts.add(writing, login, login.capitalize(), Role.JUROR, None)
            for login in ("chair", "ada", "bob", "eve")
        }
        for person in made.values():
            calls.seat(writing, call.id, person.id, chair=person.login == "chair")
        made["inst"] = accounts.add(writing, "inst", "Ines", Role.INSTRUCTOR, None)
        made["auditor"] = accounts.add(writing, "auditor", "Aude", Role.AUDITOR, None)
    return made


@pytest.fixture
def brought(store: Store, call: Call) -> tuple[str, str]:
    first, second = (
        store.deposit(call.id, ROOM_BATCH, name, [NewFile("a.pdf", b"%PDF-1.7")]).id for name in ("Lavoir", "Moulin")
    )
    return first, second


@pytest.fixture
def plan(people: dict[str, Person], brought: tuple[str, str]) -> Plan:
    jurors = tuple(people[login].id for login in ("chair", "ada", "bob", "eve"))
    return Plan("Jury de septembre", date(2016, 9, 28), people["chair"].id, jurors, brought)


@pytest.fixture
def session_id(room: Room, people: dict[str, Person], call: Call, plan: Plan) -> int:
    with room.writing(people["inst"].viewer.actor) as writing:
        return planning.plan(writing, people["inst"].viewer, call.id, plan)


@pytest.fixture
def answer(room: Room, people: dict[str, Person], session_id: int) -> Answer:
    """Has a juror declare that there is no conflict, then submit a score."""

    def give(login: str, dossier_id: str, marker: str, value: str | None, replaces: int | None = None) -> None:
        viewer = people[login].viewer
        with room.writing(viewer.actor) as writing:
            conflicts.declare(writing, viewer, dossier_id, None)
            scores.submit(
                writing, viewer, dossier_id, marker, value=value, comment="", shown=NOTHING, replaces=replaces
            )

    return give


@pytest.fixture
def opened(room: Room, people: dict[str, Person], session_id: int, brought: tuple[str, str]) -> int:
    chair = people["chair"].viewer
    with room.writing(chair.actor) as writing:
        chairing.start(writing, chair, session_id)
        for dossier_id in brought:
            conflicts.declare(writing, chair, dossier_id, None)
    return session_id
