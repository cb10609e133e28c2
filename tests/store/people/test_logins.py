"""Sessions and refused attempts, by a clock that the tests set."""

from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import Engine, func, select

from store.instants import ago
from store.people import accounts, history, logins
from store.people.accounts import Person
from store.people.logins import Door
from store.people.room import Room
from store.people.tables import accounts as tables
from store.people.viewers import Role, Viewer
from store.records import Action
from store.schema import metadata
from tests.databases import Tamper

ADMINISTRATOR = Viewer(99, Role.ADMINISTRATOR)


@pytest.fixture
def person(room: Room) -> Person:
    with room.writing("machine") as writing:
        return accounts.add(writing, "jean", "Jean Chose", Role.JUROR, None)


def _open(room: Room, person: Person) -> str:
    with room.writing(person.viewer.actor) as writing:
        return logins.open_login(writing, person)


def _later(tamper: Tamper, span: timedelta) -> None:
    """As if all had been that much earlier."""
    tamper("UPDATE logins SET opened_at = :at WHERE opened_at > :at", at=ago(span))
    tamper("UPDATE logins SET seen_at = :at", at=ago(span))
    tamper("UPDATE refusals SET at = :at", at=ago(span))


def _kept(engine: Engine) -> str:
    """All that the database holds."""
    with engine.begin() as connection:
        return str([connection.execute(table.select()).all() for table in metadata.sorted_tables])


def _doors(login: str = "", address: str = "") -> tuple[Door, ...]:
    by_login = (logins.door_of_login(login),) if login else ()
    return (*by_login, logins.door_of_address(address)) if address else by_login


def _refuse(room: Room, times: int, login: str = "", address: str = "") -> None:
    with room.writing("room") as writing:
        for _ in range(times):
            logins.refuse(writing, *_doors(login, address))


def _is_shut(room: Room, login: str = "", address: str = "") -> bool:
    with room.reading() as reading:
        return logins.is_shut(reading, *_doors(login, address))


def test_the_database_holds_no_token(room: Room, person: Person, engine: Engine) -> None:
    token = _open(room, person)
    with engine.begin() as connection:
        kept = connection.execute(select(tables.logins.c.token, tables.logins.c.csrf)).one()
    assert kept.token == sha256(token.encode()).hexdigest()
    assert len(token) >= 43  # 256 bits
    assert kept.csrf not in (token, kept.token)
    assert token not in _kept(engine)


def test_each_log_in_has_its_own_tokens(room: Room, person: Person) -> None:
    first, second = _open(room, person), _open(room, person)
    with room.reading() as reading:
        logs = [logins.find(reading, token) for token in (first, second)]
        assert logins.find(reading, "") is None
        assert logins.find(reading, sha256(first.encode()).hexdigest()) is None  # what the database shows opens nothing
    assert first != second
    assert len({log.csrf for log in logs if log is not None}) == 2


def test_leaving_ends_one_session(room: Room, person: Person) -> None:
    first, second = _open(room, person), _open(room, person)
    with room.writing(person.viewer.actor) as writing:
        logins.close_login(writing, first, person)
    with room.reading() as reading:
        assert logins.find(reading, first) is None
        assert logins.find(reading, second) is not None


def test_what_is_in_use_stays_until_its_end(room: Room, person: Person, tamper: Tamper) -> None:
    token = _open(room, person)
    _later(tamper, logins.IDLE - timedelta(seconds=30))
    with room.reading() as reading:
        found = logins.find(reading, token)
    assert found is not None
    assert found.stale
    with room.writing(person.viewer.actor) as writing:
        logins.touch(writing, token)
    with room.reading() as reading:
        touched = logins.find(reading, token)
    assert touched is not None
    assert not touched.stale
    _later(tamper, logins.IDLE + timedelta(seconds=1))
    with room.reading() as reading:
        assert logins.find(reading, token) is None


def test_touching_does_not_put_off_the_last_end(room: Room, person: Person, tamper: Tamper) -> None:
    token = _open(room, person)
    _later(tamper, logins.LONGEST + timedelta(seconds=1))
    with room.writing(person.viewer.actor) as writing:
        logins.touch(writing, token)
    with room.reading() as reading:
        assert logins.find(reading, token) is None


def test_sessions_over_are_swept_away(room: Room, person: Person, tamper: Tamper, engine: Engine) -> None:
    _open(room, person)
    _later(tamper, logins.LONGEST + timedelta(seconds=1))
    _open(room, person)
    with engine.begin() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.logins)) == 1


def test_the_door_shuts_at_the_last_attempt_and_opens_again(room: Room, tamper: Tamper) -> None:
    _refuse(room, logins.ATTEMPTS - 1, "jean", "a")
    assert not _is_shut(room, "jean", "a")
    _refuse(room, 1, " JEAN", "b")
    assert _is_shut(room, "jean", "c")
    assert not _is_shut(room, "zoe", "a")
    _later(tamper, logins.WINDOW + timedelta(seconds=1))
    assert not _is_shut(room, "jean", "a")


def test_an_address_that_an_office_shares_is_patient(room: Room) -> None:
    for number in range(logins.ATTEMPTS_FROM_ONE_ADDRESS - 1):
        _refuse(room, 1, f"inconnu{number}", "a")
    assert not _is_shut(room, "omar", "a")
    _refuse(room, 1, "zoe", "a")
    assert _is_shut(room, "omar", "a")
    assert not _is_shut(room, "omar", "b")


def test_different_logins_and_addresses_do_not_add_up(room: Room) -> None:
    for number in range(logins.ATTEMPTS):
        _refuse(room, 1, f"juror{number}", f"address{number}")
    assert not any(_is_shut(room, f"juror{number}", f"address{number}") for number in range(logins.ATTEMPTS))


def test_forgiving_one_door_leaves_the_others(room: Room) -> None:
    _refuse(room, logins.ATTEMPTS_FROM_ONE_ADDRESS, "jean", "a")
    with room.writing("room") as writing:
        logins.forgive(writing, logins.door_of_login("jean"))
    assert not _is_shut(room, "jean")
    assert _is_shut(room, address="a")


def test_refusals_are_told_and_kept_without_saying_of_whom(room: Room, engine: Engine) -> None:
    _refuse(room, 1, "motdepasse-tape-ici", "10.1.2.3")
    with room.reading() as reading:
        (told,) = history.events(reading, ADMINISTRATOR, history.Choice(action=Action.LOGIN_REFUSED))
    assert (told.subject, dict(told.data)) == ("room", {})
    kept = _kept(engine)
    assert "motdepasse" not in kept
    assert "10.1.2.3" not in kept
