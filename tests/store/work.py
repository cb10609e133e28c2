"""The work of a run, on invented dossiers; as a program, `python -m tests.store.work HOME DATABASE BATCH COUNT`."""

import sys
from pathlib import Path

from pipeline.analysis import ModelUsed, Provenance
from store.canonical import canonical_json
from store.database import Store, open_store
from store.keys import analysis_key, document_key
from store.records import Dossier, ItemState, NewFile, StoredAnalysis

CALL = "aquitaine-2014"
PROVENANCE = Provenance("0.1.0", "c" * 64, (ModelUsed("lexicon", "d" * 64),))


def deposit(store: Store, name: str = "dossier-1", batch: str = "lot", content: bytes = b"%PDF-1.7 one") -> Dossier:
    return store.deposit(CALL, batch, name, [NewFile("projet.pdf", content), NewFile("statuts.pdf", b"%PDF-1.7 two")])


def analyse(store: Store, dossier: Dossier) -> StoredAnalysis:
    """Reads and analyses, doing only what is not done yet."""
    key = document_key(dossier, "1")
    document = store.cached_document(key) or store.keep_document(dossier.id, key, f"text of {dossier.name}".encode())
    wanted = analysis_key(document.digest, PROVENANCE)
    content = canonical_json({"dossier": dossier.name, "document": document.digest})
    return store.find_analysis(dossier.id, wanted) or store.append_analysis(
        dossier.id, wanted, document.digest, content
    )


def instruct(store: Store, batch: str, count: int) -> int:
    """A whole run over `count` dossiers; gives its number."""
    run = store.open_run(CALL, batch, "f" * 64)
    dossiers = [deposit(store, f"dossier-{number}", batch) for number in range(count)]
    for dossier in dossiers:
        store.enrol(run.id, dossier)
    for dossier in dossiers:
        store.advance(run.id, dossier.id, ItemState.READ)
        store.advance(run.id, dossier.id, ItemState.ANALYSED, analyse(store, dossier).id)
        store.advance(run.id, dossier.id, ItemState.WRITTEN)
    store.end_run(run.id)
    return run.id


if __name__ == "__main__":
    home, database, batch, count = sys.argv[1:]
    instruct(open_store(Path(home), database or None), batch, int(count))
