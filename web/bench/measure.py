"""The pages of the room asked for: one by one, then by many people at once, who write as well."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from random import Random

from web.bench.acts import acts_of
from web.bench.serving import Served
from web.bench.visitor import Answer, Visitor
from web.bench.walk import Walker

_PAUSE = (0.5, 2.5)  # seconds that a person stays on a page, here much less than people do
_WRITES = 0.2  # of what a person does


def one_by_one(served: Served, walkers: Sequence[Walker], times: int) -> list[Answer]:
    """Each page of each walker, alone, so many times; once before, not counted."""
    answers = []
    for walker in walkers:
        with Visitor(served, walker) as visitor:
            for step in walker.steps:
                visitor.get(step)
                visitor.answers.clear()
                for _ in range(times):
                    visitor.get(step)
                answers += visitor.answers
    return answers


def exported(served: Served, walkers: Sequence[Walker]) -> list[Answer]:
    """The files to take away, twice each."""
    answers = []
    for walker in walkers:
        with Visitor(served, walker) as visitor:
            for step in (*walker.exports, *walker.exports):
                visitor.get(step)
            answers += visitor.answers
    return answers


def together(served: Served, walkers: Sequence[Walker], markers: tuple[str, ...], seconds: float) -> list[Answer]:
    """All the walkers at once, each from page to page at random with short pauses; one time of five they write."""
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(len(walkers)) as pool:
        walks = [pool.submit(_walk, served, walker, markers, until, place) for place, walker in enumerate(walkers)]
        return [answer for walk in walks for answer in walk.result()]


def _walk(served: Served, walker: Walker, markers: tuple[str, ...], until: float, seed: int) -> list[Answer]:
    chance = Random(seed)  # noqa: S311 (the same walk each time)
    acts = acts_of(walker, markers, chance)
    turns = cycle(acts)
    writes = bool(acts)  # to begin with, so that even the shortest walk writes
    with Visitor(served, walker) as visitor:
        while time.monotonic() < until:
            if writes:
                next(turns)(visitor)
            else:
                visitor.get(chance.choice(walker.steps))
            writes = bool(acts) and chance.random() < _WRITES
            time.sleep(chance.uniform(*_PAUSE))
        return visitor.answers
