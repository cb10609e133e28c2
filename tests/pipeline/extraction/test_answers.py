import pytest

from pipeline.extraction.answers import place_answer
from pipeline.extraction.raw import AnswerKind, RawAnswer
from pipeline.geometry import BBox
from tests.pipeline.extraction.pages import line

FIELD = BBox(150, 98, 400, 112)


def test_words_of_a_value_share_the_box_of_its_field() -> None:
    placed = place_answer(RawAnswer(AnswerKind.TEXT, "Nom", "Les Mains vertes", FIELD), ())
    (words,) = placed.paragraphs
    assert [word.text for word in words] == ["Les", "Mains", "vertes"]
    assert all(FIELD.contains_centre_of(word.box) for word in words)
    assert words[0].box.x1 < words[1].box.x0 < words[1].box.x1 < words[2].box.x0
    assert placed.printed == frozenset()


@pytest.mark.parametrize("height", [10.0, 40.0, 200.0])
def test_a_long_value_stays_in_its_box(height: float) -> None:
    box = BBox(50, 100, 300, 100 + height)
    placed = place_answer(RawAnswer(AnswerKind.TEXT, "", "un mot et puis un autre " * 40, box), ())
    for word in placed.paragraphs[0]:
        assert box.x0 <= word.box.x0 < word.box.x1 <= box.x1 + 0.01
        assert box.y0 <= word.box.y0 < word.box.y1 <= box.y1 + 0.01


def test_lines_of_a_value_are_paragraphs() -> None:
    placed = place_answer(RawAnswer(AnswerKind.TEXT, "", "Accueil\n\nAteliers du soir", FIELD), ())
    assert [[word.text for word in words] for words in placed.paragraphs] == [["Accueil"], ["Ateliers", "du", "soir"]]


def test_a_value_that_is_printed_in_part_stands_where_it_is_printed() -> None:
    page = line("Nom : Les Mains", 100, 100)
    placed = place_answer(RawAnswer(AnswerKind.TEXT, "Nom", "Les Mains vertes", BBox(124, 98, 400, 112)), page)
    (words,) = placed.paragraphs
    assert [words[0].box, words[1].box] == [page[2].box, page[3].box]
    assert words[2].box.x0 == words[0].box.x0
    assert placed.printed == {2, 3}


def test_other_text_in_the_box_is_not_the_value() -> None:
    page = line("(facultatif)", 160, 100)
    assert place_answer(RawAnswer(AnswerKind.TEXT, "", "12 rue Haute", FIELD), page).printed == frozenset()


def test_a_ticked_box_stands_where_its_label_is_printed() -> None:
    page = line("Association", 65, 100) + line("Association", 65, 300) + line("SCIC", 200, 100)
    placed = place_answer(RawAnswer(AnswerKind.CHECKBOX, "Statut", "Association", BBox(50, 299, 60, 309)), page)
    assert placed.printed == {1}
    assert placed.paragraphs[0][0].box == page[1].box


def test_a_ticked_box_without_printed_label_has_its_own_place() -> None:
    placed = place_answer(
        RawAnswer(AnswerKind.CHECKBOX, "Statut", "SCIC", BBox(50, 299, 60, 309)), line("Oui", 300, 300)
    )
    assert placed.printed == frozenset()
    assert BBox(50, 299, 60, 309).contains_centre_of(placed.paragraphs[0][0].box)


def test_a_value_of_blanks_has_no_words() -> None:
    assert place_answer(RawAnswer(AnswerKind.TEXT, "Nom", " \n ", FIELD), ()).paragraphs == ()
