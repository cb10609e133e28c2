"""From the sources of a dossier to its PDFs and its gold file."""

from corpora.rendering.export import render_export
from corpora.rendering.finish import finish
from corpora.rendering.imaging import take_pictures
from corpora.rendering.page import render_form, render_page
from corpora.rendering.placing import write_gold
from corpora.rendering.recipe import DossierRecipe, FileRecipe, Renderer
from corpora.rendering.texts import page_texts
from corpora.rendering.word import render_word


def build(recipe: DossierRecipe) -> None:
    """Makes every PDF of the dossier, in place, then places its labels in them."""
    for file in recipe.files:
        file.output.parent.mkdir(parents=True, exist_ok=True)
        _render(file)
    write_gold(recipe, page_texts(recipe))


def _render(file: FileRecipe) -> None:
    """Pictures are not finished: they must be the same when they are taken again without the tools of rendering."""
    match file.renderer:
        case Renderer.SCAN | Renderer.PHOTO:
            render_page(file.source, file.printed)
            finish(file.printed, file)
            take_pictures(file)
            return
        case Renderer.WORD:
            render_word(file.source, file.output)
        case Renderer.EXPORT:
            render_export(file.source, file.output)
        case Renderer.PAGE:
            render_page(file.source, file.output)
        case Renderer.FORM:
            render_form(file.source, file.output)
    finish(file.output, file)
