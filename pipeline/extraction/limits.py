"""How far reading goes before it gives up."""

from dataclasses import dataclass

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Bounds of the reading of one dossier.

    Attributes:
        file_bytes: a larger file is not opened.
        pages: a file with more pages is not read.
        ocr_pixels: a page that would take more pixels is not rendered for OCR.
        ocr_seconds: time for one page's OCR.
        seconds: time for one child process; another is started for the files that are left when one is lost.
        memory_bytes: address space of that process beyond what it holds when it starts.
    """

    file_bytes: int = 200 * _MEBIBYTE
    pages: int = 1500
    ocr_pixels: int = 40_000_000
    ocr_seconds: float = 60.0
    seconds: float = 900.0
    memory_bytes: int = 1024 * _MEBIBYTE
