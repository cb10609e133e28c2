"""Completeness against gold: statuses, missed defects, false alarms, and where each answer begins."""

from collections.abc import Mapping
from dataclasses import dataclass

from corpora.gold import GoldDossier, GoldPlace, GoldSection
from evaluation.figures import Measure, Tally, f1_of, ratio
from evaluation.matching import FoundPlace, begins_alike
from evaluation.misses import Miss
from pipeline.analysis import SectionStatus

_DEFECTIVE = (SectionStatus.ABSENT, SectionStatus.THIN)
_LABELS = {
    SectionStatus.PRESENT: "présents",
    SectionStatus.THIN: "insuffisants",
    SectionStatus.ABSENT: "absents",
    SectionStatus.NOT_APPLICABLE: "sans objet",
}

MEASURES: tuple[Measure, ...] = (
    ratio("sections.accuracy", "Statuts justes", "sections/right", "sections"),
    *(
        ratio(
            f"sections.accuracy.{status}",
            f"Statuts justes, champs {label}",
            f"sections/{status}/right",
            f"sections/{status}",
        )
        for status, label in _LABELS.items()
    ),
    ratio(
        "sections.defects",
        "Absences et insuffisances signalées (l’une ou l’autre)",
        "sections/noticed",
        "sections/defective",
    ),
    ratio(
        "sections.exact-defects",
        "Absences et insuffisances dites par le mot juste",
        "sections/named",
        "sections/defective",
    ),
    ratio("sections.accused", "Champs présents accusés à tort", "sections/accused", "sections/present"),
    f1_of("sections.start.strict", "Début des réponses (page et premiers mots), F1", "starts-strict"),
    f1_of("sections.start.soft", "Début des réponses (page), F1", "starts-soft"),
)


@dataclass(frozen=True, slots=True)
class FoundSection:
    """What a system says of a required field, and where the answer stands (empty when it does not say)."""

    status: SectionStatus
    places: tuple[FoundPlace, ...] = ()


def tally_sections(gold: GoldDossier, found: Mapping[str, FoundSection]) -> Tally:
    """Counts of one dossier; a field that a system does not speak of counts as wrong."""
    tally: Tally = Tally()
    for section in gold.sections:
        said = found.get(section.id)
        status = said.status if said else None
        tally["sections"] += 1
        tally[f"sections/{section.status}"] += 1
        tally[f"confusion/{section.status}/{status}"] += 1
        if status is section.status:
            tally["sections/right"] += 1
            tally[f"sections/{section.status}/right"] += 1
        if section.status in _DEFECTIVE:
            tally["sections/defective"] += 1
            tally["sections/noticed"] += status in _DEFECTIVE
            tally["sections/named"] += status is section.status
        elif section.status is SectionStatus.PRESENT:
            tally["sections/accused"] += status in _DEFECTIVE
            tally.update(_starts(section, said.places if said else ()))
    return tally


def _starts(section: GoldSection, places: tuple[FoundPlace, ...]) -> Tally:
    tally = Tally({"starts-strict/gold": len(section.evidence), "starts-strict/said": len(places)})
    tally["starts-strict/gold-met"] = sum(any(_stands_at(gold, place) for place in places) for gold in section.evidence)
    tally["starts-strict/said-right"] = sum(
        any(_stands_at(gold, place) for gold in section.evidence) for place in places
    )
    gold_pages = {(gold.file, gold.page) for gold in section.evidence}
    pages = {(place.file, place.page) for place in places}
    tally["starts-soft/gold"], tally["starts-soft/said"] = len(gold_pages), len(pages)
    tally["starts-soft/gold-met"] = tally["starts-soft/said-right"] = len(gold_pages & pages)
    return tally


def _stands_at(gold: GoldPlace, place: FoundPlace) -> bool:
    return (gold.file, gold.page) == (place.file, place.page) and begins_alike(gold.starts, place.text)


def missed_sections(gold: GoldDossier, found: Mapping[str, FoundSection]) -> list[Miss]:
    """Each wrong status."""
    return [
        Miss(
            gold.call, gold.dossier, f"champ {section.id}", section.status.value, said.status.value if said else "rien"
        )
        for section in gold.sections
        if (said := found.get(section.id)) is None or said.status is not section.status
    ]
