"""`reperes bench`: how fast the program is, beside a yardstick measured in the same run."""

from pathlib import Path

import click
from rich.table import Table

from flows.cli.french import FrenchCommand, FrenchGroup, GivenPath
from flows.cli.screen import out_console
from pipeline.errors import InputNotFound, NothingToRead
from pipeline.text import decimal, plural, typeset


@click.group(cls=FrenchGroup)
def bench() -> None:
    """Mesure la vitesse du programme sur cette machine."""


@bench.command("read", cls=FrenchCommand)
@click.argument("source", metavar="ENTRÉE", type=GivenPath())
@click.option(
    "--repeats",
    "repeats",
    metavar="N",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    help="Nombre de mesures.",
)
def read(source: Path, repeats: int) -> None:
    """Compare la lecture des PDF d'ENTRÉE à celle de pdfplumber (extract_words), sur les mêmes fichiers."""
    if not source.exists():
        raise InputNotFound(f"« {source} » n'existe pas.", advice="Vérifiez le chemin donné.")
    found = source.rglob("*") if source.is_dir() else [source]
    paths = sorted(path for path in found if path.suffix.lower() == ".pdf" and path.is_file())
    if not paths:
        raise NothingToRead(
            f"« {source} » ne contient aucun fichier PDF.", advice="Donnez un PDF, ou un dossier qui en contient."
        )
    from evaluation.bench_read import bench_read  # the tools that it measures take a second to import

    result = bench_read(paths, repeats)
    pages, files = plural(result.pages, "page", "pages"), plural(result.files, "fichier", "fichiers")
    title = f"{pages} de {files}, {plural(result.rounds, 'tour', 'tours')}"
    table = Table(title=title, title_justify="left")
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
        table.add_row(label, *(decimal(value, digits) for value in values))
    console = out_console()
    console.print(table)
    seconds, megabytes = decimal(result.big_seconds, 1), round(result.peak_bytes / 1_000_000)
    console.print(typeset(f"Un PDF de {result.big_pages} pages : {seconds} s, {megabytes} Mo de mémoire au plus."))
