"""Who walks the room of the measure: people of all roles, logged in, each with the pages that are theirs."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.calls.model import Call
from store.people import (
    accounts,
    audits,
    deliberations,
    deposits,
    differences,
    dossiers,
    jurors_desk,
    logins,
    triage,
)
from store.people.deliberations import SessionState
from store.people.facets import facets
from store.people.filters import NONE, Dimension, Filter, read
from store.people.jurors_desk import DeskFilter, ReadingState
from store.people.room import Reading, Room
from store.people.second_stage import Stage, stage_of
from store.people.viewers import Role, Viewer
from web import policies
from web.bench.pages import EXPORTS, PAGES
from web.views.audit import count_of

_SHARES = {Role.ADMINISTRATOR: 1, Role.AUDITOR: 2, Role.INSTRUCTOR: 7}  # of thirty; the others are jurors
_OPENED = 9  # dossiers in turn, the first ones: they have files, and are analysed
_ON_DESK = 500  # no juror has more dossiers
_FURTHEST_FIRST = (ReadingState.DONE, ReadingState.BEGUN, ReadingState.TO_READ)
_TO_ANSWER = 20  # dossiers on which a juror answers, one after the other


@dataclass(frozen=True, slots=True)
class Step:
    """A page by its French name, and its address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Walker:
    """Someone logged in: the cookie of their session, and the pages that they ask for in turn.

    `department` is that of which an instructor gives all dossiers to a juror, `decides_on` the dossier in it that they
    decide on, `answers_on` those that a juror has yet to answer on; empty for the others.
    """

    token: str
    role: Role
    steps: tuple[Step, ...]
    exports: tuple[Step, ...]
    call: str
    department: str
    decides_on: str
    answers_on: tuple[str, ...]


def walkers(room: Room, call: Call, count: int) -> tuple[Walker, ...]:
    """So many people of all roles, logged in, each with dossiers of their own."""
    with room.reading() as reading:
        people = {role: accounts.every(reading, role) for role in Role}
    wanted = [person for role, share in _SHARES.items() for person in people[role][: max(1, count * share // 30)]]
    # The first jurors chair a session or attend some: they have more to show.
    wanted += people[Role.JUROR][: count - len(wanted)]
    made = []
    for place, person in enumerate(wanted):
        with room.writing(person.viewer.actor) as writing:
            token = logins.open_login(writing, person)
        with room.reading() as reading:
            made.append(_walker(reading, token, person.viewer, call, place))
    return tuple(made)


def _walker(reading: Reading, token: str, viewer: Viewer, call: Call, place: int) -> Walker:
    known = {"call": call.id, "person": str(viewer.id)} | _in_sessions(reading, viewer, call, place)
    answers_on: tuple[str, ...] = ()
    if policies.may_judge(viewer):
        known |= _on_desk(reading, viewer, call)
        answers_on = _desk(reading, viewer, call, ReadingState.TO_READ, _TO_ANSWER)
    if policies.may_see_triage(viewer):
        known |= _in_table(reading, viewer, call, place)
    if policies.may_audit(viewer):
        known |= _audited(reading, viewer, call)
    department, decides_on = _instructs_in(reading, viewer, call, place) if policies.may_instruct(viewer) else ("", "")
    return Walker(
        token=token,
        role=viewer.role,
        steps=_steps(PAGES[viewer.role], known),
        exports=_steps(EXPORTS.get(viewer.role, ()), known),
        call=call.id,
        department=department,
        decides_on=decides_on,
        answers_on=answers_on,
    )


def _steps(pages: tuple[tuple[str, str], ...], known: Mapping[str, str]) -> tuple[Step, ...]:
    """The pages of which this person has all that their addresses name."""
    found = ((name, address) for name, address in pages if all(known[key] for key in known if f"{{{key}}}" in address))
    return tuple(Step(name, address.format(**known)) for name, address in found)


def _in_sessions(reading: Reading, viewer: Viewer, call: Call, place: int) -> dict[str, str]:
    """A session that is open, one of its dossiers, and one that is in its second stage; empty where there is none."""
    places = dict.fromkeys(("session", "brought", "second"), "")
    sessions = deliberations.every(reading, viewer) if policies.may_see_sessions(viewer) else ()
    held = [line.session.id for line in sessions if line.session.state is SessionState.OPEN]
    if held:
        agenda = deliberations.agenda(reading, viewer, held[0])
        ids = [item.dossier_id for item in agenda if dossiers.opens(reading, viewer, item.dossier_id)]
        second = (each for each in ids if stage_of(reading, viewer, call, each) is Stage.OPEN)
        brought = ids[place % len(ids)] if ids else ""
        places |= {"session": str(held[0]), "brought": brought, "second": next(second, "")}
    return places


def _on_desk(reading: Reading, viewer: Viewer, call: Call) -> dict[str, str]:
    undeclared = _desk(reading, viewer, call, ReadingState.TO_DECLARE, 1)
    # The most there is to show of one's own reading.
    read = (_desk(reading, viewer, call, state, 1) for state in _FURTHEST_FIRST)
    return {"undeclared": "".join(undeclared), "mine": "".join(next(filter(None, read), ()))}


def _desk(reading: Reading, viewer: Viewer, call: Call, state: ReadingState, most: int) -> tuple[str, ...]:
    lines = jurors_desk.lines(reading, viewer, DeskFilter(call.id, len(call.markers), "", state), 0, _ON_DESK)
    return tuple(line.dossier_id for line in lines if not line.settled)[:most]


def _in_table(reading: Reading, viewer: Viewer, call: Call, place: int) -> dict[str, str]:
    ids = triage.ids(reading, viewer, call.id, Filter())
    drops = deposits.of_call(reading, viewer, call.id, limit=1)
    return {
        "last": str(1 + (len(ids) - 1) // triage.PAGE),
        "dossier": ids[place % _OPENED],
        "intake": "".join(str(drop.id) for drop in drops),
    }


def _instructs_in(reading: Reading, viewer: Viewer, call: Call, place: int) -> tuple[str, str]:
    """A department that no other instructor of the walk acts on, as far as there are, and its first dossier."""
    counted = facets(reading, viewer, call.id, Filter()).of(Dimension.DEPARTMENT)
    codes = sorted(counted.keys() - {NONE})
    code = codes[place % len(codes)]
    return code, triage.ids(reading, viewer, call.id, read(f"departement={code}").filter)[0]


def _audited(reading: Reading, viewer: Viewer, call: Call) -> dict[str, str]:
    found = differences.of_call(reading, viewer, call.id)[:1]
    samples = audits.every(reading, viewer, call.id)[:1]
    return {
        "difference": "".join(count_of(call.id, each).href.partition("?")[2] for each in found),
        "sample": "".join(str(sample.id) for sample in samples),
    }
