"""`reperes journal`: what was done, by whom, and the proof that nothing was changed since."""

import click
from rich.markup import escape

from flows.cli.french import FrenchCommand, FrenchGroup
from flows.cli.screen import out_console
from flows.settings import load_settings
from pipeline.errors import UsageProblem
from store.database import open_store
from store.records import JournalHead

ALTERED = 1
_DIGEST_LENGTH = 64


@click.group(cls=FrenchGroup)
def journal() -> None:
    """Montre et vérifie le journal de ce qui a été fait."""


@journal.command("verify", cls=FrenchCommand)
@click.option("--anchor", "anchor", metavar="N:EMPREINTE", help="Dernier événement, noté lors d'une vérification.")
def verify(anchor: str | None) -> int:
    """Vérifie que ni le journal, ni les analyses, ni les fichiers n'ont été modifiés."""
    settings = load_settings()
    store = open_store(settings.home, settings.database)
    report = store.verify(_noted_head(anchor))
    console = out_console()
    for problem in report.problems:
        console.print(f"[red]Anomalie :[/red] {escape(problem.message)}", soft_wrap=True)
    console.print(
        f"{report.events} événements, {report.analyses} analyses et {report.files} fichiers vérifiés : "
        f"{'aucune anomalie' if report.sound else f'{len(report.problems)} anomalies'}."
    )
    console.print(f"Dernier événement : {report.head.sequence}:{report.head.digest}", soft_wrap=True)
    console.print("Notez-le ailleurs : donné à --anchor, il prouvera que la fin du journal n'a pas été coupée.")
    return ALTERED if report.problems else 0


def _noted_head(anchor: str | None) -> JournalHead | None:
    if anchor is None:
        return None
    number, _, digest = anchor.partition(":")
    if not number.isdigit() or len(digest) != _DIGEST_LENGTH:
        raise UsageProblem("--anchor attend le numéro et l'empreinte donnés par « journal verify », séparés par « : ».")
    return JournalHead(int(number), digest)


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
