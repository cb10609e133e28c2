"""`reperes calls`: the calls that the program knows, what each one asks, and the check of a user's file."""

from pathlib import Path

import click
from rich import box
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from flows.cli.french import FrenchCommand, FrenchGroup, GivenPath
from flows.cli.screen import out_console
from pipeline.calls.catalogue import built_in_calls
from pipeline.calls.describe import describe, remarks
from pipeline.calls.parser import load_call
from pipeline.errors import InputNotFound
from pipeline.text import in_guillemets, plural, typeset

_COLON = "\N{NO-BREAK SPACE}: "
_INDENT = (0, 0, 0, 2)


@click.group(cls=FrenchGroup, invoke_without_command=True)
@click.pass_context
def calls(ctx: click.Context) -> None:
    """Liste les appels connus, montre ce que chacun demande, vérifie un fichier d'appel."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_calls)


@calls.command("list", cls=FrenchCommand)
def list_calls() -> None:
    """Liste les appels fournis avec le programme."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.add_column("Identifiant", no_wrap=True)  # what is typed after --call: never cut
    table.add_column("Appel")
    for title in ("Champs", "Repères", "Date limite"):
        table.add_column(title, justify="right", no_wrap=True)
    for call_id in built_in_calls():
        call = load_call(call_id)
        deadline = call.deadline.strftime("%d/%m/%Y") if call.deadline else "–"
        counts = (str(len(call.fields)), str(len(call.markers)))
        table.add_row(call.id, escape(call.short_title), *counts, deadline)
    console = out_console()
    console.print(table)
    console.print(typeset("« reperes calls show IDENTIFIANT » montre tout ce que demande un appel."), soft_wrap=True)


@calls.command("show", cls=FrenchCommand)
@click.argument("call", metavar="APPEL")
def show(call: str) -> None:
    """Montre tout ce que définit APPEL (identifiant ou fichier), avec l'endroit où c'est écrit."""
    console = out_console()
    description = describe(load_call(call))
    console.print(f"[bold]{escape(description.title)}[/bold]", soft_wrap=True)
    for group in description.groups:
        console.print(f"\n[bold cyan]{escape(group.title)}[/bold cyan]")
        for entry in group.entries:
            label = f"[bold]{escape(entry.label)}[/bold]{_COLON}" if entry.label else ""
            source = f" [dim]({escape(entry.source)})[/dim]" if entry.source else ""
            console.print(Padding(f"{label}{escape(entry.text)}{source}", _INDENT, expand=False))


@calls.command("check", cls=FrenchCommand)
@click.argument("file", metavar="FICHIER", type=GivenPath())
def check(file: Path) -> None:
    """Vérifie FICHIER et dit, clé par clé, ce qui ne va pas et ce qui est attendu.

    D'un fichier valable, dit aussi ce qui est inhabituel sans être faux.
    """
    if not file.exists() and str(file) not in built_in_calls():
        raise InputNotFound(f"Le fichier « {file} » n'existe pas.", advice="Vérifiez le chemin donné.")
    call = load_call(str(file))
    fields = plural(len(call.fields), "champ demandé", "champs demandés")
    markers = plural(len(call.markers), "repère", "repères")
    console = out_console()
    console.print(
        escape(typeset(f"Fichier valable : {in_guillemets(call.title)}, {fields}, {markers}.")), soft_wrap=True
    )
    for remark in remarks(call):
        console.print(escape(typeset(f"Remarque : {remark}")), soft_wrap=True)
