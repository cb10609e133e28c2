"""What is noted of a file beside its text."""

from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.extraction.file_notes import read_notes
from pipeline.reasons import Note
from tests.pipeline.extraction.printed import changed, printed, text


def notes_of(pdf: bytes) -> tuple[str, ...]:
    with pypdfium2.PdfDocument(pdf) as document:
        return read_notes(document)


def document_script(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["start", pdf.make_indirect(action)]))


def attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["comptes.xlsx"] = b"not opened"


def field_script(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("event.value = 1"))
    pdf.pages[0].Annots[0].AA = pikepdf.Dictionary(K=action)


def dynamic_form(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.XFA = pdf.make_stream(b"<xdp:xdp/>")


def attached_note(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[10, 10, 30, 30])
    pdf.pages[0].Annots.append(pdf.make_indirect(note))


def field(canvas: Canvas) -> None:
    canvas.acroForm.textfield(name="Nom", x=100, y=700, width=100, height=18)


@pytest.mark.parametrize(
    ("page", "change", "expected"),
    [
        (text(60, 60, "Bonjour"), lambda pdf: None, ()),
        (field, lambda pdf: None, ()),
        (text(60, 60, "Bonjour"), document_script, (Note.SCRIPTS,)),
        (text(60, 60, "Bonjour"), attachment, (Note.ATTACHMENTS,)),
        (field, field_script, (Note.SCRIPTS,)),
        (field, dynamic_form, (Note.XFA,)),
        (field, attached_note, (Note.ATTACHMENTS,)),
    ],
)
def test_what_a_file_holds_is_noted(
    page: Callable[[Canvas], None], change: Callable[[pikepdf.Pdf], None], expected: tuple[str, ...]
) -> None:
    assert notes_of(changed(printed(page), change)) == expected
