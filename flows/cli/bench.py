"""`reperes bench`: how fast the program is, beside a yardstick measured in the same run."""

from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from evaluation.bench_read import bench_read
from flows.cli.french import FrenchCommand, FrenchGroup
from flows.cli.screen import out_console
from pipeline.errors import InputNotFound


@click.group(cls=FrenchGroup)
def bench() -> None:
    """Mesure la vitesse du programme sur cette machine."""


@bench.command("read", cls=FrenchCommand)
@click.argument("source", metavar="ENTRÉE", type=click.Path(path_type=Path))
@click.option("--repeats", "repeats", metavar="N", default=3, show_default=True, help="Nombre de mesures.")
def read(source: Path, repeats: int) -> None:
    """Compare la lecture des PDF d'ENTRÉE à celle de pdfplumber (extract_words), sur les mêmes fichiers."""
    paths = sorted(source.rglob("*.pdf")) if source.is_dir() else [source]
    if not paths or not paths[0].is_file():
        raise InputNotFound(f"« {source} » ne contient aucun PDF.", advice="Donnez un dossier contenant des PDF.")
    result = bench_read(paths, repeats)
    table = Table(title=f"Lecture de {result.pages} pages ({len(paths)} fichiers)", title_justify="left")
    for title in ("Lecteur", "pages/s (médiane)", "min", "max"):
        table.add_column(title)
    for line in result.lines:
        table.add_row(escape(line.name), f"{line.median:.0f}", f"{line.lowest:.0f}", f"{line.highest:.0f}")
    console = out_console()
    console.print(table)
    console.print(escape(result.summary), soft_wrap=True)
