from pathlib import Path

import pytest

from flows.demonstration import ACCOUNTS, furnish, is_free
from store.database import Store, open_store
from store.keys import ROOM_BATCH
from store.people import accounts, calls
from store.people.room import Room, open_room
from store.people.viewers import Role
from store.records import NewFile
from tests.flows.room import CALL


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return open_room(tmp_path / "home")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "home")


def test_every_role_has_an_account_and_the_jury_its_dossiers(room: Room, store: Store) -> None:
    mine = store.deposit(CALL, ROOM_BATCH, "a", [NewFile("a.pdf", b"%PDF")])
    store.deposit(CALL, "/ailleurs", "b", [NewFile("b.pdf", b"%PDF")])
    assert is_free(room)
    for _ in range(2):  # the demonstration may be run again
        password = furnish(room, [CALL], store.dossiers())
        assert is_free(room)
    with room.reading() as reading:
        known = [accounts.holds(reading, account.login, password) for account in ACCOUNTS]
        jury = calls.jury(reading, CALL)
    assert {person.role for person in known if person} == set(Role)
    assert all(known)
    assert [juror.chair for juror in jury].count(True) == 1
    assert len(jury) == calls.USUAL_QUORUM
    given = [event.subject for event in store.journal() if event.action.value == "dossier-assigned"]
    assert set(given) == {f"dossier:{mine.id}"}


def test_a_room_with_people_of_its_own_is_left_alone(room: Room) -> None:
    with room.writing("terminal") as writing:
        accounts.add(writing, "marie", "Marie", Role.ADMINISTRATOR, "un mot de passe long")
    assert not is_free(room)


def test_passwords_are_not_known_beforehand(room: Room) -> None:
    assert furnish(room, [], []) != furnish(room, [], [])
