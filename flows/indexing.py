"""From an analysis to what the index holds of it."""

from collections import Counter
from contextlib import suppress

from flows.tools import Tools
from flows.triage import lacks_some
from pipeline.analysis import Analysis, AnalysisStatus
from pipeline.analysis_codec import decode_analysis
from pipeline.document import Document, PageState
from pipeline.document_codec import BrokenDocument, decode_document
from store import index
from store.index import IndexEntry
from store.problems import AlteredFile
from store.records import Dossier, StoredAnalysis

_OF_ANOTHER_TIME = (AlteredFile, BrokenDocument, KeyError, TypeError, ValueError)
"""What reading an analysis that another version made, or its document, may raise."""


def keep_index(tools: Tools, dossier: Dossier, stored: StoredAnalysis) -> None:
    """Puts a dossier in the index as `stored` says it, unless that is what the index says already."""
    with tools.store.reading() as connection:
        known = index.says(connection, dossier.id, dossier.deposit, stored.id)
    if not known:
        document = decode_document(tools.store.file(stored.document))
        tools.store.index(index_entry(dossier, stored, decode_analysis(stored.content), document))


def index_what_is_not(tools: Tools) -> int:
    """Indexes the analyses that the index does not know, as those made before there was one; gives their number.

    One that can no longer be read is left: its dossier goes on waiting.
    """
    with tools.store.reading() as connection:
        found = index.unindexed(connection)
    known = 0
    for dossier_id, deposit, analysis in found:
        stored = next(kept for kept in tools.store.analyses(dossier_id) if kept.id == analysis)
        with suppress(*_OF_ANOTHER_TIME):
            keep_index(tools, tools.store.dossier(dossier_id, deposit), stored)
            known += 1
    return known


def index_entry(dossier: Dossier, stored: StoredAnalysis, analysis: Analysis, document: Document) -> IndexEntry:
    """What lists filter, sort and search by."""
    facts = {fact.name: fact.value for fact in analysis.facts}
    analysed = analysis.status is AnalysisStatus.ANALYSED
    return IndexEntry(
        dossier_id=dossier.id,
        deposit=dossier.deposit,
        analysis=stored.id,
        document=stored.document,
        unreadable=not analysed,
        partly_read=analysed and lacks_some(analysis),
        pages=len(analysis.pages),
        pages_unread=sum(page.state is PageState.FAILED or page.reason is not None for page in analysis.pages),
        bearer=_text(facts.get("porteur")),
        department=_text(facts.get("departement")),
        commune=_text(facts.get("commune")),
        aid_eur=_number(facts.get("aide_demandee_eur")),
        budget_eur=_number(facts.get("budget_total_eur")),
        duration_months=_months(facts.get("duree_mois")),
        suggested=analysis.innovation_type.suggested,
        declared=analysis.innovation_type.declared,
        provenance=analysis.provenance,
        # Of a dossier that could not be read, no field is accused.
        fields={section.id: section.status for section in analysis.sections} if analysed else {},
        # Said in the same words, two are one: people settle them as one.
        findings=Counter(code for code, _message in {(each.code, each.message) for each in analysis.findings}),
        text=document.text,
        wording=document.body,
        reason=None if analysed else _one_reason(document),
        siren=_text(facts.get("siren")),
    )


def _one_reason(document: Document) -> str | None:
    """Why the files could not be read, when it is the same for all."""
    reasons = {file.reason for file in document.files}
    return reasons.pop() if len(reasons) == 1 else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _months(value: object) -> int | None:
    number = _number(value)
    return None if number is None else round(number)
