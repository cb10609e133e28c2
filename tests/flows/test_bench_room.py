"""`reperes bench room`: the measures of the web, started by name."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from flows.cli.application import application


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What is started instead of the measures; « load » fails where no room was made."""
    asked: list[list[str]] = []

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        asked.append(command[3:])
        return subprocess.CompletedProcess(command, 3 if "broken" in str(command) else 0)

    monkeypatch.setattr(subprocess, "run", run)
    return asked


def test_a_room_is_filled_once_then_measured(started: list[list[str]], tmp_path: Path) -> None:
    home = str(tmp_path / "salle")
    assert application(["bench", "room", "--home", home, "--dossiers", "12"]) == 0
    assert started == [["fill", "--home", home, "--dossiers", "12"], ["load", "--home", home], ["pdf"]]
    started.clear()
    assert application(["bench", "room", "--home", str(tmp_path)]) == 0
    assert [command[0] for command in started] == ["load", "pdf"]


def test_a_measure_that_fails_is_the_last(started: list[list[str]], tmp_path: Path) -> None:
    assert application(["bench", "room", "--home", str(tmp_path / "broken")]) == 3
    assert [command[0] for command in started] == ["fill"]
