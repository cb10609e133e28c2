"""What is made from what: the `recipe.toml` beside the sources of each dossier.

call = "alpc-2016"
dossier = "conseil-des-usages"      # the dossier's name
several_files = false               # true: the PDFs lie in a folder of that name

[[file]]
output = "conseil-des-usages.pdf"
source = "lettre.html"
renderer = "scan"                   # one of `Renderer`
title = "..."                       # metadata of the PDF
author = "..."
producer = "..."
date = 2016-08-30T09:12:00
password = "..."                    # optional: the PDF asks for it
scan = { dpi = 150, angle = 0.6, noise = 6, quality = 40 }   # scans only, optional
photo = { dpi = 150, slant = 0.02, shade = 0.3, quality = 55 }   # photographs only, optional
"""

import tomllib
from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from corpora.collection import Collection


class Renderer(StrEnum):
    WORD = "word"  # light markup -> .docx -> LibreOffice
    PAGE = "page"  # HTML -> WeasyPrint
    FORM = "form"  # HTML with inputs -> WeasyPrint with form fields
    SCAN = "scan"  # HTML -> WeasyPrint -> images of a poor scanner
    PHOTO = "photo"  # HTML -> WeasyPrint -> photographs of the sheets
    EXPORT = "export"  # light markup -> reportlab, as an online platform prints answers


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """`angle`: largest tilt in degrees; `noise`: grain in grey levels (0..255); `quality`: JPEG's (0..100)."""

    dpi: int = 150
    angle: float = 0.7
    noise: int = 8
    quality: int = 40


@dataclass(frozen=True, slots=True)
class PhotoSettings:
    """`slant`: how far a corner strays, in page widths; `shade`: light lost across the sheet (0..1)."""

    dpi: int = 150
    slant: float = 0.015
    shade: float = 0.3
    quality: int = 55


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
    photo: PhotoSettings = PhotoSettings()

    @property
    def is_picture(self) -> bool:
        """Whether the PDF holds pictures of its pages only: it is then made from `printed`."""
        return self.renderer in (Renderer.SCAN, Renderer.PHOTO)

    @property
    def printed(self) -> Path:
        """The sheets that are scanned or photographed, kept beside their source."""
        return self.source.parent / f"{self.output.stem}.printed.pdf"


@dataclass(frozen=True, slots=True)
class DossierRecipe:
    """One dossier: its call, its name, what it is, the folder of its sources and its PDFs in order."""

    collection: Collection
    call: str
    dossier: str
    about: str
    sources: Path
    files: tuple[FileRecipe, ...]


def load_recipe(path: Path, collection: Collection) -> DossierRecipe:
    """Reads a `recipe.toml` of a collection.

    Raises:
        KeyError, ValueError: the file is not what this module's docstring describes.
    """
    data = tomllib.loads(path.read_text("utf-8"))
    folder = collection.root / data["call"]
    if data["several_files"]:
        folder /= data["dossier"]
    files = tuple(_file_recipe(entry, path.parent, folder) for entry in data["file"])
    return DossierRecipe(collection, data["call"], data["dossier"], data["about"], path.parent, files)


def _file_recipe(entry: dict[str, object], sources: Path, folder: Path) -> FileRecipe:
    scan, photo = entry.get("scan", {}), entry.get("photo", {})
    date = entry["date"]
    if not isinstance(scan, dict) or not isinstance(photo, dict) or not isinstance(date, datetime):
        raise ValueError("scan and photo must be tables, date a date and time")
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
        scan=ScanSettings(**scan),
        photo=PhotoSettings(**photo),
    )


def load_recipes(collection: Collection, names: Container[str] | None = None) -> list[DossierRecipe]:
    """Recipes of a collection, sorted by place; only those of the dossiers of these `names`, where given."""
    paths = sorted(collection.sources.rglob("recipe.toml"))
    return [load_recipe(path, collection) for path in paths if names is None or path.parent.name in names]
