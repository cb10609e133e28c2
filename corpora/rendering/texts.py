"""The text of each page of a rendered dossier, as its author knows it: what gold labels are placed in."""

from pathlib import Path

import pikepdf

from corpora.rendering.recipe import DossierRecipe, FileRecipe, Renderer
from corpora.rendering.tools import pdf_page_texts


def page_texts(recipe: DossierRecipe) -> dict[str, list[str]]:
    """Text of each page by file name. A picture's is that of the sheet before; a locked file has none."""
    return {file.output.name: _file_texts(file) for file in recipe.files}


def _file_texts(file: FileRecipe) -> list[str]:
    if file.password is not None:
        return []
    match file.renderer:
        case Renderer.SCAN | Renderer.PHOTO:
            return pdf_page_texts(file.printed)
        case Renderer.FORM:
            printed_texts = pdf_page_texts(file.output)
            return [f"{text}\n{answers}" for text, answers in zip(printed_texts, _answers(file.output), strict=True)]
        case Renderer.PAGE | Renderer.WORD | Renderer.EXPORT:
            return pdf_page_texts(file.output)


def _answers(path: Path) -> list[str]:
    """The values of the text and choice fields of each page, in the order of the page's annotations."""
    with pikepdf.open(path) as pdf:
        return ["\n".join(_values(page)) for page in pdf.pages]


def _values(page: pikepdf.Page) -> list[str]:
    fields = [annotation for annotation in page.obj.get("/Annots", []) if annotation.get("/FT") in ("/Tx", "/Ch")]
    return [str(field.V) for field in fields if "/V" in field]
