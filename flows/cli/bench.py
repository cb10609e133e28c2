"""`reperes bench`: how fast the program is, beside a yardstick measured in the same run."""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli.french import FrenchCommand, FrenchGroup, GivenPath, GivenText
from flows.cli.options import how_many
from flows.cli.screen import error_console, out_console
from flows.inputs import find_dossiers
from flows.settings import load_settings
from flows.tools import load_models
from pipeline.calls.parser import load_call
from pipeline.errors import InputNotFound, NothingToRead

if TYPE_CHECKING:  # the tools that they measure take seconds to import
    from evaluation.bench_dossiers import BenchDossier

_REPEATS = how_many("repeats", 3, "Nombre de mesures.")


@click.group(cls=FrenchGroup)
def bench() -> None:
    """Mesure la vitesse du programme sur cette machine."""


@bench.command("read", cls=FrenchCommand)
@click.argument("source", metavar="ENTRÉE", type=GivenPath())
@_REPEATS
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
    from evaluation.bench_read import bench_read
    from flows.cli.bench_tables import show_reading

    show_reading(out_console(), bench_read(paths, repeats))


@bench.command("analyse", cls=FrenchCommand)
@click.argument("source", metavar="[ENTRÉE]", required=False, type=GivenPath())
@click.option(
    "--call",
    "call",
    metavar="APPEL",
    default="aquitaine-2014",
    show_default=True,
    type=GivenText(),
    help="Appel auquel répondent les dossiers d'ENTRÉE.",
)
@_REPEATS
def analyse(source: Path | None, call: str, repeats: int) -> None:
    """Mesure le chemin du PDF à l'analyse, à côté de la lecture seule et d'une chaîne directe.

    La chaîne directe est ce que chacun écrirait d'abord : les mots par pdfplumber, spaCy en entier, un vecteur pour
    chaque phrase par sentence-transformers en 32 bits. Sans ENTRÉE, les dossiers d'entraînement du corpus sont pris.
    Les dossiers qui demandent une reconnaissance de caractères sont laissés de côté. Comptez un quart d'heure.
    """
    from evaluation.bench_analyse import bench_analyse
    from evaluation.bench_dossiers import corpus_dossiers, digital
    from flows.cli.bench_tables import show_analysis

    with tempfile.TemporaryDirectory(prefix="reperes-") as scratch, error_console().status("Mesure en cours…"):
        given = corpus_dossiers() if source is None else _given(source, call, Path(scratch))
        dossiers = digital(given)
        if not dossiers:
            raise NothingToRead(
                "Aucun de ces dossiers ne se lit sans reconnaissance de caractères.",
                advice="Donnez des dossiers dont le texte n'est pas en image.",
            )
        result = bench_analyse(dossiers, load_models, repeats)
    show_analysis(out_console(), result, left_out=len(given) - len(dossiers))


@bench.command("room", cls=FrenchCommand)
@click.option(
    "--home",
    "home",
    metavar="DOSSIER",
    required=True,
    type=GivenPath(),
    help="Où est la salle de la mesure, remplie d'abord si elle n'y est pas encore.",
)
@how_many("dossiers", 10_000, "Nombre de dossiers d'une salle à remplir.")
def room(home: Path, dossiers: int) -> int:
    """Mesure la salle d'examen : ses pages, trente personnes à la fois, un PDF de 200 pages dans Chromium.

    La salle mesurée a 200 jurés ; ce qu'elle contient est tiré au sort et ne sert qu'à la mesure. Comptez un quart
    d'heure pour la remplir, puis quelques minutes. Il y faut l'installation des développeurs, par « make install ».
    """
    if not home.exists() and (code := _measure_room("fill", "--home", str(home), "--dossiers", str(dossiers))):
        return code
    return _measure_room("load", "--home", str(home)) or _measure_room("pdf")


def _measure_room(*arguments: str) -> int:
    """Runs the measures of the room, which are the web's: named, never imported."""
    return subprocess.run([sys.executable, "-m", "web.bench", *arguments], check=False).returncode  # noqa: S603


def _given(source: Path, call: str, scratch: Path) -> "list[BenchDossier]":
    from evaluation.bench_dossiers import BenchDossier

    known = load_call(call)
    deposit = find_dossiers(source, scratch, max_bytes=load_settings().reading_limits().file_bytes)
    return [
        BenchDossier(dossier.name, tuple(file.path for file in dossier.files), known) for dossier in deposit.dossiers
    ]
