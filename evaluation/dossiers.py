"""The labelled dossiers of a split, ready to be read."""

from corpora.collection import DOSSIERS, HERE, SAMPLES, Collection
from corpora.gold import load_gold
from corpora.plan import load_plan
from corpora.registry import SAMPLE, RegisteredDossier, load_registry
from corpora.rendering.imaging import take_missing_pictures
from corpora.rendering.recipe import load_recipes
from evaluation.cases import LabelledDossier
from pipeline.calls.parser import load_call


def labelled_dossiers(split: str) -> list[LabelledDossier]:
    """Dossiers of a split (a `plan.Split` or `registry.SAMPLE`), in the registry's order; missing pictures are made."""
    registered = [dossier for dossier in load_registry().dossiers if dossier.split == split]
    take_missing_pictures(load_recipes(_collection(split), {dossier.name for dossier in registered}))
    layouts = {name: planned.layout for name, planned in load_plan().items()}
    return [_labelled(dossier, layouts.get(dossier.name, "exemple")) for dossier in registered]


def _collection(split: str) -> Collection:
    return SAMPLES if split == SAMPLE else DOSSIERS


def _labelled(dossier: RegisteredDossier, layout: str) -> LabelledDossier:
    gold = load_gold(HERE / dossier.gold)
    return LabelledDossier(gold, layout, tuple(HERE / file.path for file in dossier.files), load_call(dossier.call))
