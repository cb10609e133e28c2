"""`reperes train`: teaches the models again, from the corpora."""

from pathlib import Path

import click

from corpora.applications import InvalidApplication, load_applications
from flows.cli.french import FrenchCommand, GivenPath
from flows.cli.screen import out_console
from flows.outputs.writing import check_writable
from flows.prefect_environment import prepare_prefect
from flows.settings import load_settings
from flows.tools import open_own_store
from pipeline.errors import InputNotFound, UsageProblem
from pipeline.text import typeset


class UnusableApplications(UsageProblem):
    """The applications that the user adds are not laid out as the corpora's."""

    code = "unusable-applications"
    advice = "Le format est décrit dans corpora/guide-annotation.md, partie 8."


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
@click.option(
    "--also",
    metavar="DOSSIER",
    type=GivenPath(),
    help="Candidatures étiquetées à ajouter, au format de corpora/applications.",
)
def train(out: Path, also: Path | None) -> None:
    """Refait les modèles appris (lecteur des dossiers, types) à partir des corpus, en quelques minutes, sans réseau.

    Pour s'en servir ensuite : REPERES_MODELS=SORTIE. Les dossiers déposés et les décisions des instructeurs n'y
    entrent jamais d'eux-mêmes.
    """
    if also is not None:
        _check_applications(also)
    check_writable(out)
    settings = load_settings()
    open_own_store(settings)  # makes the folder in which Prefect keeps its own files, or says why it cannot
    prepare_prefect(settings.home)
    from flows.training.flow import train as training  # brings torch, which takes seconds to import

    console = out_console()
    with console.status(typeset("Lecture des corpus, apprentissage, mesures : une dizaine de minutes…")):
        training(str(out), str(also) if also else None)
    console.print(typeset(f"Modèles écrits dans « {out} ». Pour s'en servir : REPERES_MODELS={out}"), soft_wrap=True)


def _check_applications(folder: Path) -> None:
    if not folder.is_dir():
        raise InputNotFound(f"« {folder} » n'est pas un dossier.", advice="Vérifiez le chemin donné.")
    try:
        found = load_applications(folder)
    except InvalidApplication as error:
        raise UnusableApplications(f"Une candidature étiquetée ne peut pas être lue : {error}.") from None
    if not found:
        raise UnusableApplications(f"« {folder} » ne contient aucune candidature étiquetée (.tsv).")
