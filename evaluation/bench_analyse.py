"""How quickly dossiers go from PDF to analysis: beside reading alone, and beside the chain that anyone would write."""

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from evaluation.bench_dossiers import BenchDossier, analysed, analysis_of, read
from evaluation.bench_figures import ChainSeconds, Point, Spread, ratios
from evaluation.bench_pdfs import page_count, repeat_pages
from evaluation.bench_stages import Stage, StageClock, watched_analysis
from evaluation.bench_worker import WorkerFigures, start_worker
from models.encoder.keeping import KeptVectors
from models.encoder.running import load_encoder
from pipeline.analyse import Models

if TYPE_CHECKING:
    from evaluation.bench_chain import Chain

PAGE_TIMES = (1, 2, 4, 8, 16)
DOSSIER_COUNTS = (1, 4, 16, 64)


@dataclass(frozen=True, slots=True)
class Round:
    """Seconds of one round over all the dossiers. `stages` is how `first` splits."""

    reading: float
    first: float  # from PDF to analysis, no sentence met before this round
    second: float  # the same dossiers again, the vectors of their sentences kept
    chain: ChainSeconds
    stages: Mapping[Stage, float]


@dataclass(frozen=True, slots=True)
class AnalysisBench:
    """`short` and `long` are the layers of the chain's encoders: the program's own, and the whole one."""

    dossiers: int
    pages: int
    short: int
    long: int
    rounds: tuple[Round, ...]
    by_pages: tuple[Point, ...]
    by_dossiers: tuple[Point, ...]
    workers: tuple[WorkerFigures, ...]

    def seconds(self, measure: Callable[[Round], float]) -> Spread:
        """The spread of a measure of the rounds."""
        return Spread.of([measure(one) for one in self.rounds])

    def times_reading(self) -> Spread:
        """How many times reading alone an analysis takes, reading included, within each round."""
        return ratios([one.first for one in self.rounds], [one.reading for one in self.rounds])

    def times_quicker(self, layers: int) -> Spread:
        """How many times quicker an analysis is than the chain with the encoder of so many layers."""
        return ratios([one.chain.whole(layers) for one in self.rounds], [one.first for one in self.rounds])

    def chain(self, layers: int) -> Spread:
        """Seconds of the whole chain, with the encoder of so many layers."""
        return self.seconds(lambda one: one.chain.whole(layers))

    def encoding(self, layers: int) -> Spread:
        """Seconds of the chain's encoder of so many layers."""
        return self.seconds(lambda one: one.chain.encoding[layers])

    def stage(self, stage: Stage) -> Spread:
        """Seconds of a stage at a first encounter."""
        return self.seconds(lambda one: one.stages[stage])


def bench_analyse(dossiers: Sequence[BenchDossier], load: Callable[[], Models], repeats: int) -> AnalysisBench:
    """Measures everything in this process, by turns; workers in processes of their own.

    `load` gives the installation's models. OCR is left out: `dossiers` should not need it.

    Raises:
        ValueError: there is no dossier, or no round to make.
        BrokenModel: the encoder is not built.
    """
    if not dossiers or repeats < 1:
        raise ValueError("a bench needs at least one dossier and one round")
    from evaluation.bench_chain import Chain  # brings torch, which takes seconds

    workers = tuple(start_worker(load, dossiers) for _ in range(repeats))
    chain = Chain()
    gc.collect()
    gc.freeze()  # the chain's models are no work for the collector while the program is measured
    try:
        own = _OwnModels(load())
        _read_and_analyse(dossiers, own.afresh())  # once unmeasured: imports, caches of the disk
        chain.run([dossiers[0].paths])
        rounds = tuple(_round(dossiers, own, chain) for _ in range(repeats))
        by_pages = _by_pages(dossiers[0], own.bare(), repeats)
        by_dossiers = _by_dossiers(dossiers, own.bare(), repeats)
    finally:
        gc.unfreeze()
    return AnalysisBench(
        dossiers=len(dossiers),
        pages=page_count(path for dossier in dossiers for path in dossier.paths),
        short=chain.short,
        long=chain.long,
        rounds=rounds,
        by_pages=by_pages,
        by_dossiers=by_dossiers,
        workers=workers,
    )


class _OwnModels:
    """The installation's models, with the encoder as new: no vector kept from before."""

    def __init__(self, models: Models) -> None:
        self._models = models
        self._encoder = load_encoder()

    def afresh(self) -> Models:
        return replace(self._models, encoder=KeptVectors(self._encoder))

    def bare(self) -> Models:
        """Without keeping vectors: the same page twice is twice the work."""
        return replace(self._models, encoder=self._encoder)


def _round(dossiers: Sequence[BenchDossier], own: _OwnModels, chain: "Chain") -> Round:
    reading = _seconds(lambda: [read(dossier) for dossier in dossiers])
    models, clock = own.afresh(), StageClock()
    first = _seconds(lambda: _watched(dossiers, models, clock))
    second = _seconds(lambda: _read_and_analyse(dossiers, models))
    return Round(reading, first, second, chain.run([dossier.paths for dossier in dossiers]), clock.seconds)


def _watched(dossiers: Sequence[BenchDossier], models: Models, clock: StageClock) -> None:
    with watched_analysis(clock, models):
        for dossier in dossiers:
            with clock.during(Stage.READING):
                document = read(dossier)
            with clock.during(Stage.OTHER):
                analysis_of(document, dossier, models)


def _read_and_analyse(dossiers: Sequence[BenchDossier], models: Models) -> None:
    for dossier in dossiers:
        analysed(dossier, models)


def _by_pages(dossier: BenchDossier, models: Models, repeats: int) -> tuple[Point, ...]:
    """One dossier with its pages over and over."""
    own = page_count(dossier.paths)
    points = []
    with TemporaryDirectory() as folder:
        for times in PAGE_TIMES:
            path = Path(folder) / f"{times}.pdf"
            repeat_pages(dossier.paths, times * own, path)
            long = replace(dossier, paths=(path,))
            points.append(Point(times, times * own, _middle([long], models, repeats)))
    return tuple(points)


def _by_dossiers(dossiers: Sequence[BenchDossier], models: Models, repeats: int) -> tuple[Point, ...]:
    """More and more dossiers, one after the other; taken again from the first where there are not as many."""
    points = []
    for count in DOSSIER_COUNTS:
        several = list(islice(cycle(dossiers), count))
        pages = page_count(path for dossier in several for path in dossier.paths)
        points.append(Point(count, pages, _middle(several, models, repeats)))
    return tuple(points)


def _middle(dossiers: Sequence[BenchDossier], models: Models, repeats: int) -> float:
    return median(_seconds(lambda: _read_and_analyse(dossiers, models)) for _ in range(repeats))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
