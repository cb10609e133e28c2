"""Pages of a file as pdfplumber gives them, for what PDFium does not show."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pdfplumber.page import Page


def plumber_pages(path: Path, page_numbers: Sequence[int], password: str) -> "Iterator[Page]":
    """The given pages (1-based), each closed before the next; none where pdfplumber cannot open the file."""
    import pdfplumber  # here, as it is slow to import and few files need it

    with path.open("rb") as stream:
        try:
            pages = pdfplumber.open(stream, pages=list(page_numbers), password=password or None).pages
        except Exception:  # pdfminer raises whatever an odd file or page provokes
            return
        for page in pages:
            try:
                yield page
            finally:
                page.close()
