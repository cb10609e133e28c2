"""The viewer opened on real PDFs; skipped where there is no pdf.js."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page

from pipeline.document import Document
from pipeline.extraction.limits import ReadingLimits
from pipeline.extraction.ocr import find_engine
from pipeline.extraction.reader import read_dossier
from tests.web.chromium import Windows
from tests.web.viewer.site import PDFJS, serving

Opening = Callable[..., tuple[Page, Document]]


@pytest.fixture
def open_dossier(windows: Windows) -> Iterator[Opening]:
    """Opens PDFs, read as the program reads them, in the viewer.

    The browser may tell no other trouble than the words in `expected`; `change` alters what the server knows;
    `start` is a place as JSON.
    """
    if not PDFJS.exists():
        pytest.skip("pdf.js is not installed (make install)")
    with ExitStack() as stack:

        def opening(
            files: Sequence[Path],
            *,
            expected: str | None = None,
            change: Callable[[Document], Document] = lambda document: document,
            width: int = 1000,
            start: str = "",
        ) -> tuple[Page, Document]:
            windows.expected.extend([expected] if expected else [])
            document = change(read_dossier("essai", files, ReadingLimits(), find_engine()))
            address = stack.enter_context(serving(files, document))
            page = windows.open(address, width=width, height=900)
            page.goto(f"{address}#{start}")
            page.wait_for_selector("html[data-ready]")
            return page, document

        yield opening
        windows.close()
