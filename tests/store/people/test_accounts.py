"""Accounts: what is kept of them, who may no longer enter, what the journal is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from time import sleep

import pytest
from argon2 import PasswordHasher

from store.people import accounts, history, logins
from store.people.accounts import InvalidAccount, LastAdministrator, Person
from store.people.passwords import LONGEST, SHORTEST, WeakPassword, invented, is_right
from store.people.room import Room
from store.people.tables.accounts import people
from store.people.viewers import Role

PHRASE = "cheval correct pile agrafe"


@pytest.fixture
def juror(room: Room) -> Person:
    return _add(room, "jean", password=PHRASE)


def _add(room: Room, login: str, role: Role = Role.JUROR, *, name: str = "Jean Chose", password: str | None) -> Person:
    with room.writing("machine") as writing:
        return accounts.add(writing, login, name, role, password)


def _kept(room: Room, person: Person) -> str:
    with room.reading() as reading:
        return str(reading.connection.execute(people.select().where(people.c.id == person.id)).one().password)


def _holds(room: Room, login: str, password: str) -> Person | None:
    with room.reading() as reading:
        return accounts.holds(reading, login, password)


def test_a_password_is_kept_as_its_hash_alone(room: Room, juror: Person) -> None:
    kept = _kept(room, juror)
    assert kept.startswith("$argon2id$")
    assert PHRASE not in kept
    assert not PasswordHasher().check_needs_rehash(kept)
    assert _kept(room, _add(room, "zoe", password=PHRASE)) != kept  # salted
    assert "argon2" not in repr(juror)


@pytest.mark.parametrize(
    ("password", "right"), [(PHRASE, True), (PHRASE.upper(), False), (f"{PHRASE} ", False), ("", False)]
)
def test_a_password_is_right_to_the_letter(room: Room, juror: Person, password: str, right: bool) -> None:
    assert (_holds(room, " JEAN ", password) == juror) is right


def test_few_passwords_are_verified_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes 64 MiB: forty strangers at once must not fill the memory."""
    lock, under_way, most = Lock(), 0, 0

    def verify(_: PasswordHasher, kept: str, password: str) -> bool:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        sleep(0.02)
        with lock:
            under_way -= 1
        return True

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(lambda _: is_right("kept", "given"), range(32))) == [True] * 32
    assert 1 <= most <= 4


def test_without_a_password_none_is_right(room: Room) -> None:
    external = _add(room, "externe", password=None)
    assert not external.with_password
    for password in ("", "None", "nobody has this password"):
        assert _holds(room, "externe", password) is None


@pytest.mark.parametrize("password", ["a" * (SHORTEST - 1), "a" * (LONGEST + 1), ""])
def test_a_weak_password_makes_no_account(room: Room, password: str) -> None:
    with pytest.raises(WeakPassword):
        _add(room, "zoe", password=password)
    with room.reading() as reading:
        assert accounts.find(reading, "zoe") is None


def test_invented_passwords_are_long_and_never_the_same() -> None:
    made = {invented() for _ in range(50)}
    assert len(made) == 50
    assert all(SHORTEST <= len(phrase) <= LONGEST and phrase.count("-") == 3 for phrase in made)


@pytest.mark.parametrize("login", ["", "a", "é.durand", "a b", "-ab", "a" * 81, "jean", "JEAN"])
def test_logins_that_cannot_be(room: Room, juror: Person, login: str) -> None:
    with pytest.raises(InvalidAccount):
        _add(room, login, password=PHRASE)


def test_names_are_one_line(room: Room) -> None:
    assert _add(room, "zoe", name="  Zoé \n  Truc ", password=None).name == "Zoé Truc"
    for name in (" ", "a" * 201):
        with pytest.raises(InvalidAccount):
            _add(room, "omar", name=name, password=None)


@pytest.mark.parametrize("change", ["password", "role", "active"])
def test_what_changes_an_account_ends_its_sessions(room: Room, juror: Person, change: str) -> None:
    other = _add(room, "zoe", password=None)
    with room.writing("machine") as writing:
        tokens = [logins.open_login(writing, person) for person in (juror, other)]
    with room.writing("machine") as writing:
        if change == "password":
            accounts.set_password(writing, juror.id, "une autre phrase de passe")
        elif change == "role":
            accounts.set_role(writing, juror.id, Role.AUDITOR)
        else:
            accounts.set_active(writing, juror.id, active=False)
    with room.reading() as reading:
        assert logins.find(reading, tokens[0]) is None
        assert logins.find(reading, tokens[1]) is not None


def test_a_shut_account_holds_no_password_and_keeps_it(room: Room, juror: Person) -> None:
    for active in (False, True):
        with room.writing("machine") as writing:
            accounts.set_active(writing, juror.id, active=active)
        assert (_holds(room, "jean", PHRASE) is not None) is active


def test_the_room_keeps_an_administrator(room: Room) -> None:
    first, second = (_add(room, login, Role.ADMINISTRATOR, password=None) for login in ("ada", "bob"))
    with room.writing("machine") as writing:
        accounts.set_active(writing, first.id, active=False)
    with pytest.raises(LastAdministrator), room.writing("machine") as writing:
        accounts.set_role(writing, second.id, Role.AUDITOR)
    with pytest.raises(LastAdministrator), room.writing("machine") as writing:
        accounts.set_active(writing, second.id, active=False)
    with room.writing("machine") as writing:
        accounts.set_role(writing, second.id, Role.ADMINISTRATOR)
        accounts.set_active(writing, first.id, active=True)
        accounts.set_role(writing, second.id, Role.AUDITOR)
    with room.reading() as reading:
        assert [person.login for person in accounts.every(reading, Role.ADMINISTRATOR)] == ["ada"]


def test_who_signs_on_is_tied_to_one_account(room: Room, juror: Person) -> None:
    with room.writing("room") as writing:
        entered = accounts.signed_on(writing, "https://sso 42", ["inconnu", "Jean"])
        assert entered is not None
        assert (entered.id, entered.signs_on) == (juror.id, True)
        again = accounts.signed_on(writing, "https://sso 42", ["quelquun"])
        assert again == entered
        assert accounts.signed_on(writing, "https://sso 43", ["jean"]) is None
        accounts.set_active(writing, juror.id, active=False)
        assert accounts.signed_on(writing, "https://sso 42", ["jean"]) is None


def test_the_journal_is_told_without_names_or_passwords(room: Room, juror: Person) -> None:
    with room.writing("person:9") as writing:
        accounts.set_role(writing, juror.id, Role.AUDITOR)
        accounts.set_password(writing, juror.id, "une autre phrase de passe")
        auditor = accounts.by_id(writing, juror.id)
    assert auditor is not None
    with room.reading() as reading:
        told = history.events(reading, auditor.viewer, history.Choice())
    assert [(event.actor, dict(event.data)) for event in told] == [
        ("person:9", {"what": "password"}),
        ("person:9", {"what": "role", "role": "auditor"}),
        ("machine", {"role": "juror"}),
    ]


def test_accounts_are_in_the_order_of_french_names(room: Room) -> None:
    for login, name in (("zoe", "Zoé Chose"), ("elodie", "Élodie Truc"), ("fanny", "Fanny Machin")):
        _add(room, login, name=name, password=None)
    with room.reading() as reading:
        assert [person.name for person in accounts.every(reading)] == ["Élodie Truc", "Fanny Machin", "Zoé Chose"]
        assert list(accounts.names(reading).values()) == ["Élodie Truc", "Fanny Machin", "Zoé Chose"]
