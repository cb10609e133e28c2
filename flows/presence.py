"""Telling a run that was cut off from one that another command is at work on; one worker at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import BinaryIO

_GLANCE = 1.0  # seconds between two tries


@contextmanager
def at_work(home: Path, run_id: int) -> Iterator[bool]:
    """Marks this process as at work on the run for as long as the block lasts, however it ends.

    Gives whether another process was at work on it already. The mark is a lock, which dies with its process.
    """
    path = home / "runs" / f"{run_id}.lock"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with path.open("ab") as mark:
        alone = _alone(mark)
        fcntl.flock(mark, fcntl.LOCK_SH)
        yield not alone
    if alone:
        path.unlink(missing_ok=True)


@contextmanager
def sole_worker(home: Path, stop: Event) -> Iterator[bool]:
    """Waits for its turn to be the one worker of `home`, for as long as the block lasts, however it ends.

    Gives False, without the turn, when `stop` was set first.
    """
    path = home / "runs" / "worker.lock"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("ab") as mark:
        while not _alone(mark):
            if stop.wait(_GLANCE):
                yield False
                return
        yield True


def _alone(mark: BinaryIO) -> bool:
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
