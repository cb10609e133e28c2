"""An evaluation put together: labelled dossiers read and analysed as in a run, the program beside simple methods.

Its packages are an extra of the installation: imported by `reperes evaluate` only.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from corpora.collection import DOSSIERS
from corpora.gold import load_all_gold
from corpora.plan import Split, load_plan
from corpora.registry import load_registry
from evaluation.annotators import AnnotatorAgreement, annotator_agreement
from evaluation.baselines import AllPresent, FuzzyHeadings, MajorityType, NearestDefinition, NearestSentences
from evaluation.cases import Case, make_cases
from evaluation.dossiers import labelled_dossiers
from evaluation.report import Report
from evaluation.silver import SilverReading, SilverText, evaluate_silver, load_silver
from evaluation.similarities import Bm25, Embeddings, TfIdf
from evaluation.suite import Yardsticks, evaluate
from evaluation.thresholds import load_thresholds
from flows.settings import load_settings
from flows.tools import load_models
from flows.version import program_version
from pipeline.analyse import analyse
from pipeline.analysis import Analysis, Provenance
from pipeline.calls.model import Call
from pipeline.document import Document
from pipeline.errors import InputNotFound, UsageProblem
from pipeline.extraction.isolation import read_dossier_isolated

Watch = Callable[[Iterable[Case], int], Iterable[Case]]
"""Shows how far the reading of so many dossiers is, and gives them on."""


class NoSuchDossier(UsageProblem):
    """No dossier of the split bears a name that was given."""

    code = "no-such-dossier"
    advice = "Les noms sont dans corpora/dossiers/plan.csv."


class InvalidTexts(UsageProblem):
    """The descriptions of real initiatives are not what is expected."""

    code = "invalid-texts"
    advice = "Chaque ligne est un objet JSON qui porte « famille », « type », « title » et « text »."


def measure(split: str, names: Sequence[str], texts: Path | None, watch: Watch) -> Report:
    """Evaluates the program on a split, or on its dossiers of these `names`; `texts`: real descriptions (JSONL).

    Raises:
        NoSuchDossier, InputNotFound, InvalidTexts: before anything is read.
    """
    silver = _silver(texts) if texts else []
    dossiers = [dossier for dossier in labelled_dossiers(split) if not names or dossier.gold.dossier in names]
    unknown = sorted(set(names) - {dossier.gold.dossier for dossier in dossiers})
    if unknown:
        raise NoSuchDossier(f"Le jeu « {split} » n'a pas de dossier de ce nom : {', '.join(unknown)}.")
    if not dossiers:
        raise NoSuchDossier(f"Le jeu « {split} » n'a aucun dossier.")
    settings, models = load_settings(), load_models()
    provenance = Provenance(program_version(), "", models.used)

    def read(name: str, paths: Sequence[Path]) -> Document:
        return read_dossier_isolated(name, paths, settings.reading_limits(), use_ocr=settings.ocr)

    def examine(document: Document, call: Call) -> Analysis:
        return analyse(document, call, models, provenance)

    started = perf_counter()
    cases = list(watch(make_cases(dossiers, read, examine, models), len(dossiers)))
    reading_seconds = perf_counter() - started
    suite = evaluate(cases, _yardsticks())
    is_release = split == Split.DEV and not names
    return Report(
        program=program_version(),
        corpus=load_registry().version,
        split=split,
        models=models.used,
        suite=replace(suite, misses=()) if split == Split.TEST else suite,
        reading_seconds=reading_seconds,
        agreement=_agreement(),
        silver=evaluate_silver(silver, SilverReading(models.splitter, models.encoder, models.types)) if silver else {},
        shortfalls=tuple(load_thresholds().shortfalls(suite.systems[0].figures)) if is_release else (),
    )


def _yardsticks() -> Yardsticks:
    similarities = (Bm25(), TfIdf(), Embeddings())
    training = [planned.main for planned in load_plan().values() if planned.split is Split.TRAIN and planned.main]
    return Yardsticks(
        sections=[AllPresent(), FuzzyHeadings()],
        types=[MajorityType(training), *(NearestDefinition(similarity) for similarity in similarities)],
        passages=[NearestSentences(similarity) for similarity in similarities],
    )


def _agreement() -> AnnotatorAgreement | None:
    second = load_all_gold(DOSSIERS.second_gold)
    return annotator_agreement(load_all_gold(DOSSIERS.gold), second) if second else None


def _silver(texts: Path) -> list[SilverText]:
    try:
        return load_silver(texts)
    except FileNotFoundError:
        raise InputNotFound(f"Le fichier « {texts} » n'existe pas.", advice="Vérifiez le chemin donné.") from None
    except (KeyError, TypeError, ValueError):
        raise InvalidTexts(f"Le fichier « {texts} » ne contient pas les descriptions attendues.") from None
