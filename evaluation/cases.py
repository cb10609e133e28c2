"""One dossier to be evaluated: its gold, what was read of it, and what the program says of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corpora.gold import GoldDossier
from pipeline.analyse import Models
from pipeline.analysis import Analysis
from pipeline.calls.model import Call
from pipeline.contract import AnalysisOut, to_contract
from pipeline.document import Document
from pipeline.sentences import Sentence, sentences

Reader = Callable[[str, Sequence[Path]], Document]
"""Reads the PDFs of a dossier (its name, its files in order)."""
Analyst = Callable[[Document, Call], Analysis]
"""The program's analysis of a document."""


@dataclass(frozen=True, slots=True)
class LabelledDossier:
    """A dossier of a collection with the place of its PDFs. `layout` is its family in the plan."""

    gold: GoldDossier
    layout: str
    paths: tuple[Path, ...]
    call: Call


@dataclass(frozen=True)
class Case(LabelledDossier):
    """A labelled dossier, read and analysed."""

    document: Document
    analysis: Analysis
    models: Models

    @cached_property
    def result(self) -> AnalysisOut:
        """What `analysis.json` holds."""
        return to_contract(self.analysis, self.document)

    @cached_property
    def split(self) -> tuple[Sentence, ...]:
        """The document's sentences."""
        return sentences(self.document, self.models.splitter)


def make_cases(dossiers: Sequence[LabelledDossier], read: Reader, analyse: Analyst, models: Models) -> Iterator[Case]:
    """Reads and analyses each dossier, in order."""
    for dossier in dossiers:
        document = read(dossier.gold.dossier, dossier.paths)
        analysis = analyse(document, dossier.call)
        yield Case(dossier.gold, dossier.layout, dossier.paths, dossier.call, document, analysis, models)
