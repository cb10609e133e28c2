"""The one place where the real tools are plugged in: models, OCR, store."""

import hashlib
from dataclasses import dataclass
from functools import cache

from flows.settings import Settings
from flows.version import program_version
from pipeline.analyse import Models
from pipeline.analysis import ModelUsed, Provenance
from pipeline.calls.model import Call
from pipeline.document_codec import DOCUMENT_VERSION
from pipeline.extraction.ocr import OcrEngine, find_engine
from store.database import Store, open_store
from store.problems import StoreNotWritable


@dataclass(frozen=True)
class Tools:
    """What a worker needs. One per process: the store keeps its own connections, models are read once."""

    settings: Settings
    store: Store
    models: Models
    ocr: OcrEngine | None

    @property
    def reading_version(self) -> str:
        """All that changes how PDFs are read: two equal ones give the same document."""
        engine = f"{self.ocr.name} {self.ocr.digest}" if self.ocr else "no OCR"
        limits = repr(self.settings.reading_limits())
        return f"{DOCUMENT_VERSION}|{program_version()}|{engine}|{hashlib.sha256(limits.encode()).hexdigest()}"

    def provenance(self, call: Call) -> Provenance:
        """What makes the analyses of `call` with these tools."""
        ocr = (ModelUsed(self.ocr.name, self.ocr.digest),) if self.ocr else ()
        return Provenance(program_version(), call.digest, self.models.used + ocr)


@cache
def open_tools(settings: Settings) -> Tools:
    """The tools of this process.

    Raises:
        StoreProblem, BrokenModel, BrokenLexicon: before anything is read or shown.
    """
    return Tools(
        settings=settings,
        store=open_own_store(settings),
        models=load_models(),
        ocr=find_engine() if settings.ocr else None,
    )


def open_own_store(settings: Settings) -> Store:
    """The store that the settings name.

    Raises:
        StoreProblem: it cannot be used.
    """
    try:
        return open_store(settings.home, settings.database)
    except OSError as error:
        raise StoreNotWritable(f"Le dossier de travail « {settings.home} » ne peut pas être créé ou écrit.") from error


@cache
def load_models() -> Models:
    """The models of the installation.

    Raises:
        BrokenModel: one is missing, altered, or not made for another.
    """
    # These take seconds to import: not for a command that reads nothing.
    from models.encoder.keeping import KeptVectors
    from models.encoder.running import load_encoder
    from models.french import FrenchSentences
    from models.lexical import CueTypeClassifier
    from models.reader.keeping import FOLDER, load_reader

    encoder = load_encoder()
    return Models(
        splitter=FrenchSentences(),
        encoder=KeptVectors(encoder),
        reader=load_reader(FOLDER, encoder.digest),
        classifier=CueTypeClassifier(),
    )
