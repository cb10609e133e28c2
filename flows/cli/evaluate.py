"""`reperes evaluate`: how far results agree with gold labels."""

from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from corpora.collection import SAMPLES
from corpora.gold import load_all_gold
from evaluation.agreement import Agreement, compare, load_results
from flows.cli.french import FrenchCommand, GivenPath
from flows.cli.screen import out_console


@click.command(cls=FrenchCommand)
@click.argument("results", metavar="RÉSULTATS", type=GivenPath())
@click.option(
    "--gold",
    "gold",
    metavar="DOSSIER",
    default=SAMPLES.gold,
    type=GivenPath(),
    help="Étiquettes de référence.",
)
def evaluate(results: Path, gold: Path) -> None:
    """Compare des RÉSULTATS aux étiquettes de référence (sans --gold : celles des dossiers d'exemple)."""
    found = load_results(results)
    labels = [dossier for dossier in load_all_gold(gold) if dossier.dossier in found]
    agreement = compare(labels, found)
    console = out_console()
    console.print(_figures(agreement, len(labels)))
    for difference in agreement.differences:
        console.print(
            f"{escape(difference.dossier)}, {difference.what} : attendu « {escape(difference.expected)} », "
            f"trouvé « {escape(difference.found)} »",
            soft_wrap=True,
        )


def _figures(agreement: Agreement, dossiers: int) -> Table:
    table = Table(title=f"{dossiers} dossiers comparés", title_justify="left", show_header=False)
    rows = (
        ("Statuts des champs justes", agreement.sections),
        ("Champs absents ou insuffisants signalés", agreement.sections_missed),
        ("Champs présents accusés à tort", agreement.sections_accused),
        ("Types justes", agreement.types),
        ("Faits justes", agreement.facts),
        ("Faits inventés", agreement.facts_invented),
        ("Défauts signalés", agreement.defects),
        ("Passages décisifs montrés", agreement.decisive),
        ("Passages utiles montrés", agreement.useful),
        ("Passages montrés qui sont de référence", agreement.precision),
        ("Silence respecté", agreement.silence),
    )
    for label, value in rows:
        table.add_row(label, str(value))
    return table
