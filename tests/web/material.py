"""Dossiers for the tests of the room: real PDFs, really read, with an analysis made by hand that points into them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pipeline.analysis import (
    Analysis,
    AnalysisStatus,
    Fact,
    Finding,
    MarkerEvidence,
    Passage,
    Provenance,
    Section,
    SectionStatus,
    TypeSuggestion,
)
from pipeline.analysis_codec import encode_analysis
from pipeline.calls.model import Call
from pipeline.document import Document, Span
from pipeline.document_codec import encode_document
from pipeline.extraction.limits import ReadingLimits
from pipeline.extraction.reader import read_dossier
from store.database import Store
from store.index import IndexEntry
from store.keys import ROOM_BATCH, analysis_key, document_key
from store.records import Dossier, NewFile, StoredAnalysis

PAGES: tuple[tuple[str, ...], ...] = (
    (
        "1. Présentation du porteur",
        "L'association Les Jardins du Lavoir réunit quarante-cinq adhérents depuis 2009.",
        "2. Résumé de l'action",
        "Douze voisins ont repris une friche avec la commune pour nourrir quatre-vingts familles.",
    ),
    (
        "3. Objectifs de l'action",
        "Les habitants décident ensemble des cultures, en assemblée, une fois par mois.",
        "4. Budget",
        "Charges : 30 000 euros. Produits : 30 000 euros, dont aide demandée 12 000 euros.",
    ),
)
PROOF = "Les Jardins du Lavoir"
PASSAGES = ("Les habitants décident ensemble des cultures", "Douze voisins ont repris une friche")


@dataclass(frozen=True, slots=True)
class Made:
    """A dossier of the store with what was read and said of it."""

    dossier: Dossier
    document: Document
    analysis: Analysis
    stored: StoredAnalysis


def write_pdf(path: Path, pages: Sequence[Sequence[str]] = PAGES) -> Path:
    """A PDF with one line of text per entry; the same lines give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for lines in pages:
        for index, line in enumerate(lines):
            canvas.setFont("Helvetica", 11)
            canvas.drawString(60, 780 - 30 * index, line)
        canvas.showPage()
    canvas.save()
    return path


def find(document: Document, text: str) -> Span:
    """Where `text` stands."""
    start = document.text.index(text)
    return Span(start, start + len(text))


def make_dossier(
    store: Store,
    folder: Path,
    call: Call,
    name: str,
    *,
    pages: Sequence[Sequence[str]] = PAGES,
    statuses: Mapping[str, SectionStatus] | None = None,
    bearer: str = PROOF,
    aid: float = 12000,
    department: str = "33",
) -> Made:
    """Deposits, reads, analyses (by hand) and indexes a dossier of one PDF.

    Every field is present, proven by `PROOF`, save those of `statuses`; the first two markers have one passage of
    `PASSAGES` each, the others none; one finding.
    """
    path = write_pdf(folder / f"{len(list(folder.glob('*.pdf')))}.pdf", pages)
    dossier = store.deposit(call.id, ROOM_BATCH, name, [NewFile(f"{name}.pdf", path)])
    document = read_dossier(name, [path], ReadingLimits(), None)
    kept = store.keep_document(dossier.id, document_key(dossier, "test"), encode_document(document))
    analysis = analyse_by_hand(document, call, dict(statuses or {}), bearer, aid)
    key = analysis_key(kept.digest, analysis.provenance)
    stored = store.append_analysis(dossier.id, key, kept.digest, encode_analysis(analysis))
    store.index(entry_of(dossier, document, analysis, stored, bearer, aid, department))
    return Made(dossier, document, analysis, stored)


def reanalyse(store: Store, made: Made, analysis: Analysis, *, bearer: str = PROOF) -> Made:
    """Another analysis of the same document, which is the one shown from now on."""
    key = analysis_key(made.stored.document, analysis.provenance)
    stored = store.append_analysis(made.dossier.id, key, made.stored.document, encode_analysis(analysis))
    store.index(entry_of(made.dossier, made.document, analysis, stored, bearer, 12000, "33"))
    return Made(made.dossier, made.document, analysis, stored)


def analyse_by_hand(
    document: Document, call: Call, statuses: Mapping[str, SectionStatus], bearer: str, aid: float
) -> Analysis:
    """An analysis of a document that holds `PROOF` and `PASSAGES`, or not: then nothing is proven."""
    proof = (find(document, PROOF),) if PROOF in document.text else ()
    return Analysis(
        dossier=document.name,
        call=call.id,
        files=document.files,
        pages=document.pages,
        status=AnalysisStatus.ANALYSED,
        sections=tuple(
            Section(
                field.id,
                field.title,
                statuses.get(field.id, SectionStatus.PRESENT),
                f"Raison du champ {field.id}.",
                proof if field.id not in statuses else (),
            )
            for field in call.fields
        ),
        innovation_type=TypeSuggestion(("territoriale",), (0.2, 0.2, 0.6), None, proof),
        markers=tuple(
            MarkerEvidence(marker.id, marker.title, _passages(document, marker.id, PASSAGES[index : index + 1]))
            for index, marker in enumerate(call.markers)
        ),
        facts=(Fact("porteur", bearer, proof), Fact("aide_demandee_eur", aid, ())),
        findings=(Finding("aid-above-ceiling", "Aide demandée à vérifier.", proof),),
        provenance=Provenance("0.1.0", call.digest, ()),
    )


def _passages(document: Document, marker: str, quotes: Sequence[str]) -> tuple[Passage, ...]:
    found = [find(document, quote) for quote in quotes if quote in document.text]
    return tuple(Passage(marker, span, document.quote(span), ("par le sens",)) for span in found)


def entry_of(
    dossier: Dossier,
    document: Document,
    analysis: Analysis,
    stored: StoredAnalysis,
    bearer: str,
    aid: float,
    department: str,
) -> IndexEntry:
    """What lists and searches know of it."""
    return IndexEntry(
        dossier_id=dossier.id,
        deposit=dossier.deposit,
        analysis=stored.id,
        document=stored.document,
        unreadable=False,
        partly_read=False,
        pages=len(document.pages),
        pages_unread=0,
        bearer=bearer,
        department=department,
        commune="Bordeaux",
        aid_eur=aid,
        budget_eur=30000,
        duration_months=24,
        suggested=analysis.innovation_type.suggested,
        declared=None,
        provenance=analysis.provenance,
        fields={section.id: section.status for section in analysis.sections},
        findings={finding.code: 1 for finding in analysis.findings},
        text=document.text,
        wording=document.body,
    )
