"""The rows of the triage tables: one per dossier, the same for the spreadsheet and the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.analysis import Analysis, AnalysisStatus, FactValue, SectionStatus
from pipeline.calls.model import Call
from pipeline.document import FileStatus, PageState
from pipeline.reasons import phrase

STATUS_LABELS = {
    SectionStatus.PRESENT: "présent",
    SectionStatus.THIN: "insuffisant",
    SectionStatus.ABSENT: "absent",
    SectionStatus.NOT_APPLICABLE: "sans objet",
}
TYPE_LABELS = {
    "services": "services et produits",
    "organisationnelle": "organisationnelle",
    "territoriale": "territoriale",
}

_PAGE_LABELS = (
    (PageState.OCR, "lue par OCR", "lues par OCR"),
    (PageState.FAILED, "non lue", "non lues"),
    (PageState.EMPTY, "vide", "vides"),
)


@dataclass(frozen=True, slots=True)
class SectionCell:
    """One required field of one dossier."""

    status: SectionStatus
    reason: str

    @property
    def label(self) -> str:
        return STATUS_LABELS[self.status]


@dataclass(frozen=True, slots=True)
class TriageRow:
    """All that an instructor needs to sort a dossier; texts are French."""

    dossier: str
    analysed: bool
    reading: str
    sections: tuple[SectionCell, ...]
    suggested: str
    declared: str
    facts: dict[str, FactValue]
    findings: tuple[str, ...]
    link: str  # relative path of the dossier's analysis.json
    sheet: str  # relative path of its page to read

    def count(self, status: SectionStatus) -> int:
        return sum(cell.status is status for cell in self.sections)


@dataclass(frozen=True, slots=True)
class Triage:
    """The table of a run. `not_read` are files of the input that are not PDFs; `failed` dossiers have no analysis."""

    call: Call
    rows: tuple[TriageRow, ...]
    not_read: tuple[str, ...]
    failed: tuple[str, ...]


def triage_row(analysis: Analysis, link: str, sheet: str) -> TriageRow:
    """The row of one dossier; `link` and `sheet` are where its results lie."""
    suggestion = analysis.innovation_type
    analysed = analysis.status is AnalysisStatus.ANALYSED
    return TriageRow(
        dossier=analysis.dossier,
        analysed=analysed,
        reading=_reading(analysis),
        # Of a dossier that could not be read, no field is accused.
        sections=tuple(SectionCell(section.status, section.reason) for section in analysis.sections if analysed),
        suggested=suggested_text(suggestion.suggested),
        declared=TYPE_LABELS[suggestion.declared] if suggestion.declared else "",
        facts={fact.name: fact.value for fact in analysis.facts},
        findings=tuple(finding.message for finding in analysis.findings),
        link=link,
        sheet=sheet,
    )


def suggested_text(suggested: Sequence[str]) -> str:
    """The suggested types, best first, or that the program abstains."""
    return " + ".join(TYPE_LABELS[name] for name in suggested) or "non tranché"


def _reading(analysis: Analysis) -> str:
    """How the dossier could be read, in a few words."""
    if analysis.status is AnalysisStatus.UNREADABLE:
        reasons = {file.reason: None for file in analysis.files if file.reason}
        return " ".join(phrase(reason).said for reason in reasons) or "Aucun fichier n'a pu être lu."
    states = [page.state for page in analysis.pages]
    parts = [f"{len(states)} page{'s' if len(states) > 1 else ''}"]
    for state, one, several in _PAGE_LABELS:
        if count := states.count(state):
            parts.append(f"dont {count} {several if count > 1 else one}")
    unreadable = sum(file.status is FileStatus.UNREADABLE for file in analysis.files)
    if unreadable:
        parts.append(f"{unreadable} fichier{'s' if unreadable > 1 else ''} illisible{'s' if unreadable > 1 else ''}")
    return ", ".join(parts)
