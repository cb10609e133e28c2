"""The report's pictures, as SVG that stands in the page itself."""

import io
import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from evaluation.figures import Estimate
from evaluation.kinds import ReliabilityBin
from evaluation.suite import Slice, SystemFigures
from pipeline.text import typeset

_INK, _PALE, _ACCENT, _SECOND = "#1f2937", "#d1d5db", "#1d4ed8", "#b45309"
_STYLE: Any = {
    "font.size": 10,
    "font.family": "sans-serif",
    "axes.edgecolor": _PALE,
    "axes.labelcolor": _INK,
    "text.color": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "svg.fonttype": "none",  # real text: it can be read aloud and searched
    "svg.hashsalt": "reperes",  # the same picture gives the same bytes
}


def confusion(counts: Mapping[tuple[str, str], int], labels: Mapping[str, str]) -> str:
    """Gold in rows, what was said in columns, both in the order of `labels`; each cell says its count."""
    with mpl.rc_context(_STYLE):
        figure, axes = _figure(5.2, 4.2)
        table = np.array([[counts.get((gold, said), 0) for said in labels] for gold in labels], dtype=float)
        shares = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
        axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
        for (row, column), count in np.ndenumerate(table):
            colour = "white" if shares[row, column] > 0.6 else _INK
            axes.text(column, row, f"{count:.0f}", ha="center", va="center", color=colour)
        names = list(labels.values())
        axes.set_xticks(range(len(names)), names, rotation=20, ha="right")
        axes.set_yticks(range(len(names)), names)
        axes.set_xlabel("Dit par le programme")
        axes.set_ylabel("Référence")
        return _svg(figure, "Confusions : référence en lignes, programme en colonnes")


def reliability(bins: Sequence[ReliabilityBin]) -> str:
    """Accuracy against confidence; the diagonal is a program that knows how sure it may be."""
    with mpl.rc_context(_STYLE):
        figure, axes = _figure(4.6, 4.2)
        axes.plot([1 / 3, 1], [1 / 3, 1], color=_PALE, linestyle="--")
        axes.plot([one.confidence for one in bins], [one.accuracy for one in bins], color=_ACCENT, marker="o")
        for one in bins:
            axes.annotate(str(one.count), (one.confidence, one.accuracy), textcoords="offset points", xytext=(6, -12))
        axes.xaxis.set_major_formatter(FuncFormatter(_french))
        axes.set_xlim(0.3, 1.02)
        axes.yaxis.set_major_formatter(FuncFormatter(_french))
        axes.set_ylim(-0.03, 1.05)
        axes.set_xlabel("Probabilité annoncée (moyenne de la classe)")
        axes.set_ylabel("Part de types justes")
        return _svg(figure, "Fiabilité des probabilités de type ; le nombre est celui des dossiers")


def coverage(points: Sequence[tuple[float, float]]) -> str:
    """Accuracy when only the surest dossiers are answered."""
    with mpl.rc_context(_STYLE):
        figure, axes = _figure(4.6, 4.2)
        axes.plot([share for share, _ in points], [right for _, right in points], color=_ACCENT, marker=".")
        axes.xaxis.set_major_formatter(FuncFormatter(_french))
        axes.set_xlim(0, 1.02)
        axes.yaxis.set_major_formatter(FuncFormatter(_french))
        axes.set_ylim(0, 1.05)
        axes.set_xlabel("Part des dossiers pour lesquels on répond")
        axes.set_ylabel("Part de types justes parmi eux")
        return _svg(figure, "Types justes selon la part de dossiers auxquels on répond")


def by_notion(slices: Sequence[Slice], ceiling: Mapping[str, Estimate]) -> str:
    """Recall of decisive passages and precision of each notion of markers, with intervals; diamonds: two readers."""
    with mpl.rc_context(_STYLE):
        names = [part.name for part in slices]
        figure, axes = _figure(8.6, 0.42 * len(names) + 1.4)
        rows = np.arange(len(names))
        for offset, id_, colour, label in (
            (-0.14, "passages.decisive.8", _ACCENT, "passages décisifs montrés"),
            (0.14, "passages.precision", _SECOND, "passages montrés qui sont de référence"),
        ):
            _intervals(axes, rows + offset, [part.figures[id_] for part in slices], colour, label)
        known = [(row, ceiling[name].value) for row, name in zip(rows, names, strict=True) if name in ceiling]
        if known:
            axes.scatter(
                [value for _, value in known],
                [row for row, _ in known],
                marker="D",
                s=26,
                facecolor="none",
                edgecolor=_INK,
                label="F1 entre deux lecteurs",
                zorder=3,
            )
        axes.set_yticks(rows, names)
        axes.invert_yaxis()
        axes.xaxis.set_major_formatter(FuncFormatter(_french))
        axes.set_xlim(-0.02, 1.02)
        axes.legend(loc="upper center", bbox_to_anchor=(0.45, -0.1), ncols=3, frameon=False, fontsize=9)
        return _svg(figure, "Passages par repère : rappel des décisifs et précision, intervalles à 95 %")


def compared(systems: Sequence[SystemFigures], measure: str, label: str) -> str:
    """One measure, the program above the methods that it is compared with."""
    with mpl.rc_context(_STYLE):
        speaking = [
            system for system in systems if measure in system.figures and not math.isnan(system.figures[measure].value)
        ]
        figure, axes = _figure(6.4, 0.46 * len(speaking) + 1.0)
        rows = np.arange(len(speaking))
        axes.barh(
            rows,
            [system.figures[measure].value for system in speaking],
            color=[_ACCENT, *[_PALE] * (len(speaking) - 1)],
            height=0.6,
        )
        _intervals(axes, rows, [system.figures[measure] for system in speaking], _INK, "")
        axes.set_yticks(rows, [system.name for system in speaking])
        axes.invert_yaxis()
        axes.xaxis.set_major_formatter(FuncFormatter(_french))
        axes.set_xlim(0, 1.02)
        axes.set_xlabel(label)
        return _svg(figure, f"{label}, par méthode")


def _intervals(
    axes: Axes, rows: Sequence[float] | np.ndarray, estimates: Sequence[Estimate], colour: str, label: str
) -> None:
    values = np.array([found.value for found in estimates])
    low = np.maximum(values - np.array([found.low for found in estimates]), 0)
    high = np.maximum(np.array([found.high for found in estimates]) - values, 0)
    axes.errorbar(values, rows, xerr=[low, high], fmt="o", markersize=4, color=colour, elinewidth=1, label=label)


def _french(value: float, _position: int) -> str:
    return f"{value:.2g}".replace(".", ",")


def _figure(width: float, height: float) -> tuple[Figure, Axes]:
    """Sizes in inches. Without pyplot: nothing is kept from one picture to the next."""
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots()


def _svg(figure: Figure, title: str) -> str:
    stream = io.StringIO()
    figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    drawing = stream.getvalue()
    drawing = drawing[drawing.index("<svg") :]
    return drawing.replace("<svg ", f'<svg role="img" aria-label="{escape(typeset(title))}" ', 1)
