"""What statuses, types and facts are called in French, wherever people read them."""

from collections.abc import Mapping, Sequence
from datetime import date

from pipeline.analysis import FactValue, SectionStatus
from pipeline.calls.model import RequiredField
from pipeline.findings.wording import day

STATUS_LABELS: Mapping[SectionStatus, str] = {
    SectionStatus.PRESENT: "présent",
    SectionStatus.THIN: "insuffisant",
    SectionStatus.ABSENT: "absent",
    SectionStatus.NOT_APPLICABLE: "sans objet",
}
TYPE_LABELS: Mapping[str, str] = {
    "services": "services et produits",
    "organisationnelle": "organisationnelle",
    "territoriale": "territoriale",
}
FACT_LABELS: Mapping[str, str] = {
    "porteur": "Porteur",
    "statut_juridique": "Forme juridique",
    "date_creation": "Création",
    "siren": "SIREN",
    "siret": "SIRET",
    "rna": "RNA",
    "commune": "Commune",
    "code_postal": "Code postal",
    "departement": "Département",
    "aide_demandee_eur": "Aide demandée",
    "budget_total_eur": "Budget total",
    "budget_charges_eur": "Total des charges",
    "budget_produits_eur": "Total des produits",
    "budget_equilibre": "Budget équilibré",
    "duree_mois": "Durée",
    "stade": "Stade",
    "equipe_de_recherche": "Équipe de recherche",
    "partenaires": "Partenaires",
}
"""In the order in which facts are shown."""
FINDING_LABELS: Mapping[str, str] = {
    "accounts-horizon": "Comptes sur une autre durée",
    "action-over": "Action terminée avant le dépôt",
    "action-started": "Action commencée avant le dépôt",
    "action-too-long": "Action trop longue",
    "after-deadline": "Daté d’après la date limite",
    "aid-above-ceiling": "Aide au-dessus du plafond",
    "aid-differs-from-budget": "Aide différente du budget",
    "aid-stated-differently": "Plusieurs montants d’aide",
    "already-aided": "Déjà aidé",
    "annexe-missing": "Annexe citée, non jointe",
    "bearer-not-eligible": "Porteur hors des bénéficiaires",
    "bearer-public-law": "Porteur de droit public",
    "budget-unbalanced": "Budget non équilibré",
    "budget-wrong-sum": "Total du budget inexact",
    "file-attachments": "Fichier avec pièces incluses",
    "file-empty-password": "Fichier protégé sans mot de passe",
    "file-scripts": "Fichier avec scripts",
    "file-xfa": "Formulaire dynamique",
    "invalid-rna": "Numéro RNA invalide",
    "invalid-siren": "Numéro SIREN invalide",
    "invalid-siret": "Numéro SIRET invalide",
    "length-limit": "Texte plus long que permis",
    "not-a-candidacy": "Texte qui n’est pas une candidature",
    "on-the-market": "Mise sur le marché",
    "page-uncertain-ocr": "Texte reconnu peu sûr",
    "seat-not-found": "Siège non trouvé",
    "seat-outside-region": "Siège hors de la région",
    "siren-several": "Plusieurs numéros SIREN",
    "siret-not-of-siren": "SIRET d’un autre SIREN",
    "type-mismatch": "Type déclaré différent du suggéré",
    "type-not-declared": "Type non déclaré",
    "undated-statutes": "Statuts sans date lue",
    "unread-pages": "Pages non lues",
    "unreadable-file": "Fichier illisible",
    "unsigned-statutes": "Statuts sans signature lue",
}
"""A few words for each finding, by its code; what a finding says in full is its message."""

OUTCOME_LABELS: Mapping[str, str] = {
    "non-retenu": "Non retenu",
    "retenu": "Retenu",
    "retenu-finance": "Retenu et financé",
    "retenu-reoriente": "Retenu et réorienté",
}
"""What juries make of dossiers, by the ids that calls share."""

_NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def field_label(field: RequiredField) -> str:
    """The title of a required field, its number first where the call numbers it: « 3. Partenaires »."""
    return f"{field.id}. {field.title}" if len(field.id) <= 2 else field.title


def suggested_text(suggested: Sequence[str]) -> str:
    """The suggested types, best first, or that the program abstains."""
    return " + ".join(TYPE_LABELS[name] for name in suggested) or "non tranché"


def finding_label(code: str) -> str:
    """What a finding is called: « Budget non équilibré »; its code when nobody named it (of a former version)."""
    return FINDING_LABELS.get(code, code)


def fact_text(name: str, value: FactValue) -> str:
    """A fact as it is read in French: « 46 500 € », « 24 mois », « 2 mars 2015 », « oui »."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if name.endswith("_eur") and isinstance(value, int | float):
        return euros_text(value)
    if name == "duree_mois":
        return f"{value}{_NO_BREAK_SPACE}mois"
    if name.startswith("date_"):
        return _date_text(str(value))
    return str(value)


def euros_text(value: float) -> str:
    """« 46 500 € », cents only when there are some."""
    return f"{amount_text(value)}{_NO_BREAK_SPACE}€"


def amount_text(value: float) -> str:
    """A number with French separators, two decimals only when there are some."""
    text = f"{value:,.2f}" if value != int(value) else f"{int(value):,}"
    return text.replace(",", _NARROW_SPACE).replace(".", ",")


def _date_text(stated: str) -> str:
    """« 2 mars 2015 », « mars 2015 », « 2015 », as precisely as the dossier states it."""
    if stated.count("-") == 2:
        return day(date.fromisoformat(stated))
    if stated.count("-") == 1:
        return day(date.fromisoformat(f"{stated}-02")).removeprefix("2 ")
    return stated
