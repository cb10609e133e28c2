"""The corpora, gathered for each model: read once, encoded once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpora.applications import APPLICATIONS, Application, load_applications
from corpora.phrasebook import PHRASEBOOK, load_descriptions, load_sentences
from corpora.plan import Split
from corpora.registry import load_registry
from evaluation.cases import LabelledDossier
from evaluation.dossiers import labelled_dossiers
from flows.settings import Settings
from flows.training.examples import from_application, from_dossier, from_phrasebook
from models.reader.training import LabelledLines, LabelledSentence
from models.types.training import TypedTexts
from pipeline.analysis import AnalysisStatus
from pipeline.evidence import readings
from pipeline.evidence.context import Reading
from pipeline.extraction.isolation import read_dossier_isolated
from pipeline.protocols import Encoder, LineKind, SentenceSplitter
from pipeline.sentences import sentences
from pipeline.typology.suggested import project_of

DOSSIERS_TIMES = 3  # real pages, tables and OCR are rarer than text: each is seen as often as three applications


@dataclass(frozen=True)
class Lessons:
    """All that there is to learn from: applications, dossiers of the training split, the phrasebook.

    `also` is a folder of applications that the user adds, in the corpora's format; nothing is ever added by itself.
    """

    settings: Settings
    splitter: SentenceSplitter
    encoder: Encoder
    also: Path | None = None

    @cached_property
    def applications(self) -> list[Application]:
        return load_applications() + (load_applications(self.also) if self.also else [])

    @cached_property
    def dossiers(self) -> list[tuple[LabelledDossier, tuple[Reading, ...]]]:
        """The training dossiers that can be read, with their sentences."""
        return [(dossier, self._read(dossier)) for dossier in labelled_dossiers(Split.TRAIN) if _readable(dossier)]

    def _read(self, dossier: LabelledDossier) -> tuple[Reading, ...]:
        limits = self.settings.reading_limits()
        document = read_dossier_isolated(dossier.gold.dossier, dossier.paths, limits, use_ocr=self.settings.ocr)
        return readings(document, dossier.call, sentences(document, self.splitter))

    @cached_property
    def for_reader(self) -> list[LabelledLines]:
        of_dossiers = [from_dossier(dossier.gold, dossier.call, read) for dossier, read in self.dossiers]
        return of_dossiers * DOSSIERS_TIMES + [from_application(application) for application in self.applications]

    @cached_property
    def sentences(self) -> list[LabelledSentence]:
        return from_phrasebook(load_sentences())

    @cached_property
    def for_types(self) -> list[TypedTexts]:
        described = [
            TypedTexts(tuple(self._sentences_of(one.text)), one.types, is_dossier=False) for one in load_descriptions()
        ]
        told = [TypedTexts(_project_lines(one), one.types, is_dossier=True) for one in self.applications]
        read = [
            TypedTexts(tuple(reading.text for reading in project_of(found)), _types_of(dossier), is_dossier=True)
            for dossier, found in self.dossiers
        ]
        return described + told + [one for one in read if one.types]

    def _sentences_of(self, text: str) -> list[str]:
        return [text[span.start : span.end] for span in self.splitter.split(text)]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encoder.encode(texts)

    def data(self) -> dict[str, object]:
        """What was learned from, for a model's card."""
        return {
            "corpus": load_registry().version,
            "applications": len(self.applications),
            "applications_sha256": _digest(APPLICATIONS),
            **({"also_sha256": _digest(self.also)} if self.also else {}),
            "training_dossiers": len(self.dossiers),
            "phrasebook_sentences": len(self.sentences),
            "phrasebook_descriptions": len(load_descriptions()),
            "phrasebook_sha256": _digest(PHRASEBOOK),
            "origin": load_registry().origin,
            "personal_data": load_registry().personal_data,
        }


def _readable(dossier: LabelledDossier) -> bool:
    return dossier.gold.status is AnalysisStatus.ANALYSED


def _types_of(dossier: LabelledDossier) -> tuple[str, ...]:
    kinds = dossier.gold.innovation_type
    return tuple(kind for kind in (kinds.main, kinds.second) if kind is not None)


_NOT_THE_PROJECT = frozenset({"porteur", "annexe", "formule", "comptes", "autre"})


def _project_lines(application: Application) -> tuple[str, ...]:
    """What speaks of the project: not the bearer's sheet, the annexes, the formulas, the accounts."""
    return tuple(
        line.text
        for line in application.lines
        if line.kind is not LineKind.HEADING and not (line.answered | line.announced) <= _NOT_THE_PROJECT
    )


def _digest(folder: Path) -> str:
    """Of the names and bytes of a folder's files."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*.tsv")):
        whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
