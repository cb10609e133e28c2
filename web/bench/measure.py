"""The room served as it is to people, on this machine alone, and asked for its pages: one by one, then by many."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import httpx2

from web.bench.walk import Step, Walker

_TOLD = re.compile(r'app;dur=([0-9.]+), store;desc="([0-9]+)"')
_STARTS_WITHIN = 30.0  # seconds
_PAUSE = (0.5, 2.5)  # seconds that a person stays on a page, here much less than people do
_PATIENCE = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Answer:
    """One page asked for: milliseconds as the server tells them and as the asker waited, statements of the store.

    `status` is 0 where no answer came; what the server told is then 0 too.
    """

    step: Step
    status: int
    server: float
    waited: float
    statements: int


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The address of the room over `home`, served by one process as `reperes serve` does.

    Raises:
        RuntimeError: it does not answer.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    asked = [sys.executable, "-m", "uvicorn", "web.application:create", "--factory", "--no-access-log"]
    process = subprocess.Popen(  # noqa: S603 (this very program)
        [*asked, "--log-level", "warning", "--port", str(port)], env=os.environ | {"REPERES_HOME": str(home)}
    )
    try:
        _await(process, f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def one_by_one(address: str, walkers: Sequence[Walker], extra: Sequence[Step], times: int) -> list[Answer]:
    """Each page of each walker, alone, so many times; each walker's first page once before, not counted.

    `extra` are asked for with the session of the first walker, twice.
    """
    answers = []
    for walker in walkers:
        with _browser(address, walker) as browser:
            for step in walker.steps:
                _ask(browser, step)
                answers += [_ask(browser, step) for _ in range(times)]
    with _browser(address, walkers[0]) as browser:
        answers += [_ask(browser, step) for step in extra for _ in range(2)]
    return answers


def together(address: str, walkers: Sequence[Walker], seconds: float) -> list[Answer]:
    """All the walkers at once, each from page to page at random with short pauses."""
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(len(walkers)) as pool:
        walks = [pool.submit(_walk, address, walker, until, place) for place, walker in enumerate(walkers)]
        return [answer for walk in walks for answer in walk.result()]


def _walk(address: str, walker: Walker, until: float, seed: int) -> list[Answer]:
    chance, answers = Random(seed), []  # noqa: S311 (the same walk each time)
    with _browser(address, walker) as browser:
        while time.monotonic() < until:
            answers.append(_ask(browser, chance.choice(walker.steps)))
            time.sleep(chance.uniform(*_PAUSE))
    return answers


def _browser(address: str, walker: Walker) -> httpx2.Client:
    return httpx2.Client(base_url=address, cookies={"reperes": walker.token}, timeout=_PATIENCE)


def _ask(browser: httpx2.Client, step: Step) -> Answer:
    begun = time.perf_counter()
    try:
        answer = browser.get(step.address)
    except httpx2.HTTPError:
        return Answer(step, 0, 0.0, 1000 * (time.perf_counter() - begun), 0)
    waited = 1000 * (time.perf_counter() - begun)
    told = _TOLD.fullmatch(answer.headers.get("server-timing", ""))
    server, statements = (float(told[1]), int(told[2])) if told else (0.0, 0)
    return Answer(step, answer.status_code, server, waited, statements)


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
