"""What is to be known of a file beside its text: scripts, attachments, dynamic forms. Nothing is run or extracted."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.extraction.annotations import Annotation, open_annotations
from pipeline.extraction.scripts import has_script_action
from pipeline.reasons import Note

_XFA = (pdfium_c.FORMTYPE_XFA_FULL, pdfium_c.FORMTYPE_XFA_FOREGROUND)
_EVENTS = (
    pdfium_c.FPDF_ANNOT_AACTION_KEY_STROKE,
    pdfium_c.FPDF_ANNOT_AACTION_FORMAT,
    pdfium_c.FPDF_ANNOT_AACTION_VALIDATE,
    pdfium_c.FPDF_ANNOT_AACTION_CALCULATE,
)
_FORM_PAGES = 50  # scripts of a form that has more pages show on these


def read_notes(document: pdfium.PdfDocument, path: Path) -> tuple[str, ...]:
    """Codes of `pipeline.reasons.Note`, each once: SCRIPTS, ATTACHMENTS, XFA, in this order.

    `path` is the file of `document`: what a button or an opening runs is not shown by PDFium.

    Raises:
        OSError: the file cannot be read.
    """
    form_type = document.get_formtype()
    notes = {
        Note.SCRIPTS: pdfium_c.FPDFDoc_GetJavaScriptActionCount(document) > 0 or has_script_action(path),
        Note.ATTACHMENTS: pdfium_c.FPDFDoc_GetAttachmentCount(document) > 0,
        Note.XFA: form_type in _XFA,
    }
    if form_type != pdfium_c.FORMTYPE_NONE:
        for annotation in _form_annotations(document):
            notes[Note.SCRIPTS] = notes[Note.SCRIPTS] or _has_script(annotation)
            notes[Note.ATTACHMENTS] = notes[Note.ATTACHMENTS] or _is_attachment(annotation)
    return tuple(note.value for note, is_true in notes.items() if is_true)


def _form_annotations(document: pdfium.PdfDocument) -> Iterator[Annotation]:
    for index in range(min(len(document), _FORM_PAGES)):
        try:
            page = document[index]
        except pdfium.PdfiumError:
            continue  # the reader says so of the page
        try:
            with open_annotations(document, page) as annotations:
                yield from annotations
        finally:
            page.close()


def _has_script(annotation: Annotation) -> bool:
    return annotation.subtype == pdfium_c.FPDF_ANNOT_WIDGET and any(annotation.script(event) for event in _EVENTS)


def _is_attachment(annotation: Annotation) -> bool:
    return bool(annotation.subtype == pdfium_c.FPDF_ANNOT_FILEATTACHMENT)
