"""From the pages of a PDF to pictures of them, and back to a PDF that holds nothing else."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image

from corpora.rendering.recipe import FileRecipe
from pipeline.extraction.pictures import page_pictures


def sheets(printed: Path, dpi: int) -> Iterator[Image.Image]:
    """The pages of a PDF of our own making, in colour."""
    return (Image.fromarray(picture) for picture in page_pictures(printed, dpi))


def write_pictures(pages: Sequence[Image.Image], file: FileRecipe, dpi: int, quality: int) -> None:
    """Makes `file.output`, one JPEG per page, with the recipe's metadata; `quality` is JPEG's (0..100)."""
    stamp = file.date.timetuple()  # or Pillow would write the time of the run
    pages[0].save(
        file.output,
        "PDF",
        resolution=dpi,
        save_all=True,
        append_images=list(pages[1:]),
        quality=quality,
        title=file.title,
        author=file.author,
        producer=file.producer,
        creationDate=stamp,
        modDate=stamp,
    )
