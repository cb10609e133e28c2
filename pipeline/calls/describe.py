"""A call told to people: its parts in French, each statement with the place where it was read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.analysis import INNOVATION_TYPES
from pipeline.calls.model import (
    Call,
    Check,
    CheckKind,
    LengthLimit,
    LimitUnit,
    Marker,
    RequiredField,
    RequirementKind,
    Source,
    Statement,
)
from pipeline.text import typeset

USUAL_MARKERS = 12
"""How many markers the regional calls have; another number is noted, never refused."""

_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)

_CHECKS = {
    CheckKind.AID_CEILING: "Plafond de l'aide",
    CheckKind.TERRITORY: "Implantation du porteur",
    CheckKind.DURATION: "Durée",
    CheckKind.ACCOUNTS_HORIZON: "Période des comptes prévisionnels",
    CheckKind.BALANCED_BUDGET: "Équilibre des comptes prévisionnels",
    CheckKind.BEFORE_MARKET: "Avant la mise sur le marché",
    CheckKind.NOT_ALREADY_AIDED: "Projet pas encore aidé",
    CheckKind.ELIGIBLE_BEARER: "Porteur éligible",
    CheckKind.PRIVATE_LAW_ONLY: "Droit privé seulement",
    CheckKind.DEADLINE: "Date limite",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement: a label (may be empty), its text, and where it was read (may be empty)."""

    label: str
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the description; never empty."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class CallDescription:
    """A whole call, ready to be laid out: a title, then groups in reading order."""

    title: str
    groups: tuple[Group, ...]


def describe(call: Call) -> CallDescription:
    """All that the call file holds, in French; parts that the call does not have are left out."""
    groups = (
        ("L'appel", _identity(call)),
        ("Sources", (Entry(part.key, f"{part.title}, {part.publisher}, {part.year}") for part in call.sources)),
        ("Définition de l'innovation sociale", _statements(call, (call.definition, *call.further_definitions))),
        ("Types d'innovation sociale", _types(call)),
        ("Objectifs", _statements(call, call.objectives)),
        (_requirements_title(call), _requirements(call)),
        ("Ce que le candidat doit expliquer", _statements(call, call.expectations)),
        ("Repères", _markers(call)),
        ("Porteurs éligibles", _statements(call, call.bearers)),
        ("Dépenses éligibles", _statements(call, call.expenses)),
        ("Règles que le programme regarde (il signale, il ne décide pas)", _checks(call)),
        ("Conditions laissées à l'appréciation des personnes", _statements(call, call.conditions)),
        ("Versement de l'aide", _statements(call, call.payment)),
        ("Critères génériques d'appréciation", _statements(call, call.generic_criteria)),
        ("Critères du jury", _statements(call, call.jury_criteria)),
        ("Dimensions de l'instruction", _statements(call, call.instruction_dimensions)),
        ("Synthèse de l'instruction", _statements(call, call.synthesis_items)),
        ("Grille de faisabilité (remplie par le jury seul)", _grid(call)),
        ("Suites possibles", _statements(call, call.outcomes)),
        ("Procédure", _statements(call, call.procedure)),
        ("Règles d'usage des repères et des grilles", _statements(call, call.rules_of_use)),
        ("Confidentialité", _statements(call, (call.confidentiality,) if call.confidentiality else ())),
        ("Contacts et dépôt", _statements(call, call.contacts)),
    )
    told = (Group(typeset(title), tuple(entries)) for title, entries in groups)
    return CallDescription(call.title, tuple(group for group in told if group.entries))


def remarks(call: Call) -> tuple[str, ...]:
    """French sentences on what is unusual in the call without being wrong; empty for nothing."""
    unusual = (
        (
            len(call.markers) != USUAL_MARKERS,
            f"Nombre de repères : {len(call.markers)} ; les appels connus en ont {USUAL_MARKERS}.",
        ),
        (
            not any(marker.levels for marker in call.markers),
            "Aucun niveau n'est décrit pour les repères : l'échelle reste à fixer collectivement.",
        ),
        (
            len(call.types) < len(INNOVATION_TYPES),
            f"Types d'innovation que l'appel définit : {len(call.types)} sur {len(INNOVATION_TYPES)}.",
        ),
        (call.deadline is None, "L'appel n'a pas de date limite."),
        (not call.departments, "L'appel ne nomme aucun département : l'implantation ne peut pas être regardée."),
        (not call.checks, "L'appel n'a aucune règle d'éligibilité à regarder."),
    )
    return tuple(typeset(sentence) for holds, sentence in unusual if holds)


def _identity(call: Call) -> Iterator[Entry]:
    yield Entry("Identifiant", call.id)
    yield Entry("Année", str(call.year))
    yield Entry("Institution", call.institution)
    yield Entry("Région", call.region)
    if call.departments:
        yield Entry("Départements", ", ".join(f"{part.name} ({part.code})" for part in call.departments))
    if call.deadline:
        day = "1er" if call.deadline.day == 1 else str(call.deadline.day)
        yield Entry("Date limite", f"{day} {_MONTHS[call.deadline.month - 1]} {call.deadline.year}")
    yield Entry("Empreinte du fichier", call.digest)


def _statements(call: Call, statements: Iterable[Statement]) -> Iterator[Entry]:
    for statement in statements:
        yield Entry("", statement.text, _place(call, statement.source))


def _place(call: Call, source: Source) -> str:
    """The place alone for the call's main source, which every reader takes for granted; else the title with it."""
    if source.document == call.sources[0].key:
        return source.place
    title = next(part.title for part in call.sources if part.key == source.document)
    return f"{title}, {source.place}"


def _types(call: Call) -> Iterator[Entry]:
    for kind in call.types:
        yield Entry(kind.title, kind.definition, _place(call, kind.source))


def _requirements_title(call: Call) -> str:
    only_documents = all(field.kind is RequirementKind.DOCUMENT for field in call.fields)
    return "Pièces demandées" if only_documents else "Champs demandés"


def _requirements(call: Call) -> Iterator[Entry]:
    for field in call.fields:
        label = f"{field.id}. {field.title}" if field.id.isdigit() else field.title
        yield Entry(label, "\n".join((field.wording, *_details(field))), _place(call, field.source))


def _details(field: RequiredField) -> Iterator[str]:
    """What the program draws from the field's wording."""
    if field.optional:
        yield "Le cas échéant seulement."
    if field.limit:
        yield typeset(f"Longueur : {_limit(field.limit)} au plus.")
    if field.horizon_months:
        yield typeset(f"Période : {field.horizon_months} mois.")
    marks = (("datée", field.must_be_dated), ("signée", field.must_be_signed))
    if wanted := " et ".join(name for name, holds in marks if holds):
        yield f"La pièce doit être {wanted}."
    if field.items:
        names = (f"{item.title} (le cas échéant)" if item.optional else item.title for item in field.items)
        yield typeset(f"Éléments : {' ; '.join(names)}.")


def _limit(limit: LengthLimit) -> str:
    unit = "page" if limit.unit is LimitUnit.PAGES else "ligne"
    return f"{limit.value} {unit}{'s' if limit.value > 1 else ''}"


def _markers(call: Call) -> Iterator[Entry]:
    for marker in call.markers:
        label = f"{marker.title} ({marker.dimension})" if marker.dimension else marker.title
        yield Entry(label, "\n".join(_marker_lines(marker)), _place(call, marker.source))


def _marker_lines(marker: Marker) -> Iterator[str]:
    if marker.definition:
        yield marker.definition
    for level in marker.levels:
        yield typeset(f"{level.value} : {level.wording}")


def _checks(call: Call) -> Iterator[Entry]:
    for check in call.checks:
        amount = _check_amount(check)
        label = _CHECKS[check.kind] + (typeset(f" : {amount}") if amount else "")
        yield Entry(label, check.wording, _place(call, check.source))


def _check_amount(check: Check) -> str:
    if check.amount is None:
        return ""
    if check.kind is CheckKind.AID_CEILING:
        return f"{check.amount:,} €".replace(",", "\u202f").replace(" ", "\u00a0")
    return f"{check.amount}\u00a0mois"


def _grid(call: Call) -> Iterator[Entry]:
    if call.grid is None:
        return
    yield Entry("", call.grid.wording, _place(call, call.grid.source))
    yield Entry("Valeurs", typeset(" ; ".join(f"{value.value} : {value.wording}" for value in call.grid.values)))
    for group in call.grid.groups:
        yield Entry(group.title, "\n".join(item.text for item in group.items))
