"""PDFs to measure with: how long they are, and longer ones made of them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pypdfium2


def page_count(paths: Iterable[Path]) -> int:
    """How many pages these PDFs have."""
    total = 0
    for path in paths:
        pdf = pypdfium2.PdfDocument(path)
        total += len(pdf)
        pdf.close()
    return total


def repeat_pages(paths: Sequence[Path], count: int, target: Path) -> None:
    """Writes a PDF of `count` pages: those of `paths`, over and over."""
    big = pypdfium2.PdfDocument.new()
    while len(big) < count:
        for path in paths:
            source = pypdfium2.PdfDocument(path)
            big.import_pages(source, list(range(min(len(source), count - len(big)))))
            source.close()
    big.save(target)
    big.close()
