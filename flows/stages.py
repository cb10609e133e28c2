"""What is done to one dossier of a run, stage by stage. Plain functions: Prefect only calls them.

Every stage may be run again: what it keeps is keyed by content, so that a second time changes nothing.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from flows.indexing import keep_index
from flows.outputs.names import DOSSIER_ANALYSIS, DOSSIER_PAGE
from flows.outputs.page import dossier_page
from flows.outputs.writing import write_together
from flows.tools import Tools
from pipeline.analyse import analyse
from pipeline.analysis import Analysis
from pipeline.analysis_codec import decode_analysis, encode_analysis
from pipeline.calls.model import Call
from pipeline.contract import to_contract, write_contract
from pipeline.document import Document
from pipeline.document_codec import decode_document, encode_document
from pipeline.errors import StoreProblem
from pipeline.extraction.isolation import read_dossier_isolated
from pipeline.reasons import Reason
from store.keys import analysis_key, document_key
from store.records import CachedDocument, Dossier, DossierFile, ItemState, StoredAnalysis

_CAN_PASS = frozenset({Reason.TIMEOUT, Reason.MEMORY, Reason.CRASH, Reason.OCR_FAILED})


def read(tools: Tools, run_id: int, dossier_id: str) -> CachedDocument:
    """The document of a dossier: from the store when the same files were read in the same way, else from its PDFs."""
    item = tools.store.run_item(run_id, dossier_id)
    dossier = tools.store.dossier(dossier_id, item.deposit)
    key = document_key(dossier, tools.reading_version)
    cached = tools.store.cached_document(key)
    if cached is None or (item.state is ItemState.PENDING and may_read_better(cached)):
        cached = tools.store.keep_document(dossier.id, key, encode_document(_read_files(tools, dossier)))
    tools.store.advance(run_id, dossier.id, ItemState.READ)
    return cached


def analyse_document(tools: Tools, call: Call, run_id: int, dossier_id: str) -> StoredAnalysis:
    """The analysis of a dossier: from the store when nothing that it depends on has changed, else made. Indexed."""
    dossier = _dossier(tools, run_id, dossier_id)
    cached = _cached(tools, dossier)
    provenance = tools.provenance(call)
    key = analysis_key(cached.digest, provenance)
    stored = tools.store.find_analysis(dossier.id, key)
    if stored is None:
        analysis = analyse(decode_document(cached.content), call, tools.models, provenance)
        stored = tools.store.append_analysis(dossier.id, key, cached.digest, encode_analysis(analysis))
    # In this order: what is cut off between the two still waits in the index, and is taken up again.
    tools.store.advance(run_id, dossier.id, ItemState.ANALYSED, stored.id)
    keep_index(tools, dossier, stored)
    return stored


def write(tools: Tools, call: Call, run_id: int, dossier_id: str, out: Path) -> Analysis:
    """Writes `analysis.json` of a dossier under `out`, and the same as a page to read: both or none."""
    dossier = _dossier(tools, run_id, dossier_id)
    cached = _cached(tools, dossier)
    analysis = analysis_of(tools, call, dossier, cached)
    result = to_contract(analysis, decode_document(cached.content))
    contents = {DOSSIER_PAGE: dossier_page(result, call), DOSSIER_ANALYSIS: write_contract(result)}
    write_together(out / dossier.name, contents)
    tools.store.advance(run_id, dossier.id, ItemState.WRITTEN)
    return analysis


def analysis_link(dossier_name: str) -> str:
    """Where a dossier's result lies, relative to the results folder."""
    return f"{dossier_name}/{DOSSIER_ANALYSIS}"


def page_link(dossier_name: str) -> str:
    """Where a dossier's page lies, relative to the results folder."""
    return f"{dossier_name}/{DOSSIER_PAGE}"


def analysis_of(tools: Tools, call: Call, dossier: Dossier, cached: CachedDocument | None = None) -> Analysis:
    """The analysis that the present tools gave of a dossier.

    Raises:
        StoreProblem: there is none.
    """
    document = cached or _cached(tools, dossier)
    stored = tools.store.find_analysis(dossier.id, analysis_key(document.digest, tools.provenance(call)))
    if stored is None:
        raise StoreProblem("L'analyse d'un dossier manque dans la base de travail.")
    return decode_analysis(stored.content)


def is_known(tools: Tools, call: Call, dossier: Dossier) -> bool:
    """Whether the analysis of `dossier` is in the store already, so that nothing dear is left to do."""
    cached = tools.store.cached_document(document_key(dossier, tools.reading_version))
    if cached is None or may_read_better(cached):
        return False
    return tools.store.find_analysis(dossier.id, analysis_key(cached.digest, tools.provenance(call))) is not None


def may_read_better(cached: CachedDocument) -> bool:
    """Whether something could not be read for a cause that can pass: each new run tries again."""
    document = decode_document(cached.content)
    reasons = {file.reason for file in document.files} | {page.reason for page in document.pages}
    return not reasons.isdisjoint(_CAN_PASS)


def _dossier(tools: Tools, run_id: int, dossier_id: str) -> Dossier:
    """The dossier as it was deposited for this run."""
    return tools.store.dossier(dossier_id, tools.store.run_item(run_id, dossier_id).deposit)


def _cached(tools: Tools, dossier: Dossier) -> CachedDocument:
    cached = tools.store.cached_document(document_key(dossier, tools.reading_version))
    if cached is None:
        raise StoreProblem("Le texte lu d'un dossier manque dans la base de travail.")
    return cached


def _read_files(tools: Tools, dossier: Dossier) -> Document:
    """Reads the PDFs in a child process. The reader sees plain names, and never the applicant's."""
    with tempfile.TemporaryDirectory(prefix="reperes-") as folder:
        paths = _lay_out(tools, dossier.files, Path(folder))
        document = read_dossier_isolated(
            dossier.name, paths, tools.settings.reading_limits(), use_ocr=tools.settings.ocr
        )
    named = zip(document.files, dossier.files, strict=True)
    return replace(document, files=tuple(replace(read, name=file.name) for read, file in named))


def _lay_out(tools: Tools, files: Sequence[DossierFile], folder: Path) -> list[Path]:
    paths = []
    for index, file in enumerate(files):
        path = folder / f"{index:03}.pdf"
        path.symlink_to(tools.store.file_path(file.sha256))
        paths.append(path)
    return paths
