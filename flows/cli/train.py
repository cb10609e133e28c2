"""`reperes train`: teaches the models again, from the corpora."""

from pathlib import Path

import click

from flows.cli.french import FrenchCommand, GivenPath
from flows.cli.screen import out_console
from flows.outputs.writing import check_writable
from flows.prefect_environment import prepare_prefect
from flows.settings import load_settings
from pipeline.text import typeset


@click.command(cls=FrenchCommand)
@click.option(
    "--out",
    "out",
    metavar="SORTIE",
    default=Path("modeles"),
    show_default=True,
    type=GivenPath(),
    help="Dossier où écrire les modèles et leurs fiches.",
)
def train(out: Path) -> None:
    """Refait les modèles appris (lecteur des dossiers, types) à partir des corpus, en quelques minutes, sans réseau.

    Pour s'en servir ensuite : REPERES_MODELS=SORTIE. Les dossiers déposés et les décisions des instructeurs n'y
    entrent jamais d'eux-mêmes.
    """
    check_writable(out)
    prepare_prefect(load_settings().home)
    from flows.training.flow import train as training  # brings torch, which takes seconds to import

    console = out_console()
    with console.status(typeset("Lecture des corpus, apprentissage, mesures : une dizaine de minutes…")):
        training(str(out))
    console.print(typeset(f"Modèles écrits dans « {out} ». Pour s'en servir : REPERES_MODELS={out}"), soft_wrap=True)
