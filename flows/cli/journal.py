"""`reperes journal`: what was done, by whom, and the proof that nothing was changed since."""

import click
from rich.markup import escape

from flows.cli.french import FrenchCommand, FrenchGroup
from flows.cli.screen import out_console
from flows.settings import load_settings
from store.database import open_store

ALTERED = 1


@click.group(cls=FrenchGroup)
def journal() -> None:
    """Montre et vérifie le journal de ce qui a été fait."""


@journal.command("verify", cls=FrenchCommand)
def verify() -> int:
    """Vérifie que ni le journal, ni les analyses, ni les fichiers n'ont été modifiés."""
    settings = load_settings()
    store = open_store(settings.home, settings.database)
    report = store.verify()
    console = out_console()
    for problem in report.problems:
        console.print(f"[red]Anomalie :[/red] {escape(problem.message)}", soft_wrap=True)
    console.print(
        f"{report.events} événements, {report.analyses} analyses et {report.files} fichiers vérifiés : "
        f"{'aucune anomalie' if report.sound else f'{len(report.problems)} anomalies'}."
    )
    console.print(f"Dernier événement : n° {report.head.sequence}, empreinte {report.head.digest}", soft_wrap=True)
    console.print("Notez cette empreinte ailleurs : elle prouvera plus tard que la fin du journal n'a pas été coupée.")
    return ALTERED if report.problems else 0


@journal.command("show", cls=FrenchCommand)
@click.option("--last", "last", metavar="N", default=20, show_default=True, help="Nombre d'événements à montrer.")
def show(last: int) -> None:
    """Montre les derniers événements."""
    settings = load_settings()
    store = open_store(settings.home, settings.database)
    console = out_console()
    for event in store.journal(after=max(0, store.head().sequence - last), limit=last):
        data = ", ".join(f"{key} : {value}" for key, value in sorted(event.data.items()) if value is not None)
        console.print(
            f"{event.sequence:>6}  {event.at:%d/%m/%Y %H:%M:%S}  {escape(event.actor)}  {event.action.value}  "
            f"{escape(event.subject[:20])}  [dim]{escape(data)}[/dim]",
            soft_wrap=True,
        )
