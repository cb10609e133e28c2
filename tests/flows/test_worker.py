"""The worker, Prefect included: from files dropped in the room to a dossier that can be found by its words."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from flows import stages
from flows.settings import Settings
from flows.tools import open_tools
from flows.worker import take_up_what_was_cut_off, work_once
from store import index, intakes
from store.database import Store
from store.intakes import Intake
from store.keys import ROOM_BATCH
from store.people import accounts, calls, questions, received, verifications
from store.people.room import Room, open_room
from store.people.viewers import Role
from store.records import ItemState
from store.settling import Choice
from tests.flows.room import CALL, drop, pdf, state, told
from tests.flows.test_whole_runs import environment

_TOO_LONG = 240.0  # seconds
NAMES = ("Lescar", "Marmande", "Nérac")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def room(home: Path) -> Room:
    return open_room(home)


def start(home: Path) -> "subprocess.Popen[bytes]":
    code = "from flows.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, "work"], env=environment(home, REPERES_WORKERS="1"), start_new_session=True
    )


def wait_for(reached: Callable[[], bool], worker: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _TOO_LONG
    while not reached():
        assert worker.poll() is None, "the worker ended by itself"
        assert time.monotonic() < deadline, "the worker takes too long"
        time.sleep(0.05)


def analysed(room: Room, intake: Intake) -> int:
    with room.reading() as reading:
        return intakes.progress(reading.connection, intake.id).analysed


def test_what_is_dropped_is_analysed_even_if_a_worker_is_killed_on_the_way(
    home: Path, room: Room, tmp_path: Path
) -> None:
    files = {f"{name}.pdf": pdf(tmp_path, name) for name in NAMES} | {"abîmé.pdf": b"%PDF-1.7\nplus rien"}
    intake = drop(room, files)
    killed = start(home)
    wait_for(lambda: analysed(room, intake) > 0, killed)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    assert state(room, intake) == ("running", None)

    worker = start(home)
    wait_for(lambda: state(room, intake)[0] == "done", worker)
    with room.reading() as reading:
        progress = intakes.progress(reading.connection, intake.id)
        assert index.waiting(reading.connection, ROOM_BATCH, 10) == ()
    assert (progress.analysed, progress.unreadable, progress.failed) == (3, 1, 0)
    assert {result for _, result, _ in told(room, intake)} == {"new"}

    worker.send_signal(signal.SIGTERM)
    assert worker.wait(_TOO_LONG) == 0
    store = open_tools(Settings(home=home, ocr=False)).store
    assert store.verify().sound
    assert [run.ended_at is not None for run in store.runs()] == [True] * len(store.runs())
    deposited = [event.subject for event in store.journal() if event.action.value == "dossier-deposited"]
    assert len(deposited) == len(set(deposited)) == len(files)


def run_here(settings: Settings, run_id: int, dossier_ids: Sequence[str], call: str, _out: None) -> dict[str, str]:
    """The stages of the flow, without Prefect."""
    tools = open_tools(settings)
    for dossier_id in dossier_ids:
        stages.read(tools, run_id, dossier_id)
        stages.analyse_document(tools, tools.call(call), run_id, dossier_id)
    return {}


def drain(home: Path) -> Store:
    """Does all that there is to do, as a worker that starts."""
    tools = open_tools(Settings(home=home, ocr=False))
    take_up_what_was_cut_off(tools)
    while work_once(tools):
        pass
    return tools.store


def test_the_journal_is_verified_when_someone_asks(home: Path, room: Room) -> None:
    with room.writing("machine") as writing:
        auditor = accounts.add(writing, "aude", "Aude Machin", Role.AUDITOR, None).viewer
        verifications.ask(writing, auditor)
    assert drain(home).verify().sound
    with room.reading() as reading:
        verifying = verifications.state(reading, auditor)
    assert verifying.asked_at is None
    assert verifying.last is not None
    assert verifying.last.report.sound


def assert_nothing_is_left(room: Room, intake: Intake, store: Store) -> None:
    assert state(room, intake) == ("done", None)
    assert [run.ended_at is not None for run in store.runs()] == [True]
    assert [item.state for item in store.run_items(1)] == [ItemState.ANALYSED]
    assert store.verify().sound


@pytest.mark.parametrize(("step", "times"), [("advance", 0), ("advance", 1), ("index", 0), ("end_run", 0)])
def test_a_worker_cut_off_before_any_step_is_followed_by_another(
    home: Path, room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, times: int
) -> None:
    """The first one ends where it would do `step` after having done it so many times."""
    intake = drop(room, {"a.pdf": pdf(tmp_path, "Lescar")})
    monkeypatch.setattr("flows.flow.run_flow", run_here)
    done: list[str] = []
    whole = getattr(Store, step)

    def cut_off(*args: object, **named: object) -> object:
        if len(done) == times:
            raise SystemExit  # which nothing catches on its way
        done.append(step)
        return whole(*args, **named)

    with monkeypatch.context() as cutting:
        cutting.setattr(Store, step, cut_off)
        with pytest.raises(SystemExit):
            drain(home)
    assert_nothing_is_left(room, intake, drain(home))


def test_what_people_chose_for_files_of_a_known_name_is_done(
    home: Path, room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.flow.run_flow", run_here)
    with room.writing("machine") as writing:
        calls.open_call(writing, CALL, None)
        viewer = accounts.add(writing, "anne", "Anne", Role.INSTRUCTOR, "quatre mots sans rapport").viewer
    drop(room, {"dossier.pdf": pdf(tmp_path, "Lescar")})
    drain(home)
    second = drop(room, {"dossier.pdf": pdf(tmp_path, "Marmande")})
    drain(home)
    assert state(room, second) == ("to-settle", None)
    with room.writing(viewer.actor) as writing:
        [asked] = questions.of_intake(writing, viewer, second.id)
        questions.answer(writing, viewer, second.id, {0: (asked.known[0].dossier.id, 1)}, Choice.ADD)
    store = drain(home)
    assert state(room, second) == ("done", None)
    [dossier] = store.dossiers()
    assert [file.name for file in dossier.files] == ["dossier.pdf", "dossier (2).pdf"]
    assert store.journal(f"intake:{second.id}")[-1].data == {"added": 1}
    assert len(store.analyses(dossier.id)) == 2
    with room.reading() as reading:
        assert [each.number for each in received.of_dossier(reading, viewer, dossier.id)] == [2, 1]
    assert store.verify().sound


def test_a_dossier_that_an_earlier_version_indexed_before_its_run_knew_holds_nothing_up(
    home: Path, room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = drop(room, {"a.pdf": pdf(tmp_path, "Lescar")})
    whole = Store.advance

    def not_to_the_end(store: Store, run_id: int, dossier_id: str, to: ItemState, analysis: int | None = None) -> None:
        if to is not ItemState.ANALYSED:
            whole(store, run_id, dossier_id, to, analysis)

    def cut_off(*given: Any) -> None:
        run_here(*given)
        raise SystemExit

    with monkeypatch.context() as cutting:
        cutting.setattr("flows.flow.run_flow", cut_off)
        cutting.setattr(Store, "advance", not_to_the_end)
        with pytest.raises(SystemExit):
            drain(home)
    monkeypatch.setattr("flows.flow.run_flow", run_here)
    assert_nothing_is_left(room, intake, drain(home))


def test_a_call_that_is_no_longer_known_fails_its_dossiers_and_nothing_else(home: Path, room: Room) -> None:
    intake = drop(room, {"a.pdf": b"%PDF"}, call="appel-disparu")
    tools = open_tools(Settings(home=home, ocr=False))
    while work_once(tools):
        pass
    assert state(room, intake) == ("done", None)
    with room.reading() as reading:
        assert intakes.progress(reading.connection, intake.id).failed == 1


def test_nothing_to_do_is_no_work(home: Path, room: Room) -> None:
    assert not work_once(open_tools(Settings(home=home, ocr=False)))


def test_dossiers_of_the_command_line_are_left_alone(home: Path, room: Room) -> None:
    tools = open_tools(Settings(home=home, ocr=False))
    tools.store.deposit(CALL, "/un/dossier", "a", [])
    assert not work_once(tools)
