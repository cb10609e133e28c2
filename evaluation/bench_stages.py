"""How an analysis splits by stage, measured from outside: what it calls is wrapped while it is watched."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from enum import StrEnum
from functools import wraps
from typing import Any
from unittest.mock import patch

from pipeline import analyse as analysing
from pipeline.analyse import Models


class Stage(StrEnum):
    """Parts of the way from PDF to analysis, in French, in order."""

    READING = "lecture des PDF"
    SENTENCES = "phrases"
    FACTS = "faits"
    COMPLETENESS = "complétude"
    ENCODING = "encodage des phrases"
    READER = "lecteur appris"
    PASSAGES = "passages"
    TYPE = "type d’innovation"
    FINDINGS = "constats"
    OTHER = "reste"


# What belongs to a stage, by the module where it is defined; the first that fits.
_MODULES = {
    "pipeline.sentences": Stage.SENTENCES,
    "pipeline.facts": Stage.FACTS,
    "pipeline.completeness": Stage.COMPLETENESS,
    "pipeline.evidence": Stage.PASSAGES,
    "pipeline.typology": Stage.TYPE,
    "pipeline.findings": Stage.FINDINGS,
    "pipeline.unread": Stage.FINDINGS,
}
_MODELS = {"splitter": Stage.SENTENCES, "encoder": Stage.ENCODING, "reader": Stage.READER}  # any other reads the type
_MODEL_METHODS = ("split", "encode", "read", "probabilities")


class StageClock:
    """Seconds by stage. Time is counted once: what a stage calls of another one is the other's."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(Stage, 0.0)
        self._inside: list[Stage] = []
        self._since = 0.0

    @contextmanager
    def during(self, stage: Stage) -> Iterator[None]:
        """Counts the block for `stage`."""
        self._turn()
        self._inside.append(stage)
        try:
            yield
        finally:
            self._turn()
            self._inside.pop()

    def timed(self, function: Callable[..., Any], stage: Stage) -> Callable[..., Any]:
        """`function`, with its time counted for `stage`."""

        @wraps(function)
        def watched(*arguments: Any, **named: Any) -> Any:
            with self.during(stage):
                return function(*arguments, **named)

        return watched

    def _turn(self) -> None:
        now = time.perf_counter()
        if self._inside:
            self.seconds[self._inside[-1]] += now - self._since
        self._since = now


@contextmanager
def watched_analysis(clock: StageClock, models: Models) -> Iterator[None]:
    """While open, `pipeline.analyse` and `models` tell `clock` what they spend their time on."""
    with ExitStack() as stack:
        for owner, name, stage in [*_called(), *_asked(models)]:
            stack.enter_context(patch.object(owner, name, clock.timed(getattr(owner, name), stage)))
        yield


def _called() -> Iterator[tuple[Any, str, Stage]]:
    """The functions, and the classes' `of`, that `pipeline.analyse` takes from other modules of the pipeline."""
    for name, value in list(vars(analysing).items()):
        stage = stage_of(getattr(value, "__module__", None) or "")
        if stage is None:
            continue
        if not isinstance(value, type):
            yield analysing, name, stage
        elif hasattr(value, "of"):
            yield value, "of", stage


def _asked(models: Models) -> Iterator[tuple[Any, str, Stage]]:
    for field in fields(models):
        model = getattr(models, field.name)
        for method in _MODEL_METHODS:
            if hasattr(model, method):
                yield model, method, _MODELS.get(field.name, Stage.TYPE)


def stage_of(module: str) -> Stage | None:
    """The stage that a module of the pipeline belongs to, if any."""
    return next((stage for name, stage in _MODULES.items() if module == name or module.startswith(f"{name}.")), None)
