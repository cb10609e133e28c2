"""The room of the demonstration: its calls opened, an account per role, a jury that has the samples to read."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.calls.parser import load_call
from store.journal import Writing
from store.keys import ROOM_BATCH
from store.people import accounts, calls
from store.people.passwords import invented
from store.people.room import Room
from store.people.viewers import Role
from store.records import Dossier

ACTOR = "demo"
"""Who the journal says made the demonstration."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One account of the demonstration; the chair is a juror who chairs the juries."""

    login: str
    name: str
    role: Role
    does: str  # French, what it is there to try
    chairs: bool = False


ACCOUNTS = (
    DemoAccount("admin", "Alix Administration", Role.ADMINISTRATOR, "la gestion des comptes"),
    DemoAccount("instructrice", "Inès Instruction", Role.INSTRUCTOR, "l'instruction des dossiers"),
    DemoAccount("juree", "Jeanne Jurée", Role.JUROR, "la lecture et l'appréciation des repères"),
    DemoAccount("jure", "Jules Juré", Role.JUROR, "la même chose (il faut trois avis)"),
    DemoAccount("presidente", "Prune Présidente", Role.JUROR, "la même chose, puis la délibération", chairs=True),
    DemoAccount("auditeur", "Auguste Audit", Role.AUDITOR, "le contrôle de l'ensemble"),
)


def is_free(room: Room) -> bool:
    """Whether nobody but the accounts of the demonstration enters the room: it must not get into a real one."""
    with room.reading() as reading:
        known = {person.login for person in accounts.every(reading)}
    return known <= {account.login for account in ACCOUNTS}


def furnish(room: Room, call_ids: Sequence[str], dossiers: Sequence[Dossier]) -> str:
    """Makes the accounts, opens the calls, and gives their dossiers to the jury. Done again, it is the same.

    Gives the password of all the accounts: a new one each time, so that none is known beforehand.
    """
    password = invented()
    with room.writing(ACTOR) as writing:
        ids = [_account(writing, account, password) for account in ACCOUNTS]
        jury = [(person_id, account) for person_id, account in zip(ids, ACCOUNTS, strict=True) if _judges(account)]
        for call_id in call_ids:
            calls.open_call(writing, call_id, load_call(call_id).deadline)
            seated = {juror.person_id for juror in calls.jury(writing, call_id)}
            theirs = [one.id for one in dossiers if one.call == call_id and one.batch == ROOM_BATCH]
            for person_id, account in jury:
                if person_id not in seated:
                    calls.seat(writing, call_id, person_id, chair=account.chairs)
                calls.assign(writing, person_id, theirs)
    return password


def _judges(account: DemoAccount) -> bool:
    return account.role is Role.JUROR


def _account(writing: Writing, account: DemoAccount, password: str) -> int:
    known = accounts.find(writing, account.login)
    if known is None:
        return accounts.add(writing, account.login, account.name, account.role, password).id
    accounts.set_password(writing, known.id, password)
    return known.id
