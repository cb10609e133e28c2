"""`reperes demo`: the main job on the sample dossiers that come with the program, and a room to look at them in."""

import os
import shlex
import sys
from importlib import resources
from pathlib import Path

import click
from rich.text import Text

from flows.cli.french import FrenchCommand, GivenPath
from flows.cli.run import FAILED
from flows.cli.screen import out_console, show_instruction, show_progress
from flows.demonstration import ACCOUNTS, furnish, is_free
from flows.instruct import instruct
from flows.settings import load_settings
from flows.tools import open_tools
from pipeline.calls.catalogue import built_in_calls
from pipeline.errors import NothingToRead
from pipeline.text import typeset
from store.keys import ROOM_BATCH
from store.people.room import open_room


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
    """Pré-instruit les dossiers d'exemple fournis avec le programme, appel par appel.

    Ils sont aussi déposés dans une salle d'examen d'essai, avec des comptes dont le mot de passe est donné à la fin.
    """
    # The samples stay apart from the user's own dossiers.
    apart = not os.environ.get("REPERES_HOME")
    if apart:
        os.environ["REPERES_HOME"] = str((out / ".magasin").resolve())
    settings = load_settings()
    tools = open_tools(settings)
    room = open_room(settings.home, settings.database)
    to_furnish = is_free(room)
    failed = False
    with resources.as_file(resources.files("corpora") / "samples") as samples:
        calls = [call for call in built_in_calls() if (samples / call).is_dir()]
        if not calls:
            raise NothingToRead("Les dossiers d'exemple ne sont pas installés avec le programme.")
        for call in calls:
            batch = ROOM_BATCH if to_furnish else None
            instruction = instruct(tools, samples / call, call, out / call, show_progress, batch=batch)
            show_instruction(instruction)
            failed = failed or not instruction.whole
    if tools.ocr is None:
        why = (
            "n'est pas installée (voir « reperes doctor »)" if tools.settings.ocr else "est désactivée par REPERES_OCR"
        )
        message = f"La reconnaissance de caractères (OCR) {why} : les pages numérisées n'ont pas été lues."
        out_console().print(typeset(message), soft_wrap=True)
    if to_furnish:
        _show_room(furnish(room, calls, tools.store.dossiers(batch=ROOM_BATCH)), settings.home if apart else None)
    return FAILED if failed else 0


def _show_room(password: str, home: Path | None) -> None:
    """How to enter the room; `home` when the command to open it must name the folder."""
    console = out_console()
    width = max(len(account.login) for account in ACCOUNTS)
    console.print(typeset("Une salle d'examen d'essai est prête. Comptes :"))
    for account in ACCOUNTS:
        console.print(typeset(f"  {account.login:<{width}}  {account.does}"), soft_wrap=True)
    console.print(typeset(f"  mot de passe de tous : {password}"), soft_wrap=True)
    program = sys.argv[0] if Path(sys.argv[0]).name == "reperes" else "reperes"
    named = f"REPERES_HOME={shlex.quote(str(home))} " if home else ""
    console.print(typeset("Pour l'ouvrir :"), Text(f"{named}{shlex.quote(program)} serve"), soft_wrap=True)
