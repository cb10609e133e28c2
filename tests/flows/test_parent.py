"""A child process follows the one that started it, and may also end first."""

import subprocess
import sys

_FOLLOWING = """
import os, threading
from flows import parent
def follow():
    parent.wait_for_its_end()
    os._exit(7)
threading.Thread(target=follow, daemon=True).start()
print("ready", flush=True)
"""


def _child(then: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _FOLLOWING + then],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_ends_when_its_parent_closes_the_pipe() -> None:
    with _child("threading.Event().wait(600)") as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        child.communicate(timeout=120)
    assert child.returncode == 7


def test_it_ends_first_without_a_failure_of_the_interpreter() -> None:
    """A thread that waits within `sys.stdin` would hold its lock while the interpreter ends."""
    with _child("import time; time.sleep(0.2)") as child:
        child.wait(timeout=120)
        assert child.stderr is not None
        assert (child.returncode, child.stderr.read()) == (0, "")
