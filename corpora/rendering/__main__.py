"""`python -m corpora.rendering [NAME...]`: makes the PDFs, gold files and registry of the dossiers again."""

import argparse
import sys

from corpora.collection import COLLECTIONS
from corpora.rendering.build import build
from corpora.rendering.placing import LabelNotFound
from corpora.rendering.recipe import load_recipes
from corpora.rendering.register import write_registry
from corpora.rendering.tools import MissingTool


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m corpora.rendering", description=__doc__)
    parser.add_argument("names", nargs="*", help="names of dossiers (all when none is given)")
    names = set(parser.parse_args().names)
    recipes = [recipe for collection in COLLECTIONS for recipe in load_recipes(collection, names or None)]
    unknown = names - {recipe.dossier for recipe in recipes}
    if unknown:
        parser.error(f"no such dossier: {', '.join(sorted(unknown))}")
    unplaced = 0
    for recipe in recipes:
        try:
            build(recipe)
            sys.stdout.write(f"{recipe.call}/{recipe.dossier}: {len(recipe.files)} PDF\n")
        except LabelNotFound as error:
            unplaced += 1
            sys.stderr.write(f"{error}\n")
        except MissingTool as error:
            sys.stderr.write(f"{error}\n")
            return 1
    if unplaced:
        return 1
    if not names:
        write_registry(recipes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
