"""The samples' texts for the tests: what stands in the PDFs, or in the source of those that are pictures."""

import re
from functools import cache
from html import unescape
from pathlib import Path

import pypdfium2

from corpora.collection import SAMPLES
from corpora.gold import GoldDossier, load_all_gold
from corpora.rendering.recipe import DossierRecipe, FileRecipe, Renderer, load_recipes
from pipeline.document import Document
from pipeline.extraction.limits import ReadingLimits
from pipeline.extraction.reader import read_dossier

_STYLE = re.compile(r"<(style|title)>.*?</\1>", re.DOTALL)
_INLINE_TAG = re.compile(r"</?(?:b|i|span)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


@cache
def gold_by_name() -> dict[str, GoldDossier]:
    return {gold.dossier: gold for gold in load_all_gold(SAMPLES.gold)}


@cache
def recipes_by_name() -> dict[str, DossierRecipe]:
    return {recipe.dossier: recipe for recipe in load_recipes(SAMPLES)}


@cache
def page_texts(dossier: str) -> dict[str, list[str]]:
    """Text of each page by file name, in the order in which the page draws it, then form answers.

    The pages of a scan all have the text of its source; a locked file has no page.
    """
    recipe = recipes_by_name()[dossier]
    return {file.output.name: _file_texts(file) for file in recipe.files}


def _file_texts(file: FileRecipe) -> list[str]:
    if file.password is not None:
        return []
    with pypdfium2.PdfDocument(file.output) as pdf:
        if file.renderer is Renderer.SCAN:
            return [source_text(file.source)] * len(pdf)
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


@cache
def source_text(path: Path) -> str:
    """The words of an HTML or light markup source, one block a line."""
    content = path.read_text("utf-8")
    if path.suffix == ".html":
        content = _TAG.sub("\n", _INLINE_TAG.sub("", _STYLE.sub("", content)))
        return unescape(content)
    return content.split("+++\n", 2)[2].replace("**", "")


def dossier_sources(dossier: str) -> list[str]:
    """The source texts of all its files."""
    return [source_text(file.source) for file in recipes_by_name()[dossier].files]


def sample_folder(gold: GoldDossier) -> Path:
    return recipes_by_name()[gold.dossier].files[0].output.parent
