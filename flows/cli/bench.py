"""`reperes bench`: how fast the program is, beside a yardstick measured in the same run."""

from pathlib import Path

import click
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
    table = Table(title=f"{result.pages} pages de {result.files} fichiers, {result.rounds} tours", title_justify="left")
    for title in ("", "médiane", "min", "max"):
        table.add_column(title, justify="right" if title else "left")
    rows = (
        ("pdfplumber, extract_words : pages/s", result.pdfplumber, 0),
        ("Repères, mots et boîtes : pages/s", result.words, 0),
        ("    fois pdfplumber, dans le même tour", result.words_ratio, 1),
        ("Repères, lecture entière (ordre, blocs, tableaux, formulaires) : pages/s", result.whole, 0),
        ("    fois pdfplumber, dans le même tour", result.whole_ratio, 1),
    )
    for label, spread, digits in rows:
        values = (spread.median, spread.least, spread.greatest)
        table.add_row(label, *(f"{value:.{digits}f}".replace(".", ",") for value in values))
    console = out_console()
    console.print(table)
    seconds, megabytes = f"{result.big_seconds:.1f}".replace(".", ","), round(result.peak_bytes / 1_000_000)
    console.print(f"Un PDF de {result.big_pages} pages : {seconds} s, {megabytes} Mo de mémoire au plus.")
