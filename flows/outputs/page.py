"""Pages to read or print, without any outside resource: `tri.html`, and `dossier.html` for each dossier."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from flows.triage import STATUS_LABELS, TYPE_LABELS, Triage, suggested_text
from pipeline.analysis import FactValue, SectionStatus
from pipeline.calls.model import Call
from pipeline.contract import AnalysisOut

_FACT_LABELS = {
    "porteur": "Porteur",
    "statut_juridique": "Forme juridique",
    "siren": "SIREN",
    "siret": "SIRET",
    "rna": "RNA",
    "commune": "Commune",
    "code_postal": "Code postal",
    "departement": "Département",
    "aide_demandee_eur": "Aide demandée",
    "budget_total_eur": "Budget total",
    "budget_equilibre": "Budget équilibré",
    "duree_mois": "Durée",
    "stade": "Stade",
    "equipe_de_recherche": "Équipe de recherche",
    "partenaires": "Partenaires",
}
_MARKS = {
    SectionStatus.PRESENT: "●",
    SectionStatus.THIN: "◐",
    SectionStatus.ABSENT: "○",
    SectionStatus.NOT_APPLICABLE: "–",
}
_PAGE_LABELS = {"ocr": "lue par OCR", "failed": "non lue", "empty": "vide"}
_NARROW_SPACE = "\u202f"


def fact_text(name: str, value: FactValue) -> str:
    """A fact as it is read in French: « 46 500 € », « 24 mois », « oui »."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if name.endswith("_eur") and isinstance(value, int | float):
        return f"{amount_text(value)}\u00a0€"
    if name == "duree_mois":
        return f"{value}\u00a0mois"
    return str(value)


def amount_text(value: float) -> str:
    """A number of euros with French separators, cents only when there are some."""
    text = f"{value:,.2f}" if value != int(value) else f"{int(value):,}"
    return text.replace(",", _NARROW_SPACE).replace(".", ",")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("flows.outputs"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["fact_text"] = lambda value, name: fact_text(name, value)
    return environment


def triage_page(triage: Triage) -> bytes:
    """The bytes of `tri.html` (UTF-8)."""
    analysed = [row for row in triage.rows if row.analysed]
    content = (
        _environment()
        .get_template("tri.html.j2")
        .render(
            call=triage.call,
            rows=triage.rows,
            not_read=triage.not_read,
            failed=triage.failed,
            marks=_MARKS,
            statuses=SectionStatus,
            fact_labels=_FACT_LABELS,
            complete=sum(row.count(SectionStatus.THIN) + row.count(SectionStatus.ABSENT) == 0 for row in analysed),
            incomplete=sum(row.count(SectionStatus.THIN) + row.count(SectionStatus.ABSENT) > 0 for row in analysed),
            unreadable=len(triage.rows) - len(analysed),
        )
    )
    return content.encode()


def dossier_page(result: AnalysisOut, call: Call) -> bytes:
    """The bytes of `dossier.html` (UTF-8): each statement on a dossier with its proof, and the markers' passages."""
    kind = result.innovation_type
    content = (
        _environment()
        .get_template("dossier.html.j2")
        .render(
            result=result,
            call=call,
            suggested=suggested_text(kind.suggested),
            declared=TYPE_LABELS[kind.declared] if kind.declared else "",
            marks={status.value: mark for status, mark in _MARKS.items()},
            status_labels={status.value: label for status, label in STATUS_LABELS.items()},
            page_labels=_PAGE_LABELS,
            fact_labels=_FACT_LABELS,
        )
    )
    return content.encode()
