"""`reperes run`: the main job."""

from pathlib import Path

import click

from flows.cli.french import FrenchCommand, GivenPath, GivenText
from flows.cli.screen import show_instruction, show_progress
from flows.instruct import instruct
from flows.settings import load_settings
from flows.tools import open_tools

FAILED = 1


@click.command(cls=FrenchCommand)
@click.argument("source", metavar="ENTRÉE", type=GivenPath())
@click.option(
    "--call",
    "call",
    metavar="APPEL",
    required=True,
    type=GivenText(),
    help="Identifiant de l'appel, ou chemin d'un fichier d'appel.",
)
@click.option(
    "--out",
    "out",
    metavar="SORTIE",
    required=True,
    type=GivenPath(),
    help="Dossier où écrire les résultats.",
)
def run(source: Path, call: str, out: Path) -> int:
    """Pré-instruit tous les dossiers d'ENTRÉE (un dossier, un PDF ou une archive .zip).

    Chaque PDF placé directement dans ENTRÉE est un dossier ; chaque sous-dossier contenant des PDF est un dossier de
    plusieurs fichiers. Une commande interrompue reprend où elle en était quand on la relance.
    """
    instruction = instruct(open_tools(load_settings()), source, call, out, show_progress)
    show_instruction(instruction)
    return 0 if instruction.whole else FAILED
