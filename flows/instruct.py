"""The main job: a folder of dossiers in, their pre-instruction out. Reads like a table of contents."""

import hashlib
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows import stages
from flows.failures import failure
from flows.inputs import Deposit, DossierInput, find_dossiers
from flows.outputs.names import DOSSIER_ANALYSIS, TRIAGE_PAGE, TRIAGE_SPREADSHEET
from flows.outputs.page import triage_page
from flows.outputs.spreadsheet import triage_spreadsheet
from flows.outputs.writing import check_writable, write_together
from flows.prefect_environment import check_given_server, prepare_prefect
from flows.presence import at_work
from flows.tools import Tools
from flows.triage import Triage, TriageRow, triage_row
from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from pipeline.errors import OutputNotWritable
from pipeline.failures import INTERRUPTED
from pipeline.text import alphabetical, same_name
from store.records import Dossier, ItemState, NewFile, Run


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: dossiers to instruct, read, and done (written or failed)."""

    total: int
    read: int
    done: int


@dataclass(frozen=True, slots=True)
class Instruction:
    """What a run gave."""

    triage: Triage
    known: int  # dossiers whose analysis was there already
    resumed: bool  # an earlier run of the same input had been cut off
    shared: bool  # another command was at work on the same run
    left_over: tuple[str, ...]  # dossiers whose results are under `out`, and that this input does not hold
    out: Path
    without_tables: OutputNotWritable | None = None  # why the tables of the run could not be written

    @property
    def whole(self) -> bool:
        """Whether all that the run had to give is written."""
        return not self.triage.failed and self.without_tables is None


Observer = Callable[[Callable[[], Progress], Callable[[], None]], None]
"""Runs its second argument while showing what the first one tells."""


def unobserved(_progress: Callable[[], Progress], work: Callable[[], None]) -> None:
    """The observer that shows nothing."""
    work()


def instruct(
    tools: Tools,
    source: Path,
    call_name: str,
    out: Path,
    observe: Observer = unobserved,
    *,
    batch: str | None = None,
) -> Instruction:
    """Instructs every dossier of `source` for the call and writes the results under `out`.

    Dossiers are known by their call, `batch` (the path of `source`, unless one is given) and name.

    Only what is not in the store already is done; a run that was cut off goes on where it was. What cannot be written
    once the work has begun is told by what is given back, and holds up nothing else.

    Raises:
        UnknownCall, InvalidCallFile, InputNotFound, NothingToRead, OutputNotWritable: nothing was written.
        InvalidPrefectAddress, PrefectServerUnreachable: of the server that the user names; nothing was written.
        StoreProblem, PrefectServerProblem: what is done so far is kept.
    """
    call = load_call(call_name)
    check_given_server()
    with tempfile.TemporaryDirectory(prefix="reperes-") as scratch:
        limit = tools.settings.max_file_mb * 1024 * 1024
        deposit = find_dossiers(source, Path(scratch), max_bytes=limit, leave_out=out)
        check_writable(out)
        run, dossiers = _enrol(tools, batch or str(source.resolve()), call, deposit)
    with at_work(tools.settings.home, run.id) as shared:
        known, stopped = _work(tools, call, call_name, run, dossiers, out, observe)
        triage = _triage(tools, call, dossiers, deposit, stopped)
        without_tables = _write_tables(out, triage)
        tools.store.end_run(run.id)
    return Instruction(
        triage=triage,
        known=known,
        resumed=run.resumed > 0,
        shared=shared,
        left_over=_left_over(out, [dossier.name for dossier in dossiers]),
        out=out,
        without_tables=without_tables,
    )


def _work(
    tools: Tools, call: Call, call_name: str, run: Run, dossiers: list[Dossier], out: Path, observe: Observer
) -> tuple[int, dict[str, str]]:
    """Takes every dossier to its results.

    Gives the number of those whose analysis was there already, and the code of what stopped each that has no results.
    """
    known = [dossier for dossier in dossiers if stages.is_known(tools, call, dossier)]
    stopped: dict[str, str] = {}
    for dossier in known:
        try:
            _settle(tools, call, run, dossier, out)
        except OutputNotWritable as error:
            stopped[dossier.id] = error.code
    left = [dossier_id for dossier_id in _left_to_do(tools, run) if dossier_id not in stopped]
    if left:
        observe(lambda: _progress(tools, run), lambda: stopped.update(_run_flow(tools, run, left, call_name, out)))
    for dossier_id, code in stopped.items():
        tools.store.fail(run.id, dossier_id, code)
    return len(known), stopped


def _enrol(tools: Tools, batch: str, call: Call, deposit: Deposit) -> tuple[Run, list[Dossier]]:
    """Deposits the dossiers and opens the run; the same input, call and program take up a run that did not end."""
    dossiers = [_deposit(tools, call, batch, dossier) for dossier in deposit.dossiers]
    deposits = [(dossier.id, dossier.deposit) for dossier in dossiers]
    depends_on = f"{deposits}|{tools.reading_version}|{tools.provenance(call)}"
    run = tools.store.open_run(call.id, batch, hashlib.sha256(depends_on.encode()).hexdigest())
    for dossier in dossiers:
        tools.store.enrol(run.id, dossier)
    return run, dossiers


def _deposit(tools: Tools, call: Call, batch: str, dossier: DossierInput) -> Dossier:
    files = [NewFile(file.name, file.path) for file in dossier.files]
    return tools.store.deposit(call.id, batch, dossier.name, files)


def _settle(tools: Tools, call: Call, run: Run, dossier: Dossier, out: Path) -> None:
    """Nothing is left but to write the results: not worth the start of a flow."""
    stages.read(tools, run.id, dossier.id)
    stages.analyse_document(tools, call, run.id, dossier.id)
    stages.write(tools, call, run.id, dossier.id, out)


def _left_to_do(tools: Tools, run: Run) -> list[str]:
    items = tools.store.run_items(run.id)
    return [item.dossier_id for item in items if item.state is not ItemState.WRITTEN]


def _run_flow(tools: Tools, run: Run, dossier_ids: list[str], call_name: str, out: Path) -> dict[str, str]:
    """Gives the code of what stopped each dossier that did not reach its results."""
    prepare_prefect(tools.settings.home)
    from flows.flow import run_flow  # Prefect takes seconds to import: only when there is something to run

    codes = run_flow(tools.settings, run.id, dossier_ids, call_name, out)
    without = [tools.store.run_item(run.id, dossier_id) for dossier_id in dossier_ids]
    return {
        item.dossier_id: codes.get(item.dossier_id) or item.reason or INTERRUPTED
        for item in without
        if item.state is not ItemState.WRITTEN
    }


def _progress(tools: Tools, run: Run) -> Progress:
    states = [item.state for item in tools.store.run_items(run.id)]
    done = sum(state in {ItemState.WRITTEN, ItemState.FAILED} for state in states)
    return Progress(len(states), done + sum(state in {ItemState.READ, ItemState.ANALYSED} for state in states), done)


def _triage(tools: Tools, call: Call, dossiers: list[Dossier], deposit: Deposit, stopped: Mapping[str, str]) -> Triage:
    return Triage(
        call=call,
        rows=tuple(_row(tools, call, dossier) for dossier in dossiers if dossier.id not in stopped),
        not_read=deposit.not_read,
        failed=tuple(failure(dossier.name, stopped[dossier.id]) for dossier in dossiers if dossier.id in stopped),
    )


def _row(tools: Tools, call: Call, dossier: Dossier) -> TriageRow:
    analysis = stages.analysis_of(tools, call, dossier)
    return triage_row(analysis, stages.analysis_link(dossier.name), stages.page_link(dossier.name))


def _write_tables(out: Path, triage: Triage) -> OutputNotWritable | None:
    """Writes the tables of the run; gives what stopped it, for it takes nothing away from the dossiers."""
    contents = {TRIAGE_PAGE: triage_page(triage), TRIAGE_SPREADSHEET: triage_spreadsheet(triage)}
    try:
        write_together(out, contents)
    except OutputNotWritable as error:
        return error
    return None


def _left_over(out: Path, names: Sequence[str]) -> tuple[str, ...]:
    """Dossiers with results under `out` from another input, or from this one before they were taken out of it."""
    held = {same_name(name) for name in names}
    found = (path.parent.name for path in out.glob(f"*/{DOSSIER_ANALYSIS}"))
    return tuple(sorted((name for name in found if same_name(name) not in held), key=alphabetical))
