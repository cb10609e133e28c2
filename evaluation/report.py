"""The report of an evaluation: what it holds, its words, and all of it as JSON (`markdown` and `page` show it)."""

import dataclasses
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corpora.plan import Split
from corpora.registry import SAMPLE
from evaluation import annotators
from evaluation.annotators import AnnotatorAgreement
from evaluation.figures import Estimate
from evaluation.suite import MEASURES, Suite
from evaluation.thresholds import Shortfall
from pipeline.analysis import ModelUsed
from pipeline.text import decimal, typeset

_OF_PARTS = ("sections.accuracy", "facts.exact", "types.accuracy", "passages.decisive.8", "passages.precision")
SPLITS: dict[str, str] = {
    Split.TRAIN: "jeu d’entraînement",
    Split.DEV: "jeu de mise au point",
    Split.TEST: "jeu de test",
    SAMPLE: "dossiers d’exemple",
}
LABELS = {measure.id: typeset(measure.label) for measure in (*MEASURES, *annotators.MEASURES)}
# What is compared with simple methods, and what is shown of each call, layout and marker: ids of measures.
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
SLICED = {
    "repère": (
        "passages.decisive.3",
        "passages.decisive.5",
        "passages.decisive.8",
        "passages.useful.8",
        "passages.precision",
        "passages.silence",
    ),
    "appel": _OF_PARTS,
    "présentation": _OF_PARTS,
}
OF_REAL_TEXTS = ("types.accuracy", "types.coverage", "types.accuracy-when-suggested")
CEILING = typeset(
    "C’est le plafond pratique : un programme ne peut guère s’accorder avec l’un mieux que ne le fait l’autre."
)
CAVEAT = typeset(
    "Les dossiers de ce corpus sont écrits pour le projet : ils sont synthétiques. Ces chiffres disent comment le "
    "programme se comporte sur eux ; ils ne disent pas ce qu’il vaudra sur les dossiers d’une région."
)
READERS = typeset(
    "Pour mémoire, ailleurs : deux lecteurs soigneux d’autres dossiers s’accordaient sur 0,96 des passages décisifs, "
    "avec une précision de 0,65 ; l’essai de RobotReviewer donnait un rappel de 0,90 et une précision de 0,87 contre "
    "les surlignages finals des utilisateurs ; GROBID annonce une F1 de 0,69 à 0,80 (stricte) et de 0,75 à 0,81 "
    "(souple) pour la structure d’articles scientifiques, qui est une autre tâche."
)


_NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Report:
    """All that one evaluation found; of the test split, without its misses: they would be learned from.

    `silver`: figures of types by source of real texts; "" is over all sources.
    """

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


def number(value: float, digits: int = 2) -> str:
    """A figure in French; a dash where there is nothing to measure."""
    return "–" if math.isnan(value) else decimal(value, digits)


def interval(estimate: Estimate) -> str:
    """The two ends of an interval."""
    return "–" if math.isnan(estimate.low) else f"{number(estimate.low)}{_NBSP}–{_NBSP}{number(estimate.high)}"


def agreement_rows(agreement: AnnotatorAgreement) -> list[tuple[str, str, str]]:
    """How far two readers agree: measure, figure, and its interval or what it counts."""
    figures = [(LABELS[id_], number(found.value), interval(found)) for id_, found in agreement.figures.items()]
    alphas = (
        ("Statuts des champs, alpha de Krippendorff", agreement.statuses_alpha, agreement.statuses_same),
        ("Types, alpha de Krippendorff", agreement.types_alpha, agreement.types_same),
    )
    return figures + [
        (label, number(alpha), f"{same} sur {count} identiques") for label, alpha, (same, count) in alphas
    ]
