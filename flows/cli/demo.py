"""`reperes demo`: the main job on the sample dossiers that come with the program."""

import os
from importlib import resources
from pathlib import Path

import click

from flows.cli.french import FrenchCommand, GivenPath
from flows.cli.run import FAILED
from flows.cli.screen import out_console, show_instruction, show_progress
from flows.instruct import instruct
from flows.settings import load_settings
from flows.tools import open_tools
from pipeline.calls.catalogue import built_in_calls
from pipeline.errors import NothingToRead
from pipeline.text import typeset


@click.command(cls=FrenchCommand)
@click.option(
    "--out",
    "out",
    metavar="SORTIE",
    default=Path("resultats"),
    show_default=True,
    type=GivenPath(),
    help="Dossier où écrire les résultats.",
)
def demo(out: Path) -> int:
    """Pré-instruit les dossiers d'exemple fournis avec le programme, appel par appel."""
    # The samples stay apart from the user's own dossiers.
    if not os.environ.get("REPERES_HOME"):
        os.environ["REPERES_HOME"] = str((out / ".magasin").resolve())
    tools = open_tools(load_settings())
    failed = False
    with resources.as_file(resources.files("corpora") / "samples") as samples:
        calls = [call for call in built_in_calls() if (samples / call).is_dir()]
        if not calls:
            raise NothingToRead("Les dossiers d'exemple ne sont pas installés avec le programme.")
        for call in calls:
            instruction = instruct(tools, samples / call, call, out / call, show_progress)
            show_instruction(instruction)
            failed = failed or not instruction.whole
    if tools.ocr is None:
        why = (
            "n'est pas installée (voir « reperes doctor »)" if tools.settings.ocr else "est désactivée par REPERES_OCR"
        )
        message = f"La reconnaissance de caractères (OCR) {why} : les pages numérisées n'ont pas été lues."
        out_console().print(typeset(message), soft_wrap=True)
    return FAILED if failed else 0
