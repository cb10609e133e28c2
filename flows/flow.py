"""The Prefect flow: one task per dossier and stage, given ids only, since what Prefect is given it may keep and print.

`flows.prefect_environment.prepare_prefect` must have been called before this module is imported.
"""

import multiprocessing
import os
import threading
from collections.abc import Callable, Sequence
from functools import cache, partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas import TaskRun
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner
from prefect.tasks import Task

from flows import stages
from flows.failures import system_code, unexpected_code
from flows.prefect_server import PrefectServerProblem
from flows.settings import Settings, load_settings
from flows.tools import Tools, open_tools
from pipeline.errors import ReperesError
from store.problems import StoreBusy, StoreFull, StoreUnreachable

_ATTEMPTS_AFTER_THE_FIRST = 2
_CAN_PASS = (OSError, StoreBusy, StoreFull, StoreUnreachable)


class StageFailed(Exception):
    """A stage did not end. Holds the kind of error and where, never a message that could quote a dossier."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class StageInterrupted(StageFailed):
    """A stage did not end for a cause that can pass: a full process table, a busy disk, a locked database."""


@cache
def _follow_parent() -> None:
    """A worker process ends when the command that made it is killed, instead of waiting for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _guarded(work: Callable[[Tools], object], run_id: int, dossier_id: str) -> None:
    """Runs a stage; what it raises is reduced to a code, and what cannot pass is put down in the store."""
    _follow_parent()
    tools = open_tools(load_settings())
    try:
        work(tools)
    except _CAN_PASS as error:
        code = system_code(error) if isinstance(error, OSError) else error.code
        raise StageInterrupted(code) from None
    except ReperesError as error:
        tools.store.fail(run_id, dossier_id, error.code)
        raise StageFailed(error.code) from None
    except Exception as error:
        code = unexpected_code(error)
        tools.store.fail(run_id, dossier_id, code)
        raise StageFailed(code) from None


def _can_pass(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    return isinstance(state.result(raise_on_failure=False), StageInterrupted)


P = ParamSpec("P")
R = TypeVar("R")


def stage(name: str) -> Callable[[Callable[P, R]], Task[P, R]]:
    """A Prefect task: tried again for what can pass only; Prefect keeps neither what it is given nor what it gives."""
    return task(
        name=name,
        retries=_ATTEMPTS_AFTER_THE_FIRST,
        retry_delay_seconds=[1, 5],
        retry_condition_fn=_can_pass,
        cache_policy=NO_CACHE,
        persist_result=False,
        log_prints=False,
    )


@stage("lire")
def read_dossier(run_id: int, dossier_id: str) -> None:
    """Reads the PDFs of a dossier into the store."""
    _guarded(lambda tools: stages.read(tools, run_id, dossier_id), run_id, dossier_id)


@stage("analyser")
def analyse_dossier(run_id: int, dossier_id: str, call: str) -> None:
    """Analyses the document of a dossier into the store."""
    _guarded(lambda tools: stages.analyse_document(tools, tools.call(call), run_id, dossier_id), run_id, dossier_id)


@stage("ecrire")
def write_results(run_id: int, dossier_id: str, call: str, out: str) -> None:
    """Writes the result of a dossier."""
    _guarded(lambda tools: stages.write(tools, tools.call(call), run_id, dossier_id, Path(out)), run_id, dossier_id)


@flow(name="instruct_call", log_prints=False, persist_result=False, validate_parameters=False)
def instruct_call(run_id: int, dossier_ids: Sequence[str], call: str, out: str | None) -> dict[str, str]:
    """Takes each dossier of a run through its stages; one that fails holds up none of the others.

    Without `out`, results stay in the store. Gives the code of what stopped each dossier that did not reach its end.
    """
    stages_of: dict[str, tuple[PrefectFuture[Any], ...]] = {}
    for dossier_id in dossier_ids:
        document = read_dossier.submit(run_id, dossier_id)
        analysis = analyse_dossier.submit(run_id, dossier_id, call, return_state=False, wait_for=[document])
        stages_of[dossier_id] = (document, analysis)
        if out is not None:
            results = write_results.submit(run_id, dossier_id, call, out, return_state=False, wait_for=[analysis])
            stages_of[dossier_id] += (results,)
    codes = {dossier_id: _stopped_by(futures) for dossier_id, futures in stages_of.items()}
    return {dossier_id: code for dossier_id, code in codes.items() if code is not None}


def _stopped_by(futures: Sequence[PrefectFuture[Any]]) -> str | None:
    """The code of the first stage that failed, once all have ended."""
    for future in futures:
        future.wait()
        if future.state.is_failed():
            error = future.state.result(raise_on_failure=False)
            return error.code if isinstance(error, StageFailed | ReperesError) else None
    return None


def run_flow(
    settings: Settings, run_id: int, dossier_ids: Sequence[str], call: str, out: Path | None
) -> dict[str, str]:
    """Runs the flow with the task runner of the settings; without `out`, results stay in the store.

    Gives the code of what stopped each dossier that did not reach its end; what cannot pass is in the store too.

    Raises:
        PrefectServerProblem: Prefect itself, or its server, failed.
    """
    with_runner = instruct_call.with_options(task_runner=_task_runner(settings))
    try:
        codes: dict[str, str] = with_runner(run_id, list(dossier_ids), call, None if out is None else str(out))
    except ReperesError:
        raise
    except Exception as error:  # no stage's: those are in the codes
        raise PrefectServerProblem(f"Prefect n'a pas pu mener le traitement ({type(error).__name__}).") from error
    return codes


def _task_runner(settings: Settings) -> TaskRunner[Any]:
    makers: dict[str, Callable[[], TaskRunner[Any]]] = {
        "threads": partial(ThreadPoolTaskRunner, max_workers=settings.workers),
        "processes": partial(ProcessPoolTaskRunner, max_workers=settings.workers),
        "dask": partial(_dask_runner, settings),
    }
    return makers[settings.task_runner]()


def _dask_runner(settings: Settings) -> TaskRunner[Any]:
    os.environ.setdefault("DASK_LOGGING__DISTRIBUTED", "critical")  # for the workers too; read on import
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError:
        raise ReperesError(
            "REPERES_TASK_RUNNER vaut « dask », mais le paquet prefect-dask n'est pas installé.",
            advice="Installez-le (pip install 'reperes[dask]'), ou choisissez « threads » ou « processes ».",
        ) from None
    # No dashboard: nothing listens but what the workers need, on this machine only.
    cluster = {"n_workers": settings.workers, "threads_per_worker": 1, "dashboard_address": None}
    local = {"cluster_kwargs": cluster}
    runner: TaskRunner[Any] = DaskTaskRunner(**({"address": settings.dask_address} if settings.dask_address else local))
    return runner
