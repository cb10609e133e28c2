"""Who is in the room of the measure, and what instructors and auditors did: through the room's own functions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random
from secrets import token_urlsafe

from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from store.canonical import Json
from store.journal import Writing
from store.people import (
    accounts,
    audits,
    bulk,
    calls,
    decisions,
    labels,
    triage,
    views,
)
from store.people.audits import Population
from store.people.bulk_changes import Mark, PutLabel
from store.people.decisions import Kind, Settlement, Statement
from store.people.filters import read
from store.people.room import Room
from store.people.states import State
from store.people.viewers import Role, Viewer
from web.bench.machine_side import REASON, Analysed
from web.views.machine import finding_key

_CALLS = ("alpc-2016", "aquitaine-2014", "hauts-de-france-2017")
_INSTRUCTORS = 12
SESSIONS = 6
"""Each is chaired by another juror: the first ones."""


@dataclass(frozen=True, slots=True)
class People:
    """Who is in the room of the measure."""

    administrator: Viewer
    instructors: tuple[Viewer, ...]
    jurors: tuple[Viewer, ...]
    auditor: Viewer


def people_in(room: Room, count: int) -> People:
    """Makes the accounts: the measure opens their sessions itself, without password. Three calls are opened."""
    with room.writing("bench") as writing:
        # The page to change a password is for who has one.
        administrator = _account(writing, "bench-admin", Role.ADMINISTRATOR, token_urlsafe())
        auditor = _account(writing, "bench-audit", Role.AUDITOR)
        instructors = tuple(_account(writing, f"bench-i{each:02}", Role.INSTRUCTOR) for each in range(_INSTRUCTORS))
        jurors = tuple(_account(writing, f"bench-j{each:03}", Role.JUROR) for each in range(count))
        for call in _CALLS:
            calls.open_call(writing, call, load_call(call).deadline)
            for place, juror in enumerate(jurors):
                calls.seat(writing, call, juror.id, chair=place < SESSIONS)
    return People(administrator, instructors, jurors, auditor)


def _account(writing: Writing, login: str, role: Role, password: str | None = None) -> Viewer:
    return accounts.add(writing, login, f"Personne {login}", role, password).viewer


def instruct(room: Room, people: People, call: Call, made: Sequence[Analysed], chance: Random) -> None:
    """Labels, states, shared views, and decisions on one dossier of ten."""
    viewer = people.instructors[0]
    with room.writing(viewer.actor) as writing:
        for name, query in (("à revoir", "lecture=lu-en-partie"), ("aide élevée", "aide-min=50000")):
            label = labels.named(writing, call.id, name)
            _bulk(writing, viewer, call, query, PutLabel(label.id, True))
            views.save(writing, viewer, call.id, name, read(query).filter, shared=True, opens=False)
        _bulk(writing, viewer, call, "departement=33", Mark(State.COMPLETE))
    for start in range(0, len(made), 1000):
        viewer = chance.choice(people.instructors)
        with room.writing(viewer.actor) as writing:
            for one in islice(made, start, start + 1000, 10):
                for statement in _statements(one, chance):
                    decisions.decide(writing, viewer, one.dossier_id, statement)


def _bulk(writing: Writing, viewer: Viewer, call: Call, query: str, change: Mark | PutLabel) -> None:
    chosen = read(query).filter
    shown = triage.count(writing, viewer, call.id, chosen)
    bulk.apply(writing, viewer, call.id, chosen, shown, change)


def _statements(one: Analysed, chance: Random) -> Iterator[Statement]:
    field, status = chance.choice(one.fields)
    machine: Json = {"status": status.value, "reason": REASON}
    yield Statement(Kind.FIELD, field, "present", "Vu dans l’annexe.", machine, one.analysis)
    for finding in one.findings[:1]:
        said: Json = {"message": finding.message}
        yield Statement(Kind.FINDING, finding_key(finding), Settlement.NOTED.value, "", said, one.analysis)
    suggested: Json = {"suggested": list(one.suggested), "declared": None}
    yield Statement(Kind.TYPE, "", ["services"], "", suggested, one.analysis)


def audit(room: Room, people: People, call: Call, seed: int) -> None:
    """A sample of sixty dossiers."""
    with room.writing(people.auditor.actor) as writing:
        audits.draw(writing, people.auditor, call.id, 60, Population.ALL, seed)
