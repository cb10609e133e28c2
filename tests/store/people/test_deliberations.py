"""A jury of four on two dossiers: who sees what, what the chair may enter and when, what is told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from store.database import Store
from store.journal import Writing
from store.keys import ROOM_BATCH
from store.people import accounts, calls, chairing, collective, conflicts, deliberations, outcomes, planning, scores
from store.people.accounts import Person
from store.people.answers import AnswerKind
from store.people.conflicts import ConflictKind
from store.people.deliberations import NotHeld, SessionState
from store.people.outcomes import Confirmed, MarkersLacking, TooFewJurors
from store.people.planning import InvalidPlan, Plan
from store.people.revising import Overtaken, Settled
from store.people.room import Room
from store.people.scores import Shown
from store.people.viewers import Role, Viewer
from store.problems import NotInStore
from store.records import Action, NewFile

NOTHING = Shown(None, None, ())


@pytest.fixture
def people(room: Room, call: Call) -> dict[str, Person]:
    """An instructor, an auditor; `chair`, `ada`, `bob`, `eve` on the jury."""
    with room.writing("machine") as writing:
        calls.open_call(writing, call.id, None)
        made = {
            login: accounts.add(writing, login, login.capitalize(), Role.JUROR, None)
            for login in ("chair", "ada", "bob", "eve")
        }
        for person in made.values():
            calls.seat(writing, call.id, person.id, chair=person.login == "chair")
        made["inst"] = accounts.add(writing, "inst", "Ines", Role.INSTRUCTOR, None)
        made["auditor"] = accounts.add(writing, "auditor", "Aude", Role.AUDITOR, None)
    return made


@pytest.fixture
def brought(store: Store, call: Call) -> tuple[str, str]:
    first, second = (
        store.deposit(call.id, ROOM_BATCH, name, [NewFile("a.pdf", b"%PDF-1.7")]).id for name in ("Lavoir", "Moulin")
    )
    return first, second


@pytest.fixture
def plan(people: dict[str, Person], brought: tuple[str, str]) -> Plan:
    jurors = tuple(people[login].id for login in ("chair", "ada", "bob", "eve"))
    return Plan("Jury de septembre", date(2016, 9, 28), people["chair"].id, jurors, brought)


@pytest.fixture
def session_id(room: Room, people: dict[str, Person], call: Call, plan: Plan) -> int:
    with room.writing(people["inst"].viewer.actor) as writing:
        return planning.plan(writing, people["inst"].viewer, call.id, plan)


Answer = Callable[..., None]


@pytest.fixture
def answer(room: Room, people: dict[str, Person], session_id: int) -> Answer:
    """Has a juror declare that there is no conflict, then submit a score."""

    def give(login: str, dossier_id: str, marker: str, value: str | None, replaces: int | None = None) -> None:
        viewer = people[login].viewer
        with room.writing(viewer.actor) as writing:
            conflicts.declare(writing, viewer, dossier_id, None)
            scores.submit(
                writing, viewer, dossier_id, marker, value=value, comment="", shown=NOTHING, replaces=replaces
            )

    return give


@pytest.fixture
def opened(room: Room, people: dict[str, Person], session_id: int, brought: tuple[str, str]) -> int:
    chair = people["chair"].viewer
    with room.writing(chair.actor) as writing:
        chairing.start(writing, chair, session_id)
        for dossier_id in brought:
            conflicts.declare(writing, chair, dossier_id, None)
    return session_id


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


def test_nothing_is_retained_before_every_marker_has_been_read(
    room: Room, people: dict[str, Person], opened: int, brought: tuple[str, str], call: Call, answer: Answer
) -> None:
    chair, dossier_id = people["chair"].viewer, brought[0]

    def say(outcome: str, reason: str, replaces: int | None = None) -> int:
        with room.writing(chair.actor) as writing:
            outcomes.set_outcome(writing, chair, opened, dossier_id, call, outcome, reason, replaces)
            return outcomes.of_dossiers(writing, chair, dossier_id)[-1].id

    for outcome, reason in (("retenu", "Un beau projet."), ("non-retenu", "  ")):
        with pytest.raises(MarkersLacking):
            say(outcome, reason)
    dismissed = say("non-retenu", "Déjà aidé : inéligible.")
    with pytest.raises(MarkersLacking):
        say("retenu", "Repêché.", dismissed)
    _read_all(room, people, opened, dossier_id, call, answer)
    say("retenu", "", dismissed)


def test_what_becomes_of_a_dossier_may_be_said_once_its_reading_is_stopped(
    room: Room, people: dict[str, Person], opened: int, brought: tuple[str, str], call: Call
) -> None:
    chair, dossier_id = people["chair"].viewer, brought[0]

    def say(reason: str, replaces: int | None) -> None:
        with room.writing(chair.actor) as writing:
            outcomes.set_outcome(writing, chair, opened, dossier_id, call, "non-retenu", reason, replaces)

    with room.writing(chair.actor) as writing:
        chairing.settle(writing, chair, opened, dossier_id, settled=True)
    say("Inéligible.", None)
    with room.reading() as reading:
        held = outcomes.of_dossiers(reading, chair, dossier_id)[-1].id
    with pytest.raises(Settled):
        say("Autre motif.", held)


def test_outcomes_follow_the_call_stage_after_stage(
    room: Room, people: dict[str, Person], opened: int, brought: tuple[str, str], call: Call, answer: Answer
) -> None:
    chair, dossier_id = people["chair"].viewer, brought[0]
    _read_all(room, people, opened, dossier_id, call, answer)

    def say(outcome: str, replaces: int | None) -> int:
        with room.writing(chair.actor) as writing:
            unread = Confirmed(grid=True)
            outcomes.set_outcome(writing, chair, opened, dossier_id, call, outcome, "Connu.", replaces, unread)
            return outcomes.of_dossiers(writing, chair, dossier_id)[-1].id

    def fill(replaces: int | None = None) -> None:
        with room.writing(chair.actor) as writing:
            collective.set_answer(
                writing, chair, opened, dossier_id, call, AnswerKind.GRID, "leadership",
                value="A", comment="", replaces=replaces,
            )  # fmt: skip

    with pytest.raises(NotHeld):
        say("retenu-finance", None)
    with pytest.raises(NotHeld):
        fill()
    refused = say("non-retenu", None)
    with pytest.raises(NotHeld):
        say("retenu-finance", refused)
    retained = say("retenu", refused)
    with room.writing(chair.actor) as writing:
        chairing.settle(writing, chair, opened, dossier_id, settled=True)
    fill()
    funded = say("retenu-finance", retained)
    say("retenu-reoriente", funded)
    with room.reading() as reading:
        held = outcomes.of_dossiers(reading, people["inst"].viewer, dossier_id)
    assert [each.outcome for each in held] == ["non-retenu", "retenu", "retenu-finance", "retenu-reoriente"]
    assert outcomes.last_of(held)[dossier_id].outcome == "retenu-reoriente"


def test_a_call_without_outcomes_has_the_usual_two() -> None:
    call = load_call("aquitaine-2014")
    assert outcomes.first_stage(call) == ("non-retenu", "retenu")
    assert outcomes.second_stage(call, "retenu") == ()


def test_a_jury_that_is_too_small_gives_no_outcome(
    room: Room, people: dict[str, Person], opened: int, brought: tuple[str, str], call: Call
) -> None:
    for login in ("ada", "bob"):
        viewer = people[login].viewer
        with room.writing(viewer.actor) as writing:
            conflicts.declare(writing, viewer, brought[0], ConflictKind.OTHER)
    chair = people["chair"].viewer
    with pytest.raises(TooFewJurors), room.writing(chair.actor) as writing:
        outcomes.set_outcome(writing, chair, opened, brought[0], call, "retenu", "", None)


def test_a_dossier_that_the_jury_spoke_of_does_not_leave_the_session(
    room: Room, people: dict[str, Person], opened: int, brought: tuple[str, str], plan: Plan, call: Call
) -> None:
    chair, instructor = people["chair"].viewer, people["inst"].viewer
    with room.writing(chair.actor) as writing:
        outcomes.set_outcome(writing, chair, opened, brought[0], call, "non-retenu", "Inéligible.", None)
        chairing.settle(writing, chair, opened, brought[0], settled=True)
    with pytest.raises(NotHeld), room.writing(instructor.actor) as writing:
        planning.amend(writing, instructor, opened, replace(plan, dossiers=brought[1:]))
    with room.writing(instructor.actor) as writing:
        planning.amend(writing, instructor, opened, replace(plan, dossiers=brought[::-1]))
    with room.reading() as reading:
        agenda = deliberations.agenda(reading, chair, opened)
    assert [(item.dossier_id, item.settled) for item in agenda] == [(brought[1], False), (brought[0], True)]


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
    assert dict(closed.data) == {"dossiers": 2, "settled": 1}
    assert not store.verify().problems


def test_an_unknown_session_is_nowhere(room: Room, people: dict[str, Person], plan: Plan) -> None:
    with room.reading() as reading:
        assert deliberations.find(reading, people["inst"].viewer, 99) is None
    with pytest.raises(NotInStore), room.writing("person:1") as writing:
        planning.amend(writing, people["inst"].viewer, 99, plan)


def _read_all(
    room: Room, people: dict[str, Person], session_id: int, dossier_id: str, call: Call, answer: Answer
) -> None:
    """Three jurors answer every marker, and the chair enters what the jury holds."""
    chair = people["chair"].viewer
    for marker in call.markers:
        for login in ("ada", "bob", "eve"):
            answer(login, dossier_id, marker.id, "Fort")
        with room.writing(chair.actor) as writing:
            collective.set_value(
                writing, chair, session_id, dossier_id, marker.id, value="Fort", comment="", replaces=None
            )


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
