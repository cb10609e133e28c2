"""The dossiers' texts for the tests: what stands in the PDFs, or on the sheets of those that are pictures."""

from functools import cache
from pathlib import Path

import pypdfium2

from corpora.collection import COLLECTIONS
from corpora.gold import GoldDossier, load_all_gold
from corpora.rendering.recipe import DossierRecipe, FileRecipe, Renderer, load_recipes
from corpora.rendering.sources import source_sentences
from pipeline.analysis import AnalysisStatus
from pipeline.calls.catalogue import built_in_calls, built_in_content
from pipeline.document import Document
from pipeline.extraction.limits import ReadingLimits
from pipeline.extraction.reader import read_dossier


@cache
def gold_by_name() -> dict[str, GoldDossier]:
    return {gold.dossier: gold for collection in COLLECTIONS for gold in load_all_gold(collection.gold)}


@cache
def recipes_by_name() -> dict[str, DossierRecipe]:
    return {recipe.dossier: recipe for collection in COLLECTIONS for recipe in load_recipes(collection)}


@cache
def sentences_by_dossier() -> dict[str, list[str]]:
    """What the authors of all readable dossiers wrote."""
    readable = [gold.dossier for gold in gold_by_name().values() if gold.status is AnalysisStatus.ANALYSED]
    return {name: source_sentences(recipes_by_name()[name]) for name in readable}


@cache
def official_wording() -> str:
    """The calls' own words, which everybody may quote."""
    return " ".join(built_in_content(call).decode() for call in built_in_calls())


@cache
def page_texts(dossier: str) -> dict[str, list[str]]:
    """Text of each page by file name, in the order in which the page draws it, then form answers.

    A locked file has no page.
    """
    recipe = recipes_by_name()[dossier]
    return {file.output.name: _file_texts(file) for file in recipe.files}


def _file_texts(file: FileRecipe) -> list[str]:
    if file.password is not None:
        return []
    with pypdfium2.PdfDocument(file.printed if file.is_picture else file.output) as pdf:
        drawn = [page.get_textpage().get_text_bounded() for page in pdf]
    if file.renderer is Renderer.FORM:
        read = _read_page_texts(read_dossier("form", (file.output,), ReadingLimits()))
        return [f"{text}\n{answers}" for text, answers in zip(drawn, read, strict=True)]
    return drawn


def _read_page_texts(document: Document) -> list[str]:
    texts = [""] * len(document.pages)
    for line in document.lines:
        texts[line.page] += f"{document.quote(line.span)}\n"
    return texts


def folder_of(gold: GoldDossier) -> Path:
    return recipes_by_name()[gold.dossier].files[0].output.parent
