"""`reperes doctor`: what is installed, and what is lacking."""

import platform
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from flows.cli.french import FrenchCommand
from flows.cli.screen import out_console
from flows.settings import Settings, load_settings
from flows.tools import load_models, open_own_store
from flows.version import program_version
from pipeline.calls.catalogue import built_in_calls
from pipeline.calls.parser import load_call
from pipeline.errors import ReperesError
from pipeline.extraction.ocr import find_engine
from pipeline.lexicon.cues import lexicon_names, load_lexicon
from pipeline.text import plural, typeset

LACKING = 1
_PACKAGES = (
    "pypdfium2",
    "pdfplumber",
    "pytesseract",
    "spacy",
    "scikit-learn",
    "prefect",
    "fastapi",
    "sqlalchemy",
    "alembic",
    "pydantic",
    "xlsxwriter",
)
_LEXICONS = {
    "topics": "champs",
    "items": "éléments",
    "markers": "repères",
    "types": "types",
    "facts": "faits",
    "common": "communs",
}
_GIGABYTE = 1_000_000_000
_LOW_DISK = 2 * _GIGABYTE


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing looked at. `needed`: the program does not work without it."""

    name: str
    found: str
    well: bool
    needed: bool = True


@click.command(cls=FrenchCommand)
def doctor() -> int:
    """Montre ce qui est installé (versions, modèles, langues de l'OCR) et dit ce qui manque."""
    observations = examine(load_settings())
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    table.add_column("état")
    table.add_column("quoi")
    table.add_column("constat", overflow="fold")
    for seen in observations:
        mark = "[green]bien[/green]" if seen.well else "[red]manque[/red]" if seen.needed else "[yellow]absent[/yellow]"
        table.add_row(mark, seen.name, escape(seen.found))
    console = out_console()
    console.print(table)
    lacking = [seen.name for seen in observations if seen.needed and not seen.well]
    if lacking:
        console.print(typeset(f"À corriger : {escape(', '.join(lacking))}."), soft_wrap=True)
        return LACKING
    console.print("Tout ce qui est nécessaire est là.")
    return 0


def examine(settings: Settings) -> list[Observation]:
    """Looks at everything that the program relies on; nothing raises."""
    return [
        Observation("Programme", f"Repères {program_version()}", well=True),
        Observation("Python", platform.python_version(), well=True),
        *(_package(name) for name in _PACKAGES),
        _guarded("Modèles", _models),
        _guarded("Lexiques", _lexicons),
        _guarded("Appels", _calls),
        _ocr(settings),
        _guarded("Base de travail", lambda: _store(settings)),
        _disk(settings.home),
        Observation("Exécution", _execution(settings), well=True),
    ]


def _package(name: str) -> Observation:
    try:
        return Observation(name, version(name), well=True)
    except PackageNotFoundError:
        return Observation(name, "paquet absent : relancez « make install »", well=False)


def _guarded(name: str, look: Callable[[], str]) -> Observation:
    try:
        return Observation(name, look(), well=True)
    except ReperesError as error:
        return Observation(name, f"{error.message} {error.advice}".strip(), well=False)


def _models() -> str:
    return "\n".join(f"{model.name} ({model.digest[:12]})" for model in load_models().used)


def _lexicons() -> str:
    counts = []
    for family, title in _LEXICONS.items():
        names = lexicon_names(family)
        for name in names:
            load_lexicon(family, name)
        if names:
            counts.append(typeset(f"{title} : {len(names)}"))
    return ", ".join(counts)


def _calls() -> str:
    return ", ".join(load_call(call_id).id for call_id in built_in_calls())


def _ocr(settings: Settings) -> Observation:
    name = "OCR"
    if not settings.ocr:
        return Observation(name, "désactivée par REPERES_OCR", well=False, needed=False)
    engine = find_engine()
    if engine is None:
        found = "Tesseract ou ses données françaises manquent : apt install tesseract-ocr tesseract-ocr-fra"
        return Observation(name, found, well=False, needed=False)
    return Observation(name, f"{engine.name}, langues : {', '.join(engine.languages)}", well=True)


def _store(settings: Settings) -> str:
    return open_own_store(settings).place


def _disk(home: Path) -> Observation:
    existing = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    return Observation("Espace disque", f"{free / _GIGABYTE:.0f} Go libres", well=free > _LOW_DISK, needed=False)


def _execution(settings: Settings) -> str:
    runner = {"threads": "fils d'exécution", "processes": "processus", "dask": "Dask"}[settings.task_runner]
    return f"{plural(settings.workers, 'dossier', 'dossiers')} à la fois ({runner})"
