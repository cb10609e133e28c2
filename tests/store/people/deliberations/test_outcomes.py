"""What becomes of a dossier: said by whom, once what is read, stage after stage."""

from dataclasses import replace

import pytest

from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from store.people import chairing, collective, conflicts, deliberations, outcomes, planning
from store.people.accounts import Person
from store.people.answers import AnswerKind
from store.people.conflicts import ConflictKind
from store.people.deliberations import NotHeld
from store.people.outcomes import Confirmed, MarkersLacking, TooFewJurors
from store.people.planning import Plan
from store.people.revising import Settled
from store.people.room import Room
from tests.store.people.deliberations.conftest import Answer


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
