"""Pages that look empty because what draws them is damaged: PDFium shows them white and says nothing."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.extraction.plumber import plumber_pages

if TYPE_CHECKING:
    from pdfplumber.page import Page

_LEAST = 32  # bytes: less is the packing of nothing


def damaged_pages(path: Path, page_numbers: Sequence[int], password: str) -> frozenset[int]:
    """Of the given pages (1-based), all of them without anything on them, those whose content cannot be unpacked."""
    pages = plumber_pages(path, page_numbers, password)
    return frozenset(page.page_number for page in pages if _is_damaged(page))


def _is_damaged(page: "Page") -> bool:
    try:
        parts = page.page_obj.contents  # streams or references to them
        return any(_is_lost(part.resolve() if hasattr(part, "resolve") else part) for part in parts)
    except Exception:  # pdfminer raises whatever a damaged stream provokes
        return True


def _is_lost(stream: Any) -> bool:
    packed = len(stream.rawdata or b"")  # gone once it is unpacked
    return packed > _LEAST and not stream.get_data().strip()
