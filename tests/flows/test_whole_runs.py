"""Whole runs through the command line, Prefect included, as a user would start them."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from store.database import open_store
from store.records import ItemState
from tests.flows.dossiers import write_dossier

NAMES = ("Lescar", "Marmande", "Nérac", "Orthez")
_TOO_LONG = 240  # seconds


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("depot")
    for name in NAMES:
        write_dossier(folder / f"{name}.pdf", name)
    (folder / "abîmé.pdf").write_bytes(b"%PDF-1.7\nplus rien")
    (folder / "notes.txt").write_text("à ne pas lire")
    return folder


def environment(home: Path, **settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("REPERES_", "PREFECT_"))}
    return {**kept, "REPERES_HOME": str(home), "REPERES_OCR": "false", "COLUMNS": "120", **settings}


def command(source: Path, out: Path) -> list[str]:
    arguments = ["run", str(source), "--call", "aquitaine-2014", "--out", str(out)]
    return [sys.executable, "-c", "from flows.cli import main; main()", *arguments]


def run(
    source: Path, out: Path, home: Path, *, folder: Path | None = None, **settings: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(source, out),
        cwd=folder,
        env=environment(home, **settings),
        capture_output=True,
        text=True,
        timeout=_TOO_LONG,
        check=False,
    )


def results(out: Path) -> dict[str, bytes]:
    return {path.parent.name: path.read_bytes() for path in sorted(out.glob("*/analysis.json"))}


@pytest.fixture(scope="module")
def unbroken(source: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A run from an empty store, whose place is told from where the command runs: the results and the store."""
    folder = tmp_path_factory.mktemp("entier")
    root = str(Path(__file__).resolve().parents[2])
    finished = run(source, folder / "out", Path("home"), folder=folder, PYTHONPATH=root)
    assert finished.returncode == 0, finished.stderr
    assert "notes.txt" in finished.stdout
    return folder / "out", folder / "home"


def test_every_dossier_ends_with_a_result(unbroken: tuple[Path, Path]) -> None:
    out, _ = unbroken
    found = {name: json.loads(content) for name, content in results(out).items()}
    assert set(found) == {*NAMES, "abîmé"}
    assert {name for name, result in found.items() if result["status"] == "unreadable"} == {"abîmé"}
    damaged = found["abîmé"]["dossier"]["files"][0]
    assert (damaged["status"], damaged["reason"]) == ("unreadable", "damaged")
    assert {path.name for path in out.iterdir()} >= {"tri.xlsx", "tri.html"}


def test_the_journal_tells_the_run_and_verifies(unbroken: tuple[Path, Path]) -> None:
    _, home = unbroken
    assert (home / "reperes.sqlite").is_file()
    store = open_store(home)
    actions = [event.action.value for event in store.journal()]
    assert actions.count("dossier-deposited") == actions.count("results-written") == len(NAMES) + 1
    assert actions[-1] == "run-ended"
    assert store.verify().sound


def test_an_unchanged_input_is_not_instructed_again(source: Path, unbroken: tuple[Path, Path], tmp_path: Path) -> None:
    out, home = unbroken
    again = run(source, tmp_path / "out", home)
    assert again.returncode == 0
    assert "5 dossiers inchangés" in again.stdout
    assert "reprise où elle en était" not in again.stdout
    assert again.stderr == ""
    assert results(tmp_path / "out") == results(out)
    events = [event.action.value for event in open_store(home).journal()]
    assert events.count("dossier-analysed") == len(NAMES) + 1


def test_results_of_a_dossier_taken_out_of_the_input_stay_and_are_told(
    source: Path, unbroken: tuple[Path, Path], tmp_path: Path
) -> None:
    out, home = unbroken
    shutil.copytree(out, tmp_path / "out")
    again = run(source / "Lescar.pdf", tmp_path / "out", home)
    assert again.returncode == 0
    assert "« Marmande »" in again.stdout.replace("\u00a0", " ")
    assert "ne sont plus dans l'entrée" in again.stdout
    assert results(tmp_path / "out").keys() == results(out).keys()


def test_a_dossier_that_failed_says_why(source: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "Lescar").write_text("un fichier de l'utilisateur")
    finished = run(source / "Lescar.pdf", tmp_path / "out", tmp_path / "home")
    assert finished.returncode == 1
    told = "Lescar – Ses résultats n'ont pas pu être écrits : un fichier du dossier de sortie porte déjà ce nom."
    assert f"Dossier non analysé : {told}" in finished.stdout.replace("\u00a0", " ")
    page = (tmp_path / "out" / "tri.html").read_text("utf-8")
    assert told in page.replace("&#39;", "'").replace("\u00a0", " ")


_INTERRUPTED_WHILE_IMPORTING = """
import os, signal, sys

class Interrupting:
    def find_spec(self, name, *_rest):
        if name == "flows.cli.application":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupting())
from flows.cli import main
main()
"""


def test_an_interruption_while_starting_is_said_plainly(tmp_path: Path) -> None:
    finished = subprocess.run(
        [sys.executable, "-c", _INTERRUPTED_WHILE_IMPORTING],
        env=environment(tmp_path / "home"),
        capture_output=True,
        text=True,
        timeout=_TOO_LONG,
        check=False,
    )
    assert finished.returncode == 130
    assert finished.stdout == ""
    assert finished.stderr == "\nInterrompu. Relancez la même commande\u00a0: le travail fait est gardé.\n"


def test_a_run_killed_at_any_moment_goes_on_where_it_was(
    source: Path, unbroken: tuple[Path, Path], tmp_path: Path
) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    process = subprocess.Popen(
        command(source, out),
        env=environment(home, REPERES_WORKERS="1"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    _wait_for_first_result(home, process)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    killed_after = len(results(out))
    assert killed_after < len(NAMES) + 1

    finished = run(source, out, home)
    assert finished.returncode == 0, finished.stderr
    assert "reprise où elle en était" in finished.stdout
    assert results(out) == results(unbroken[0])
    store = open_store(home)
    assert store.verify().sound
    deposited = [event.subject for event in store.journal() if event.action.value == "dossier-deposited"]
    assert len(deposited) == len(set(deposited)) == len(NAMES) + 1


def _wait_for_first_result(home: Path, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _TOO_LONG
    while time.monotonic() < deadline and process.poll() is None:
        if (home / "reperes.sqlite").exists():
            runs = open_store(home).runs()
            states = [item.state for item in open_store(home).run_items(runs[0].id)] if runs else []
            if ItemState.WRITTEN in states:
                return
        time.sleep(0.05)
    raise AssertionError("the run ended, or wrote nothing, before it could be killed")


def test_processes_give_the_same_results(source: Path, unbroken: tuple[Path, Path], tmp_path: Path) -> None:
    finished = run(source, tmp_path / "out", tmp_path / "home", REPERES_TASK_RUNNER="processes")
    assert finished.returncode == 0, finished.stderr
    assert results(tmp_path / "out") == results(unbroken[0])
