"""What benches show: tables of medians, how time splits and grows, what is reached and what is not."""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from evaluation.bench_figures import Point, Spread, exponent
from evaluation.bench_stages import Stage
from pipeline.text import decimal, plural, typeset

if TYPE_CHECKING:  # the tools that they measure take seconds to import
    from evaluation.bench_analyse import AnalysisBench
    from evaluation.bench_read import BenchResult

LEAST_GAIN = 10.0  # times quicker than the direct chain
MOST_OF_READING = 4.0  # times reading alone
MOST_BYTES = 1_500_000_000  # of a worker
MOST_START = 10.0  # seconds, of a worker


def show_reading(console: Console, result: "BenchResult") -> None:
    """The table of a bench of readers."""
    pages, files = plural(result.pages, "page", "pages"), plural(result.files, "fichier", "fichiers")
    table = _spreads(f"{pages} de {files}, {plural(result.rounds, 'tour', 'tours')}")
    _add(table, "pdfplumber, extract_words : pages/s", result.pdfplumber, 0)
    _add(table, "Repères, mots et boîtes : pages/s", result.words, 0)
    _add(table, "    fois pdfplumber, dans le même tour", result.words_ratio, 1)
    _add(table, "Repères, lecture entière (ordre, blocs, tableaux, formulaires) : pages/s", result.whole, 0)
    _add(table, "    fois pdfplumber, dans le même tour", result.whole_ratio, 1)
    console.print(table)
    seconds, megabytes = decimal(result.big_seconds, 1), round(result.peak_bytes / 1_000_000)
    console.print(typeset(f"Un PDF de {result.big_pages} pages : {seconds} s, {megabytes} Mo de mémoire au plus."))


def show_analysis(console: Console, result: "AnalysisBench", left_out: int) -> None:
    """All that a bench of analyses found; `left_out` dossiers were not taken."""
    console.print(_times(result))
    console.print(_stages(result))
    for work, points in (
        ("Un dossier dont les pages se répètent", result.by_pages),
        ("De plus en plus de dossiers", result.by_dossiers),
    ):
        console.print(typeset(f"{work} : le temps croît comme les pages puissance {decimal(exponent(points), 2)}."))
        console.print(_growth(points))
    if left_out:
        console.print(plural(left_out, "dossier laissé de côté.", "dossiers laissés de côté."))
    for line in _targets(result):
        console.print(typeset(line), soft_wrap=True)


def _times(result: "AnalysisBench") -> Table:
    pages, dossiers = plural(result.pages, "page", "pages"), plural(result.dossiers, "dossier", "dossiers")
    table = _spreads(f"{pages} de {dossiers}, {plural(len(result.rounds), 'tour', 'tours')}")
    _add(table, "Lecture seule : s", result.seconds(lambda one: one.reading), 2)
    _add(table, "Du PDF à l'analyse, première rencontre : s", result.seconds(lambda one: one.first), 2)
    _add(table, "    fois la lecture seule, dans le même tour", result.times_reading(), 1)
    _add(
        table, "Du PDF à l'analyse, seconde rencontre (vecteurs gardés) : s", result.seconds(lambda one: one.second), 2
    )
    for layers, encoder in ((result.short, "le même encodeur"), (result.long, "l'encodeur entier")):
        label = f"Chaîne directe, {encoder} ({layers} couches) en 32 bits : s"
        _add(table, label, result.chain(layers), 2)
        _add(table, "    fois Repères, dans le même tour", result.times_quicker(layers), 1)
    return table


def _stages(result: "AnalysisBench") -> Table:
    table = _numbers("Temps par étape, médianes", "", "s", "part", "ms par page")
    whole = sum(result.stage(stage).median for stage in Stage)
    for stage in Stage:
        seconds = result.stage(stage).median
        share = typeset(f"{round(100 * seconds / whole)} %")
        table.add_row(stage.value, decimal(seconds, 2), share, decimal(1000 * seconds / result.pages, 1))
    table.add_section()
    for label, spread in (
        ("chaîne directe : pdfplumber", result.seconds(lambda one: one.chain.words)),
        ("chaîne directe : spaCy", result.seconds(lambda one: one.chain.french)),
        (f"chaîne directe : {result.short} couches", result.encoding(result.short)),
        (f"chaîne directe : {result.long} couches", result.encoding(result.long)),
    ):
        table.add_row(typeset(label), decimal(spread.median, 2), "", decimal(1000 * spread.median / result.pages, 1))
    return table


def _growth(points: Sequence[Point]) -> Table:
    table = _numbers("", "fois", "pages", "s", "ms par page")
    for point in points:
        each = decimal(point.milliseconds_a_page, 1)
        table.add_row(str(point.times), str(point.pages), decimal(point.seconds, 2), each)
    return table


def _targets(result: "AnalysisBench") -> Iterator[str]:
    slower = result.times_reading().median
    yield _target(f"au plus {MOST_OF_READING:.0f} fois la lecture seule", decimal(slower, 1), slower <= MOST_OF_READING)
    for layers in (result.short, result.long):
        gain = result.times_quicker(layers).median
        wanted = f"au moins {LEAST_GAIN:.0f} fois plus vite que la chaîne directe à {layers} couches"
        yield _target(wanted, decimal(gain, 1), gain >= LEAST_GAIN)
    peak = max(worker.peak_bytes for worker in result.workers)
    megabytes = f"{round(peak / 1_000_000)} Mo"
    yield _target(f"mémoire d'un ouvrier sous {decimal(MOST_BYTES / 1e9, 1)} Go", megabytes, 0 < peak < MOST_BYTES)
    start = median(worker.start_seconds for worker in result.workers)
    yield _target(
        f"démarrage d'un ouvrier en moins de {MOST_START:.0f} s", f"{decimal(start, 1)} s", start < MOST_START
    )


def _target(wanted: str, measured: str, reached: bool) -> str:
    return f"Objectif {'atteint' if reached else 'manqué'} : {wanted} ; mesuré : {measured}."


def _spreads(title: str) -> Table:
    return _numbers(title, "", "médiane", "min", "max")


def _add(table: Table, label: str, spread: Spread, digits: int) -> None:
    values = (spread.median, spread.least, spread.greatest)
    table.add_row(typeset(label), *(decimal(value, digits) for value in values))


def _numbers(title: str, *headings: str) -> Table:
    """A table of numbers; a column without heading says of what."""
    table = Table(title=typeset(title) or None, title_justify="left")
    for heading in headings:
        table.add_column(heading, justify="right" if heading else "left")
    return table
