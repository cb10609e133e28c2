"""`reperes evaluate`: how good each part of the program is on labelled dossiers, beside simple methods."""

import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click
from rich.progress import track
from rich.table import Table

from corpora.collection import DOSSIERS
from corpora.gold import load_all_gold
from corpora.plan import Split, load_plan
from corpora.registry import load_registry
from flows.cli.french import FrenchCommand, GivenPath
from flows.cli.screen import error_console, out_console
from flows.outputs.writing import write_atomically
from flows.settings import load_settings
from flows.tools import load_models
from flows.version import program_version
from pipeline.analyse import analyse
from pipeline.analysis import Analysis, ModelUsed, Provenance
from pipeline.calls.model import Call
from pipeline.document import Document
from pipeline.errors import UsageProblem
from pipeline.extraction.isolation import read_dossier_isolated

if TYPE_CHECKING:  # the yardsticks take seconds to import, and are installed for evaluation only
    from evaluation.report import Report

BELOW_THRESHOLD = 1


class MissingYardsticks(UsageProblem):
    """The packages of the evaluation are not installed."""

    code = "missing-yardsticks"
    advice = "Lancez « make evaluate », qui installe ce qui manque."


class NoSuchDossier(UsageProblem):
    """No dossier of the split bears a name that was given."""

    code = "no-such-dossier"
    advice = "Les noms sont dans corpora/dossiers/plan.csv."


@click.command(cls=FrenchCommand)
@click.option(
    "--split",
    default="dev",
    show_default=True,
    type=click.Choice([*(split.value for split in Split), "sample"]),
    help="Jeu de dossiers ; « test » ne s’ouvre que pour publier.",
)
@click.option("--dossier", "names", metavar="NOM", multiple=True, help="Seulement ce dossier (peut être répété).")
@click.option("--out", default=Path("resultats/evaluation"), show_default=True, metavar="DOSSIER", type=GivenPath())
@click.option(
    "--texts", metavar="FICHIER", type=GivenPath(), help="Descriptions réelles (JSONL) dont on mesure aussi le type."
)
@click.option("--misses", is_flag=True, help="Affiche aussi chaque erreur (sauf celles du jeu de test).")
def evaluate(split: str, names: tuple[str, ...], out: Path, texts: Path | None, misses: bool) -> None:
    """Mesure le programme sur des dossiers étiquetés, à côté de méthodes simples, et écrit un rapport."""
    try:
        from evaluation.page import to_html
        from evaluation.report import LABELS, interval, number, to_json, to_markdown
    except ModuleNotFoundError as error:
        raise MissingYardsticks(f"Le paquet « {error.name} », nécessaire à l’évaluation, n’est pas installé.") from None
    report = _report(split, names, texts)
    for name, content in (
        ("rapport.json", to_json(report)),
        ("rapport.md", to_markdown(report).encode()),
        ("rapport.html", to_html(report)),
    ):
        write_atomically(out / name, content)
    console = out_console()
    table = Table(title=f"{report.suite.cases} dossiers", title_justify="left")
    for title in ("Mesure", "Valeur", "Intervalle à 95 %", "Sur"):
        table.add_column(title, justify="left" if title == "Mesure" else "right")
    for id_, figure in report.suite.systems[0].figures.items():
        if figure.support and id_.count(".") == 1:
            table.add_row(LABELS[id_], number(figure.value), interval(figure), str(figure.support))
    console.print(table)
    if misses and split != Split.TEST:
        for miss in report.suite.misses:
            console.print(
                f"{miss.dossier}, {miss.what} : attendu « {miss.expected} », trouvé « {miss.found} »",
                soft_wrap=True,
                markup=False,
            )
    console.print(f"Rapport : {out / 'rapport.html'}", soft_wrap=True, markup=False)
    for short in report.shortfalls:
        error_console().print(
            f"Sous le seuil : {LABELS[short.measure]}, {number(short.value)} au lieu de {number(short.bound)}",
            markup=False,
        )
    if report.shortfalls:
        sys.exit(BELOW_THRESHOLD)


def _report(split: str, names: tuple[str, ...], texts: Path | None) -> "Report":
    from evaluation.annotators import annotator_agreement
    from evaluation.baselines import AllPresent, FuzzyHeadings, MajorityType, NearestDefinition, NearestSentences
    from evaluation.cases import make_cases
    from evaluation.dossiers import labelled_dossiers
    from evaluation.report import Report
    from evaluation.silver import evaluate_silver, load_silver
    from evaluation.similarities import Bm25, Embeddings, Similarity, TfIdf
    from evaluation.suite import Yardsticks
    from evaluation.suite import evaluate as measure
    from evaluation.thresholds import load_thresholds

    settings, models = load_settings(), load_models()
    used = tuple(ModelUsed(model.name, model.digest) for model in (models.splitter, models.encoder, models.classifier))
    provenance = Provenance(program_version(), "", used)

    def read(name: str, paths: Sequence[Path]) -> Document:
        return read_dossier_isolated(name, paths, settings.reading_limits(), use_ocr=settings.ocr)

    def examine(document: Document, call: Call) -> Analysis:
        return analyse(document, call, models, provenance)

    dossiers = [one for one in labelled_dossiers(split) if not names or one.gold.dossier in names]
    if not dossiers:
        raise NoSuchDossier(f"Le jeu « {split} » n'a aucun dossier de ce nom.")
    started = perf_counter()
    console = error_console()
    cases = list(track(make_cases(dossiers, read, examine, models), "Lecture", total=len(dossiers), console=console))
    reading_seconds = perf_counter() - started
    similarities: list[Similarity] = [Bm25(), TfIdf(), Embeddings()]
    training = [planned.main for planned in load_plan().values() if planned.split is Split.TRAIN and planned.main]
    suite = measure(
        cases,
        Yardsticks(
            sections=[AllPresent(), FuzzyHeadings()],
            types=[MajorityType(training), *(NearestDefinition(similarity) for similarity in similarities)],
            passages=[NearestSentences(similarity) for similarity in similarities],
        ),
    )
    second = load_all_gold(DOSSIERS.second_gold)
    return Report(
        program=program_version(),
        corpus=load_registry().version,
        split=split,
        models=used,
        suite=suite,
        reading_seconds=reading_seconds,
        agreement=annotator_agreement(load_all_gold(DOSSIERS.gold), second) if second else None,
        silver=evaluate_silver(load_silver(texts), models.classifier) if texts else {},
        shortfalls=tuple(load_thresholds().shortfalls(suite.systems[0].figures))
        if split == Split.DEV and not names
        else (),
    )
