"""What changes in place is held against the journal too: it gives people's words their sense."""

from datetime import date

import pytest

from store.database import Store
from store.doubts import Doubt
from store.keys import ROOM_BATCH
from store.people import accounts, calls, chairing, planning, presences, states
from store.people.planning import Plan
from store.people.presences import Attendance
from store.people.replay import Replay
from store.people.room import Room
from store.people.states import State
from store.people.viewers import Role
from store.records import Action, NewFile
from tests.databases import Tamper

CALL = "alpc-2016"
FIRST, SECOND = date(2016, 9, 28), date(2016, 9, 29)


@pytest.fixture(autouse=True)
def _worked(store: Store, room: Room) -> None:
    """A call set, closed and opened again; a jury whose second day has others; a dossier marked, entrusted, read."""
    dossier_id = store.deposit(CALL, ROOM_BATCH, "Lavoir", [NewFile("a.pdf", b"%PDF-1.7")]).id
    with room.writing("machine") as writing:
        instructor = accounts.add(writing, "ines", "Inès", Role.INSTRUCTOR, None).viewer
        jury = [accounts.add(writing, login, login.title(), Role.JUROR, None).viewer for login in ("ada", "bob", "eve")]
        gone = accounts.add(writing, "max", "Max", Role.INSTRUCTOR, None)
        accounts.set_role(writing, gone.id, Role.AUDITOR)
        accounts.set_active(writing, gone.id, False)
    with room.writing(instructor.actor) as writing:
        calls.open_call(writing, CALL, date(2016, 9, 6))
        calls.set_call(writing, CALL, deadline=None, quorum=2, retention_months=12, scale=("d", "c"), reply_days=20)
        calls.close_call(writing, CALL)
        calls.open_call(writing, CALL, None)
        for juror in jury:
            calls.seat(writing, CALL, juror.id, chair=juror is jury[0])
        calls.seat(writing, CALL, jury[0].id, chair=False)
        calls.assign(writing, jury[2].id, [dossier_id])
        calls.unassign(writing, jury[2].id, [dossier_id])
        states.entrust(writing, [dossier_id], instructor.id)
        states.mark(writing, [dossier_id], State.COMPLETE)
        plan = Plan("Jury", FIRST, jury[0].id, tuple(each.id for each in jury[:2]), (dossier_id,))
        session = planning.plan(writing, instructor, CALL, plan)
    with room.writing(jury[0].actor) as writing:
        chairing.start(writing, jury[0], session)
        later = Attendance(SECOND, jury[1].id, frozenset(each.id for each in jury[1:]))
        presences.change(writing, jury[0], session, later, 1)
        chairing.end(writing, jury[1], session)


def test_what_was_not_touched_is_sound(store: Store) -> None:
    assert store.verify().problems == ()


@pytest.mark.parametrize(
    ("statement", "doubt", "words"),
    [
        ('UPDATE room_calls SET scale = \'["c", "d"]\'', Doubt.STANDING_ALTERED, "échelle"),
        ("UPDATE room_calls SET quorum = 3", Doubt.STANDING_ALTERED, "nombre de jurés exigé"),
        ("UPDATE room_calls SET retention_months = NULL", Doubt.STANDING_ALTERED, "durée de conservation"),
        ("UPDATE room_calls SET deadline = '2016-09-07'", Doubt.STANDING_ALTERED, "date limite"),
        ("UPDATE room_calls SET reply_days = 15", Doubt.STANDING_ALTERED, "délai de réponse"),
        ("UPDATE room_calls SET state = 'closed'", Doubt.STANDING_ALTERED, "état"),
        ("UPDATE jurors SET chair = 1 WHERE person_id = 4", Doubt.STANDING_ALTERED, "présidence"),
        ("DELETE FROM jurors WHERE person_id = 4", Doubt.STANDING_MISSING, "Place au jury"),
        ("DELETE FROM assignments WHERE person_id = 3", Doubt.STANDING_MISSING, "dossier «\u00a0Lavoir\u00a0»"),
        ("UPDATE people SET role = 'administrator' WHERE id = 5", Doubt.STANDING_ALTERED, "Compte n°\u00a05 (Max)"),
        ("UPDATE people SET active = 1 WHERE id = 5", Doubt.STANDING_ALTERED, "ouvert ou fermé"),
        ("UPDATE dossier_states SET state = 'open'", Doubt.STANDING_ALTERED, "état"),
        ("UPDATE dossier_states SET reason = 'late'", Doubt.STANDING_ALTERED, "motif du « sans suite »"),
        ("UPDATE dossier_states SET assignee = 5", Doubt.STANDING_ALTERED, "suivi par"),
        ("UPDATE jury_sessions SET state = 'open'", Doubt.STANDING_ALTERED, "état"),
        ("UPDATE jury_sessions SET quorum = 9", Doubt.STANDING_ALTERED, "nombre de jurés exigé"),
        ("UPDATE jury_sessions SET chair = 2", Doubt.STANDING_ALTERED, "présidence"),
        ("UPDATE jury_sessions SET held_on = '2016-09-30'", Doubt.STANDING_ALTERED, "jour"),
        ("DELETE FROM session_jurors WHERE person_id = 4", Doubt.STANDING_MISSING, "Présence à une séance"),
        ("INSERT INTO session_jurors VALUES (1, 2)", Doubt.STANDING_UNTOLD, "Présence à une séance"),
    ],
)
def test_what_was_changed_past_the_journal_is_told(
    store: Store, tamper: Tamper, statement: str, doubt: Doubt, words: str
) -> None:
    tamper(statement)
    found = store.verify().problems
    assert [problem.doubt for problem in found] == [doubt]
    assert words in found[0].message


def test_what_earlier_versions_did_not_tell_is_not_held_against_them(store: Store, room: Room) -> None:
    """Their events named neither the seats of a session nor what a call was opened with."""
    replay = Replay()
    for event in store.journal(limit=1000):
        data = {name: value for name, value in event.data.items() if name not in ("seats", "scale", "reply")}
        if event.action is not Action.PRESENCE_SET:
            replay.note(event.subject, event.action.value, data)
    with room.reading() as reading:
        problems = list(replay.check(reading.connection))
    assert [problem.message.partition("\u00a0: ")[2] for problem in problems] == [
        "présidence – la base ne dit plus ce que dit le journal."
    ]
