"""The rows of the triage tables: one per dossier, the same for the spreadsheet and the page."""

from collections import Counter
from dataclasses import dataclass

from flows.failures import Failure
from flows.inputs import NotRead
from pipeline.analysis import Analysis, AnalysisStatus, FactValue, Section, SectionStatus
from pipeline.calls.model import Call
from pipeline.document import FileStatus, PageState
from pipeline.labels import STATUS_LABELS, TYPE_LABELS, suggested_text
from pipeline.reasons import phrase
from pipeline.text import listed, plural

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
    proven: bool  # passages of the dossier stand behind it

    @property
    def label(self) -> str:
        return STATUS_LABELS[self.status]


@dataclass(frozen=True, slots=True)
class TriageRow:
    """All that an instructor needs to sort a dossier; texts are French."""

    dossier: str
    analysed: bool
    partly_read: bool  # some files or pages were read and others not
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
    """The table of a run. `not_read` is what was left out of the input; `failed` dossiers have no analysis."""

    call: Call
    rows: tuple[TriageRow, ...]
    not_read: tuple[NotRead, ...]
    failed: tuple[Failure, ...]


def triage_row(analysis: Analysis, link: str, sheet: str) -> TriageRow:
    """The row of one dossier; `link` and `sheet` are where its results lie."""
    suggestion = analysis.innovation_type
    analysed = analysis.status is AnalysisStatus.ANALYSED
    return TriageRow(
        dossier=analysis.dossier,
        analysed=analysed,
        partly_read=analysed and lacks_some(analysis),
        reading=_reading(analysis),
        # Of a dossier that could not be read, no field is accused.
        sections=tuple(_cell(section) for section in analysis.sections if analysed),
        suggested=suggested_text(suggestion.suggested),
        declared=TYPE_LABELS[suggestion.declared] if suggestion.declared else "",
        facts={fact.name: fact.value for fact in analysis.facts},
        findings=tuple(finding.message for finding in analysis.findings),
        link=link,
        sheet=sheet,
    )


def _cell(section: Section) -> SectionCell:
    return SectionCell(section.status, section.reason, proven=bool(section.evidence))


def lacks_some(analysis: Analysis) -> bool:
    """Whether some files or pages could not be read, or not wholly."""
    return any(file.status is FileStatus.UNREADABLE for file in analysis.files) or any(
        page.state is PageState.FAILED or page.reason is not None for page in analysis.pages
    )


def _reading(analysis: Analysis) -> str:
    """How the dossier could be read, in a few words."""
    if analysis.status is AnalysisStatus.UNREADABLE:
        reasons = {file.reason: None for file in analysis.files if file.reason}
        return " ".join(phrase(reason).said for reason in reasons) or "Aucun fichier n'a pu être lu."
    parts = [_pages(Counter(page.state for page in analysis.pages))]
    if in_part := sum(page.reason is not None and page.state is not PageState.FAILED for page in analysis.pages):
        parts.append(plural(in_part, "page lue en partie", "pages lues en partie"))
    if unreadable := sum(file.status is FileStatus.UNREADABLE for file in analysis.files):
        parts.append(plural(unreadable, "fichier illisible", "fichiers illisibles"))
    return ", ".join(parts)


def _pages(states: Counter[PageState]) -> str:
    """« 6 pages, dont 4 lues par OCR et 1 vide », « 2 pages, toutes lues par OCR », « 1 page, vide »."""
    total = states.total()
    pages = plural(total, "page", "pages")
    special = [(states[state], one, many) for state, one, many in _PAGE_LABELS if states[state]]
    if not special:
        return pages
    if len(special) == 1 and special[0][0] == total:
        _, one, many = special[0]
        return f"{pages}, {one}" if total == 1 else f"{pages}, toutes {many}"
    return f"{pages}, dont {listed([plural(count, one, many) for count, one, many in special])}"
