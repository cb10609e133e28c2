"""The report as Markdown, in French: figures only; misses are left to the page and to JSON."""

from collections.abc import Iterable, Mapping

from evaluation.annotators import AnnotatorAgreement
from evaluation.figures import Estimate
from evaluation.report import (
    CAVEAT,
    CEILING,
    COMPARED,
    LABELS,
    OF_REAL_TEXTS,
    READERS,
    SLICED,
    SPLITS,
    Report,
    agreement_rows,
    interval,
    number,
)
from evaluation.suite import Suite
from evaluation.thresholds import Shortfall
from pipeline.text import plural, typeset


def to_markdown(report: Report) -> str:
    """The figures, beside those of simple methods, by marker, by call and by layout."""
    own = report.suite.systems[0]
    lines = [
        f"# Évaluation, {SPLITS[report.split]} ({plural(report.suite.cases, 'dossier', 'dossiers')})",
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
        *_unreadable(report.suite),
        f"Lecture des PDF : {number(report.reading_seconds, 0)} s ; mesures : {number(own.seconds, 0)} s.",
        "",
        "## Méthodes simples, mêmes dossiers",
        "",
        *_compared(report.suite),
        "## Par repère, par appel, par présentation",
        "",
        *(line for kind in SLICED for line in (*_sliced(report.suite, kind), "")),
        *_agreement(report.agreement),
        *_silver(report.silver),
        *_shortfalls(report.shortfalls),
    ]
    return typeset("\n".join(lines).rstrip()) + "\n"


def _measure_rows(figures: Mapping[str, Estimate]) -> list[tuple[str, ...]]:
    return [
        (LABELS[id_], number(found.value), interval(found), str(found.support))
        for id_, found in figures.items()
        if found.support
    ]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    marks = "|".join("---" if index == 0 else "--:" for index in range(len(head)))
    return [f"| {' | '.join(head)} |", f"|{marks}|", *(f"| {' | '.join(row)} |" for row in rows)]


def _unreadable(suite: Suite) -> list[str]:
    right, count = suite.unreadable_right
    return [f"Dossiers illisibles reconnus comme tels : {right} sur {count}.", ""] if count else []


def _compared(suite: Suite) -> list[str]:
    lines: list[str] = []
    for measures in COMPARED.values():
        rows = [
            (system.name, *(number(system.figures[id_].value) for id_ in measures), f"{number(system.seconds, 1)} s")
            for system in suite.systems
            if measures[0] in system.figures
        ]
        lines += [*_table(("Méthode", *(LABELS[id_] for id_ in measures), "Durée"), rows), ""]
    return lines


def _sliced(suite: Suite, kind: str) -> list[str]:
    rows = [
        (part.name, *(f"{number(part.figures[id_].value)} ({part.figures[id_].support})" for id_ in SLICED[kind]))
        for part in suite.slices
        if part.kind == kind
    ]
    return _table((kind.capitalize(), *(LABELS[id_] for id_ in SLICED[kind])), rows)


def _agreement(agreement: AnnotatorAgreement | None) -> list[str]:
    if agreement is None:
        return []
    by_notion = [(title, number(found.value), str(found.support)) for title, found in agreement.by_notion.items()]
    return [
        f"## Accord entre deux annotateurs ({plural(agreement.dossiers, 'dossier', 'dossiers')})",
        "",
        CEILING,
        "",
        *_table(("Mesure", "Accord", "Intervalle ou décompte"), agreement_rows(agreement)),
        "",
        *_table(("Repère", "F1 entre annotateurs", "Passages de la première"), by_notion),
        "",
        READERS,
        "",
    ]


def _silver(silver: Mapping[str, Mapping[str, Estimate]]) -> list[str]:
    if not silver:
        return []
    rows = [
        (
            family or "toutes",
            *(number(figures[id_].value) for id_ in OF_REAL_TEXTS),
            str(figures[OF_REAL_TEXTS[0]].support),
        )
        for family, figures in silver.items()
    ]
    return [
        "## Types d’initiatives réelles, par source",
        "",
        "Types jugés par un seul lecteur ; type et source vont ensemble, d’où la lecture par source.",
        "",
        *_table(("Source", *(LABELS[id_] for id_ in OF_REAL_TEXTS), "Textes"), rows),
        "",
    ]


def _shortfalls(shortfalls: Iterable[Shortfall]) -> list[str]:
    lines = [
        f"- {LABELS[short.measure]} : {number(short.value)}, au lieu de {number(short.bound)}" for short in shortfalls
    ]
    return ["## Sous le seuil d’une livraison", "", *lines, ""] if lines else []
