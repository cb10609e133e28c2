"""The external programs that rendering calls: LibreOffice and poppler's tools."""

import shutil
import subprocess
import tempfile
from pathlib import Path


class MissingTool(RuntimeError):
    """A program that rendering needs is not installed."""


def _run(program: str, *arguments: str) -> bytes:
    path = shutil.which(program)
    if path is None:
        raise MissingTool(f"{program} is not installed")
    done = subprocess.run([path, *arguments], check=True, capture_output=True, timeout=180)  # noqa: S603 - fixed programs
    return done.stdout


def docx_to_pdf(docx: Path, folder: Path) -> Path:
    """Converts with LibreOffice, in a profile of its own so that a running office is not disturbed."""
    with tempfile.TemporaryDirectory() as profile:
        _run(
            "soffice",
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--headless",
            "--convert-to",
            "pdf:writer_pdf_Export",
            "--outdir",
            str(folder),
            str(docx),
        )
    return folder / f"{docx.stem}.pdf"


def pdf_to_images(pdf: Path, folder: Path, dpi: int, *, grey: bool = True) -> list[Path]:
    """One PNG per page, in page order."""
    colour = ["-gray"] if grey else []
    _run("pdftoppm", "-r", str(dpi), *colour, "-png", str(pdf), str(folder / "page"))
    return sorted(folder.glob("page*.png"))


def pdf_page_texts(pdf: Path) -> list[str]:
    """The text of each page, in reading order, as poppler sees it (form answers are not in it)."""
    pages = _run("pdftotext", "-enc", "UTF-8", str(pdf), "-").decode("utf-8").split("\f")
    return pages[:-1]  # a form feed ends every page
