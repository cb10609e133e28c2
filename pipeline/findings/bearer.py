"""Findings on the bearer: its seat, its legal form, its numbers."""

import re
from collections.abc import Iterator

from pipeline.analysis import Finding
from pipeline.calls.model import CheckKind
from pipeline.document import Span
from pipeline.facts.readings import Number
from pipeline.facts.territory import department_names
from pipeline.findings.situation import Situation, finding
from pipeline.text import fold, listed

_PUBLIC_FORMS = frozenset(
    {"commune", "EPCI", "établissement public", "CCAS", "syndicat mixte", "syndicat de communes", "département", "GIP"}
)
# Words of a call's list of bearers under which a legal form falls; a form that is not here is an enterprise.
_FAMILIES = {
    "association": ("association", "droit prive"),
    "commune": ("collectivite", "commune"),
    "département": ("collectivite", "departement"),
    "EPCI": ("epci", "collectivite"),
    "syndicat de communes": ("etablissements publics", "etablissement public", "collectivite"),
    "syndicat mixte": ("etablissements publics", "etablissement public", "collectivite"),
    "établissement public": ("etablissements publics", "etablissement public"),
    "CCAS": ("etablissements publics", "etablissement public"),
    "GIP": ("etablissements publics", "groupement", "public"),
    "syndicat": ("syndical", "professionnel"),
    "collectif d’usagers": ("collectif",),
    "personne physique": ("personnes physiques", "personne physique"),
    "fondation": ("fondation", "droit prive", "association"),
    "fonds de dotation": ("fondation", "droit prive", "association"),
}
_ENTERPRISE = ("entreprise", "societe", "droit prive")


def outside_territory(situation: Situation) -> Iterator[Finding]:
    seat = situation.readings.seat
    for _ in situation.checks(CheckKind.TERRITORY) if situation.document.body_end else ():
        if seat.commune is None and seat.department is None:
            yield finding(
                "seat-not-found", "Commune du siège non trouvée : vérifiez que le porteur est établi dans la région"
            )
        elif seat.department is not None and not _inside(situation, seat.department.value):
            name = department_names()[seat.department.value]
            where = f"{seat.commune.value}, {name}" if seat.commune else name
            spans = [*(seat.commune.evidence if seat.commune else ()), *seat.department.evidence]
            yield finding("seat-outside-region", f"Siège hors de la région : {where} ({seat.department.value})", spans)


def not_eligible(situation: Situation) -> Iterator[Finding]:
    """A legal form that no line of the call's list of bearers covers."""
    form = situation.readings.identity.legal_form
    if form is None:
        return
    for _ in situation.checks(CheckKind.ELIGIBLE_BEARER):
        bearers = " ; ".join(fold(bearer.text) for bearer in situation.call.bearers)
        if not any(word in bearers for word in _FAMILIES.get(form.value, _ENTERPRISE)):
            yield finding(
                "bearer-not-eligible",
                f"Porteur hors de la liste des bénéficiaires de l’appel : {form.value}",
                form.evidence,
            )
        elif form.value == "collectif d’usagers" and "personnalite morale" in bearers and not _registered(situation):
            yield finding(
                "bearer-not-eligible",
                "Collectif d’usagers : l’appel demande qu’il ait la personnalité morale, et le dossier ne donne ni "
                "SIREN ni RNA",
                form.evidence,
            )


def public_law(situation: Situation) -> Iterator[Finding]:
    form = situation.readings.identity.legal_form
    for _ in situation.checks(CheckKind.PRIVATE_LAW_ONLY):
        if form is not None and form.value in _PUBLIC_FORMS:
            yield finding(
                "bearer-public-law",
                f"Porteur de droit public ({form.value}) : l’appel s’adresse aux personnes morales de droit privé",
                form.evidence,
            )


def wrong_numbers(situation: Situation) -> Iterator[Finding]:
    """Numbers whose check digits or length are wrong."""
    identity = situation.readings.identity
    for name, numbers in (("SIREN", identity.sirens), ("SIRET", identity.sirets), ("RNA", identity.rnas)):
        for value, spans in _by_value(number for number in numbers if not number.valid):
            yield finding(f"invalid-{name.lower()}", f"Numéro {name} {value} : {_fault(name, value)}", spans)


def several_sirens(situation: Situation) -> Iterator[Finding]:
    identity = situation.readings.identity
    stated = dict(_by_value(identity.sirens))
    if len(stated) > 1:
        spans = [span for group in stated.values() for span in group]
        yield finding("siren-several", f"Plusieurs numéros SIREN pour le porteur : {listed(list(stated))}", spans)


def siret_of_another(situation: Situation) -> Iterator[Finding]:
    identity = situation.readings.identity
    sirens = {number.value for number in identity.sirens}
    for value, spans in _by_value(identity.sirets):
        if sirens and len(value) == 14 and value[:9] not in sirens:
            near = [number.span for number in identity.sirens[:1]]
            yield finding(
                "siret-not-of-siren",
                f"Le SIRET {value} n’est pas celui d’un établissement du SIREN {identity.sirens[0].value}",
                [*spans, *near],
            )


def _inside(situation: Situation, code: str) -> bool:
    return any(department.code == code for department in situation.call.departments)


def _registered(situation: Situation) -> bool:
    identity = situation.readings.identity
    return bool(identity.sirens or identity.sirets or identity.rnas)


def _by_value(numbers: Iterator[Number] | tuple[Number, ...]) -> Iterator[tuple[str, list[Span]]]:
    groups: dict[str, list[Span]] = {}
    for number in numbers:
        groups.setdefault(number.value, []).append(number.span)
    return iter(groups.items())


def _fault(name: str, value: str) -> str:
    length = {"SIREN": 9, "SIRET": 14, "RNA": 10}[name]
    if name == "RNA":
        return "ce n’est pas la forme d’un numéro RNA (W suivi de neuf chiffres)"
    if len(re.sub(r"\D", "", value)) != length:
        return f"{len(value)} chiffres au lieu de {length}"
    return "la clé de contrôle est fausse, un chiffre doit être erroné"
