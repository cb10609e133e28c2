"""Highlights lie on the words that they mean: checked on the pixels of the pages that pdf.js has drawn."""

from collections.abc import Callable
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page

from pipeline.extraction.ocr import find_engine
from tests.web.viewer import printed
from tests.web.viewer.conftest import Opening
from tests.web.viewer.screen import (
    Box,
    DrawnPage,
    be_still,
    drawn_page,
    ground_of,
    highlights,
    marked_spans,
    show,
    window,
)

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


@pytest.mark.parametrize("name", ["native", "two columns", "turned by 90", "cropped"])
def test_labels_hide_no_words(name: str, open_dossier: Opening, tmp_path: Path) -> None:
    page, document = open_dossier([PAGES[name](tmp_path / "dossier.pdf")])
    spans = marked_spans(document)
    show(page, highlights(document, spans))
    drawn = drawn_page(page, 0, 1)
    assert len(drawn.labels) == len(spans)
    ink = drawn.pixels.min(axis=2) < 160
    hidden = [label for label in drawn.labels if ink[window(label, -2)].any()]
    assert hidden == []


def test_labels_hide_no_answer_of_a_form(open_dossier: Opening, tmp_path: Path) -> None:
    page, document = open_dossier([printed.filled_form(tmp_path / "dossier.pdf", f"une {printed.MARKED} partagée")])
    show(page, highlights(document, marked_spans(document)))
    be_still(page)
    drawn = drawn_page(page, 0, 1)
    assert len(drawn.labels) == 1
    ink = drawn.pixels.min(axis=2) < 160
    assert not ink[window(drawn.labels[0], -2)].any()


def test_labels_of_one_place_stand_side_by_side(open_dossier: Opening, tmp_path: Path) -> None:
    page, document = open_dossier([printed.native(tmp_path / "dossier.pdf", 1)])
    show(page, highlights(document, marked_spans(document)[:1] * 3))
    ends = [(left, right) for left, _, right, _ in drawn_page(page, 0, 1).labels]
    assert all(right <= left for (left, _), (_, right) in pairwise(ends))


@pytest.mark.parametrize("width", [1000, 560])
def test_labels_of_a_crowded_page_are_whole_and_apart(width: int, open_dossier: Opening, tmp_path: Path) -> None:
    page, document = open_dossier([printed.two_columns(tmp_path / "dossier.pdf")], width=width)
    shown = highlights(document, marked_spans(document) * 4)
    show(page, [{**one, "label": "PTS"} for one in shown])
    labels = drawn_page(page, 0, 1).labels
    assert len(labels) == len(shown) > 20
    assert [pair for pair in combinations(labels, 2) if _overlap(*pair)] == []
    area = page.locator(".viewer-scroller").bounding_box()
    assert area is not None
    for label in page.locator(".viewer-mark-label").all():
        box = label.bounding_box()
        assert box is not None
        assert area["x"] <= box["x"] <= area["x"] + area["width"] - box["width"]


def test_words_stay_readable_under_many_highlights(open_dossier: Opening, tmp_path: Path) -> None:
    page, document = open_dossier([printed.native(tmp_path / "dossier.pdf", 1)])
    line = document.lines[2]
    kinds = ["machine", "kept", "added", "proof", "aside"]
    shown = highlights(document, [line.span] * 10)
    show(page, [{**one, "kind": kinds[index % 5]} for index, one in enumerate(shown)])
    before = ground_of(page, document, line.page, line.box)
    page.evaluate("(id) => viewer.goTo(id)", shown[4]["id"])
    be_still(page)
    after = ground_of(page, document, line.page, line.box)
    for ground, ink in (before, after):
        assert (ground + 0.05) / (ink + 0.05) >= 4.5
        assert ground > 0.55
    assert after[0] == pytest.approx(before[0], abs=0.02)  # the current one is no darker


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _zoom_in(page: Page, presses: int) -> None:
    for _ in range(presses):
        page.get_by_role("button", name="Agrandir").click()


def _check(drawn: DrawnPage) -> None:
    """All red ink is in the boxes, and every box is filled by red ink."""
    red = drawn.red()
    covered = np.zeros_like(red)
    for box in drawn.boxes:
        covered[window(box, _SLACK)] = True
        _check_filled(red[window(box)])
    assert red.sum() > 0
    assert (red & covered).sum() >= 0.99 * red.sum()


def _check_filled(ink: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> None:
    columns, rows = np.flatnonzero(ink.any(axis=0)), np.flatnonzero(ink.any(axis=1))
    assert columns[-1] - columns[0] >= 0.9 * ink.shape[1] - 2
    assert rows[-1] - rows[0] >= 0.4 * ink.shape[0]  # boxes are as high as the font, "gouvernance" has no ascender
    assert ink.mean() > 0.08
