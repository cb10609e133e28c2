"""Scanned pages are set level, and places on them found again."""

import math

import numpy as np
import pypdfium2
import pytest

from pipeline.extraction.raster import render_grey
from pipeline.extraction.skew import Turn, find_turn
from pipeline.geometry import BBox
from tests.pipeline.extraction.printed import LOREM, paragraph, printed, together
from tests.pipeline.extraction.scans import scanned

PROSE = together(*(paragraph(60, 80 + 90 * i, LOREM * 2, width=470) for i in range(5)))


def turn_of(pdf: bytes) -> Turn:
    with pypdfium2.PdfDocument(pdf) as document:
        return find_turn(render_grey(document[0], 150), 150)


@pytest.mark.parametrize("degrees", [-3.0, -1.0, 0.0, 0.75, 2.5])
def test_the_slope_of_a_scan_is_found(degrees: float) -> None:
    turn = turn_of(scanned(printed(PROSE), degrees=degrees))
    assert (turn.quarters, turn.degrees) == (0, -degrees)


def test_a_page_that_lies_on_its_side_is_set_upright_or_upside_down() -> None:
    assert turn_of(scanned(printed(PROSE), quarters=1)).quarters == 1


def test_a_page_without_lines_is_left_as_it_is() -> None:
    assert turn_of(scanned(printed(together()))).degrees == 0.0


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_place_in_the_turned_picture_is_found_in_the_first(quarters: int) -> None:
    width, height, side = 400, 300, 11
    grey = np.full((height, width), 255, np.uint8)
    grey[40 : 40 + side, 60 : 60 + side] = 0
    turn = Turn(width, height, quarters, 3.0)
    rows, columns = np.nonzero(np.asarray(turn.apply(grey)) < 128)
    back = turn.back(BBox(float(columns.min()), float(rows.min()), float(columns.max() + 1), float(rows.max() + 1)))
    centre = (60 + side / 2, 40 + side / 2)
    assert math.dist(((back.x0 + back.x1) / 2, back.centre_y), centre) < 1.0
