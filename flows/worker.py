"""The worker of the review room: what people drop becomes dossiers, what waits is read and analysed.

It keeps nothing in mind: what there is to do is in the store, so that one that is killed is simply followed by another.
"""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import groupby
from threading import Event

from flows.indexing import index_what_is_not
from flows.intake import clear_scratch, deposit_intake
from flows.prefect_environment import check_given_server, prepare_prefect
from flows.presence import giving_signs, sole_worker
from flows.settings import Settings
from flows.tools import Tools, open_tools
from pipeline.calls.model import Call
from pipeline.errors import ReperesError
from pipeline.failures import INTERRUPTED
from store import index, intakes, settling
from store.keys import ROOM_BATCH
from store.records import ItemState, Run

_GLANCE = 1.0  # seconds between two looks at what there is to do
_AFTER_TROUBLE = 15.0  # seconds
_UNDER_WAY = (ItemState.PENDING, ItemState.READ)
_AT_ONCE = 4  # dossiers of a flow, for each of its workers: between two flows new intakes are taken in


def work(settings: Settings, stop: Event, tell: Callable[[ReperesError], None]) -> None:
    """Works until `stop` is set, once no other worker of the same store does; trouble that may pass is told.

    Raises:
        StoreProblem, BrokenModel, BrokenLexicon: before anything is done.
        InvalidPrefectAddress, PrefectServerUnreachable: of the server that the user names.
    """
    check_given_server()
    with sole_worker(settings.home, stop) as mine:
        if not mine:
            return
        tools = open_tools(settings)
        with giving_signs(tools.store):
            clear_scratch(settings.home)
            take_up_what_was_cut_off(tools)
            while not stop.is_set():
                stop.wait(_turn(tools, tell))


def _turn(tools: Tools, tell: Callable[[ReperesError], None]) -> float:
    """Does what there is to do; gives how long to wait then, in seconds."""
    try:
        return 0.0 if work_once(tools) else _GLANCE
    except ReperesError as error:  # what is done is kept, and the rest is tried again
        tell(error)
        return _AFTER_TROUBLE


def work_once(tools: Tools) -> bool:
    """Verifies the journal when someone asks, takes in one intake or analyses some of what waits; whether there was
    something to do.

    Raises:
        StoreProblem, PrefectServerProblem: what is done so far is kept.
    """
    if tools.store.verify_if_asked():
        return True
    with tools.store.reading() as connection:
        if not (intakes.calls_for_work(connection, ROOM_BATCH) or settling.is_one_chosen(connection)):
            return False
    with tools.store.writing() as writing:
        intakes.take_retries(writing)
        settling.settle_chosen(writing, ROOM_BATCH)
        intake = intakes.take(writing)
    if intake is not None:
        deposit_intake(tools, intake)
    else:
        _analyse_some(tools)
    with tools.store.writing() as writing:
        intakes.end_those_done(writing)
    return True


def take_up_what_was_cut_off(tools: Tools) -> None:
    """Leads to their end what a worker that was killed left under way, unless the program has changed since."""
    index_what_is_not(tools)
    for run in tools.store.runs():
        if run.batch != ROOM_BATCH or run.ended_at is not None:
            continue
        with suppress(ReperesError):  # it stays open; what still waits comes up again in its turn, and tells
            call = tools.call(run.call)
            if run.fingerprint == _fingerprint(tools, call):
                _run(tools, call, ())


def _analyse_some(tools: Tools) -> None:
    """Takes some of the dossiers that wait to their analysis, or to the reason why there is none."""
    with tools.store.reading() as connection:
        waiting = index.waiting(connection, ROOM_BATCH, _AT_ONCE * tools.settings.workers)
    for call_id, entries in groupby(waiting, key=lambda entry: entry[0]):
        dossier_ids = [dossier_id for _, dossier_id in entries]
        try:
            call = tools.call(call_id)
        except ReperesError as error:
            _give_up(tools, dossier_ids, error.code)
        else:
            _run(tools, call, dossier_ids)


def _run(tools: Tools, call: Call, dossier_ids: Sequence[str]) -> None:
    run = tools.store.open_run(call.id, ROOM_BATCH, _fingerprint(tools, call))
    for dossier_id in dossier_ids:
        tools.store.enrol(run.id, tools.store.dossier(dossier_id))
    taken = _taken(tools, run, dossier_ids)
    codes = _run_flow(tools, run, taken, call) if taken else {}
    for dossier_id in taken:
        if tools.store.run_item(run.id, dossier_id).state is not ItemState.ANALYSED:
            tools.store.fail(run.id, dossier_id, codes.get(dossier_id, INTERRUPTED))
    tools.store.end_run(run.id, written=False)


def _run_flow(tools: Tools, run: Run, dossier_ids: Sequence[str], call: Call) -> dict[str, str]:
    prepare_prefect(tools.settings.home)
    from flows.flow import run_flow  # Prefect takes seconds to import: only when there is something to run

    return run_flow(tools.settings, run.id, dossier_ids, call.id, None)


def _taken(tools: Tools, run: Run, dossier_ids: Sequence[str]) -> list[str]:
    """The dossiers that wait, and those that the run, cut off and taken up again, did not lead to its end."""
    left = [item.dossier_id for state in _UNDER_WAY for item in tools.store.run_items(run.id, state)]
    return list(dict.fromkeys([*dossier_ids, *left]))


def _fingerprint(tools: Tools, call: Call) -> str:
    return hashlib.sha256(f"{tools.reading_version}|{tools.provenance(call)}".encode()).hexdigest()


def _give_up(tools: Tools, dossier_ids: Sequence[str], code: str) -> None:
    with tools.store.writing() as writing:
        for dossier_id in dossier_ids:
            deposit = tools.store.dossier(dossier_id).deposit
            index.fail(writing.connection, dossier_id, deposit, code)
