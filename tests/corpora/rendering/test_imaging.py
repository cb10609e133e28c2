"""Pictures of sheets are made where they are missing, and are those that were registered."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from corpora.collection import HERE, SAMPLES
from corpora.registry import digest, load_registry
from corpora.rendering.imaging import take_missing_pictures, take_pictures
from corpora.rendering.recipe import DossierRecipe, FileRecipe, PhotoSettings, Renderer, ScanSettings, load_recipes
from tests.pipeline.extraction.printed import printed, saved, text


def recipe_of(name: str) -> DossierRecipe:
    (recipe,) = load_recipes(SAMPLES, {name})
    return recipe


def moved(file: FileRecipe, folder: Path) -> FileRecipe:
    return replace(file, output=folder / "out" / file.output.name, source=folder / file.source.name)


def test_only_what_is_missing_is_taken(tmp_path: Path) -> None:
    scan = moved(recipe_of("conseil-des-usages").files[0], tmp_path)
    scan = replace(scan, scan=ScanSettings(dpi=40), photo=PhotoSettings(dpi=40))
    photo = replace(scan, renderer=Renderer.PHOTO, output=scan.output.with_name("photo.pdf"))
    there = replace(scan, output=tmp_path / "there.pdf")
    page = replace(scan, renderer=Renderer.PAGE, output=tmp_path / "page.pdf")
    for file in (scan, photo):
        saved(printed(text(50, 80, "Bonjour"), text(50, 80, "Au revoir")), file.printed)
    there.output.write_bytes(b"kept")
    dossier = replace(recipe_of("conseil-des-usages"), files=(scan, photo, there, page))
    assert take_missing_pictures([dossier]) == 2
    assert scan.output.read_bytes().count(b"/DCTDecode") == photo.output.read_bytes().count(b"/DCTDecode") == 2
    assert there.output.read_bytes() == b"kept"
    assert not page.output.exists()
    assert take_missing_pictures([dossier]) == 0


def test_a_picture_that_is_taken_again_is_the_registered_one(tmp_path: Path) -> None:
    (registered,) = (one for one in load_registry().dossiers if one.name == "conseil-des-usages")
    (file,) = recipe_of("conseil-des-usages").files
    again = moved(file, tmp_path)
    again.printed.write_bytes(file.printed.read_bytes())
    take_pictures(again)
    assert digest(again.output) == registered.files[0].sha256 == digest(HERE / registered.files[0].path)


def test_it_needs_no_tool_of_rendering() -> None:
    """Whoever evaluates has the program's own packages only."""
    shown = "import sys, corpora.rendering.imaging; print(*sorted(name for name in sys.modules if '.' not in name))"
    loaded = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True).stdout.split()
    assert {"weasyprint", "reportlab", "docx", "pikepdf"}.isdisjoint(loaded)
    assert "PIL" in loaded
