"""How far two careful readers agree on the same dossiers: the practical ceiling of any program."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import krippendorff
import numpy as np

from corpora.gold import GoldDossier, GoldMarker, squash
from corpora.notions import notion_of
from evaluation.figures import Estimate, Measure, Tally, estimate, f1_of, ratio
from evaluation.matching import same_passage

MEASURES: tuple[Measure, ...] = (
    f1_of("annotators.passages", "Passages, F1 entre annotateurs", "agreed"),
    ratio(
        "annotators.decisive", "Passages décisifs de la première retrouvés par la seconde", "decisive/met", "decisive"
    ),
    ratio("annotators.precision", "Passages de la seconde qui sont de la première", "agreed/said-right", "agreed/said"),
    ratio("annotators.silence", "Silences de la première partagés", "silent/kept", "silent"),
)


@dataclass(frozen=True, slots=True)
class AnnotatorAgreement:
    """`alphas`: Krippendorff's alpha of statuses and of types (NaN when all agree on a single value)."""

    dossiers: int
    figures: Mapping[str, Estimate]
    by_notion: Mapping[str, Estimate]
    statuses_alpha: float
    types_alpha: float
    statuses_same: tuple[int, int]
    types_same: tuple[int, int]


def annotator_agreement(first: Iterable[GoldDossier], second: Iterable[GoldDossier]) -> AnnotatorAgreement:
    """Compares the dossiers that both have labelled."""
    others = {gold.dossier: gold for gold in second}
    pairs = [(gold, others[gold.dossier]) for gold in first if gold.dossier in others]
    tallies = [_tally(one, other) for one, other in pairs]
    by_notion: dict[str, list[Tally]] = {}
    for one, other in pairs:
        for marker, twin in _same_markers(one, other):
            by_notion.setdefault(notion_of(one.call, marker.id).title, []).append(_tally_marker(marker, twin))
    statuses = [pair for one, other in pairs for pair in _statuses(one, other)]
    types = [(str(one.innovation_type.main), str(other.innovation_type.main)) for one, other in pairs]
    return AnnotatorAgreement(
        dossiers=len(pairs),
        figures=estimate(tallies, MEASURES),
        by_notion={title: estimate(found, MEASURES[:1])[MEASURES[0].id] for title, found in by_notion.items()},
        statuses_alpha=_alpha(statuses),
        types_alpha=_alpha(types),
        statuses_same=(sum(one == other for one, other in statuses), len(statuses)),
        types_same=(sum(one == other for one, other in types), len(types)),
    )


def _same_markers(one: GoldDossier, other: GoldDossier) -> list[tuple[GoldMarker, GoldMarker]]:
    twins = {marker.id: marker for marker in other.markers}
    return [(marker, twins.get(marker.id, GoldMarker(marker.id, ()))) for marker in one.markers]


def _tally(one: GoldDossier, other: GoldDossier) -> Tally:
    tally: Tally = Tally()
    for marker, twin in _same_markers(one, other):
        tally.update(_tally_marker(marker, twin))
    return tally


def _tally_marker(one: GoldMarker, other: GoldMarker) -> Tally:
    mine = [(passage.relevance, squash(passage.text)) for passage in one.passages]
    its = [squash(passage.text) for passage in other.passages]
    met = [any(same_passage(text, twin) for twin in its) for _, text in mine]
    tally: Tally = Tally({"agreed/gold": len(mine), "agreed/gold-met": sum(met), "agreed/said": len(its)})
    tally["agreed/said-right"] = sum(any(same_passage(text, twin) for _, text in mine) for twin in its)
    for (relevance, _), is_met in zip(mine, met, strict=True):
        tally.update({relevance: 1, f"{relevance}/met": is_met})
    if not mine:
        tally.update({"silent": 1, "silent/kept": not its})
    return tally


def _statuses(one: GoldDossier, other: GoldDossier) -> list[tuple[str, str]]:
    twins = {section.id: section.status.value for section in other.sections}
    return [(section.status.value, twins[section.id]) for section in one.sections if section.id in twins]


def _alpha(pairs: Sequence[tuple[str, str]]) -> float:
    """Krippendorff's alpha for nominal values; NaN when there is only one value to agree on."""
    values = sorted({value for pair in pairs for value in pair})
    if len(values) < 2:
        return float("nan")
    table = np.array([[values.index(value) for value in column] for column in zip(*pairs, strict=True)], dtype=float)
    return float(krippendorff.alpha(reliability_data=table, level_of_measurement="nominal"))
