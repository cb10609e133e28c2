"""What is noted of a file beside its text."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.extraction.file_notes import read_notes
from pipeline.reasons import Note
from tests.pipeline.extraction.printed import changed, printed, saved, text


def notes_of(path: Path) -> tuple[str, ...]:
    with pypdfium2.PdfDocument(path) as document:
        return read_notes(document, path)


def document_script(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["start", pdf.make_indirect(action)]))


def opening_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def link(pdf: pikepdf.Pdf) -> None:
    target = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://exemple.fr/S/JavaScript"))
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[10, 10, 30, 30], A=target)
    pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([note]))
    pdf.Root.OpenAction = pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.Fit])


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
        (text(60, 60, "Bonjour"), opening_script, (Note.SCRIPTS,)),
        (text(60, 60, "Bonjour"), link, ()),
        (text(60, 60, "Bonjour"), attachment, (Note.ATTACHMENTS,)),
        (field, field_script, (Note.SCRIPTS,)),
        (field, dynamic_form, (Note.XFA,)),
        (field, attached_note, (Note.ATTACHMENTS,)),
    ],
)
def test_what_a_file_holds_is_noted(
    page: Callable[[Canvas], None],
    change: Callable[[pikepdf.Pdf], None],
    expected: tuple[str, ...],
    tmp_path: Path,
) -> None:
    assert notes_of(saved(changed(printed(page), change), tmp_path / "file.pdf")) == expected


def test_a_script_among_packed_objects_is_noted(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(changed(printed(text(60, 60, "Bonjour")), opening_script))) as document:
        document.save(tmp_path / "packed.pdf", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"/JavaScript" not in (tmp_path / "packed.pdf").read_bytes()
    assert notes_of(tmp_path / "packed.pdf") == (Note.SCRIPTS,)


def test_packed_objects_that_cannot_be_unpacked_say_nothing(tmp_path: Path) -> None:
    pdf = printed(text(60, 60, "Bonjour")) + b"\n<< /Type /ObjStm >> stream\nrubbish"
    assert notes_of(saved(pdf, tmp_path / "file.pdf")) == ()
