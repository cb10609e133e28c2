"""What is shown on the terminal: progress, tables, errors."""

import threading
from collections.abc import Callable

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from flows.instruct import Instruction
from flows.instruct import Progress as RunProgress
from flows.notices import notices
from flows.triage import TriageRow
from pipeline.analysis import SectionStatus
from pipeline.text import typeset

_POLL_SECONDS = 0.3


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
    """Runs `work` while a bar shows how many dossiers are read and done."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("dossiers"),
        TimeElapsedColumn(),
    )
    finished = threading.Event()
    with Progress(*columns, console=error_console(), transient=True) as bars:
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


_STATUS_STYLE = {
    SectionStatus.PRESENT: "green",
    SectionStatus.THIN: "yellow",
    SectionStatus.ABSENT: "red",
}


def show_instruction(instruction: Instruction) -> None:
    """The table of what was found, and where the results lie."""
    console = out_console()
    triage = instruction.triage
    fields = len(triage.call.fields)
    table = Table(title=escape(f"{triage.call.short_title} : {len(triage.rows)} dossiers"), title_justify="left")
    table.add_column("Dossier", overflow="fold", ratio=4)
    table.add_column("Lecture", overflow="fold", ratio=4)
    table.add_column(f"Sur {fields}", justify="left", ratio=3)
    table.add_column("Type suggéré", overflow="fold", ratio=3)
    table.add_column("Constats", justify="right")
    for row in triage.rows:
        suggested = escape(row.suggested) if row.analysed else "–"
        table.add_row(escape(row.dossier), escape(row.reading), _counts(row), suggested, str(len(row.findings)))
    console.print(table)
    for notice in notices(instruction):
        console.print(escape(notice), soft_wrap=True)
    for failure in triage.failed:
        console.print(f"[red]Dossier non analysé :[/red] {escape(failure.told)}", soft_wrap=True)
    console.print(f"Résultats : {escape(str(instruction.out))}", soft_wrap=True)
    console.print(
        "  tri.html, tri.xlsx (tableur) ; par dossier : dossier.html (preuves et passages), analysis.json",
        soft_wrap=True,
    )


def _counts(row: TriageRow) -> Text:
    if not row.analysed:
        return Text("non lu", style="red")
    text = Text()
    labels = (
        (SectionStatus.PRESENT, "présent"),
        (SectionStatus.THIN, "insuffisant"),
        (SectionStatus.ABSENT, "absent"),
        (SectionStatus.NOT_APPLICABLE, "sans objet"),
    )
    for status, label in labels:
        count = row.count(status)
        if count:
            plural = "s" if count > 1 and status is not SectionStatus.NOT_APPLICABLE else ""
            text.append("\n" if text else "")
            text.append(f"{count} {label}{plural}", style=_STATUS_STYLE.get(status, "dim"))
    return text
