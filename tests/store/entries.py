"""Index entries for the tests, on invented dossiers."""

from pipeline.analysis import SectionStatus
from store.database import Store
from store.index import IndexEntry
from store.records import Dossier, StoredAnalysis
from tests.store.work import PROVENANCE, analyse, deposit


def entry(dossier: Dossier, stored: StoredAnalysis, text: str = "Un texte.", **changed: object) -> IndexEntry:
    values: dict[str, object] = {
        "dossier_id": dossier.id,
        "deposit": dossier.deposit,
        "analysis": stored.id,
        "document": stored.document,
        "unreadable": False,
        "partly_read": False,
        "pages": 12,
        "pages_unread": 0,
        "bearer": "Les Ateliers du Gave",
        "department": "64",
        "commune": "Orthez",
        "aid_eur": 46500.0,
        "budget_eur": 93000.0,
        "duration_months": 24,
        "suggested": ("services", "territoriale"),
        "declared": None,
        "provenance": PROVENANCE,
        "fields": {"porteur": SectionStatus.PRESENT, "budget": SectionStatus.THIN, "statuts": SectionStatus.ABSENT},
        "findings": {"aid-above-ceiling": 1, "date-in-the-past": 2},
        "text": text,
        "wording": text,
    }
    return IndexEntry(**(values | changed))  # type: ignore[arg-type]


def indexed(store: Store, name: str, text: str, content: bytes | None = None, **changed: object) -> Dossier:
    """A dossier that is deposited, analysed and indexed."""
    dossier = deposit(store, name, content=content or f"%PDF {name}".encode())
    store.index(entry(dossier, analyse(store, dossier), text, **changed))
    return dossier
