"""What jurors said stays as it was once the jury has deliberated; the second stage has its own deliberation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pytest

from pipeline.calls.model import Call
from store.people import (
    accounts,
    answers,
    calls,
    chairing,
    collective,
    conflicts,
    deliberations,
    jurors_desk,
    outcomes,
    planning,
    revising,
    scores,
    second_stage,
)
from store.people.answers import AnswerKind
from store.people.jurors_desk import DeskFilter
from store.people.outcomes import Confirmed
from store.people.planning import Plan
from store.people.revising import Settled
from store.people.room import Room
from store.people.scores import Shown
from store.people.second_stage import Stage
from store.people.viewers import Role, Viewer


@dataclass(frozen=True, slots=True)
class Jury:
    """A jury of three, the first of whom chairs, and what they do; all on one dossier."""

    room: Room
    call: Call
    instructor: Viewer
    jurors: Sequence[Viewer]
    dossier_id: str

    @property
    def chair(self) -> Viewer:
        return self.jurors[0]

    def plan(self) -> int:
        ids = tuple(each.id for each in self.jurors)
        planned = Plan("Jury", date(2016, 9, 28), ids[0], ids, (self.dossier_id,))
        with self.room.writing(self.instructor.actor) as writing:
            return planning.plan(writing, self.instructor, self.call.id, planned)

    def open(self, session: int) -> None:
        with self.room.writing(self.chair.actor) as writing:
            chairing.start(writing, self.chair, session)

    def close(self, session: int) -> None:
        with self.room.writing(self.chair.actor) as writing:
            chairing.end(writing, self.chair, session)

    def answer(self, value: str = "Fort") -> None:
        """Every juror answers every marker, again where they had."""
        for juror in self.jurors:
            with self.room.writing(juror.actor) as writing:
                own = scores.mine(writing, juror, self.dossier_id)
                for marker in self.call.markers:
                    before = own.get(marker.id)
                    scores.submit(
                        writing, juror, self.dossier_id, marker.id, value=value, comment="",
                        shown=Shown(None, None, ()), replaces=before.id if before else None,
                    )  # fmt: skip

    def hold(self, session: int, outcome: str) -> None:
        """A value on each marker that has none, then the outcome."""
        chair, here = self.chair, (session, self.dossier_id)
        with self.room.writing(chair.actor) as writing:
            held = collective.last_values(collective.values_of(writing, chair, self.dossier_id))
            for marker in self.call.markers:
                if (self.dossier_id, marker.id) not in held:
                    collective.set_value(writing, chair, *here, marker.id, value=None, comment="", replaces=None)
            last = outcomes.last_of(outcomes.of_dossiers(writing, chair, self.dossier_id)).get(self.dossier_id)
            outcomes.set_outcome(
                writing, chair, *here, self.call, outcome, "Connu du jury.", last.id if last else None,
                Confirmed(grid=True),
            )  # fmt: skip

    def fill(self) -> None:
        """Every juror answers an item of the grid."""
        for juror in self.jurors:
            with self.room.writing(juror.actor) as writing:
                own = answers.mine(writing, juror, self.dossier_id, AnswerKind.GRID).get("leadership")
                answers.submit(
                    writing, juror, self.dossier_id, self.call, AnswerKind.GRID, "leadership",
                    value="A", comment="", replaces=own.id if own else None,
                )  # fmt: skip

    def settled(self) -> bool:
        """As the gate and the desk tell it."""
        with self.room.reading() as reading:
            asked = DeskFilter(self.call.id, len(self.call.markers))
            line = jurors_desk.line(reading, self.jurors[1], asked, self.dossier_id)
            settled = revising.is_settled(reading, self.dossier_id)
        assert line is not None
        assert line.settled == settled
        return settled

    def stage(self) -> Stage:
        with self.room.reading() as reading:
            return second_stage.stage_of(reading, self.jurors[1], self.call, self.dossier_id)


@pytest.fixture
def jury(room: Room, call: Call, dossier_id: str) -> Jury:
    with room.writing("machine") as writing:
        calls.open_call(writing, call.id, None)
        made = [accounts.add(writing, login, login, Role.JUROR, None).viewer for login in ("chair", "ada", "bob")]
        for each in made:
            calls.seat(writing, call.id, each.id, chair=each is made[0])
        calls.assign(writing, made[0].id, [dossier_id])
        instructor = accounts.add(writing, "inst", "Ines", Role.INSTRUCTOR, None).viewer
    jury = Jury(room, call, instructor, made, dossier_id)
    session = jury.plan()
    assert session == 1
    for each in made:
        with room.writing(each.actor) as writing:
            conflicts.declare(writing, each, dossier_id, None)
    jury.answer()
    jury.open(session)
    return jury


def test_answers_are_frozen_once_the_session_is_closed(jury: Jury) -> None:
    jury.answer("Faible")
    assert not jury.settled()
    jury.close(1)
    assert jury.settled()
    with pytest.raises(Settled):
        jury.answer("Fort")


def test_a_dossier_without_outcome_is_read_again_when_another_session_is_to_come(jury: Jury) -> None:
    with jury.room.writing(jury.chair.actor) as writing:
        chairing.settle(writing, jury.chair, 1, jury.dossier_id, settled=True)
    jury.close(1)
    second = jury.plan()
    assert not jury.settled()
    jury.answer("Faible")
    jury.open(second)
    jury.hold(second, "retenu")
    jury.close(second)
    assert jury.settled()


def test_an_outcome_held_in_a_closed_session_ends_the_first_reading_for_good(jury: Jury) -> None:
    jury.hold(1, "retenu")
    jury.close(1)
    jury.plan()
    assert jury.settled()


def test_a_closed_session_stays_as_it_was(jury: Jury) -> None:
    jury.close(1)
    second = jury.plan()
    jury.answer("Faible")
    jury.open(second)
    jury.hold(second, "retenu")
    viewer = jury.instructor
    with jury.room.reading() as reading:
        session = deliberations.require(reading, viewer, 1)
        (then,) = deliberations.agenda(reading, viewer, 1)
        (now,) = deliberations.agenda(reading, viewer, second)
        said = session.shown(scores.history(reading, viewer, jury.dossier_id))
        held = session.shown(collective.values_of(reading, viewer, jury.dossier_id))
    assert (then.values, then.outcome) == (0, None)
    assert (now.values, now.outcome) == (len(jury.call.markers), "retenu")
    assert {score.value for score in said} == {"Fort"}
    assert held == ()


def test_the_grid_stays_open_until_its_own_deliberation(jury: Jury) -> None:
    assert jury.stage() is Stage.NONE
    with pytest.raises(Settled):
        jury.fill()
    jury.hold(1, "retenu")
    jury.close(1)
    assert jury.stage() is Stage.OPEN
    jury.fill()
    second = jury.plan()
    jury.open(second)
    jury.fill()
    jury.close(second)
    assert jury.stage() is Stage.SHUT
    with pytest.raises(Settled):
        jury.fill()


def test_the_grid_is_shut_by_what_makes_the_outcome_more_precise(jury: Jury) -> None:
    jury.hold(1, "retenu")
    jury.fill()
    jury.hold(1, "retenu-finance")
    assert jury.stage() is Stage.SHUT
