"""What is shown on the terminal: progress, tables, errors."""

import threading
from collections.abc import Callable

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from flows.cli.table import show_triage
from flows.instruct import Instruction
from flows.instruct import Progress as RunProgress
from flows.notices import notices
from flows.outputs.names import DOSSIER_ANALYSIS, DOSSIER_PAGE, TRIAGE_PAGE, TRIAGE_SPREADSHEET
from pipeline.text import typeset

_POLL_SECONDS = 0.3
_TABLES = ((f"{TRIAGE_PAGE}, {TRIAGE_SPREADSHEET}", "tous les dossiers, à l'écran ou dans un tableur"),)
_PER_DOSSIER = (
    (f"<dossier>/{DOSSIER_PAGE}", "un dossier : preuves, constats, passages"),
    (f"<dossier>/{DOSSIER_ANALYSIS}", "le même, pour d'autres programmes"),
)
_OUTPUTS_WIDTH = max(len(names) for names, _ in _TABLES + _PER_DOSSIER)


def out_console() -> Console:
    """The console of results (standard output)."""
    return Console(highlight=False)


def error_console() -> Console:
    """The console of progress and errors (standard error)."""
    return Console(stderr=True, highlight=False)


def error_screen(message: str, advice: str, code: int) -> int:
    """One clear line, then what to do; gives back `code`."""
    console = error_console()
    console.print(Text.assemble(("Erreur\N{NO-BREAK SPACE}: ", "bold red"), typeset(message)), soft_wrap=True)
    if advice:
        console.print(Text(typeset(advice)), soft_wrap=True)
    return code


def show_progress(progress: Callable[[], RunProgress], work: Callable[[], None]) -> None:
    """Runs `work` while a bar shows how many dossiers are read and done; where nobody looks, nothing is shown."""
    console = error_console()
    if not console.is_interactive:
        work()
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("dossiers"),
        TimeElapsedColumn(),
    )
    finished = threading.Event()
    with Progress(*columns, console=console, transient=True) as bars:
        task = bars.add_task("Démarrage de Prefect…", total=None)

        def follow() -> None:
            while not finished.wait(_POLL_SECONDS):
                now = progress()
                if now.read or now.done:
                    description = f"Pré-instruction ({now.read} lus)"
                    bars.update(task, description=description, total=now.total, completed=now.done)

        follower = threading.Thread(target=follow, daemon=True)
        follower.start()
        try:
            work()
        finally:
            finished.set()
            follower.join()


def show_instruction(instruction: Instruction) -> None:
    """The table of what was found, and where the results lie."""
    console = out_console()
    triage = instruction.triage
    show_triage(console, triage)
    for notice in notices(instruction):
        console.print(escape(notice), soft_wrap=True)
    for failure in triage.failed:
        console.print(typeset("[red]Dossier non analysé :[/red] ") + escape(failure.told), soft_wrap=True)
    unwritten = instruction.without_tables
    written = (() if unwritten else _TABLES) + (_PER_DOSSIER if triage.rows else ())
    if written:
        console.print(typeset("Résultats : ") + escape(str(instruction.out)), soft_wrap=True)
    for names, purpose in written:
        console.print(f"  {names:<{_OUTPUTS_WIDTH}}  {purpose}", soft_wrap=True)
    console.print()
    if unwritten:
        error_screen(f"Le tri n'est pas écrit. {unwritten.message}", unwritten.advice, unwritten.exit_code)
