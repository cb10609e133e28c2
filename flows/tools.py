"""The one place where the real tools are plugged in: models, OCR, store."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flows.settings import Settings
from flows.version import program_version
from pipeline.analyse import Models
from pipeline.analysis import ModelUsed, Provenance
from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from pipeline.document_codec import DOCUMENT_VERSION
from pipeline.errors import UnknownCall
from pipeline.extraction.ocr import OcrEngine, find_engine
from pipeline.protocols import Encoder
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

    def call(self, name: str) -> Call:
        """The call that a run names: by its id, or by the path of a user's file.

        Raises:
            UnknownCall, InvalidCallFile: there is none, or it is wrong.
        """
        try:
            return self.store.known_call(name)
        except UnknownCall:
            return load_call(name)

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
        models=load_models(settings.models, settings.encoder),
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
def load_models(folder: Path | None = None, named: str | None = None) -> Models:
    """The models of the installation; or the trained ones of `folder`, made with the encoder that `named` names.

    Raises:
        BrokenModel: one is missing, altered, or not made for another.
    """
    # These take seconds to import: not for a command that reads nothing.
    from models.artefact import ARTEFACTS
    from models.encoder.keeping import KeptVectors
    from models.french import FrenchSentences
    from models.reader.keeping import READER, load_reader
    from models.types.keeping import TYPES, load_types

    encoder = _encoder(named)
    trained = folder or ARTEFACTS
    return Models(
        splitter=FrenchSentences(),
        encoder=KeptVectors(encoder),
        reader=load_reader(trained / READER, encoder.digest),
        types=load_types(trained / TYPES, encoder.digest),
    )


def open_encoder(settings: Settings) -> Encoder:
    """The encoder that the settings name, or the installation's.

    Raises:
        BrokenModel: it is missing, altered, or cannot be loaded.
    """
    return _encoder(settings.encoder)


def _encoder(named: str | None) -> Encoder:
    if named is None:
        from models.encoder.running import load_encoder

        return load_encoder()
    from models.encoder.named import load_named

    return load_named(named)
