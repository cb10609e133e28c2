"""What is made from what: the `recipe.toml` beside the sources of each sample dossier.

call = "alpc-2016"
dossier = "conseil-des-usages"      # the dossier's name
several_files = false               # true: the PDFs lie in a folder of that name

[[file]]
output = "conseil-des-usages.pdf"
source = "lettre.html"
renderer = "scan"                   # "word", "page", "form" or "scan"
title = "..."                       # metadata of the PDF
author = "..."
producer = "..."
date = 2016-08-30T09:12:00
password = "..."                    # optional: the PDF asks for it
scan = { dpi = 150, angle = 0.6, noise = 6, quality = 40 }   # scans only
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
SOURCES = SAMPLES / "sources"


class Renderer(StrEnum):
    WORD = "word"  # light markup -> .docx -> LibreOffice
    PAGE = "page"  # HTML -> WeasyPrint
    FORM = "form"  # HTML with inputs -> WeasyPrint with form fields
    SCAN = "scan"  # HTML -> WeasyPrint -> images of a poor scanner


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """`angle`: largest tilt in degrees; `noise`: grain in grey levels (0..255); `quality`: JPEG's (0..100)."""

    dpi: int = 150
    angle: float = 0.7
    noise: int = 8
    quality: int = 40


@dataclass(frozen=True, slots=True)
class FileRecipe:
    """One PDF to make. `output` is its place, `source` what it is made from."""

    output: Path
    source: Path
    renderer: Renderer
    title: str
    author: str
    producer: str
    date: datetime
    password: str | None = None
    scan: ScanSettings = ScanSettings()


@dataclass(frozen=True, slots=True)
class DossierRecipe:
    """One sample dossier: its call, its name, what it is, the folder of its sources and its PDFs in order."""

    call: str
    dossier: str
    about: str
    sources: Path
    files: tuple[FileRecipe, ...]


def load_recipe(path: Path, samples: Path = SAMPLES) -> DossierRecipe:
    """Reads a `recipe.toml`; PDFs are to lie under `samples/<call>/`.

    Raises:
        KeyError, ValueError: the file is not what this module's docstring describes.
    """
    data = tomllib.loads(path.read_text("utf-8"))
    folder = samples / data["call"]
    if data["several_files"]:
        folder /= data["dossier"]
    files = tuple(_file_recipe(entry, path.parent, folder) for entry in data["file"])
    return DossierRecipe(data["call"], data["dossier"], data["about"], path.parent, files)


def _file_recipe(entry: dict[str, object], sources: Path, folder: Path) -> FileRecipe:
    settings = entry.get("scan", {})
    date = entry["date"]
    if not isinstance(settings, dict) or not isinstance(date, datetime):
        raise ValueError("scan must be a table and date a date and time")
    password = entry.get("password")
    return FileRecipe(
        output=folder / str(entry["output"]),
        source=sources / str(entry["source"]),
        renderer=Renderer(str(entry["renderer"])),
        title=str(entry["title"]),
        author=str(entry["author"]),
        producer=str(entry["producer"]),
        date=date,
        password=None if password is None else str(password),
        scan=ScanSettings(**settings),
    )


def load_recipes(sources: Path = SOURCES) -> list[DossierRecipe]:
    """All recipes under `sources`, sorted by place."""
    return [load_recipe(path) for path in _recipe_files(sources)]


def _recipe_files(sources: Path) -> Iterable[Path]:
    return sorted(sources.rglob("recipe.toml"))
