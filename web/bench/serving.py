"""The room served as it is to people, on this machine alone, and what it spends."""

import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

_STARTS_WITHIN = 180.0  # seconds, on a machine that does much else
_OF_PROCESS = 2  # which of the clocks of another process Linux gives: all that it has computed


@dataclass(frozen=True, slots=True)
class Served:
    """A room that answers at `address`."""

    address: str
    process: int

    def computed(self) -> float:
        """Milliseconds that the server has computed so far, all its threads together; what it waited is not in it."""
        return 1000 * time.clock_gettime((~self.process << 3) | _OF_PROCESS)


@contextmanager
def served(home: Path, database: str | None = None) -> Iterator[Served]:
    """The room over `home` and, if it is given, `database`, served by one process as `reperes serve` does.

    There is no worker beside it.

    Raises:
        RuntimeError: it does not answer.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    asked = [sys.executable, "-m", "uvicorn", "web.application:create", "--factory", "--no-access-log"]
    of_it = {"REPERES_HOME": str(home), "REPERES_DATABASE": database or ""}
    process = subprocess.Popen(  # noqa: S603 (this very program)
        [*asked, "--log-level", "warning", "--port", str(port)], env=os.environ | of_it
    )
    try:
        _await(process, f"http://127.0.0.1:{port}")
        yield Served(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        process.wait()


def memory() -> float:
    """The most that this process has held in memory so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _await(process: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx2.get(f"{address}/connexion")
        except httpx2.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the room does not answer")
