"""The dossiers that the speed of the whole program is measured on: those whose text needs no OCR."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpora.collection import HERE
from corpora.plan import Split
from corpora.registry import load_registry
from pipeline.analyse import Models, analyse
from pipeline.analysis import Analysis, Provenance
from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from pipeline.document import Document, FileStatus, PageState
from pipeline.extraction.limits import ReadingLimits
from pipeline.extraction.reader import read_dossier

_DIGITAL = frozenset({PageState.TEXT, PageState.FORM, PageState.EMPTY})


@dataclass(frozen=True, slots=True)
class BenchDossier:
    """A dossier by its PDFs, in order, and the call that it answers."""

    name: str
    paths: tuple[Path, ...]
    call: Call


def corpus_dossiers() -> list[BenchDossier]:
    """The training dossiers of the corpus that are not pictures of sheets, by call and name."""
    kept = [
        dossier
        for dossier in load_registry().dossiers
        if dossier.split == Split.TRAIN and all(file.printed is None for file in dossier.files)
    ]
    return [
        BenchDossier(dossier.name, tuple(HERE / file.path for file in dossier.files), load_call(dossier.call))
        for dossier in sorted(kept, key=lambda dossier: (dossier.call, dossier.name))
    ]


def digital(dossiers: Iterable[BenchDossier]) -> list[BenchDossier]:
    """Those that are read whole without OCR."""
    return [dossier for dossier in dossiers if _is_digital(read(dossier))]


def _is_digital(document: Document) -> bool:
    whole = all(file.status is FileStatus.READ for file in document.files)
    return whole and all(page.state in _DIGITAL and page.reason is None for page in document.pages)


def read(dossier: BenchDossier) -> Document:
    """The dossier's document, by the text of its PDFs."""
    return read_dossier(dossier.name, dossier.paths, ReadingLimits(), None)


def analysed(dossier: BenchDossier, models: Models) -> Analysis:
    """From PDF to analysis."""
    return analysis_of(read(dossier), dossier, models)


def analysis_of(document: Document, dossier: BenchDossier, models: Models) -> Analysis:
    """The analysis of a dossier that was read."""
    return analyse(document, dossier.call, models, Provenance("", dossier.call.digest, models.used))
