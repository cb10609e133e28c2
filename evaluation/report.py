"""The report of an evaluation: what it holds, as JSON and as Markdown (`page` draws it)."""

import dataclasses
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from evaluation.annotators import AnnotatorAgreement
from evaluation.figures import Estimate
from evaluation.suite import MEASURES, Suite
from evaluation.thresholds import Shortfall
from pipeline.analysis import ModelUsed

SPLITS = {
    "train": "jeu d’entraînement",
    "dev": "jeu de mise au point",
    "test": "jeu de test",
    "sample": "dossiers d’exemple",
}
CAVEAT = (
    "Les dossiers de ce corpus sont écrits pour le projet : ils sont synthétiques. Ces chiffres disent comment le "
    "programme se comporte sur eux ; ils ne disent pas ce qu’il vaudra sur les dossiers d’une région."
)
READERS = (
    "Pour mémoire, ailleurs : deux lecteurs soigneux d’autres dossiers s’accordaient sur 0,96 des passages décisifs, "
    "avec une précision de 0,65 ; l’essai de RobotReviewer donnait un rappel de 0,90 et une précision de 0,87 contre "
    "les surlignages finals des utilisateurs ; GROBID annonce une F1 de 0,69 à 0,80 (stricte) et de 0,75 à 0,81 "
    "(souple) pour la structure d’articles scientifiques, qui est une autre tâche."
)


@dataclass(frozen=True, slots=True)
class Report:
    """All that one evaluation found. `silver`: figures of types by source of real texts; "" is over all sources."""

    program: str
    corpus: str
    split: str
    models: tuple[ModelUsed, ...]
    suite: Suite
    reading_seconds: float
    agreement: AnnotatorAgreement | None
    silver: Mapping[str, Mapping[str, Estimate]]
    shortfalls: tuple[Shortfall, ...]


def to_json(report: Report) -> bytes:
    """Everything, indented; figures that could not be measured are null."""
    return (json.dumps(_plain(report), ensure_ascii=False, indent=1) + "\n").encode()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {" → ".join(key) if isinstance(key, tuple) else key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 4)
    return value


def to_markdown(report: Report) -> str:
    """The figures, in French; misses are left to the page and to JSON."""
    own = report.suite.systems[0]
    lines = [
        f"# Évaluation, {SPLITS[report.split]} ({report.suite.cases} dossiers)",
        "",
        f"Repères {report.program}, corpus {report.corpus}. Modèles : {', '.join(one.name for one in report.models)}.",
        "",
        CAVEAT,
        "",
        "Chaque chiffre est suivi de son intervalle à 95 % (rééchantillonnage des dossiers) et de son effectif.",
        "",
        "## Le programme",
        "",
        *_table(("Mesure", "Valeur", "Intervalle", "Sur"), _measure_rows(own.figures)),
        "",
        f"Lecture des PDF : {number(report.reading_seconds, 0)} s ; mesures : {number(own.seconds, 0)} s.",
        "",
        "## Méthodes simples, mêmes dossiers",
        "",
        *_compared(report),
        "",
        "## Par repère",
        "",
        *_sliced(
            report, "repère", ("passages.decisive.8", "passages.useful.8", "passages.precision", "passages.silence")
        ),
        "",
        "## Par appel et par présentation",
        "",
        *_sliced(report, "appel", _SLICED),
        "",
        *_sliced(report, "présentation", _SLICED),
        "",
        *_agreement(report.agreement),
        *_silver(report),
        *_shortfalls(report.shortfalls),
    ]
    return "\n".join(lines).rstrip() + "\n"


_SLICED = ("sections.accuracy", "facts.exact", "types.accuracy", "passages.decisive.8", "passages.precision")
LABELS = {measure.id: measure.label for measure in MEASURES}


def number(value: float, digits: int = 2) -> str:
    """A figure in French; a dash where there is nothing to measure."""
    return "–" if math.isnan(value) else f"{value:.{digits}f}".replace(".", ",")


def interval(estimate: Estimate) -> str:
    """The two ends of an interval."""
    return "–" if math.isnan(estimate.low) else f"{number(estimate.low)} – {number(estimate.high)}"


def _measure_rows(figures: Mapping[str, Estimate]) -> list[tuple[str, ...]]:
    return [
        (LABELS[id_], number(found.value), interval(found), str(found.support))
        for id_, found in figures.items()
        if found.support
    ]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    marks = " | ".join("---" if index == 0 else "--:" for index in range(len(head)))
    return [f"| {' | '.join(head)} |", f"| {marks} |", *(f"| {' | '.join(row)} |" for row in rows)]


COMPARED = {
    "sections": ("sections.accuracy", "sections.defects", "sections.accused", "sections.start.soft"),
    "types": ("types.accuracy", "types.macro-f1", "types.calibration-error"),
    "passages": (
        "passages.decisive.8",
        "passages.useful.8",
        "passages.precision",
        "passages.silence",
        "passages.reading-saved",
    ),
}


def _compared(report: Report) -> list[str]:
    lines: list[str] = []
    for measures in COMPARED.values():
        speaking = [system for system in report.suite.systems if measures[0] in system.figures]
        rows = [
            (system.name, *(number(system.figures[id_].value) for id_ in measures), f"{number(system.seconds, 1)} s")
            for system in speaking
        ]
        lines += [*_table(("Méthode", *(LABELS[id_] for id_ in measures), "Durée"), rows), ""]
    return lines


def _sliced(report: Report, kind: str, measures: tuple[str, ...]) -> list[str]:
    rows = [
        (part.name, *(f"{number(part.figures[id_].value)} ({part.figures[id_].support})" for id_ in measures))
        for part in report.suite.slices
        if part.kind == kind
    ]
    return _table((kind.capitalize(), *(LABELS[id_] for id_ in measures)), rows)


def _agreement(agreement: AnnotatorAgreement | None) -> list[str]:
    if agreement is None:
        return []
    figures = agreement.figures
    rows = [
        ("Passages, F1", number(figures["annotators.passages"].value), interval(figures["annotators.passages"])),
        (
            "Passages décisifs retrouvés par la seconde",
            number(figures["annotators.decisive"].value),
            interval(figures["annotators.decisive"]),
        ),
        (
            "Passages de la seconde qui sont de la première",
            number(figures["annotators.precision"].value),
            interval(figures["annotators.precision"]),
        ),
        ("Silences partagés", number(figures["annotators.silence"].value), interval(figures["annotators.silence"])),
        (
            "Statuts des champs, alpha de Krippendorff",
            number(agreement.statuses_alpha),
            f"{agreement.statuses_same[0]} sur {agreement.statuses_same[1]} identiques",
        ),
        (
            "Types, alpha de Krippendorff",
            number(agreement.types_alpha),
            f"{agreement.types_same[0]} sur {agreement.types_same[1]} identiques",
        ),
    ]
    by_notion = [(title, number(found.value), str(found.support)) for title, found in agreement.by_notion.items()]
    return [
        f"## Accord entre deux annotateurs ({agreement.dossiers} dossiers)",
        "",
        "C’est le plafond pratique : un programme ne peut guère s’accorder avec l’un mieux que ne le fait l’autre.",
        "",
        *_table(("Mesure", "Accord", "Intervalle ou décompte"), rows),
        "",
        *_table(("Repère", "F1 entre annotateurs", "Passages de la première"), by_notion),
        "",
        READERS,
        "",
    ]


def _silver(report: Report) -> list[str]:
    if not report.silver:
        return []
    measures = ("types.accuracy", "types.coverage", "types.accuracy-when-suggested")
    rows = [
        (family or "toutes", *(number(figures[id_].value) for id_ in measures), str(figures["types.accuracy"].support))
        for family, figures in report.silver.items()
    ]
    return [
        "## Types d’initiatives réelles, par source",
        "",
        "Types jugés par un seul lecteur ; type et source vont ensemble, d’où la lecture par source.",
        "",
        *_table(("Source", *(LABELS[id_] for id_ in measures), "Textes"), rows),
        "",
    ]


def _shortfalls(shortfalls: Iterable[Shortfall]) -> list[str]:
    lines = [
        f"- {LABELS[short.measure]} : {number(short.value)}, au lieu de {number(short.bound)}" for short in shortfalls
    ]
    return ["## Sous le seuil d’une livraison", "", *lines, ""] if lines else []
