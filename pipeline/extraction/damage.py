"""Pages that look empty because what draws them is damaged: PDFium shows them white and says nothing."""

from collections.abc import Sequence
from pathlib import Path

import pdfplumber
from pdfminer.pdftypes import PDFStream, resolve1

_LEAST = 32  # bytes: less is the packing of nothing


def damaged_pages(path: Path, page_numbers: Sequence[int], password: str) -> frozenset[int]:
    """Of the given pages (1-based), all of them without anything on them, those whose content cannot be unpacked."""
    damaged = set()
    with pdfplumber.open(path, pages=list(page_numbers), password=password or None) as file:
        for page in file.pages:
            try:
                streams = [resolve1(item) for item in page.page_obj.contents]
                is_damaged = any(isinstance(stream, PDFStream) and _is_lost(stream) for stream in streams)
            except Exception:  # pdfminer raises whatever a damaged stream provokes
                is_damaged = True
            if is_damaged:
                damaged.add(page.page_number)
    return frozenset(damaged)


def _is_lost(stream: PDFStream) -> bool:
    packed = len(stream.rawdata or b"")  # gone once it is unpacked
    return packed > _LEAST and not stream.get_data().strip()
