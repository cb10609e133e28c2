"""What is read of form fields and notes, and with which labels."""

from collections.abc import Callable
from copy import copy

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.extraction.forms import read_answers
from pipeline.extraction.raw import AnswerKind, RawAnswer
from pipeline.extraction.words import read_words
from pipeline.geometry import BBox
from tests.pipeline.extraction.printed import HEIGHT, changed, printed, text, together

LONG = "Une conciergerie de village tenue par les habitants, ouverte six jours sur sept. " * 12


def answers_of(pdf: bytes) -> tuple[RawAnswer, ...]:
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        page = document[0]
        return read_answers(document, page, read_words(page))


def field(x: float, top: float, name: str, *, height: float = 18, **options: object) -> Callable[[Canvas], None]:
    """A text field; `top` is that of its box, from the top of the page."""

    def draw(canvas: Canvas) -> None:
        y = HEIGHT - top - height
        canvas.acroForm.textfield(name=name, x=x, y=y, width=200, height=height, fontSize=10, **options)

    return draw


def box(x: float, top: float, name: str, **options: object) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.acroForm.checkbox(name=name, x=x, y=HEIGHT - top - 12, size=12, **options)

    return draw


def note(subtype: str, contents: str, **entries: str) -> Callable[[pikepdf.Pdf], None]:
    def add(pdf: pikepdf.Pdf) -> None:
        annotation = pdf.make_indirect(pikepdf.Dictionary())
        annotation.Type, annotation.Subtype = pikepdf.Name.Annot, pikepdf.Name(f"/{subtype}")
        annotation.Rect = pikepdf.Array([100, 700, 300, 740])
        annotation.Contents = pikepdf.String(contents)
        for key, value in entries.items():
            annotation[f"/{key}"] = pikepdf.String(value)
        page = pdf.pages[0]
        page.Annots = pikepdf.Array([annotation])

    return add


def test_the_whole_value_of_a_text_field_is_read() -> None:
    pdf = printed(together(text(40, 112, "Projet :"), field(100, 100, "Texte1", value=LONG, tooltip="")))
    (answer,) = answers_of(pdf)
    assert answer == RawAnswer(AnswerKind.TEXT, "Projet", LONG.strip(), BBox(100, 100, 300, 118))


def test_the_title_of_a_field_goes_before_what_is_printed_by_it() -> None:
    pdf = printed(together(text(40, 112, "Nom"), field(100, 100, "f1", value="La Fabrique", tooltip="Nom du porteur")))
    assert [answer.label for answer in answers_of(pdf)] == ["Nom du porteur"]


def test_a_title_that_repeats_the_name_of_its_field_is_none() -> None:
    pdf = printed(together(text(40, 112, "Siège"), field(100, 100, "q07", value="12 rue Haute", tooltip="q07")))
    assert [answer.label for answer in answers_of(pdf)] == ["Siège"]


def test_a_title_made_up_by_an_editor_says_nothing() -> None:
    pdf = printed(together(text(40, 112, "Commune :"), field(100, 100, "f1", value="Pessac", tooltip="Text Field 12")))
    assert [answer.label for answer in answers_of(pdf)] == ["Commune"]


def test_the_label_of_a_tall_field_stands_above_it() -> None:
    pdf = printed(
        together(
            text(40, 92, "Objet du projet"),
            text(20, 130, "p."),
            field(40, 100, "f", value="Un fablab\nrural", height=80, fieldFlags="multiline"),
        )
    )
    (answer,) = answers_of(pdf)
    assert (answer.label, answer.text) == ("Objet du projet", "Un fablab\nrural")


def test_without_a_label_the_last_part_of_the_name_is_one() -> None:
    (answer,) = answers_of(printed(field(100, 100, "page1.budget_total[0]", value="40 000")))
    assert answer.label == "budget_total"


def test_empty_hidden_and_secret_fields_are_no_answers() -> None:
    pdf = printed(
        together(
            field(40, 100, "empty"),
            field(40, 200, "secret", value="1234", fieldFlags="password"),
            field(40, 300, "hidden", value="calcul", annotationFlags="hidden"),
        )
    )
    assert answers_of(pdf) == ()


def test_a_field_that_stands_twice_on_the_page_is_read_once() -> None:
    def twice(pdf: pikepdf.Pdf) -> None:
        widget = pdf.pages[0].Annots[0]
        other = pdf.make_indirect(copy(widget))
        other.Rect = pikepdf.Array([300, 100, 400, 118])
        pdf.pages[0].Annots.append(other)
        pdf.Root.AcroForm.Fields.append(other)

    assert len(answers_of(changed(printed(field(40, 100, "Nom", value="La Fabrique")), twice))) == 1


def test_the_text_of_a_ticked_box_is_printed_after_it() -> None:
    pdf = printed(
        together(
            text(40, 110, "Statut :"),
            box(100, 100, "a", checked=True),
            text(118, 110, "Association"),
            box(220, 100, "b"),
            text(238, 110, "Coopérative"),
        )
    )
    (answer,) = answers_of(pdf)
    assert (answer.kind, answer.label, answer.text) == (AnswerKind.CHECKBOX, "Statut", "Association")


def test_the_text_of_a_ticked_box_is_printed_before_it_where_nothing_follows_the_last() -> None:
    pdf = printed(
        together(text(100, 110, "Oui"), box(122, 100, "a"), text(150, 110, "Non"), box(174, 100, "b", checked=True))
    )
    assert [answer.text for answer in answers_of(pdf)] == ["Non"]


def test_the_text_of_a_ticked_box_may_run_over_two_lines() -> None:
    pdf = printed(
        together(
            box(40, 100, "a", checked=True),
            text(58, 110, "Je certifie que les comptes joints"),
            text(58, 123, "ont été approuvés"),
            box(40, 140, "b"),
            text(58, 150, "Autre"),
        )
    )
    assert [answer.text for answer in answers_of(pdf)] == ["Je certifie que les comptes joints ont été approuvés"]


def test_a_box_at_mid_height_of_a_text_of_two_lines_is_ticked_for_it() -> None:
    lines = together(text(60, 106, "prêt de matériel"), text(60, 117, "aux familles"))
    pdf = printed(together(lines, box(40, 101, "b1", checked=True, tooltip="b1")))
    assert [answer.text for answer in answers_of(pdf)] == ["prêt de matériel aux familles"]


def test_a_radio_button_answers_with_what_is_printed_beside_it() -> None:
    def draw(canvas: Canvas) -> None:
        for x, value in ((100, "v1"), (200, "v2")):
            canvas.acroForm.radio(name="type", value=value, selected=value == "v2", x=x, y=HEIGHT - 112, size=12)

    pdf = printed(together(draw, text(118, 110, "services"), text(218, 110, "territoriale")))
    assert [answer.text for answer in answers_of(pdf)] == ["territoriale"]


def test_choices_are_read_by_their_labels() -> None:
    def draw(canvas: Canvas) -> None:
        form = canvas.acroForm
        options = [("Gironde", "33"), ("Landes", "40"), ("Dordogne", "24")]
        form.choice(name="one", value="40", options=options, x=40, y=600, width=100, height=20)
        form.listbox(
            name="many",
            value=["33", "24"],
            options=options,
            fieldFlags="multiSelect",
            x=40,
            y=400,
            width=100,
            height=60,
        )

    assert [(answer.kind, answer.text) for answer in answers_of(printed(draw))] == [
        (AnswerKind.CHOICE, "Landes"),
        (AnswerKind.CHOICE, "Gironde\nDordogne"),
    ]


@pytest.mark.parametrize("subtype", ["FreeText", "Text"])
def test_notes_typed_onto_the_page_are_read(subtype: str) -> None:
    (answer,) = answers_of(changed(printed(together()), note(subtype, "Voir l'annexe 3\rpage 2")))
    assert answer == RawAnswer(AnswerKind.NOTE, "", "Voir l'annexe 3\npage 2", BBox(100, 102, 300, 142))


@pytest.mark.parametrize(("subtype", "entries"), [("Popup", {}), ("Link", {}), ("Text", {"StateModel": "Review"})])
def test_what_nobody_typed_is_no_note(subtype: str, entries: dict[str, str]) -> None:
    assert answers_of(changed(printed(together()), note(subtype, "Accepted", **entries))) == ()


def test_a_note_that_is_printed_in_its_box_is_not_read_again() -> None:
    pdf = changed(printed(text(110, 120, "Reçu le 3 mars")), note("FreeText", "Reçu le 3 mars"))
    assert answers_of(pdf) == ()


def test_a_turned_page_has_its_answers_where_they_are_shown() -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Rotate = 90

    (answer,) = answers_of(changed(printed(field(100, 100, "Nom", value="La Fabrique")), turn))
    assert answer.box == BBox(HEIGHT - 118, 100, HEIGHT - 100, 300)


def test_a_page_without_annotations_has_no_answers() -> None:
    assert answers_of(printed(text(40, 100, "Bonjour"))) == ()
