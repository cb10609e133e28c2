"""Who is in the room of the measure, and what instructors and auditors did: through the room's own functions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from secrets import token_urlsafe

from pipeline.analysis import Fact, Finding, SectionStatus
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
_AT_ONCE = 500  # dossiers of a transaction
_DECISIONS = 9  # on each dossier
_REVISED = 10  # one dossier of so many is decided again on something
_AGREED = 0.8  # of decisions say what the machine says
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
    """Labels, states, shared views, and decisions on all that was read, as at the end of a season."""
    viewer = people.instructors[0]
    with room.writing(viewer.actor) as writing:
        for name, query in (("à revoir", "lecture=lu-en-partie"), ("aide élevée", "aide-min=50000")):
            label = labels.named(writing, call.id, name)
            _bulk(writing, viewer, call, query, PutLabel(label.id, True))
            views.save(writing, viewer, call.id, name, read(query).filter, shared=True, opens=False)
        _bulk(writing, viewer, call, "departement=33", Mark(State.COMPLETE))
    for start in range(0, len(made), _AT_ONCE):
        viewer = chance.choice(people.instructors)
        with room.writing(viewer.actor) as writing:
            for place, one in enumerate(made[start : start + _AT_ONCE]):
                for statement in _statements(one, chance):
                    decisions.decide(writing, viewer, one.dossier_id, statement)
                if place % _REVISED == 0:
                    _think_again(writing, viewer, one, chance)


def _bulk(writing: Writing, viewer: Viewer, call: Call, query: str, change: Mark | PutLabel) -> None:
    chosen = read(query).filter
    shown = triage.count(writing, viewer, call.id, chosen)
    bulk.apply(writing, viewer, call.id, chosen, shown, change)


def _statements(one: Analysed, chance: Random) -> Iterator[Statement]:
    """As many on each dossier: its type, a fact, findings where it has some, fields."""
    said = [_on_type(one, chance), *(_on_fact(fact, one) for fact in one.facts[:1])]
    said += [_on_finding(finding, one, chance) for finding in one.findings[:2]]
    fields = chance.sample(one.fields, min(len(one.fields), _DECISIONS - len(said)))
    yield from said
    for field, status in fields:
        yield _on_field(field, status, one, chance)


def _on_type(one: Analysed, chance: Random) -> Statement:
    machine: Json = {"suggested": list(one.suggested), "declared": None}
    value = list(one.suggested) if chance.random() < _AGREED else ["services"]
    return Statement(Kind.TYPE, "", value, "", machine, one.analysis)


def _on_fact(fact: Fact, one: Analysed) -> Statement:
    return Statement(Kind.FACT, fact.name, str(fact.value), "", {"value": str(fact.value)}, one.analysis)


def _on_finding(finding: Finding, one: Analysed, chance: Random) -> Statement:
    said = chance.choice(list(Settlement)).value
    return Statement(Kind.FINDING, finding_key(finding), said, "", {"message": finding.message}, one.analysis)


def _on_field(field: str, status: SectionStatus, one: Analysed, chance: Random) -> Statement:
    value = status.value if chance.random() < _AGREED else "present"
    machine: Json = {"status": status.value, "reason": REASON}
    return Statement(Kind.FIELD, field, value, "Vu dans l’annexe.", machine, one.analysis)


def _think_again(writing: Writing, viewer: Viewer, one: Analysed, chance: Random) -> None:
    """Another word on the last thing decided, or none any more; and a note of it."""
    last = decisions.of_dossier(writing, viewer, one.dossier_id)[-1]
    value = chance.choice(("thin", None))
    again = replace(last.said, value=value, note="Relu à deux.", replaces=last.id)
    decisions.decide(writing, viewer, one.dossier_id, again)
    decisions.decide(writing, viewer, one.dossier_id, Statement(Kind.NOTE, "", None, "Relu à deux."))


def audit(room: Room, people: People, call: Call, seed: int) -> None:
    """A sample of sixty dossiers."""
    with room.writing(people.auditor.actor) as writing:
        audits.draw(writing, people.auditor, call.id, 60, Population.ALL, seed)
