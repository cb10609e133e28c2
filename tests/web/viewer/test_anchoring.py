"""Highlights lie on the words that they mean: checked on the pixels of the pages that pdf.js has drawn."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page

from pipeline.extraction.ocr import find_engine
from tests.web.viewer import printed
from tests.web.viewer.conftest import Opening
from tests.web.viewer.screen import Box, DrawnPage, drawn_page, highlights, marked_spans, show

_SLACK = 1.5  # pixels: the edge of a letter is blurred
Writing = Callable[[Path], Path]

PAGES: dict[str, Writing] = {
    "native": lambda path: printed.native(path, 1),
    "two columns": printed.two_columns,
    "cropped": printed.cropped,
    "turned by 90": lambda path: printed.rotated(path, 1),
    "turned by 180": lambda path: printed.rotated(path, 2),
    "turned by 270": lambda path: printed.rotated(path, 3),
    "scanned": printed.scanned,
    "landscape": lambda path: printed.native(path, 1, size=(842, 595)),
}


@pytest.mark.parametrize("name", PAGES)
def test_boxes_lie_on_the_words_at_every_zoom(name: str, open_dossier: Opening, tmp_path: Path) -> None:
    if name == "scanned" and find_engine() is None:
        pytest.skip("Tesseract or its French data are not installed")
    page, document = open_dossier([PAGES[name](tmp_path / "dossier.pdf")])
    spans = marked_spans(document)
    assert len(spans) >= 6
    show(page, highlights(document, spans))
    widths = []
    for presses in (0, 3):
        _zoom_in(page, presses)
        drawn = drawn_page(page, 0, 1)
        widths.append(drawn.pixels.shape[1])
        assert len(drawn.boxes) == len(spans)
        _check(drawn)
    assert widths[1] > 1.8 * widths[0]


def _zoom_in(page: Page, presses: int) -> None:
    for _ in range(presses):
        page.get_by_role("button", name="Agrandir").click()


def _check(drawn: DrawnPage) -> None:
    """All red ink is in the boxes, and every box is filled by red ink."""
    red = drawn.red()
    covered = np.zeros_like(red)
    for box in drawn.boxes:
        covered[_window(box, _SLACK)] = True
        _check_filled(red[_window(box, 0)])
    assert red.sum() > 0
    assert (red & covered).sum() >= 0.99 * red.sum()


def _check_filled(ink: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> None:
    columns, rows = np.flatnonzero(ink.any(axis=0)), np.flatnonzero(ink.any(axis=1))
    assert columns[-1] - columns[0] >= 0.9 * ink.shape[1] - 2
    assert rows[-1] - rows[0] >= 0.4 * ink.shape[0]  # boxes are as high as the font, "gouvernance" has no ascender
    assert ink.mean() > 0.08


def _window(box: Box, slack: float) -> tuple[slice, slice]:
    x0, y0, x1, y1 = box
    return (
        slice(max(0, round(y0 - slack)), round(y1 + slack)),
        slice(max(0, round(x0 - slack)), round(x1 + slack)),
    )
