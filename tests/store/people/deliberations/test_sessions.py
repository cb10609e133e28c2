"""Who sees a session, what the chair may enter in it and when, what is told."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.calls.model import Call
from store.database import Store
from store.journal import Writing
from store.people import calls, chairing, collective, conflicts, deliberations, planning, scores
from store.people.accounts import Person
from store.people.answers import AnswerKind
from store.people.conflicts import ConflictKind
from store.people.deliberations import NotHeld, SessionState
from store.people.outcomes import TooFewJurors
from store.people.planning import InvalidPlan, Plan
from store.people.revising import Overtaken, Settled
from store.people.room import Room
from store.people.viewers import Viewer
from store.problems import NotInStore
from store.records import Action
from tests.store.people.deliberations.conftest import Answer


def test_a_session_is_planned_and_its_jurors_are_given_the_dossiers(
    room: Room, people: dict[str, Person], session_id: int, brought: tuple[str, str]
) -> None:
    with room.reading() as reading:
        (line,) = deliberations.every(reading, people["ada"].viewer)
        seen = deliberations.agenda(reading, people["ada"].viewer, session_id)
        there = deliberations.attending(reading, session_id)
    assert (line.session.state, line.dossiers, line.settled) == (SessionState.PLANNED, 2, 0)
    assert [item.dossier_id for item in seen] == list(brought)
    assert list(there.values()) == ["Ada", "Bob", "Chair", "Eve"]


@pytest.mark.parametrize(
    "wrong",
    [{"title": "  "}, {"jurors": (1, 2)}, {"dossiers": ()}, {"dossiers": ("0" * 64,)}, {"chair": 99, "jurors": (99,)}],
)
def test_a_plan_that_cannot_be_is_refused(
    room: Room, people: dict[str, Person], call: Call, plan: Plan, wrong: dict[str, object]
) -> None:
    if "jurors" in wrong and "chair" not in wrong:
        wrong = {"jurors": plan.jurors[1:]}
    changed = replace(plan, **wrong)  # type: ignore[arg-type]
    with pytest.raises(InvalidPlan), room.writing("person:1") as writing:
        planning.plan(writing, people["inst"].viewer, call.id, changed)


def test_who_does_not_attend_sees_no_session(
    room: Room, people: dict[str, Person], plan: Plan, session_id: int, answer: Answer
) -> None:
    without = replace(plan, jurors=tuple(each for each in plan.jurors if each != people["eve"].id))
    with room.writing("person:1") as writing:
        planning.amend(writing, people["inst"].viewer, session_id, without)
    with room.writing("person:1") as writing:
        chairing.start(writing, people["chair"].viewer, session_id)
    answer("ada", plan.dossiers[0], "rupture", "Fort")
    with room.reading() as reading:
        eve = people["eve"].viewer
        assert deliberations.every(reading, eve) == ()
        assert deliberations.agenda(reading, eve, session_id) == ()
        assert scores.of_dossier(reading, eve, plan.dossiers[0]) == ()


def test_a_dossier_in_conflict_is_not_on_the_agenda_of_who_withdraws(
    room: Room, people: dict[str, Person], session_id: int, brought: tuple[str, str]
) -> None:
    bob = people["bob"]
    with room.writing(bob.viewer.actor) as writing:
        conflicts.declare(writing, bob.viewer, brought[0], ConflictKind.FAMILY)
    with room.reading() as reading:
        assert [item.dossier_id for item in deliberations.agenda(reading, bob.viewer, session_id)] == [brought[1]]
        assert deliberations.every(reading, bob.viewer)[0].dossiers == 1
        withdrawn = deliberations.withdrawn(reading, people["chair"].viewer, session_id)
        assert withdrawn == {brought[0]: frozenset({bob.id})}
        assert deliberations.withdrawn(reading, bob.viewer, session_id) == {}


def test_answers_are_laid_before_the_jury_when_its_session_opens_and_not_when_it_is_planned(
    room: Room, people: dict[str, Person], session_id: int, brought: tuple[str, str], answer: Answer
) -> None:
    answer("ada", brought[0], "rupture", "Fort")
    chair, others = people["chair"].viewer, [people[login].viewer for login in ("bob", "inst")]
    with room.reading() as reading:
        assert [scores.of_dossier(reading, each, brought[0]) for each in others] == [(), ()]
    with room.writing(chair.actor) as writing:
        chairing.start(writing, chair, session_id)
    with room.reading() as reading:
        assert [len(scores.of_dossier(reading, each, brought[0])) for each in others] == [1, 1]


def test_no_collective_value_before_enough_jurors_have_answered(
    room: Room, people: dict[str, Person], opened: int, brought: tuple[str, str], answer: Answer
) -> None:
    chair, dossier_id = people["chair"].viewer, brought[0]
    answer("ada", dossier_id, "rupture", "Fort")
    answer("chair", dossier_id, "rupture", "Faible")
    with pytest.raises(TooFewJurors), room.writing(chair.actor) as writing:
        _hold(writing, chair, opened, dossier_id)
    answer("bob", dossier_id, "rupture", None)
    with room.writing(chair.actor) as writing:
        _hold(writing, chair, opened, dossier_id)
    with room.reading() as reading:
        (value,) = collective.values_of(reading, people["inst"].viewer, dossier_id)
        assert (value.value, value.jurors, value.replaces) == ("Intermédiaire", 3, None)
        assert deliberations.agenda(reading, chair, opened)[0].values == 1


def test_the_answer_of_who_withdrew_does_not_count(
    room: Room, people: dict[str, Person], opened: int, brought: tuple[str, str], answer: Answer
) -> None:
    chair, dossier_id = people["chair"].viewer, brought[0]
    for login in ("ada", "bob", "eve"):
        answer(login, dossier_id, "rupture", "Fort")
    eve = people["eve"].viewer
    with room.writing(eve.actor) as writing:
        conflicts.declare(writing, eve, dossier_id, ConflictKind.FINANCIAL)
    with pytest.raises(TooFewJurors), room.writing(chair.actor) as writing:
        _hold(writing, chair, opened, dossier_id)


def test_only_the_chair_of_an_open_session_enters_anything(
    room: Room, people: dict[str, Person], session_id: int, brought: tuple[str, str], answer: Answer
) -> None:
    chair, dossier_id = people["chair"].viewer, brought[0]
    for login in ("ada", "bob", "eve", "chair"):
        answer(login, dossier_id, "rupture", "Fort")
    with pytest.raises(NotHeld), room.writing(chair.actor) as writing:
        _hold(writing, chair, session_id, dossier_id)
    ada = people["ada"].viewer
    with pytest.raises(NotHeld), room.writing(ada.actor) as writing:
        chairing.start(writing, ada, session_id)
    with room.writing(chair.actor) as writing:
        chairing.start(writing, chair, session_id)
        _hold(writing, chair, session_id, dossier_id)
    with pytest.raises(NotHeld), room.writing(ada.actor) as writing:
        _hold(writing, ada, session_id, dossier_id)
    with room.writing(chair.actor) as writing:
        chairing.end(writing, chair, session_id)
    with pytest.raises(NotHeld), room.writing(chair.actor) as writing:
        chairing.settle(writing, chair, session_id, dossier_id, settled=True)


def test_versions_stay_and_none_is_written_over_unseen(
    room: Room, people: dict[str, Person], opened: int, brought: tuple[str, str], answer: Answer
) -> None:
    chair, dossier_id = people["chair"].viewer, brought[0]
    for login in ("ada", "bob", "eve"):
        answer(login, dossier_id, "rupture", "Fort")
    with room.writing(chair.actor) as writing:
        _hold(writing, chair, opened, dossier_id)
    with pytest.raises(Overtaken), room.writing(chair.actor) as writing:
        _hold(writing, chair, opened, dossier_id)
    with room.writing(chair.actor) as writing:
        first = collective.values_of(writing, chair, dossier_id)[0]
        _hold(writing, chair, opened, dossier_id, value=None, replaces=first.id)
    with room.reading() as reading:
        values = collective.values_of(reading, chair, dossier_id)
        assert [value.value for value in values] == ["Intermédiaire", None]
        assert collective.last_values(values)[dossier_id, "rupture"].replaces == first.id


def test_a_settled_dossier_is_taken_up_again_until_the_session_is_closed(
    room: Room, people: dict[str, Person], opened: int, brought: tuple[str, str], answer: Answer, call: Call
) -> None:
    chair, dossier_id = people["chair"].viewer, brought[0]
    for login in ("ada", "bob", "eve"):
        answer(login, dossier_id, "rupture", "Fort")
    with room.writing(chair.actor) as writing:
        chairing.settle(writing, chair, opened, dossier_id, settled=True)
    late_words: tuple[Callable[[Writing], None], ...] = (
        lambda writing: _hold(writing, chair, opened, dossier_id),
        lambda writing: collective.set_answer(
            writing,
            chair,
            opened,
            dossier_id,
            call,
            AnswerKind.SYNTHESIS,
            "avis",
            value=None,
            comment="",
            replaces=None,
        ),
    )
    for late in late_words:
        with pytest.raises(Settled), room.writing(chair.actor) as writing:
            late(writing)
    with pytest.raises(Settled):
        answer("chair", dossier_id, "rupture", "Faible")
    with room.writing(chair.actor) as writing:
        chairing.settle(writing, chair, opened, dossier_id, settled=False)
        _hold(writing, chair, opened, dossier_id)


def test_the_journal_tells_and_seals_without_any_value(
    room: Room, store: Store, people: dict[str, Person], opened: int, brought: tuple[str, str], answer: Answer
) -> None:
    chair, dossier_id = people["chair"].viewer, brought[0]
    for login in ("ada", "bob", "eve"):
        answer(login, dossier_id, "rupture", "Fort")
    with room.writing(chair.actor) as writing:
        _hold(writing, chair, opened, dossier_id)
        chairing.settle(writing, chair, opened, dossier_id, settled=True)
        chairing.end(writing, chair, opened)
    (told,) = store.journal(f"dossier:{dossier_id}", Action.COLLECTIVE_VALUE_SET)
    assert {"session", "marker", "jurors", "presence", "revised", "row", "record"} == set(told.data)
    (closed,) = store.journal(f"session:{opened}", Action.SESSION_CLOSED)
    assert dict(closed.data) == {"dossiers": 2, "settled": 1, "quorum": 3}
    assert not store.verify().problems


def test_a_closed_session_keeps_how_many_answers_it_needed(
    room: Room, people: dict[str, Person], call: Call, opened: int
) -> None:
    chair = people["chair"].viewer

    def asked(today: int) -> int:
        with room.writing("person:1") as writing:
            calls.set_call(writing, call.id, deadline=None, quorum=today, retention_months=None)
        with room.reading() as reading:
            return deliberations.require(reading, chair, opened).asked(today)

    assert asked(4) == 4
    with room.writing(chair.actor) as writing:
        chairing.end(writing, chair, opened)
    assert asked(2) == 4


def test_an_unknown_session_is_nowhere(room: Room, people: dict[str, Person], plan: Plan) -> None:
    with room.reading() as reading:
        assert deliberations.find(reading, people["inst"].viewer, 99) is None
    with pytest.raises(NotInStore), room.writing("person:1") as writing:
        planning.amend(writing, people["inst"].viewer, 99, plan)


def _hold(
    writing: Writing,
    viewer: Viewer,
    session_id: int,
    dossier_id: str,
    *,
    value: str | None = "Intermédiaire",
    replaces: int | None = None,
) -> None:
    collective.set_value(writing, viewer, session_id, dossier_id, "rupture", value=value, comment="", replaces=replaces)
