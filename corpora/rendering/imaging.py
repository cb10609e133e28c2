"""PDFs that hold only pictures of sheets: made again from the printed sheets, with the packages of the program alone.

They are large, so those of the labelled dossiers are not kept in the repository.
"""

import sys
from collections.abc import Iterable

from corpora.collection import COLLECTIONS
from corpora.rendering.photo import render_photo
from corpora.rendering.recipe import DossierRecipe, FileRecipe, Renderer, load_recipes
from corpora.rendering.scan import render_scan


def take_pictures(file: FileRecipe) -> None:
    """Scans or photographs the sheets of `file.printed`."""
    file.output.parent.mkdir(parents=True, exist_ok=True)
    if file.renderer is Renderer.SCAN:
        render_scan(file)
    else:
        render_photo(file)


def take_missing_pictures(recipes: Iterable[DossierRecipe]) -> int:
    """Makes the pictures that are not there; returns how many were made."""
    missing = [file for recipe in recipes for file in recipe.files if file.is_picture and not file.output.exists()]
    for file in missing:
        take_pictures(file)
    return len(missing)


if __name__ == "__main__":
    made = take_missing_pictures(recipe for collection in COLLECTIONS for recipe in load_recipes(collection))
    sys.stdout.write(f"{made} PDF\n")
