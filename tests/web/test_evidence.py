from dataclasses import replace

from pipeline.document import Block, BlockKind, Span
from tests.pipeline.builders import document_from_text, document_from_texts, span_of
from web.views.evidence import MOVED, UNPLACED, Mark, marks_of, place_of


def test_a_place_names_its_page_and_its_boxes() -> None:
    document = document_from_text("Une première page.\fLa seconde page dit tout.")
    place = place_of(document, span_of(document, "seconde page"), "seconde page")
    assert (place.quote, place.where, place.trouble) == ("seconde page", "p.\N{NO-BREAK SPACE}2", "")
    (spot,) = place.spots
    assert (spot.file, spot.page, len(spot.boxes)) == (0, 2, 1)


def test_files_are_named_when_there_are_several() -> None:
    document = document_from_texts({"a.pdf": "Le dossier.", "statuts.pdf": "Les statuts signés."})
    assert place_of(document, span_of(document, "statuts signés")).where == "statuts.pdf, p.\N{NO-BREAK SPACE}1"


def test_a_passage_over_pages_says_both() -> None:
    document = document_from_text("Fin de page.\fDébut de page.")
    place = place_of(document, Span(0, span_of(document, "Début").end))
    assert place.where == "p.\N{NO-BREAK SPACE}1 et 2"
    assert [spot.page for spot in place.spots] == [1, 2]


def test_words_that_are_no_longer_there_are_said_and_not_highlighted() -> None:
    document = document_from_text("Les mots d’aujourd’hui.")
    moved = place_of(document, Span(0, 8), "les mots d’hier")
    assert (moved.spots, moved.trouble, moved.quote) == ((), MOVED, "les mots d’hier")
    assert place_of(document, Span(5, 9000)).trouble == MOVED


def test_a_span_without_words_has_no_place() -> None:
    document = document_from_text("Un.\n\nDeux.")
    gap = Span(3, 4)
    place = place_of(document, gap)
    assert (place.spots, place.trouble) == ((), UNPLACED)
    assert Mark("x-1", "1", "", "proof", 0, place).shown()["regions"] == []


def test_the_whole_of_a_form_answer_is_given_and_what_its_frame_hides_is_said() -> None:
    document = document_from_text("Notre projet aide chacun à réparer, sur place.")
    frame = document.words[-1].box
    words = tuple(replace(word, box=frame) if word.span.start > 20 else word for word in document.words)
    answer = Block(Span(0, len(document.text)), BlockKind.ANSWER, 0, "Projet")
    filled = replace(document, blocks=(answer,), words=words)
    shown = place_of(filled, span_of(document, "Notre projet"))
    assert (shown.answer, shown.beyond) == ("Notre projet aide chacun à réparer, sur place.", False)
    hidden = place_of(filled, span_of(document, "réparer, sur place"))
    assert (hidden.answer, hidden.beyond, hidden.trouble) == (shown.answer, True, "")
    assert place_of(filled, Span(0, len(document.text))).answer == ""
    parts = (replace(answer, span=Span(0, 19)), replace(answer, span=Span(20, len(document.text))))
    assert place_of(replace(filled, blocks=parts), span_of(document, "Notre projet")).answer == shown.answer
    others = (parts[0], replace(parts[1], label="Lieu"))
    assert place_of(replace(filled, blocks=others), span_of(document, "Notre projet")).answer == "Notre projet aide c"
    assert place_of(document, span_of(document, "sur place")).answer == ""


def test_marks_are_numbered_on() -> None:
    document = document_from_text("Un mot, puis un autre.")
    marks = marks_of(document, [span_of(document, "mot"), span_of(document, "autre")], "champ-3", "Objectifs", 4)
    assert [(mark.id, mark.label) for mark in marks] == [("champ-3-4", "4"), ("champ-3-5", "5")]
