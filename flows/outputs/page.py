"""Pages to read or print, without script or outside resource: `tri.html`, and `dossier.html` for each dossier."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from flows.triage import Triage, TriageRow
from pipeline.analysis import SectionStatus
from pipeline.calls.model import Call
from pipeline.contract import AnalysisOut, FileOut, PassageOut
from pipeline.findings.wording import page_ranges
from pipeline.labels import FACT_LABELS, STATUS_LABELS, TYPE_LABELS, fact_text, suggested_text
from pipeline.text import in_guillemets, typeset

_MARKS = {
    SectionStatus.PRESENT: "●",
    SectionStatus.THIN: "◐",
    SectionStatus.ABSENT: "○",
    SectionStatus.NOT_APPLICABLE: "–",
}
_TO_LOOK_AT = (SectionStatus.ABSENT, SectionStatus.THIN)
_PAGE_LABELS = {"ocr": ("lue par OCR", "lues par OCR"), "failed": ("non lue", "non lues"), "empty": ("vide", "vides")}
_IN_PART = ("lue en partie", "lues en partie")
_UNREAD_CODES = ("unreadable-file", "unread-pages")
_NO_BREAK_SPACE = "\u00a0"


def places_text(passages: Sequence[PassageOut], *, name_files: bool) -> str:
    """Where passages stand, each place once: « p. 2 ; p. 4–5 », « statuts.pdf, p. 1 »."""
    places = []
    for passage in passages:
        pages = "–".join(str(place.page) for place in (passage, *passage.continues))
        place = f"p.{_NO_BREAK_SPACE}{pages}"
        places.append(f"{passage.file}, {place}" if name_files else place)
    return f"{_NO_BREAK_SPACE}; ".join(dict.fromkeys(places))


@dataclass(frozen=True, slots=True)
class _Choice:
    """One way to narrow the table: the dossiers that have the trait `id`."""

    id: str
    label: str
    count: int


_CHOICES = (
    ("a-lire", "non lus ou lus en partie"),
    ("a-absent", "avec un champ absent"),
    ("a-insuffisant", "avec un champ insuffisant"),
    ("a-constat", "avec un constat"),
    ("a-repondu", "avec tous les champs renseignés"),
)


def _traits(row: TriageRow) -> list[str]:
    """What the table can be narrowed to, as class names of the row."""
    lacking = [f"manque-{index}" for index, cell in enumerate(row.sections) if cell.status in _TO_LOOK_AT]
    held = {
        "a-lire": row.partly_read or not row.analysed,
        "a-absent": row.count(SectionStatus.ABSENT) > 0,
        "a-insuffisant": row.count(SectionStatus.THIN) > 0,
        "a-constat": bool(row.findings),
        "a-repondu": row.analysed and not lacking,
    }
    return [trait for trait, holds in held.items() if holds] + lacking


@cache
def page_environment() -> Environment:
    """What renders the templates of pages: all that comes from dossiers is escaped."""
    environment = Environment(
        loader=PackageLoader("flows.outputs"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["fact_text"] = lambda value, name: fact_text(name, value)
    environment.filters["in_guillemets"] = in_guillemets
    environment.filters["typeset"] = typeset
    return environment


def triage_page(triage: Triage) -> bytes:
    """The bytes of `tri.html` (UTF-8)."""
    traits = [_traits(row) for row in triage.rows]
    content = (
        page_environment()
        .get_template("tri.html.j2")
        .render(
            call=triage.call,
            rows=list(zip(triage.rows, traits, strict=True)),
            choices=[_Choice(trait, label, sum(trait in held for held in traits)) for trait, label in _CHOICES],
            not_read=triage.not_read,
            failed=triage.failed,
            marks=_MARKS,
            to_look_at=_TO_LOOK_AT,
            fact_labels=FACT_LABELS,
        )
    )
    return content.encode()


def dossier_page(result: AnalysisOut, call: Call) -> bytes:
    """The bytes of `dossier.html` (UTF-8): each statement on a dossier with its proof, and the markers' passages."""
    kind = result.innovation_type
    several_files = len(result.dossier.files) > 1
    content = (
        page_environment()
        .get_template("dossier.html.j2")
        .render(
            result=result,
            call=call,
            fields={field.id: field for field in call.fields},
            markers={marker.id: marker for marker in call.markers},
            unread=_unread(result),
            findings=[finding for finding in result.findings if finding.code not in _UNREAD_CODES],
            suggested=suggested_text(kind.suggested),
            declared=TYPE_LABELS[kind.declared] if kind.declared else "",
            marks={status.value: mark for status, mark in _MARKS.items()},
            status_labels={status.value: label for status, label in STATUS_LABELS.items()},
            page_notes=_page_notes,
            fact_labels=FACT_LABELS,
            places=lambda passages: places_text(passages, name_files=several_files),
        )
    )
    return content.encode()


def _unread(result: AnalysisOut) -> list[str]:
    """What could not be read of a dossier, with what to do about it."""
    return [finding.message for finding in result.findings if finding.code in _UNREAD_CODES]


def _page_notes(file: FileOut) -> list[str]:
    """How the pages of a file were read, those that are plain text left out: « pages 1 à 4 : lues par OCR »."""
    groups: dict[tuple[str, str], list[int]] = {}
    for page in file.page_states:
        # Of a page that is half a picture, only the text may have been read.
        in_part = page.reason is not None and page.state != "failed"
        labels = _IN_PART if in_part else _PAGE_LABELS.get(page.state)
        if labels:
            groups.setdefault(labels, []).append(page.page)
    return [
        typeset(f"{page_ranges(numbers)} : {one if len(numbers) == 1 else many}")
        for (one, many), numbers in groups.items()
    ]
