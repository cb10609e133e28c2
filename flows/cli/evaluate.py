"""`reperes evaluate`: how good each part of the program is on labelled dossiers, beside simple methods."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.progress import track
from rich.table import Table

from corpora.plan import Split
from corpora.registry import SAMPLE
from flows.cli.french import FrenchCommand, GivenPath, GivenText
from flows.cli.screen import error_console, out_console
from flows.outputs.writing import check_writable, write_together
from pipeline.errors import UsageProblem
from pipeline.text import plural, typeset

if TYPE_CHECKING:  # the yardsticks take seconds to import, and are installed for evaluation only
    from evaluation.report import Report

BELOW_THRESHOLD = 1
_PAGE = "rapport.html"


class MissingYardsticks(UsageProblem):
    """The packages of the evaluation are not installed."""

    code = "missing-yardsticks"
    advice = "Lancez « make evaluate », qui installe ce qui manque."


@click.command(cls=FrenchCommand)
@click.option(
    "--split",
    default=Split.DEV.value,
    show_default=True,
    type=click.Choice([*(split.value for split in Split), SAMPLE]),
    help="Jeu de dossiers ; « test » ne s’ouvre que pour publier.",
)
@click.option(
    "--dossier",
    "names",
    metavar="NOM",
    multiple=True,
    type=GivenText(),
    help="Seulement ce dossier (peut être répété).",
)
@click.option(
    "--out",
    "out",
    metavar="SORTIE",
    default=Path("resultats/evaluation"),
    show_default=True,
    type=GivenPath(),
    help="Dossier où écrire le rapport.",
)
@click.option(
    "--texts", metavar="FICHIER", type=GivenPath(), help="Descriptions réelles (JSONL) dont on mesure aussi le type."
)
@click.option("--misses", is_flag=True, help="Affiche aussi chaque erreur (sauf celles du jeu de test).")
def evaluate(split: str, names: tuple[str, ...], out: Path, texts: Path | None, misses: bool) -> int:
    """Mesure le programme sur des dossiers étiquetés, à côté de méthodes simples, et écrit un rapport."""
    try:
        from evaluation.markdown import to_markdown
        from evaluation.page import to_html
        from evaluation.report import to_json
        from flows.measure import measure
    except ModuleNotFoundError as error:
        raise MissingYardsticks(f"Le paquet « {error.name} », nécessaire à l’évaluation, n’est pas installé.") from None
    check_writable(out)
    console = error_console()
    report = measure(
        split, names, texts, watch=lambda cases, total: track(cases, "Lecture", total=total, console=console)
    )
    contents = {
        "rapport.json": to_json(report),
        "rapport.md": to_markdown(report).encode(),
        _PAGE: to_html(report),
    }
    write_together(out, contents)
    _show_figures(report)
    if misses:
        _show_misses(report)
    out_console().print(typeset("Rapport : ") + str(out / _PAGE), soft_wrap=True, markup=False)
    return _show_shortfalls(report)


def _show_figures(report: "Report") -> None:
    """Main measures; those of each status or fact are left to the report."""
    from evaluation.report import LABELS, interval, number

    table = Table(title=plural(report.suite.cases, "dossier", "dossiers"), title_justify="left")
    for title in ("Mesure", "Valeur", "Intervalle à 95 %", "Sur"):
        table.add_column(typeset(title), justify="left" if title == "Mesure" else "right")
    for id_, figure in report.suite.systems[0].figures.items():
        if figure.support and id_.count(".") == 1:
            table.add_row(LABELS[id_], number(figure.value), interval(figure), str(figure.support))
    out_console().print(table)


def _show_misses(report: "Report") -> None:
    console = out_console()
    for miss in report.suite.misses:
        told = f"{miss.dossier}, {miss.what} : attendu « {miss.expected} », trouvé « {miss.found} »"
        console.print(typeset(told), soft_wrap=True, markup=False)


def _show_shortfalls(report: "Report") -> int:
    """Says what a release needs and lacks; gives the exit code."""
    from evaluation.report import LABELS, number

    console = error_console()
    for short in report.shortfalls:
        told = f"Sous le seuil : {LABELS[short.measure]}, {number(short.value)} au lieu de {number(short.bound)}"
        console.print(typeset(told), soft_wrap=True, markup=False)
    return BELOW_THRESHOLD if report.shortfalls else 0
