"""The worker, Prefect included: from files dropped in the room to a dossier that can be found by its words."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.settings import Settings
from flows.tools import open_tools
from flows.worker import work_once
from store import index, intakes
from store.intakes import Intake
from store.keys import ROOM_BATCH
from store.people.room import Room, open_room
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
    assert worker.wait(60) == 0
    store = open_tools(Settings(home=home, ocr=False)).store
    assert store.verify().sound
    assert [run.ended_at is not None for run in store.runs()] == [True] * len(store.runs())
    deposited = [event.subject for event in store.journal() if event.action.value == "dossier-deposited"]
    assert len(deposited) == len(set(deposited)) == len(files)


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
