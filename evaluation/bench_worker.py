"""A worker in a process of its own: how long it takes to start, how much memory it comes to hold."""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from evaluation.bench_dossiers import BenchDossier, analysed
from evaluation.bench_figures import peak_bytes
from pipeline.analyse import Models


@dataclass(frozen=True, slots=True)
class WorkerFigures:
    """`start_seconds`: from the start of the process to models that are ready. Bytes: the most held till then, and
    once all the dossiers are read and analysed; 0 where the system does not say."""

    start_seconds: float
    ready_bytes: int
    peak_bytes: int


def start_worker(load: Callable[[], Models], dossiers: Sequence[BenchDossier]) -> WorkerFigures:
    """Starts a process that gets its models from `load`, then reads and analyses all of `dossiers`."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_work, load, tuple(dossiers), time.monotonic()).result()


def _work(load: Callable[[], Models], dossiers: Sequence[BenchDossier], started: float) -> WorkerFigures:
    models = load()
    seconds = time.monotonic() - started  # this clock is the machine's, the same in every process
    ready = peak_bytes()
    for dossier in dossiers:
        analysed(dossier, models)
    return WorkerFigures(seconds, ready, peak_bytes())
