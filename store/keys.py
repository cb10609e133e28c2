"""Keys made of content: the same work has the same key, so that it is done once and only once."""

from pipeline.analysis import Provenance
from store.canonical import digest_of
from store.records import Dossier

ROOM_BATCH = "room"
"""The batch of what is deposited in the review room; those of the command line are named by their folders."""


def dossier_id(call: str, batch: str, name: str) -> str:
    """The identity of an application, whatever its files become."""
    return digest_of(["dossier", call, batch, name])


def document_key(dossier: Dossier, reading_version: str) -> str:
    """What a document depends on: the dossier's name, its files in order, and how they are read.

    `reading_version` names all that changes the reading: the program's version, the OCR engine, the limits.
    """
    return digest_of(["document", dossier.name, [[file.name, file.sha256] for file in dossier.files], reading_version])


def analysis_key(document: str, provenance: Provenance) -> str:
    """What an analysis depends on: the document read (`CachedDocument.digest`, which stands for the files and how
    they were read), the call, the program and its models.
    """
    models = [[model.name, model.digest] for model in provenance.models]
    return digest_of(["analysis", document, provenance.call_digest, provenance.program_version, models])
