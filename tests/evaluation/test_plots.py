"""Pictures say in words what they show, leave out what was not measured, and are always the same."""

import re

import pytest

from evaluation import plots
from evaluation.figures import Estimate
from evaluation.kinds import ReliabilityBin
from evaluation.suite import Slice, SystemFigures
from tests.evaluation.reports import UNMEASURED

HALF = Estimate(0.5, 0.4, 0.6, 12)


def texts(drawing: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", drawing)


def test_a_confusion_counts_gold_against_what_was_said() -> None:
    labels = {"present": "présent", "absent": "absent"}
    shown = texts(plots.confusion({("present", "present"): 7, ("present", "absent"): 2}, labels))
    assert {"présent", "absent", "Référence", "Dit par le programme"} <= set(shown)
    assert [text for text in shown if text.isdigit()] == ["7", "2", "0", "0"]


def test_a_reliability_curve_says_how_many_dossiers_each_point_is() -> None:
    drawing = plots.reliability([ReliabilityBin(0.6, 0.73, 41, 0.7, 0.5), ReliabilityBin(0.86, 1.0, 53, 0.9, 0.9)])
    assert {"41", "53"} <= set(texts(drawing))


def test_a_coverage_curve_names_its_axes() -> None:
    assert "Part des dossiers pour lesquels on répond" in texts(plots.coverage([(0.5, 1.0), (1.0, 0.5)]))


def test_markers_are_named_and_the_ceiling_is_shown_where_it_is_known() -> None:
    figures = {"passages.decisive.8": HALF, "passages.precision": HALF}
    parts = [Slice("repère", "Gouvernance", figures), Slice("repère", "Ancrage territorial", figures)]
    shown = texts(plots.by_notion(parts, {"Gouvernance": HALF}))
    assert {"Gouvernance", "Ancrage territorial", "F1 entre deux lecteurs"} <= set(shown)
    assert "F1 entre deux lecteurs" not in texts(plots.by_notion(parts, {}))


def test_a_method_without_the_measure_is_not_compared() -> None:
    systems = [
        SystemFigures("Repères", {"a": HALF}, 1),
        SystemFigures("BM25", {"a": UNMEASURED}, 1),
        SystemFigures("Tout présent", {}, 1),
    ]
    shown = texts(plots.compared(systems, "a", "Statuts justes"))
    assert {"Repères", "Statuts justes"} <= set(shown)
    assert {"BM25", "Tout présent"}.isdisjoint(shown)


@pytest.mark.parametrize("label", ['Passages "sûrs" & <autres>', "Lecture : 95 %"])
def test_the_title_is_an_attribute_of_the_picture(label: str) -> None:
    drawing = plots.compared([SystemFigures("Repères", {"a": HALF}, 1)], "a", label)
    (title,) = re.findall(r'^<svg role="img" aria-label="([^"<>]*)" ', drawing)
    assert title.endswith("par méthode")
    assert drawing.count("aria-label") == 1


def test_the_same_figures_give_the_same_bytes() -> None:
    part = Slice("repère", "Recherche", {"passages.decisive.8": HALF, "passages.precision": HALF})
    one, other = (plots.by_notion([part], {"Recherche": HALF}) for _ in range(2))
    assert one == other
    assert "<dc:date>" not in one
