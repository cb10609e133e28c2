"""Words that the reader selects are told as a place from which the server finds the same words."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pipeline.document import Document, Span
from pipeline.extraction.ocr import find_engine
from tests.web.viewer import printed
from tests.web.viewer.conftest import Opening
from tests.web.viewer.screen import drag, drag_over, selected, told, words_in

PAGES: dict[str, Callable[[Path], Path]] = {
    "native": lambda path: printed.native(path, 2),
    "two columns": printed.two_columns,
    "turned by 90": lambda path: printed.rotated(path, 1),
    "cropped": printed.cropped,
    "scanned": printed.scanned,
    "answers of a form": lambda path: printed.filled_form(
        path, "Le collectif réunit ses membres, une gouvernance partagée"
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_selected_words_are_found_again(name: str, open_dossier: Opening, tmp_path: Path) -> None:
    if name == "scanned" and find_engine() is None:
        pytest.skip("Tesseract or its French data are not installed")
    page, document = open_dossier([PAGES[name](tmp_path / "dossier.pdf")])
    start = document.text.index("réunit")
    span = Span(start, document.text.index("gouvernance") + len("gouvernance"))
    place = _select(page, document, span)
    expected = [document.text[word.span.start : word.span.end] for word in document.words_in(span)]
    assert words_in(document, place) == expected
    assert place["text"] == " ".join(expected)


def test_a_selection_over_two_pages_has_two_regions(open_dossier: Opening, tmp_path: Path) -> None:
    page, _ = open_dossier([printed.native(tmp_path / "dossier.pdf", 2)])
    page.evaluate("() => viewer.goToPlace({file: 0, page: 2})")
    page.locator('.viewer-page[data-page="2"] .textLayer').wait_for(state="attached")
    page.evaluate(
        """() => {
          const layer = (number) => document.querySelector(`.viewer-page[data-page="${number}"] .textLayer`);
          const last = [...layer(1).querySelectorAll("span")].at(-1);
          document.getSelection().setBaseAndExtent(last, 0, layer(2).querySelector("span"), 1);
        }"""
    )
    assert [(region["file"], region["page"]) for region in selected(page)["regions"]] == [(0, 1), (0, 2)]


def test_the_end_of_a_selection_is_told(open_dossier: Opening, tmp_path: Path) -> None:
    page, document = open_dossier([printed.native(tmp_path / "dossier.pdf", 1)])
    start = document.text.index("gouvernance")
    _select(page, document, Span(start, start + 5))
    page.evaluate("() => document.getSelection().removeAllRanges()")
    assert selected(page, 2) is None


def test_writing_a_note_elsewhere_does_not_end_the_selection(open_dossier: Opening, tmp_path: Path) -> None:
    page, document = open_dossier([printed.native(tmp_path / "dossier.pdf", 1)])
    start = document.text.index("gouvernance")
    _select(page, document, Span(start, start + 5))
    page.evaluate("() => document.querySelector('h1').append(document.createElement('textarea'))")
    page.locator("textarea").click()
    page.keyboard.type("note")
    _select(page, document, Span(start + 12, start + 16), count=2)
    assert None not in told(page, "select")


@pytest.mark.parametrize("away", [4, 14, 25])
def test_a_selection_that_goes_into_the_gap_between_columns_ends_with_its_line(
    away: int, open_dossier: Opening, tmp_path: Path
) -> None:
    page, document = open_dossier([printed.two_columns(tmp_path / "dossier.pdf")])
    first, last = document.lines[1], document.lines[3]
    assert last.box.x1 < document.pages[0].width / 2
    page.locator(".viewer-page .textLayer").first.wait_for(state="attached")
    drag(page, document, first.page, (first.box.x0 + 1, first.box.centre_y), (last.box.x1 + away, last.box.centre_y))
    span = Span(first.span.start, last.span.end)
    expected = [document.text[word.span.start : word.span.end] for word in document.words_in(span)]
    assert selected(page)["text"] == " ".join(expected)


def test_columns_that_the_file_mixes_are_selected_one_by_one(open_dossier: Opening, tmp_path: Path) -> None:
    page, document = open_dossier([printed.interleaved(tmp_path / "dossier.pdf")])
    spans = page.locator(".viewer-page .textLayer span")
    expect(spans.nth(1)).to_have_text("Ligne 2 de la colonne de gauche,")
    start = document.text.index("Ligne 2")
    place = _select(page, document, Span(start, document.text.index("gauche", document.text.index("Ligne 4")) + 6))
    assert place["text"] == " ".join(f"Ligne {line} de la colonne de gauche," for line in (2, 3, 4))
    assert "droite" not in " ".join(words_in(document, place))


def test_a_selection_may_begin_in_the_margin(open_dossier: Opening, tmp_path: Path) -> None:
    page, document = open_dossier([printed.two_columns(tmp_path / "dossier.pdf")])
    line = document.lines[2]
    page.locator(".viewer-page .textLayer").first.wait_for(state="attached")
    drag(page, document, line.page, (line.box.x0 - 20, line.box.centre_y), (line.box.x1 + 10, line.box.centre_y))
    assert selected(page)["text"] == document.quote(line.span)


def _select(page: Page, document: Document, span: Span, count: int = 1) -> dict[str, object]:
    page.locator(".viewer-page .textLayer").first.wait_for(state="attached")
    drag_over(page, document, span)
    place: dict[str, object] = selected(page, count)
    return place
