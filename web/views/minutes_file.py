"""Minutes as a .docx file, for word processors."""

from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from web.french import typeset
from web.views.minutes import Minutes
from web.views.minutes_dossier import DossierMinutes, Part
from web.views.word_file import safe

_WIDTHS = {2: (100, 70), 3: (60, 40, 70), 4: (44, 28, 62, 36)}
"""Millimetres of the columns, by how many there are."""
_SIGNATURE = 3  # empty lines over a line to sign on


def written(minutes: Minutes) -> bytes:
    """The bytes of the file."""
    file = Document()
    _on_a4(file)
    _plain(file)
    file.core_properties.title = safe(minutes.title)
    file.core_properties.author = ""
    file.add_heading("Procès-verbal de délibération", 0)
    file.add_heading(safe(minutes.title), 1)
    _facts(file, minutes)
    if minutes.rule:
        file.add_paragraph(safe(minutes.rule), style="Intense Quote")
    for note in minutes.notes:
        file.add_paragraph(safe(note))
    for dossier in minutes.dossiers:
        _dossier(file, dossier)
    _signatures(file, minutes)
    kept = BytesIO()
    file.save(kept)
    return kept.getvalue()


def _on_a4(file: DocumentType) -> None:
    page = file.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(20)


def _plain(file: DocumentType) -> None:
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(4)


def _facts(file: DocumentType, minutes: Minutes) -> None:
    for name, value in minutes.facts:
        paragraph = file.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.add_run(typeset(f"{name} : ")).bold = True
        paragraph.add_run(safe(value))


def _dossier(file: DocumentType, dossier: DossierMinutes) -> None:
    file.add_heading(safe(f"{dossier.number}. {dossier.name}"), 2)
    for sentence in (dossier.about, *dossier.sittings, dossier.conflicts):
        if sentence:  # never alone at the foot of a page
            file.add_paragraph(safe(sentence)).paragraph_format.keep_with_next = True
    for part in dossier.parts:
        _table(file, part)
        file.add_paragraph()
    paragraph = file.add_paragraph()
    paragraph.add_run(typeset("Suite donnée : ")).bold = True
    paragraph.add_run(safe(dossier.outcome))
    if dossier.motive:
        file.add_paragraph(safe(dossier.motive))
    for sentence in dossier.missing:
        file.add_paragraph(safe(sentence))


def _table(file: DocumentType, part: Part) -> None:
    table = file.add_table(rows=1 + len(part.rows), cols=len(part.heads), style="Table Grid")
    table.autofit = False
    first, *rows = table.rows
    for cell, head in zip(first.cells, part.heads, strict=True):
        cell.text = head
        cell.paragraphs[0].runs[0].bold = True
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    for row in table.rows:  # none is cut between two pages, and the heads are on each of them
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    first._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row, texts in zip(rows, part.rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = safe(text)
    for column, width in zip(table.columns, _WIDTHS[len(part.heads)], strict=True):
        column.width = Mm(width)  # some word processors read it here, others in each cell
        for cell in column.cells:
            cell.width = Mm(width)
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)


def _signatures(file: DocumentType, minutes: Minutes) -> None:
    file.add_heading("Signatures", 2)
    file.add_paragraph(safe(minutes.signed))
    for name in minutes.signatures:
        paragraph = file.add_paragraph(safe(name))
        for _ in range(_SIGNATURE):
            paragraph.add_run().add_break(WD_BREAK.LINE)
