"""Writes `corpora/registry.toml` from the recipes, the plan and the PDFs that were made.

`python -m corpora.rendering.register` writes again what it says of the applications written as text, and no more.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from corpora.collection import DOSSIERS, HERE, SAMPLES
from corpora.plan import load_plan
from corpora.registry import REGISTRY, SAMPLE, digest, measured_applications
from corpora.rendering.recipe import DossierRecipe, FileRecipe

_HEAD = """\
# Written by `python -m corpora.rendering`; do not edit by hand.

version = "1.1.0"
origin = "written for the project"
licence = "EUPL-1.2"
personal_data = "none"
statement = \"\"\"
Every person, organisation, address, telephone number, SIREN, SIRET and RNA number in these dossiers and applications is
invented; the dossiers' numbers have valid keys (but for planted errors) and were not taken from any register. Towns and
public institutions are named only as a setting: what is said of them is fiction. Passwords of locked files stand in
their recipes.\"\"\"
"""
_APPLICATIONS_ENTRY = re.compile(r"^\[applications\]\n(?:\w+ = .*\n)+", re.MULTILINE)
_IGNORED = "# Written by `python -m corpora.rendering`: pictures of sheets, made again by `make corpora`.\n"


def write_registry(recipes: Iterable[DossierRecipe]) -> None:
    """Rewrites the registry, dossiers in the order of `recipes`, and the list of PDFs that git leaves out."""
    known = list(recipes)
    splits = {name: planned.split.value for name, planned in load_plan().items()}
    entries = (_entry(recipe, splits.get(recipe.dossier, SAMPLE)) for recipe in known)
    REGISTRY.write_text("\n".join([_HEAD, _applications_entry(), *entries]), "utf-8")
    pictures = (
        file.output.relative_to(DOSSIERS.root).as_posix()
        for recipe in known
        for file in recipe.files
        if _is_left_out(recipe, file)
    )
    (DOSSIERS.root / ".gitignore").write_text(_IGNORED + "".join(f"/{path}\n" for path in pictures), "utf-8")


def write_applications(registry: Path = REGISTRY) -> None:
    """Rewrites the registry's entry of the applications written as text."""
    before, after = _APPLICATIONS_ENTRY.split(registry.read_text("utf-8"), maxsplit=1)
    registry.write_text(before + _applications_entry() + after, "utf-8")


def _applications_entry() -> str:
    measured = asdict(measured_applications())
    return "[applications]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in measured.items())


def _is_left_out(recipe: DossierRecipe, file: FileRecipe) -> bool:
    """The samples are kept whole: they are run before anything else is built."""
    return file.is_picture and recipe.collection is not SAMPLES


def _entry(recipe: DossierRecipe, split: str) -> str:
    gold = recipe.collection.gold / recipe.call / f"{recipe.dossier}.json"
    files = "".join(f"    {_file(recipe, file)},\n" for file in recipe.files)
    return (
        "[[dossier]]\n"
        f"call = {_quoted(recipe.call)}\n"
        f"name = {_quoted(recipe.dossier)}\n"
        f"split = {_quoted(split)}\n"
        f"about = {_quoted(recipe.about)}\n"
        f"gold = {_place(gold)}\n"
        f"files = [\n{files}]\n"
    )


def _file(recipe: DossierRecipe, file: FileRecipe) -> str:
    entry = f"path = {_place(file.output)}, sha256 = {_quoted(digest(file.output))}"
    if _is_left_out(recipe, file):
        entry += f", printed = {_place(file.printed)}, printed_sha256 = {_quoted(digest(file.printed))}"
    return f"{{ {entry} }}"


def _place(path: Path) -> str:
    return _quoted(path.relative_to(HERE).as_posix())


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    write_applications()
