"""Reading pages by character recognition."""

import math
import shutil
from collections import Counter

import pypdfium2
import pytesseract
import pytest
from PIL import Image

from pipeline.extraction.ocr import OcrEngine, find_engine, merge_native, read_page
from pipeline.extraction.problems import ReadingProblem
from pipeline.extraction.raw import RawWord
from pipeline.extraction.words import read_words
from pipeline.geometry import BBox
from pipeline.reasons import Reason
from tests.pipeline.extraction.pages import line
from tests.pipeline.extraction.printed import LOREM, paragraph, printed, text, together
from tests.pipeline.extraction.scans import immense, scanned

MAX_DOTS = 40_000_000
PROSE = together(
    text(60, 60, "1. Présentation de l'association", size=18),
    paragraph(60, 100, LOREM + " à côté, où l'œuvre sociale naît", width=470),
    text(60, 260, "Aide demandée : 38 500 €"),
)

needs_tesseract = pytest.mark.skipif(find_engine() is None, reason="Tesseract or its French data are not installed")


def engine() -> OcrEngine:
    found = find_engine()
    assert found is not None
    return found


def read(pdf: bytes) -> tuple[RawWord, ...]:
    with pypdfium2.PdfDocument(pdf) as document:
        return read_page(document[0], engine(), MAX_DOTS, 60)


def refusal(pdf: bytes) -> Reason:
    with pypdfium2.PdfDocument(pdf) as document, pytest.raises(ReadingProblem) as raised:
        read_page(document[0], OcrEngine("5.3.0"), MAX_DOTS, 60)
    return raised.value.reason


def native(pdf: bytes) -> tuple[RawWord, ...]:
    with pypdfium2.PdfDocument(pdf) as document:
        return read_words(document[0])


def share_found(words: tuple[RawWord, ...], expected: tuple[RawWord, ...]) -> float:
    found, wanted = (Counter(word.text.lower().strip(".,:'’") for word in side) for side in (words, expected))
    return sum((found & wanted).values()) / sum(wanted.values())


@needs_tesseract
@pytest.mark.parametrize(("degrees", "quarters"), [(0.0, 0), (1.0, 0), (-2.5, 0), (0.0, 1), (0.0, 2)])
def test_the_words_of_a_scan_are_read_however_it_lies(degrees: float, quarters: int) -> None:
    assert share_found(read(scanned(printed(PROSE), degrees=degrees, quarters=quarters)), native(printed(PROSE))) > 0.95


@needs_tesseract
def test_words_are_where_they_are_shown_and_as_large() -> None:
    words = {word.text: word for word in read(scanned(printed(PROSE), degrees=1))}
    printed_words = {word.text: word for word in native(printed(PROSE))}
    for name in ("Présentation", "quartier", "demandée"):
        box, expected = words[name].box, printed_words[name].box
        x, y = (expected.x0 + expected.x1) / 2 - 297.5, expected.centre_y - 421
        angle = math.radians(1)  # the scan was turned counter-clockwise about its centre
        place = (297.5 + x * math.cos(angle) + y * math.sin(angle), 421 - x * math.sin(angle) + y * math.cos(angle))
        assert math.dist(((box.x0 + box.x1) / 2, box.centre_y), place) < 2.5
        assert words[name].size == pytest.approx(printed_words[name].size, rel=0.15)
        assert 0.5 < (words[name].confidence or 0) <= 1


@needs_tesseract
def test_the_same_page_gives_the_same_words() -> None:
    scan = scanned(printed(PROSE))
    assert read(scan) == read(scan)


@needs_tesseract
def test_time_over_is_a_problem_of_the_page() -> None:
    with pytest.raises(ReadingProblem) as raised:
        engine().read(Image.new("L", (2500, 3500), 255), 300, seconds=0.001)
    assert raised.value.reason is Reason.TIMEOUT


def test_a_page_whose_picture_is_too_large_is_refused() -> None:
    assert refusal(immense(scanned(printed(PROSE)))) is Reason.PAGE_TOO_LARGE


def test_a_sheet_too_large_to_stay_legible_is_refused() -> None:
    assert refusal(printed(PROSE, size=(6000, 6000))) is Reason.PAGE_TOO_LARGE


def test_without_tesseract_there_is_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    find_engine.cache_clear()
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", "/nowhere/tesseract")
    assert find_engine() is None
    find_engine.cache_clear()


def test_without_french_there_is_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("tesseract") is None:
        pytest.skip("Tesseract is not installed")
    find_engine.cache_clear()
    monkeypatch.setattr(pytesseract, "get_languages", lambda: ["eng", "osd"])
    assert find_engine() is None
    find_engine.cache_clear()


def test_native_words_stay_and_hide_what_ocr_read_there() -> None:
    title = line("Description du projet", 60, 60, size=18)
    again = [RawWord("Descriptlon", title[0].box, 17, confidence=0.7)]
    below = [RawWord("Notre", BBox(60, 100, 90, 110), 10, confidence=0.9)]
    assert merge_native(title, [*again, *below]) == (*title, *below)


def test_native_words_that_are_a_jumble_go() -> None:
    jumble = [RawWord("\ue001\ue002", BBox(60, 60, 90, 70), 10)]
    read_there = RawWord("Projet", BBox(60, 60, 90, 70), 10, confidence=0.9)
    assert merge_native(jumble, [read_there]) == (read_there,)
    assert merge_native([], [read_there]) == (read_there,)
