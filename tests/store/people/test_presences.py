"""What a jury has deliberated keeps those who deliberated it, and their day; what it goes without is confirmed."""

from datetime import date

import pytest
from sqlalchemy import update

from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from store.database import Store
from store.keys import ROOM_BATCH
from store.people import (
    accounts,
    answers,
    calls,
    chairing,
    collective,
    conflicts,
    deliberations,
    outcomes,
    planning,
    presences,
    scores,
    second_stage,
)
from store.people.answers import AnswerKind
from store.people.deliberations import NotHeld
from store.people.outcomes import Confirmed, GridUnread, ReasonLacking, SynthesisLacking, TooFewJurors
from store.people.planning import InvalidPlan, Plan
from store.people.presences import Attendance
from store.people.room import Room
from store.people.scores import Shown
from store.people.second_stage import Stage
from store.people.tables.deliberations import jury_sessions
from store.people.viewers import Role, Viewer
from store.records import Action, NewFile

FIRST, SECOND = date(2016, 9, 28), date(2016, 9, 29)
NOTHING = Confirmed()
WHO = ("chair", "ada", "bob", "eve")


class Sitting:
    """A session of three of a jury of four, opened; its quorum is two."""

    def __init__(self, room: Room, store: Store, call: Call) -> None:
        self.room, self.call = room, call
        self.dossier_id = store.deposit(call.id, ROOM_BATCH, "Lavoir", [NewFile("a.pdf", b"%PDF-1.7")]).id
        with room.writing("machine") as writing:
            calls.open_call(writing, call.id, None)
            calls.set_call(writing, call.id, deadline=None, quorum=2, retention_months=None)
            self.who = {each: accounts.add(writing, each, each.capitalize(), Role.JUROR, None).viewer for each in WHO}
            for login, each in self.who.items():
                calls.seat(writing, call.id, each.id, chair=login == "chair")
            self.instructor = accounts.add(writing, "inst", "Ines", Role.INSTRUCTOR, None).viewer
        jurors = tuple(self.who[login].id for login in ("chair", "ada", "bob"))
        plan = Plan("Jury", FIRST, jurors[0], jurors, (self.dossier_id,))
        with room.writing(self.instructor.actor) as writing:
            self.id = planning.plan(writing, self.instructor, call.id, plan)
            calls.assign(writing, self.who["eve"].id, [self.dossier_id])
        for each in self.who.values():
            with room.writing(each.actor) as writing:
                conflicts.declare(writing, each, self.dossier_id, None)
        with room.writing(self.chair.actor) as writing:
            chairing.start(writing, self.chair, self.id)

    @property
    def chair(self) -> Viewer:
        return self.who["chair"]

    def answer(self, *logins: str) -> None:
        """They answer every marker."""
        for login in logins:
            with self.room.writing(self.who[login].actor) as writing:
                for marker in self.call.markers:
                    scores.submit(
                        writing, self.who[login], self.dossier_id, marker.id,
                        value=None, comment="", shown=Shown(None, None, ()), replaces=None,
                    )  # fmt: skip

    def hold(self, *markers: str, by: str = "chair") -> None:
        """The chair enters what the jury holds on these markers."""
        chair = self.who[by]
        with self.room.writing(chair.actor) as writing:
            held = collective.last_values(collective.values_of(writing, chair, self.dossier_id))
            for marker in markers:
                last = held.get((self.dossier_id, marker))
                collective.set_value(
                    writing, chair, self.id, self.dossier_id, marker,
                    value=None, comment="", replaces=last.id if last else None,
                )  # fmt: skip

    def read_grid(self, *items: str) -> None:
        """The chair enters what the jury answers on these items."""
        with self.room.writing(self.chair.actor) as writing:
            for item in items:
                collective.set_answer(
                    writing, self.chair, self.id, self.dossier_id, self.call, AnswerKind.GRID, item,
                    value="A", comment="", replaces=None,
                )  # fmt: skip

    def conclude(self, outcome: str, comment: str = "", confirmed: Confirmed = NOTHING) -> None:
        with self.room.writing(self.chair.actor) as writing:
            last = outcomes.last_of(outcomes.of_dossiers(writing, self.chair, self.dossier_id)).get(self.dossier_id)
            outcomes.set_outcome(
                writing, self.chair, self.id, self.dossier_id, self.call, outcome, comment,
                last.id if last else None, confirmed,
            )  # fmt: skip

    def change(self, day: date, *logins: str, chair: str = "chair", replaces: int | None = 1) -> None:
        present = frozenset(self.who[login].id for login in logins)
        with self.room.writing(self.instructor.actor) as writing:
            attendance = Attendance(day, self.who[chair].id, present)
            presences.change(writing, self.instructor, self.id, attendance, replaces)


@pytest.fixture
def sitting(room: Room, store: Store, call: Call) -> Sitting:
    return Sitting(room, store, call)


def test_what_was_held_keeps_who_held_it_and_their_day(sitting: Sitting, room: Room, store: Store) -> None:
    first, second, third = (marker.id for marker in sitting.call.markers[:3])
    sitting.answer("chair", "ada")
    sitting.hold(first)
    sitting.change(SECOND, "chair", "eve")
    with pytest.raises(TooFewJurors):  # Ada is no longer there, Eve has not answered
        sitting.hold(second)
    sitting.answer("eve")
    sitting.hold(second)
    sitting.change(SECOND, "eve", "bob", chair="eve", replaces=2)
    with pytest.raises(NotHeld):
        sitting.hold(third)
    with room.reading() as reading:
        values = collective.values_of(reading, sitting.instructor, sitting.dossier_id)
        kept = presences.of_sessions(reading, sitting.instructor, [sitting.id])
        ada = deliberations.find(reading, sitting.who["ada"], sitting.id)
        day = deliberations.require(reading, sitting.instructor, sitting.id).held_on
    told = {value.marker: kept.under(value) for value in values}
    numbers = {login: viewer.id for login, viewer in sitting.who.items()}
    there = {numbers[login] for login in ("chair", "ada", "bob")}
    assert told[first].attendance == Attendance(FIRST, numbers["chair"], frozenset(there))
    assert told[second].attendance == Attendance(
        SECOND, numbers["chair"], frozenset({numbers["chair"], numbers["eve"]})
    )
    assert told[second].absent == {numbers["ada"], numbers["bob"]}
    assert [each.id for each in kept.sat(sitting.id, values)] == [1, 2, 3]
    assert [each.id for each in kept.sat(sitting.id, values[:1])] == [1, 3]  # the second is put right the same day
    assert ada is not None  # who sat on the first day signs its minutes
    assert day == FIRST
    assert not store.verify().problems


def test_a_presence_is_changed_by_nobody_unseen_nor_with_whom_the_jury_does_not_know(sitting: Sitting) -> None:
    with pytest.raises(NotHeld):
        sitting.change(SECOND, "chair", "eve", replaces=None)
    with pytest.raises(InvalidPlan):
        sitting.change(SECOND, "ada", "eve")
    outsider = Attendance(SECOND, 1, frozenset({1, sitting.instructor.id}))
    with pytest.raises(InvalidPlan), sitting.room.writing("person:1") as writing:
        presences.change(writing, sitting.instructor, sitting.id, outsider, 1)
    with sitting.room.writing(sitting.chair.actor) as writing:
        chairing.end(writing, sitting.chair, sitting.id)
    with pytest.raises(NotHeld):
        sitting.change(SECOND, "chair", "eve")


def test_changes_are_told_before_and_after(sitting: Sitting, store: Store) -> None:
    sitting.change(SECOND, "chair", "eve")
    numbers = {login: str(viewer.id) for login, viewer in sitting.who.items()}
    opened, changed = store.journal(f"session:{sitting.id}", Action.PRESENCE_SET)
    assert opened.data["present"] == tuple(numbers[login] for login in ("chair", "ada", "bob"))
    assert (changed.data["day_before"], changed.data["day"]) == (FIRST.isoformat(), SECOND.isoformat())
    assert changed.data["present_before"] == opened.data["present"]
    assert changed.data["present"] == (numbers["chair"], numbers["eve"])
    assert changed.data["absent"] == (numbers["ada"], numbers["bob"])
    (event,) = store.journal(f"session:{sitting.id}", Action.SESSION_OPENED)
    assert event.data["presence"] == opened.data["row"]


def test_a_session_of_an_earlier_version_keeps_its_one_list_then_each_change(room: Room, sitting: Sitting) -> None:
    jurors = tuple(sitting.who[login].id for login in ("chair", "ada"))
    with room.writing(sitting.instructor.actor) as writing:
        plan = Plan("Avant", FIRST, jurors[0], jurors, (sitting.dossier_id,))
        earlier = planning.plan(writing, sitting.instructor, sitting.call.id, plan)
        here = jury_sessions.c.id == earlier
        opened = {"state": "open", "opened_at": "2016-09-28T08:00:00.000000Z"}
        writing.connection.execute(update(jury_sessions).where(here).values(opened))
    with room.reading() as reading:
        (kept,) = presences.of_sessions(reading, sitting.instructor, [earlier]).of_session[earlier]
    assert (kept.id, kept.attendance) == (None, Attendance(FIRST, jurors[0], frozenset(jurors)))
    later = Attendance(SECOND, jurors[1], frozenset(jurors))
    with room.writing(sitting.instructor.actor) as writing:
        presences.change(writing, sitting.instructor, earlier, later, None)
    with room.reading() as reading:
        told = presences.of_sessions(reading, sitting.instructor, [earlier]).of_session[earlier]
    assert [each.attendance for each in told] == [kept.attendance, later]


def test_a_plan_that_is_amended_says_what_it_changes(sitting: Sitting, room: Room, store: Store) -> None:
    other = store.deposit(sitting.call.id, ROOM_BATCH, "Moulin", [NewFile("a.pdf", b"%PDF-1.7")]).id
    jurors = tuple(sitting.who[login].id for login in ("chair", "ada", "bob"))
    plan = Plan("Jury", FIRST, jurors[0], jurors, (sitting.dossier_id, other))
    with room.writing(sitting.instructor.actor) as writing:
        planning.amend(writing, sitting.instructor, sitting.id, plan)
    (event,) = store.journal(f"session:{sitting.id}", Action.SESSION_CHANGED)
    assert dict(event.data) == {"brought": (other,), "withdrawn": ()}
    later = Plan("Jury", SECOND, jurors[0], jurors, (sitting.dossier_id, other))
    with pytest.raises(NotHeld), room.writing(sitting.instructor.actor) as writing:
        planning.amend(writing, sitting.instructor, sitting.id, later)


def test_a_second_stage_is_concluded_on_grids_or_says_why_not(sitting: Sitting, room: Room) -> None:
    sitting.answer("chair", "ada")
    sitting.hold(*(marker.id for marker in sitting.call.markers))
    sitting.conclude("retenu")
    for comment in ("", "Urgent."):
        with pytest.raises(GridUnread):
            sitting.conclude("retenu-finance", comment, NOTHING)
    with pytest.raises(ReasonLacking):
        sitting.conclude("retenu-finance", " ", Confirmed(grid=True))
    sitting.conclude("retenu-finance", "Urgent.", Confirmed(grid=True))
    assert _last(sitting).grid_unread


def test_a_second_stage_is_concluded_once_grids_are_submitted(sitting: Sitting, room: Room) -> None:
    sitting.answer("chair", "ada")
    sitting.hold(*(marker.id for marker in sitting.call.markers))
    sitting.conclude("retenu")
    for login in ("chair", "ada"):
        with room.writing(sitting.who[login].actor) as writing:
            answers.submit(
                writing, sitting.who[login], sitting.dossier_id, sitting.call, AnswerKind.GRID, "leadership",
                value="A", comment="", replaces=None,
            )  # fmt: skip
    assert sitting.call.grid is not None
    items = [item.id for group in sitting.call.grid.groups for item in group.items]
    sitting.read_grid("leadership")
    with room.reading() as reading:
        (held,) = collective.answers_of(reading, sitting.chair, AnswerKind.GRID, sitting.dossier_id)
    assert (held.jurors, held.quorum, held.presence) == (2, 2, 1)
    with pytest.raises(GridUnread, match=f"sans réponse du jury.: {len(items) - 1}"):
        sitting.conclude("retenu-finance")
    sitting.read_grid(*(item for item in items if item != "leadership"))
    sitting.conclude("retenu-finance")
    assert (_last(sitting).jurors, _last(sitting).lacking, _last(sitting).grid_unread) == (2, 0, False)
    with room.reading() as reading:
        assert second_stage.stage_of(reading, sitting.chair, sitting.call, sitting.dossier_id) is Stage.SHUT


def test_an_outcome_without_synthesis_is_confirmed(room: Room, store: Store) -> None:
    sitting = Sitting(room, store, load_call("hauts-de-france-2017"))
    sitting.answer("chair", "ada")
    sitting.hold(*(marker.id for marker in sitting.call.markers))
    with pytest.raises(SynthesisLacking):
        sitting.conclude("retenu")
    sitting.conclude("retenu", confirmed=Confirmed(synthesis=True))
    assert _last(sitting).lacking == len(sitting.call.synthesis_items)


def _last(sitting: Sitting) -> outcomes.Outcome:
    with sitting.room.reading() as reading:
        return outcomes.of_dossiers(reading, sitting.chair, sitting.dossier_id)[-1]
