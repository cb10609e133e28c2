"""`reperes explain`: what each part of the treatment saw of one dossier, and why."""

from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.text import Text

from flows.cli.french import FrenchCommand, GivenPath, GivenText
from flows.cli.screen import out_console, show_progress
from flows.explain import kept_analysis
from flows.outputs.explanation import Explanation, lines, plain_text
from flows.outputs.explanation_sheet import explain as explained
from flows.outputs.explanation_sheet import explanation_page
from flows.outputs.writing import write_together
from flows.settings import load_settings
from pipeline.errors import UsageProblem
from pipeline.text import listed, typeset

_WRITERS: dict[str, Callable[[Explanation], bytes]] = {".html": explanation_page, ".txt": plain_text}
_STYLES = {
    "title": "bold",
    "part": "bold cyan",
    "label": "bold",
    "note": "dim",
    "present": "green",
    "thin": "yellow",
    "absent": "red",
    "not-applicable": "dim",
}
_WIDEST = 110  # columns: longer lines are hard to read


@click.command(cls=FrenchCommand)
@click.argument("dossier", metavar="DOSSIER", type=GivenText())
@click.option(
    "--call",
    "call",
    metavar="APPEL",
    type=GivenText(),
    help="Identifiant de l'appel, ou chemin d'un fichier d'appel ; sans lui, la dernière analyse du dossier.",
)
@click.option(
    "--out",
    "out",
    metavar="FICHIER",
    type=GivenPath(),
    help="Écrit l'explication dans ce fichier (.html ou .txt) au lieu de l'afficher.",
)
def explain(dossier: str, call: str | None, out: Path | None) -> None:
    """Explique ce que le traitement a vu de DOSSIER et pourquoi, sans rien recalculer.

    DOSSIER est le nom d'un dossier déjà analysé, ou le chemin d'un PDF à analyser pour l'appel que donne --call.
    L'explication suit ce que la loi demande de dire d'un traitement algorithmique : sa part dans la décision, les
    données et leurs sources, les paramètres, les opérations.
    """
    writer = _writer(out) if out is not None else None
    settings = load_settings()
    explanation = explained(kept_analysis(settings, dossier, call, show_progress), settings)
    console = out_console()
    if out is not None and writer is not None:
        write_together(out.parent, {out.name: writer(explanation)})
        console.print(typeset("Explication écrite : ") + escape(str(out)), soft_wrap=True)
    else:
        _show(console, explanation)


def _writer(out: Path) -> Callable[[Explanation], bytes]:
    """How the file is written, known before any work is done for it."""
    if out.suffix.lower() not in _WRITERS:
        known = listed([f"« {suffix} »" for suffix in _WRITERS])
        raise UsageProblem(f"Le fichier donné à « --out » doit finir par {known.replace(' et ', ' ou ')}.")
    return _WRITERS[out.suffix.lower()]


def _show(console: Console, explanation: Explanation) -> None:
    for line in lines(explanation, min(console.width, _WIDEST)):
        console.print(Text(line.text, style=_STYLES.get(line.kind, "")), soft_wrap=True)
