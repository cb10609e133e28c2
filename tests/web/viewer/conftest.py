"""A browser for the tests of the viewer; they are skipped where there is none, or no pdf.js."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from pipeline.document import Document
from pipeline.extraction.limits import ReadingLimits
from pipeline.extraction.ocr import find_engine
from pipeline.extraction.reader import read_dossier
from tests.web.viewer.site import PDFJS, serving

Opening = Callable[..., tuple[Page, Document]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    if not PDFJS.exists():
        pytest.skip("pdf.js is not installed (make install)")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def open_dossier(browser: Browser) -> Iterator[Opening]:
    """Opens PDFs, read as the program reads them, in the viewer.

    The browser may tell no other trouble than the words in `expected`; `change` alters what the server knows;
    `start` is a place as JSON.
    """
    with ExitStack() as stack:
        troubles: list[str] = []
        foreseen: list[str] = []

        def opening(
            files: Sequence[Path],
            *,
            expected: str | None = None,
            change: Callable[[Document], Document] = lambda document: document,
            width: int = 1000,
            start: str = "",
        ) -> tuple[Page, Document]:
            foreseen.extend([expected] if expected else [])
            document = change(read_dossier("essai", files, ReadingLimits(), find_engine()))
            address = stack.enter_context(serving(files, document))
            page = browser.new_page(viewport={"width": width, "height": 900})
            stack.callback(page.close)
            page.on("pageerror", lambda error: troubles.append(str(error)))
            page.on("console", lambda told: troubles.append(told.text) if told.type in ("error", "warning") else None)
            page.goto(f"{address}#{start}")
            page.wait_for_selector("body[data-open]")
            return page, document

        yield opening
        assert [trouble for trouble in troubles if not any(words in trouble for words in foreseen)] == []
