"""`tri.html`: the triage table as one page to read or print, without any outside resource."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from flows.triage import Triage
from pipeline.analysis import FactValue, SectionStatus

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
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("flows.outputs"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["fact_text"] = lambda value, name: fact_text(name, value)
    return environment.get_template("tri.html.j2")


def triage_page(triage: Triage) -> bytes:
    """The bytes of `tri.html` (UTF-8)."""
    analysed = [row for row in triage.rows if row.analysed]
    content = _template().render(
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
    return content.encode()
