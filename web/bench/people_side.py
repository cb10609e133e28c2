"""What people would have said of those dossiers: through the room's own functions, so that the journal holds it all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from random import Random

from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from store.journal import Writing
from store.people import (
    accounts,
    bulk,
    calls,
    conflicts,
    decisions,
    deliberations,
    labels,
    outcomes,
    passages,
    planning,
    scores,
    triage,
    views,
)
from store.people.bulk_changes import Mark, PutLabel
from store.people.conflicts import ConflictKind
from store.people.decisions import Kind, Settlement, Statement
from store.people.filters import read
from store.people.passages import Choice, Place
from store.people.planning import Plan
from store.people.room import Room
from store.people.scores import Shown, ShownPassage
from store.people.states import State
from store.people.viewers import Role, Viewer
from web.bench.machine_side import Analysed

_CALLS = ("alpc-2016", "aquitaine-2014", "hauts-de-france-2017")
_INSTRUCTORS = 12
_READERS = 4  # jurors of a dossier
_SESSIONS, _AGENDA, _ATTENDING = 6, 30, 8
_SCORED_BY = 10  # jurors declare on half of their dossiers, and score one of so many


@dataclass(frozen=True, slots=True)
class People:
    """Who is in the room of the measure."""

    administrator: Viewer
    instructors: tuple[Viewer, ...]
    jurors: tuple[Viewer, ...]
    auditor: Viewer


def people_in(room: Room, count: int) -> People:
    """Makes the accounts, without passwords: the measure opens their sessions itself. Three calls are opened."""
    with room.writing("bench") as writing:
        administrator = _account(writing, "bench-admin", Role.ADMINISTRATOR)
        auditor = _account(writing, "bench-audit", Role.AUDITOR)
        instructors = tuple(_account(writing, f"bench-i{each:02}", Role.INSTRUCTOR) for each in range(_INSTRUCTORS))
        jurors = tuple(_account(writing, f"bench-j{each:03}", Role.JUROR) for each in range(count))
        for call in _CALLS:
            calls.open_call(writing, call, load_call(call).deadline)
            for place, juror in enumerate(jurors):
                calls.seat(writing, call, juror.id, chair=place < _SESSIONS)
    return People(administrator, instructors, jurors, auditor)


def _account(writing: Writing, login: str, role: Role) -> Viewer:
    return accounts.add(writing, login, f"Personne {login}", role, None).viewer


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
                for statement in _statements(call, one, chance):
                    decisions.decide(writing, viewer, one.dossier_id, statement)


def _bulk(writing: Writing, viewer: Viewer, call: Call, query: str, change: Mark | PutLabel) -> None:
    chosen = read(query).filter
    shown = triage.count(writing, viewer, call.id, chosen)
    bulk.apply(writing, viewer, call.id, chosen, shown, change)


def _statements(call: Call, one: Analysed, chance: Random) -> Sequence[Statement]:
    field = chance.choice(call.fields).id
    return (
        Statement(Kind.FIELD, field, "present", "Vu dans l'annexe.", "absent", one.analysis),
        Statement(Kind.FINDING, "annexe-missing", Settlement.NOTED.value, "", None, one.analysis),
        Statement(Kind.TYPE, "", ["services"], "", None, one.analysis),
    )


def judge(room: Room, people: People, call: Call, ids: Sequence[str], made: Sequence[Analysed], chance: Random) -> None:
    """Each dossier is given to some jurors; they declare on half of theirs, and score one of ten of those."""
    theirs: dict[int, list[str]] = {juror.id: [] for juror in people.jurors}
    for dossier_id in ids:
        for juror in chance.sample(people.jurors, min(_READERS, len(people.jurors))):
            theirs[juror.id].append(dossier_id)
    known = {one.dossier_id: one for one in made}
    for juror in people.jurors:
        with room.writing("bench") as writing:
            calls.assign(writing, juror.id, theirs[juror.id])
        with room.writing(juror.actor) as writing:
            for place, dossier_id in enumerate(theirs[juror.id][::2]):
                conflict = ConflictKind.PROFESSIONAL if chance.random() < 0.02 else None
                conflicts.declare(writing, juror, dossier_id, conflict, "" if conflict is None else "Tirage.")
                if conflict is None and place % _SCORED_BY == 0 and dossier_id in known:
                    _score(writing, juror, call, known[dossier_id], chance)


def _score(writing: Writing, juror: Viewer, call: Call, one: Analysed, chance: Random) -> None:
    for passage in one.passages[:4]:
        place = Place(one.document, passage.span, passage.quote)
        passages.choose(writing, juror, one.dossier_id, passage.marker, place, Choice.KEPT)
    shown = Shown(one.analysis, one.document, tuple(ShownPassage(each.span, None) for each in one.passages[:4]))
    for marker in call.markers:
        given = chance.choice(marker.levels).value if marker.levels else None
        scores.submit(
            writing, juror, one.dossier_id, marker.id, value=given, comment="Tirage.", shown=shown, replaces=None
        )
    first = scores.mine(writing, juror, one.dossier_id)[call.markers[0].id]
    scores.submit(
        writing,
        juror,
        one.dossier_id,
        first.marker,
        value=first.value,
        comment="Relu.",
        shown=shown,
        replaces=first.id,
    )


def deliberate(room: Room, people: People, call: Call, ids: Sequence[str], chance: Random) -> None:
    """Sessions of thirty dossiers, those of the first half held: outcomes given, dossiers settled."""
    viewer = people.instructors[0]
    for number in range(_SESSIONS):
        chair = people.jurors[number]
        jury = (chair.id, *(juror.id for juror in people.jurors[_SESSIONS : _SESSIONS + _ATTENDING]))
        agenda = tuple(ids[number * _AGENDA : (number + 1) * _AGENDA])
        if not agenda:
            return
        with room.writing(viewer.actor) as writing:
            planned = Plan(f"Séance {number + 1}", date(2016, 12, 1 + number), chair.id, jury, agenda)
            session = planning.plan(writing, viewer, call.id, planned)
        if number >= _SESSIONS // 2:
            continue
        with room.writing(chair.actor) as writing:
            deliberations.start(writing, chair, session)
            for dossier_id in agenda:
                _hold(writing, chair, session, dossier_id, call, chance)


def _hold(writing: Writing, chair: Viewer, session: int, dossier_id: str, call: Call, chance: Random) -> None:
    if conflicts.declared(writing, chair, dossier_id) is None:
        conflicts.declare(writing, chair, dossier_id, None)
    if not _is_open(writing, chair, dossier_id):
        return
    outcome = chance.choice(outcomes.first_stage(call))
    outcomes.set_outcome(writing, chair, session, dossier_id, call, outcome, "Tirage.", None)
    deliberations.settle(writing, chair, session, dossier_id, settled=chance.random() < 0.8)


def _is_open(writing: Writing, viewer: Viewer, dossier_id: str) -> bool:
    """Whether a conflict does not keep it from this juror."""
    said = conflicts.declared(writing, viewer, dossier_id)
    return said is not None and said.kind is None
