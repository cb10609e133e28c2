from dataclasses import replace

import pytest

from pipeline.document import Document, PageState, Span
from pipeline.geometry import BBox
from pipeline.selection import Area, Selection, selected
from tests.pipeline.builders import document_from_text, span_of


@pytest.fixture
def document() -> Document:
    return document_from_text(
        "Les voisins décident ensemble des cultures.\n\nLa commune prête la friche pour dix ans.\n\n~ Page de garde\f"
        "La suite du projet est écrite ici par les habitants.\n\n~ Page de garde"
    )


def _areas(document: Document, *quotes: str) -> list[Area]:
    return [Area(region.page, region.boxes) for quote in quotes for region in document.locate(span_of(document, quote))]


def test_what_was_located_is_selected_again(document: Document) -> None:
    quote = "décident ensemble des"
    assert selected(document, _areas(document, quote)) == Selection(span_of(document, quote), True)


def test_a_selection_over_a_page_break_leaves_running_headers_out(document: Document) -> None:
    areas = [
        *_areas(document, "pour dix ans."),
        *_areas(document, "Page de garde"),
        *_areas(document, "La suite du projet"),
    ]
    found = selected(document, areas)
    assert found is not None
    assert found.whole
    assert document.quote(found.span) == "pour dix ans. La suite du projet"


def test_a_running_header_alone_can_be_selected(document: Document) -> None:
    found = selected(document, _areas(document, "Page de garde"))
    assert found is not None
    assert document.quote(found.span) == "Page de garde"


def test_of_words_far_apart_the_longest_run_is_kept_and_told(document: Document) -> None:
    found = selected(document, _areas(document, "Les voisins", "écrite ici par les habitants."))
    assert found == Selection(span_of(document, "écrite ici par les habitants."), False)


def test_a_few_words_missed_by_the_boxes_do_not_cut_a_selection(document: Document) -> None:
    found = selected(document, _areas(document, "Les voisins", "des cultures."))
    assert found == Selection(Span(0, span_of(document, "cultures.").end), True)


def test_words_that_a_form_field_hides_are_not_selected_through_it(document: Document) -> None:
    field = BBox(0, 0, 500, 400)
    hidden = span_of(document, "La commune prête la friche")
    words = tuple(
        replace(word, box=field) if hidden.start <= word.span.start < hidden.end else word for word in document.words
    )
    pages = tuple(replace(page, state=PageState.FORM) for page in document.pages)
    form = replace(document, words=words, pages=pages)
    middle = BBox(245, 195, 255, 205)
    areas = [*_areas(document, "Les voisins"), Area(0, (middle,))]
    assert selected(form, areas) == Selection(span_of(document, "Les voisins"), True)
    assert selected(replace(form, pages=document.pages), areas) == Selection(hidden, False)


def test_a_word_cut_at_the_end_of_a_line_is_taken_whole(document: Document) -> None:
    words = []
    for word in document.words:
        middle = word.span.start + 2
        if document.quote(word.span) in ("décident", "cultures."):  # its second half stands elsewhere on the page
            box = replace(word.box, y0=word.box.y0 + 500, y1=word.box.y1 + 500)
            words += [
                replace(word, span=Span(word.span.start, middle)),
                replace(word, span=Span(middle, word.span.end), box=box),
            ]
        else:
            words.append(word)
    cut = replace(document, words=tuple(words))
    ahead = selected(cut, [Area(word.page, (word.box,)) for word in cut.words[:3]])
    assert ahead is not None
    assert document.quote(ahead.span) == "Les voisins décident"
    behind = selected(cut, [Area(word.page, (word.box,)) for word in cut.words[3:6]])
    assert behind is not None
    assert document.quote(behind.span) == "décident ensemble des"


def test_boxes_beside_the_words_select_nothing(document: Document) -> None:
    assert selected(document, [Area(0, (BBox(0, 0, 10, 10),))]) is None
    assert selected(document, []) is None
