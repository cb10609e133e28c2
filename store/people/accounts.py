"""Accounts: who may enter, as what."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from pipeline.errors import UsageProblem
from pipeline.text import alphabetical
from store.canonical import digest_of
from store.instants import instant, now
from store.journal import Writing
from store.people.passwords import is_right, sealed, sealed_anew
from store.people.room import Reading
from store.people.tables.accounts import logins, people
from store.people.viewers import Role, Viewer
from store.records import Action

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,79}")


class InvalidAccount(UsageProblem):
    """A login or a name that cannot be used."""

    code = "invalid-account"


class LastAdministrator(UsageProblem):
    """The room would have no active administrator left."""

    code = "last-administrator"
    advice = "Donnez d'abord ce rôle à quelqu'un d'autre."

    def __init__(self) -> None:
        super().__init__("C'est le dernier compte d'administration ouvert : il doit le rester.")


class UnknownAccount(UsageProblem):
    """No account has this login."""

    code = "unknown-account"
    advice = "« reperes accounts list » donne la liste des comptes."


@dataclass(frozen=True, slots=True)
class Person:
    """An account."""

    id: int
    login: str
    name: str
    role: Role
    active: bool
    single_keys: bool  # whether keys typed alone act
    with_password: bool
    password_given: bool  # by someone who has seen it: to be changed before anything else
    signs_on: bool  # by OpenID Connect
    created_at: datetime

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.id, self.role)

    @property
    def must_change_password(self) -> bool:
        """Whether the person is asked for another password first; who signs on elsewhere may never have used theirs."""
        return self.password_given and not self.signs_on


def about_person(person_id: int) -> str:
    """The subject of journal events on an account."""
    return f"person:{person_id}"


def add(writing: Writing, login: str, name: str, role: Role, password: str | None, *, given: bool = False) -> Person:
    """Makes an account; without a password it enters by OpenID Connect only. `given`: someone else has seen it.

    Raises:
        InvalidAccount: the login is taken or malformed, or the name is empty.
        WeakPassword: see `passwords`.
    """
    login, name = login.strip().lower(), _well_formed(name)
    if not _LOGIN.fullmatch(login):
        raise InvalidAccount(
            f"« {login} » ne peut pas être un identifiant.",
            advice="Employez de 2 à 80 lettres sans accent, chiffres, points, tirets ou arobases.",
        )
    if find(writing, login) is not None:
        raise InvalidAccount(f"L'identifiant « {login} » est déjà pris.", advice="Choisissez-en un autre.")
    row = {"login": login, "name": name, "role": role.value, "active": 1, "single_keys": 1, "created_at": now()}
    kept = None if password is None else sealed(password)
    query = insert(people).values(password=kept, password_given=int(given), subject=None, **row).returning(people)
    person = _person(writing.connection.execute(query).one())
    writing.tell(Action.ACCOUNT_ADDED, about_person(person.id), {"role": role.value})
    return person


def find(reading: Reading | Writing, login: str) -> Person | None:
    """The account of this login."""
    return _one(reading.connection, people.c.login == login.strip().lower())


def by_id(reading: Reading | Writing, person_id: int) -> Person | None:
    """The account of this number."""
    return _one(reading.connection, people.c.id == person_id)


def by_subject(reading: Reading | Writing, subject: str) -> Person | None:
    """The account that signs on as `subject` ("<issuer> <sub>")."""
    return _one(reading.connection, people.c.subject == subject)


def signed_on(writing: Writing, subject: str, known_as: Sequence[str]) -> Person | None:
    """The open account that who signs on as `subject` enters: the one tied to it, else the first of these logins.

    The latter is tied to `subject` from now on; an account tied to someone else is never given.
    """
    tied = by_subject(writing, subject)
    if tied is not None:
        return tied if tied.active else None
    for login in known_as:
        person = find(writing, login)
        if person is not None and person.active and not person.signs_on:
            set_subject(writing, person.id, subject)
            return by_id(writing, person.id)
    return None


def every(reading: Reading | Writing, *roles: Role) -> tuple[Person, ...]:
    """All accounts, or those of some roles, by name."""
    query = select(people).order_by(people.c.id)
    if roles:
        query = query.where(people.c.role.in_([role.value for role in roles]))
    found = (_person(row) for row in reading.connection.execute(query))
    return tuple(sorted(found, key=lambda person: alphabetical(person.name)))


def names(reading: Reading | Writing) -> dict[int, str]:
    """The name of every account, by number, in the order of names."""
    rows = reading.connection.execute(select(people.c.id, people.c.name)).all()
    return {row.id: row.name for row in sorted(rows, key=lambda row: alphabetical(row.name))}


def holds(reading: Reading | Writing, login: str, password: str) -> Person | None:
    """The active account whose login and password these are; takes as long when there is none."""
    row = reading.connection.execute(
        select(people).where(people.c.login == login.strip().lower(), people.c.active == 1)
    ).one_or_none()
    right = is_right(None if row is None else row.password, password)
    return _person(row) if row is not None and right else None


def set_password(writing: Writing, person_id: int, password: str, *, given: bool = False) -> None:
    """Gives the account another password and closes its sessions. `given`: someone else has seen it.

    Raises:
        WeakPassword: see `passwords`.
    """
    _change(writing, person_id, "password", password=sealed(password), password_given=int(given))
    close_sessions(writing, person_id)


def password_mark(reading: Reading | Writing, person_id: int) -> str:
    """What tells the present password of an account from those before and after it; says nothing of it."""
    kept = reading.connection.scalar(select(people.c.password).where(people.c.id == person_id))
    return digest_of(kept)


def refresh_seal(writing: Writing, person_id: int, password: str) -> None:
    """Seals a password, known to be right, as passwords are sealed today: they outlive the settings of their day."""
    kept = writing.connection.scalar(select(people.c.password).where(people.c.id == person_id))
    anew = None if kept is None else sealed_anew(kept, password)
    if anew is not None:
        writing.connection.execute(update(people).where(people.c.id == person_id).values(password=anew))


def rename(writing: Writing, person_id: int, name: str) -> None:
    """Gives the account another name, which is from then on that of all its holder has said.

    Raises:
        InvalidAccount: the name is empty, or too long.
    """
    _change(writing, person_id, "name", name=_well_formed(name))


def set_role(writing: Writing, person_id: int, role: Role) -> None:
    """Gives the account another role and closes its sessions.

    Raises:
        LastAdministrator: nobody else administrates.
    """
    if role is not Role.ADMINISTRATOR:
        _keep_an_administrator(writing, person_id)
    _change(writing, person_id, "role", role=role.value)
    close_sessions(writing, person_id)


def set_active(writing: Writing, person_id: int, active: bool) -> None:
    """Opens or shuts the account; shut, its sessions are closed.

    Raises:
        LastAdministrator: nobody else administrates.
    """
    if not active:
        _keep_an_administrator(writing, person_id)
    _change(writing, person_id, "active", active=int(active))
    if not active:
        close_sessions(writing, person_id)


def set_subject(writing: Writing, person_id: int, subject: str) -> None:
    """Ties the account to who signs on as `subject`."""
    _change(writing, person_id, "subject", subject=subject)


def set_single_keys(writing: Writing, person_id: int, on: bool) -> None:
    """Whether keys typed alone act, for this person. A taste, not told in the journal."""
    writing.connection.execute(update(people).where(people.c.id == person_id).values(single_keys=int(on)))


def close_sessions(writing: Writing, person_id: int) -> None:
    """Logs the person out everywhere."""
    writing.connection.execute(logins.delete().where(logins.c.person_id == person_id))


def _well_formed(name: str) -> str:
    plain = " ".join(name.split())
    if not plain or len(plain) > 200:
        raise InvalidAccount("Il faut un nom, de 200 caractères au plus.")
    return plain


def _keep_an_administrator(writing: Writing, leaving: int) -> None:
    active = select(people.c.id).where(people.c.role == Role.ADMINISTRATOR.value, people.c.active == 1)
    if list(writing.connection.scalars(active)) == [leaving]:
        raise LastAdministrator


def _change(writing: Writing, person_id: int, what: str, **values: str | int) -> None:
    writing.connection.execute(update(people).where(people.c.id == person_id).values(**values))
    told: dict[str, str | int | bool | tuple[str, ...] | None] = {"what": what}
    if what in ("role", "active"):
        told[what] = values[what]
    writing.tell(Action.ACCOUNT_CHANGED, about_person(person_id), told)


def _one(connection: Connection, condition: ColumnElement[bool]) -> Person | None:
    row = connection.execute(select(people).where(condition)).one_or_none()
    return None if row is None else _person(row)


def _person(row: Row[tuple[object, ...]]) -> Person:
    return Person(
        id=row.id,
        login=row.login,
        name=row.name,
        role=Role(row.role),
        active=bool(row.active),
        single_keys=bool(row.single_keys),
        with_password=row.password is not None,
        password_given=row.password is not None and bool(row.password_given),
        signs_on=row.subject is not None,
        created_at=instant(row.created_at),
    )
