"""The kept analysis of one dossier, found again by the dossier's name or by the path of its files."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from flows.inputs import find_dossiers
from flows.instruct import Observer, instruct, unobserved
from flows.settings import MEBIBYTE, Settings
from flows.tools import open_own_store, open_tools
from pipeline.analysis import Analysis
from pipeline.analysis_codec import decode_analysis
from pipeline.calls.catalogue import built_in_calls
from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from pipeline.document import Document
from pipeline.document_codec import decode_document
from pipeline.errors import ReperesError, UsageProblem
from pipeline.text import fold, listed, same_name
from store.database import Store
from store.records import Dossier, StoredAnalysis

_NEAR_NAMES = 3


class UnknownDossier(UsageProblem):
    """No analysed dossier has this name, and no file is at this path."""

    code = "unknown-dossier"
    advice = "Donnez le nom d'un dossier déjà analysé, ou le chemin d'un PDF avec --call."


class CallNeeded(UsageProblem):
    """A path is given to be analysed, and no call."""

    code = "call-needed"
    advice = "Ajoutez --call et l'identifiant de l'appel ; « reperes calls » en donne la liste."


class SeveralDossiers(UsageProblem):
    """The path holds more than the one dossier that an explanation is about."""

    code = "several-dossiers"
    advice = "Analysez-les avec « reperes run », puis donnez à « reperes explain » le nom de l'un d'eux."


class NotAnalysed(ReperesError):
    """The dossier could not be analysed: there is nothing to explain."""

    code = "not-analysed"
    advice = "Lancez « reperes run » sur ce dossier : il dira ce qui a manqué."


@dataclass(frozen=True, slots=True)
class KeptAnalysis:
    """An analysis as it was kept, with the document into which it points; `digest` is that of its bytes.

    `call` is None when the analysis was made for a user's call file that was not given again.
    """

    analysis: Analysis
    document: Document
    digest: str
    call: Call | None


def kept_analysis(
    settings: Settings, given: str, call_name: str | None, observe: Observer = unobserved
) -> KeptAnalysis:
    """The latest analysis of the dossier that `given` names, or that lies at this path: it is then made if need be.

    Raises:
        UnknownDossier, CallNeeded, SeveralDossiers, UnknownCall, InvalidCallFile, InputNotFound, NothingToRead: of
            what was given.
        NotAnalysed: the dossier is known, and no run came to an analysis of it.
        StoreProblem, BrokenDocument: what is kept cannot be read.
    """
    call = load_call(call_name) if call_name is not None else None
    store = open_own_store(settings)
    named = _named(store.dossiers(), given)
    wanted = [dossier for dossier in named if call is None or dossier.call == call.id]
    if wanted:
        return _kept(store, wanted, call)
    path = Path(given)
    if not path.exists():
        raise _unknown(store, given, call, named)
    if call_name is None:
        raise CallNeeded(f"Pour analyser « {given} », il faut dire à quel appel il répond.")
    return _analysed(settings, path, call_name, load_call(call_name), observe)


def _named(dossiers: Sequence[Dossier], name: str) -> list[Dossier]:
    return [dossier for dossier in dossiers if same_name(dossier.name) == same_name(name)]


def _unknown(store: Store, given: str, call: Call | None, elsewhere: Sequence[Dossier]) -> UnknownDossier:
    if elsewhere and call is not None:
        calls = listed(sorted({f"« {dossier.call} »" for dossier in elsewhere}))
        return UnknownDossier(f"« {given} » n'a pas été analysé pour l'appel « {call.id} », mais pour {calls}.")
    names = {fold(dossier.name): dossier.name for dossier in store.dossiers()}
    near = [f"« {names[name]} »" for name in get_close_matches(fold(given), names, n=_NEAR_NAMES)]
    message = f"« {given} » n'est ni le nom d'un dossier déjà analysé, ni un chemin qui existe."
    return UnknownDossier(message, advice=f"Noms proches : {listed(near)}." if near else None)


def _analysed(settings: Settings, path: Path, call_name: str, call: Call, observe: Observer) -> KeptAnalysis:
    """The analysis of what lies at `path`, as `run` makes it; only the results in files are not kept."""
    with tempfile.TemporaryDirectory(prefix="reperes-") as folder:
        scratch, out = Path(folder, "archive"), Path(folder, "out")
        scratch.mkdir()
        found = find_dossiers(path, scratch, max_bytes=settings.max_file_mb * MEBIBYTE)
        if len(found.dossiers) > 1:
            raise SeveralDossiers(
                f"« {path} » contient {len(found.dossiers)} dossiers : une explication n'en dit qu'un."
            )
        tools = open_tools(settings)
        instruction = instruct(tools, path, call_name, out, observe)
    for failure in instruction.triage.failed:
        raise NotAnalysed(f"Dossier non analysé : {failure.told}")
    return _kept(tools.store, _named(tools.store.dossiers(call.id, str(path.resolve())), found.dossiers[0].name), call)


def _kept(store: Store, wanted: Sequence[Dossier], call: Call | None) -> KeptAnalysis:
    stored = _latest(store, wanted)
    if stored is None:
        raise NotAnalysed(f"« {wanted[0].name} » a été déposé, mais aucune analyse n'en a été gardée.")
    analysis = decode_analysis(stored.content)
    if call is None and analysis.call in built_in_calls():
        call = load_call(analysis.call)
    return KeptAnalysis(analysis, decode_document(store.file(stored.document)), stored.digest, call)


def _latest(store: Store, wanted: Sequence[Dossier]) -> StoredAnalysis | None:
    """What the latest run said of one of the dossiers: files that came back to what they were have an old analysis."""
    ids = {dossier.id for dossier in wanted}
    for run in reversed(store.runs()):
        for item in store.run_items(run.id):
            if item.dossier_id in ids and item.analysis is not None:
                return next(kept for kept in store.analyses(item.dossier_id) if kept.id == item.analysis)
    return None
