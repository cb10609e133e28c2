"""The room served: what is said when it cannot be, and that nothing is left behind when it ends."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from flows.cli.application import application
from flows.serving import AddressNotUsable, listening_socket
from tests.flows.test_whole_runs import environment

_TOO_LONG = 120.0  # seconds


def test_a_port_that_is_taken_is_told_with_another(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AddressNotUsable, match=f"{port} est déjà pris") as told:
            listening_socket("127.0.0.1", port)
    assert f"--port {port + 1}" in told.value.advice


@pytest.mark.parametrize("host", ["192.0.2.1", "pas une adresse"])
def test_an_address_of_another_machine_is_told(host: str) -> None:
    with pytest.raises(AddressNotUsable, match="n'est pas une adresse de cette machine"):
        listening_socket(host, 0)


def test_the_command_tells_in_french_what_is_wrong(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPERES_HOME", str(tmp_path / "home"))
    assert application(["serve", "--host", "192.0.2.1"]) == 2
    assert "n'est pas une adresse de cette machine" in " ".join(capsys.readouterr().err.split())
    assert application(["serve", "--port", "70000"]) == 2


@contextmanager
def served(home: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The room being served, and the address that it says."""
    code = "from flows.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "serve", "--port", "0"],
        env=environment(home, PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as serving:
        assert serving.stdout is not None
        said = serving.stdout.readline()
        found = re.search(r"http://([\d.:]+)", said)
        assert found is not None, said
        try:
            yield serving, found[1]
        finally:
            serving.kill()


def answers(address: str) -> int:
    """The status of the answer to a request for the first page."""
    with closing(HTTPConnection(address, timeout=_TOO_LONG)) as connection:
        connection.request("GET", "/")
        return connection.getresponse().status


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_room_opens_and_ends_with_its_worker(tmp_path: Path, number: signal.Signals) -> None:
    with served(tmp_path / "home") as (serving, address):
        assert answers(address) == 303
        (worker,) = _children(serving.pid)
        serving.send_signal(number)
        assert serving.wait(_TOO_LONG) == 0
        assert _ended(worker)
        with pytest.raises(ConnectionRefusedError):
            answers(address)


def test_a_server_that_is_killed_takes_its_worker_along(tmp_path: Path) -> None:
    with served(tmp_path / "home") as (serving, _address):
        (worker,) = _children(serving.pid)
        serving.kill()
        serving.wait()
        assert _ended(worker)


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _ended(pid: int) -> bool:
    deadline = time.monotonic() + _TOO_LONG
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False
