"""A quote is right when another reader finds just its letters in its boxes."""

from dataclasses import replace

from evaluation.anchoring import tally_anchors
from evaluation.cases import Case
from pipeline.analysis import Analysis
from pipeline.document import Document, PageState


def of(case: Case, *, analysis: Analysis | None = None, document: Document | None = None) -> tuple[int, int]:
    tally = tally_anchors(replace(case, analysis=analysis or case.analysis, document=document or case.document))
    return tally["anchors"], tally["anchors/right"]


def test_every_quote_of_a_printed_dossier_stands_in_its_boxes(case: Case) -> None:
    assert of(case) == (5, 5)  # two answers, a passage, two facts


def test_a_box_that_lies_elsewhere_is_wrong(case: Case) -> None:
    shifted = tuple(
        replace(word, box=replace(word.box, y0=word.box.y0 + 30, y1=word.box.y1 + 30)) for word in case.document.words
    )
    count, right = of(case, document=replace(case.document, words=shifted))
    assert (count, right) == (5, 0)


def test_a_page_that_was_read_by_ocr_is_left_out(case: Case) -> None:
    pages = tuple(replace(page, state=PageState.OCR) for page in case.analysis.pages)
    assert of(case, analysis=replace(case.analysis, pages=pages)) == (0, 0)
