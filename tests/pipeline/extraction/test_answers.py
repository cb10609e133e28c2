from collections.abc import Sequence

from pipeline.extraction.answers import place_answer
from pipeline.extraction.raw import AnswerKind, RawAnswer, RawWord
from pipeline.geometry import BBox, union
from tests.pipeline.extraction.pages import line

FIELD = BBox(150, 98, 400, 112)


def boxes(answer: RawAnswer, page: Sequence[RawWord] = ()) -> list[BBox]:
    return [word.box for words in place_answer(answer, page).paragraphs for word in words]


def test_words_that_do_not_show_have_the_box_of_their_field() -> None:
    placed = place_answer(RawAnswer(AnswerKind.TEXT, "Nom", "Les Mains vertes", FIELD), ())
    (words,) = placed.paragraphs
    assert [(word.text, word.box) for word in words] == [("Les", FIELD), ("Mains", FIELD), ("vertes", FIELD)]
    assert placed.printed == frozenset()


def test_words_stand_where_the_field_shows_them() -> None:
    shown = tuple(line("Une épicerie de", 152, 100, size=8) + line("village", 152, 106, size=8))
    answer = RawAnswer(AnswerKind.TEXT, "", "Une épicerie\nde village ouverte le soir", FIELD, shown)
    assert boxes(answer) == [word.box for word in shown] + [FIELD] * 3


def test_a_word_cut_by_the_field_or_printed_in_pieces_is_found_by_its_letters() -> None:
    shown = tuple(line("www.village- durable.fr et", 152, 100))
    answer = RawAnswer(AnswerKind.TEXT, "", "www.village-durable.fr et plus", FIELD, shown)
    assert boxes(answer) == [union((shown[0].box, shown[1].box)), shown[2].box, FIELD]


def test_a_line_cut_at_its_end_does_not_shift_the_next() -> None:
    shown = tuple(line("Accueil de", 152, 98) + line("Ateliers du", 152, 104))
    answer = RawAnswer(AnswerKind.TEXT, "", "Accueil de jour\nAteliers du soir", FIELD, shown)
    assert boxes(answer) == [shown[0].box, shown[1].box, FIELD, shown[2].box, shown[3].box, FIELD]


def test_a_field_that_shows_something_else_says_nothing_of_places() -> None:
    shown = tuple(line("Cliquez ici pour taper le nom", 152, 100))
    assert set(boxes(RawAnswer(AnswerKind.TEXT, "", "Comité pour le logement", FIELD, shown))) == {FIELD}


def test_lines_of_a_value_are_paragraphs() -> None:
    placed = place_answer(RawAnswer(AnswerKind.TEXT, "", "Accueil\n\nAteliers du soir", FIELD), ())
    assert [[word.text for word in words] for words in placed.paragraphs] == [["Accueil"], ["Ateliers", "du", "soir"]]


def test_a_value_that_is_printed_in_part_stands_where_it_is_printed() -> None:
    page = line("Nom : Les Mains", 100, 100)
    placed = place_answer(RawAnswer(AnswerKind.TEXT, "Nom", "Les Mains vertes", BBox(124, 98, 400, 112)), page)
    (words,) = placed.paragraphs
    assert [words[0].box, words[1].box] == [page[2].box, page[3].box]
    assert words[2].box == placed.answer.box
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


def test_an_endless_value_is_placed_in_the_time_of_a_long_one() -> None:
    shown = tuple(line("a a a", 152, 100))
    placed = boxes(RawAnswer(AnswerKind.TEXT, "", "a " * 200_000, FIELD, shown))
    assert len(placed) == 200_000
    assert placed[:3] == [word.box for word in shown]
    assert set(placed[3:]) == {FIELD}
    assert set(boxes(RawAnswer(AnswerKind.TEXT, "", "b " * 200_000, FIELD, shown))) == {FIELD}
