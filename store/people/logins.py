"""People logged in, and attempts refused. Tokens are kept as digests: who reads the database cannot enter."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, func, insert, select, update

from store.instants import ago, instant, now
from store.journal import Writing
from store.people.accounts import Person, about_person, by_id
from store.people.room import Reading
from store.people.tables.accounts import logins, refusals
from store.records import Action

LONGEST = timedelta(hours=12)
"""After that a person logs in again."""
IDLE = timedelta(hours=2)
"""Without a request."""
_NOTED_EVERY = timedelta(minutes=5)
WINDOW = timedelta(minutes=15)
ATTEMPTS = 8
"""Refused attempts on one login in `WINDOW`; then the door stays shut for as long."""
ATTEMPTS_FROM_ONE_ADDRESS = 40
"""The same from one address of the network, which a whole office may share."""


@dataclass(frozen=True, slots=True)
class Door:
    """What attempts are counted for, and how many may be refused."""

    key: str
    attempts: int


def door_of_login(login: str) -> Door:
    """The door of one account, or of a name that no account has."""
    return Door(f"login {login.strip().lower()}", ATTEMPTS)


def door_of_address(address: str) -> Door:
    """The door of one address of the network."""
    return Door(f"address {address}", ATTEMPTS_FROM_ONE_ADDRESS)


@dataclass(frozen=True, slots=True)
class Login:
    """A person logged in; `csrf` must come with every form."""

    person: Person
    csrf: str
    stale: bool  # whether `touch` is due


def open_login(writing: Writing, person: Person) -> str:
    """Logs a person in; gives the token of the cookie."""
    token = secrets.token_urlsafe(32)
    at = now()
    row = {"person_id": person.id, "csrf": secrets.token_urlsafe(32), "opened_at": at, "seen_at": at}
    writing.connection.execute(delete(logins).where(logins.c.opened_at < ago(LONGEST)))
    writing.connection.execute(insert(logins).values(token=_digest(token), **row))
    writing.tell(Action.LOGGED_IN, about_person(person.id), {})
    return token


def find(reading: Reading, token: str) -> Login | None:
    """Who is logged in with this token; None when nobody is, or no longer."""
    row = reading.connection.execute(select(logins).where(logins.c.token == _digest(token))).one_or_none()
    if row is None:
        return None
    at = datetime.now(UTC)
    seen = instant(row.seen_at)
    if at - instant(row.opened_at) > LONGEST or at - seen > IDLE:
        return None
    person = by_id(reading, row.person_id)
    if person is None or not person.active:
        return None
    return Login(person, row.csrf, at - seen > _NOTED_EVERY)


def touch(writing: Writing, token: str) -> None:
    """Notes that the person is still there."""
    writing.connection.execute(update(logins).where(logins.c.token == _digest(token)).values(seen_at=now()))


def close_login(writing: Writing, token: str, person: Person) -> None:
    """Logs the person out, here only."""
    writing.connection.execute(delete(logins).where(logins.c.token == _digest(token)))
    writing.tell(Action.LOGGED_OUT, about_person(person.id), {})


def is_shut(reading: Reading | Writing, *doors: Door) -> bool:
    """Whether there were too many refused attempts of late at one of these doors."""
    attempts = {_digest(door.key): door.attempts for door in doors}
    counted = (
        select(refusals.c.key, func.count())
        .where(refusals.c.at > ago(WINDOW), refusals.c.key.in_(list(attempts)))
        .group_by(refusals.c.key)
    )
    return any(count >= attempts[key] for key, count in reading.connection.execute(counted))


def refuse(writing: Writing, *doors: Door) -> None:
    """Notes a refused attempt."""
    writing.connection.execute(delete(refusals).where(refusals.c.at < ago(WINDOW)))
    writing.connection.execute(insert(refusals), [{"key": _digest(door.key), "at": now()} for door in doors])
    writing.tell(Action.LOGIN_REFUSED, "room", {})


def forgive(writing: Writing, door: Door) -> None:
    """Forgets the attempts at a door, once it has let someone in."""
    writing.connection.execute(delete(refusals).where(refusals.c.key == _digest(door.key)))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
