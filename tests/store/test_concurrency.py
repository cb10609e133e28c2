"""Many threads and processes at once, and processes killed at any moment."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from store.database import Store, open_store
from store.records import Action, ItemState
from tests.store.work import analyse, deposit, instruct

ROOT = Path(__file__).resolve().parents[2]
_TOO_LONG = 240.0  # seconds


def work(home: Path, database: str | None, batch: str, count: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-W", "error", "-m", "tests.store.work", str(home), database or "", batch, str(count)]
    return subprocess.Popen(command, cwd=ROOT)


def test_threads_and_processes_write_one_chain(store: Store, home: Path, database: str | None) -> None:
    processes = [work(home, database, f"lot-{number % 2}", 4) for number in range(4)]  # two do the very same work
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: instruct(store, f"fil-{number % 4}", 3), range(8)))
    assert [process.wait(_TOO_LONG) for process in processes] == [0, 0, 0, 0]
    report = store.verify()
    assert report.problems == ()
    assert report.analyses == len(store.dossiers()) == 2 * 4 + 4 * 3
    assert len(store.journal(action=Action.DOSSIER_ANALYSED)) == report.analyses
    assert all(run.ended_at for run in store.runs())


def test_a_store_opened_twice_by_a_process_keeps_its_log(store: Store, home: Path, database: str | None) -> None:
    deposit(store)
    open_store(home, database).dossiers()
    assert work(home, database, "lot", 1).wait(_TOO_LONG) == 0  # the last to close takes the log away
    deposit(store, "dossier-2")
    assert work(home, database, "lot", 1).wait(_TOO_LONG) == 0
    names = {dossier.name for dossier in open_store(home, database).dossiers()}
    assert names >= {"dossier-1", "dossier-2"}
    assert store.verify().problems == ()


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")  # where the tests run beside a thread
def test_a_store_goes_over_a_fork(store: Store) -> None:
    deposit(store)
    child = os.fork()
    if child == 0:
        try:
            analyse(store, deposit(store, "dossier-2"))
        finally:
            os._exit(0)
    for number in range(3, 8):
        deposit(store, f"dossier-{number}")
    os.waitpid(child, 0)
    report = store.verify()
    assert report.problems == ()
    assert (len(store.dossiers()), report.analyses) == (7, 1)


@pytest.fixture
def unbroken(tmp_path: Path) -> set[tuple[str, bytes]]:
    """What a run that nothing stopped gives: the analyses of each dossier."""
    return _results(open_store(tmp_path / "unbroken"), count=8)


def _results(store: Store, count: int) -> set[tuple[str, bytes]]:
    instruct(store, "lot", count)
    return {(dossier.id, analysis.content) for dossier in store.dossiers() for analysis in store.analyses(dossier.id)}


def test_a_run_killed_again_and_again_gives_what_an_unbroken_one_gives(
    store: Store, home: Path, database: str | None, unbroken: set[tuple[str, bytes]]
) -> None:
    for target in (3, 12, 23):
        process = work(home, database, "lot", 8)
        while store.head().sequence < target and process.poll() is None:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert store.verify().problems == ()
    assert _results(store, 8) == unbroken
    assert store.verify().problems == ()
    (run,) = store.runs()
    assert run.ended_at is not None
    assert run.resumed >= 1
    assert [item.state for item in store.run_items(run.id)] == [ItemState.WRITTEN] * 8
    for action in (Action.DOSSIER_DEPOSITED, Action.DOCUMENT_READ, Action.DOSSIER_ANALYSED, Action.RESULTS_WRITTEN):
        subjects = [event.subject for event in store.journal(action=action)]
        assert len(subjects) == len(set(subjects)) == 8, action
