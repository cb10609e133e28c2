"""Writes `corpora/registry.toml` from the recipes and the PDFs that were made."""

import json
from collections.abc import Iterable

from corpora.gold import GOLD
from corpora.registry import HERE, REGISTRY, digest
from corpora.rendering.recipe import DossierRecipe, FileRecipe

_HEAD = """\
# Written by `python -m corpora.rendering`; do not edit by hand.

origin = "written for the project"
licence = "EUPL-1.2"
personal_data = "none"
statement = \"\"\"
Every person, organisation, address, telephone number, SIREN, SIRET and RNA number in these dossiers is invented; the
numbers have valid keys (but for one planted error) and were not taken from any register. Towns and public institutions
are named only as a setting: what is said of them is fiction. Passwords of locked files stand in their recipes.\"\"\"
"""


def write_registry(recipes: Iterable[DossierRecipe]) -> None:
    """Rewrites the registry, dossiers in the order of `recipes`."""
    REGISTRY.write_text("\n".join([_HEAD, *(_entry(recipe) for recipe in recipes)]), "utf-8")


def _entry(recipe: DossierRecipe) -> str:
    gold = (GOLD / recipe.call / f"{recipe.dossier}.json").relative_to(HERE).as_posix()
    files = "".join(f"    {_file(file)},\n" for file in recipe.files)
    return (
        "[[dossier]]\n"
        f"call = {_quoted(recipe.call)}\n"
        f"name = {_quoted(recipe.dossier)}\n"
        f"about = {_quoted(recipe.about)}\n"
        f"gold = {_quoted(gold)}\n"
        f"files = [\n{files}]\n"
    )


def _file(file: FileRecipe) -> str:
    path = _quoted(file.output.relative_to(HERE).as_posix())
    return f"{{ path = {path}, sha256 = {_quoted(digest(file.output))} }}"


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False)
