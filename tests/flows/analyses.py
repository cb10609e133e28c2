"""Analyses made by hand, for the tests of what is written from them."""

from pipeline.analysis import (
    Analysis,
    AnalysisStatus,
    Fact,
    Finding,
    MarkerEvidence,
    Provenance,
    Section,
    SectionStatus,
    TypeSuggestion,
)
from pipeline.calls.model import Call
from pipeline.document import FileStatus, Page, PageState, SourceFile, TextSource

HOSTILE = '=HYPERLINK("http://ailleurs","<script>alert(1)</script>")'


def analysis(call: Call, name: str = "essai", *, states: tuple[PageState, ...] = (PageState.TEXT,)) -> Analysis:
    """An analysis whose first field is absent, second thin, third without object, the others present."""
    statuses = [SectionStatus.ABSENT, SectionStatus.THIN, SectionStatus.NOT_APPLICABLE]
    sections = tuple(
        Section(
            field.id,
            field.title,
            statuses[index] if index < len(statuses) else SectionStatus.PRESENT,
            f"Raison du champ {field.id}.",
        )
        for index, field in enumerate(call.fields)
    )
    return Analysis(
        dossier=name,
        call=call.id,
        files=(SourceFile(f"{name}.pdf", "0" * 64, len(states), FileStatus.READ, TextSource.NATIVE),),
        pages=tuple(Page(0, number, 595, 842, state) for number, state in enumerate(states, start=1)),
        status=AnalysisStatus.ANALYSED,
        sections=sections,
        innovation_type=TypeSuggestion(("territoriale", "services"), (0.4, 0.1, 0.5), "services"),
        markers=tuple(MarkerEvidence(marker.id, marker.title, ()) for marker in call.markers),
        facts=(Fact("porteur", HOSTILE, ()), Fact("aide_demandee_eur", 46500, ()), Fact("budget_equilibre", False, ())),
        findings=(Finding("aid-above-ceiling", "Aide demandée 46 500 € : au-dessus du plafond de 40 000 €."),),
        provenance=Provenance("0.1.0", call.digest, ()),
    )


def unreadable(call: Call, name: str = "fermé") -> Analysis:
    """The analysis of a dossier whose only file is protected by a password."""
    return Analysis(
        dossier=name,
        call=call.id,
        files=(SourceFile(f"{name}.pdf", "1" * 64, 0, FileStatus.UNREADABLE, None, "encrypted"),),
        pages=(),
        status=AnalysisStatus.UNREADABLE,
        sections=tuple(Section(field.id, field.title, SectionStatus.ABSENT, "Non lu.") for field in call.fields),
        innovation_type=TypeSuggestion((), (0.3333, 0.3333, 0.3334), None),
        markers=tuple(MarkerEvidence(marker.id, marker.title, ()) for marker in call.markers),
        facts=(),
        findings=(Finding("unreadable-file", "Le fichier est protégé par un mot de passe."),),
        provenance=Provenance("0.1.0", call.digest, ()),
    )
