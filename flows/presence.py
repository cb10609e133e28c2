"""Telling a run that was cut off from one that another command is at work on; one worker at a time, which says that it
is there."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import BinaryIO

from pipeline.errors import StoreProblem
from store import signs
from store.database import Store

_GLANCE = 1.0  # seconds between two tries
_BETWEEN_SIGNS = signs.SILENCE.total_seconds() / 6


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


@contextmanager
def giving_signs(store: Store) -> Iterator[None]:
    """Says from time to time that the worker is there, for as long as the block lasts, however it ends.

    Not once a turn: one that reads long scans may take longer than the silence of a worker that is stopped.
    """
    over = Event()
    signing = Thread(target=_sign, args=(store, over), daemon=True)
    signing.start()
    try:
        yield
    finally:
        over.set()
        signing.join()


def _sign(store: Store, over: Event) -> None:
    while True:
        with suppress(StoreProblem), store.writing() as writing:  # where it cannot be written, the next one may be
            signs.give(writing)
        if over.wait(_BETWEEN_SIGNS):
            return


def _alone(mark: BinaryIO) -> bool:
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
