"""`python -m corpora.rendering [NAME...]`: makes the PDFs, gold files and registry of the sample dossiers again."""

import argparse
import sys

from corpora.rendering.build import build
from corpora.rendering.recipe import load_recipes
from corpora.rendering.register import write_registry
from corpora.rendering.tools import MissingTool


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m corpora.rendering", description=__doc__)
    parser.add_argument("names", nargs="*", help="names of dossiers (all when none is given)")
    names = set(parser.parse_args().names)
    known = load_recipes()
    recipes = [recipe for recipe in known if not names or recipe.dossier in names]
    unknown = names - {recipe.dossier for recipe in recipes}
    if unknown:
        parser.error(f"no such dossier: {', '.join(sorted(unknown))}")
    try:
        for recipe in recipes:
            build(recipe)
            sys.stdout.write(f"{recipe.call}/{recipe.dossier}: {len(recipe.files)} PDF\n")
    except MissingTool as error:
        sys.stderr.write(f"{error}\n")
        return 1
    write_registry(known)
    return 0


if __name__ == "__main__":
    sys.exit(main())
