"""A letter as a .docx file, for word processors: its very words, laid out as letters are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from pipeline.calls.model import Call
from web.french import day, typeset
from web.views.word_file import safe

_FONT = "Arial"
_ITEM = re.compile(r"[–—•-][ \t\N{NO-BREAK SPACE}]+")
_SUBJECT = re.compile(r"objet[ \t\N{NO-BREAK SPACE}]*:", re.IGNORECASE)


class Shape(StrEnum):
    """How a line of a letter is laid out."""

    SUBJECT = "subject"
    ITEM = "item"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a letter, without the sign of an item; `last`: an empty line comes after."""

    shape: Shape
    text: str
    last: bool


def written(call: Call, name: str, text: str, dated: date) -> bytes:
    """The bytes of the file: `text` word for word, under the institution of the call and the day of the letter."""
    file = Document()
    _set_up(file)
    file.core_properties.title = safe(typeset(f"Demande de pièces : {name}"))
    file.core_properties.author = ""
    head = _paragraph(file, call.institution, after=0)
    head.runs[0].bold = True
    on = _paragraph(file, f"Le {day(dated)}", after=24)
    on.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for line in lines(text):
        _add(file, line)
    kept = BytesIO()
    file.save(kept)
    return kept.getvalue()


def lines(text: str) -> Iterator[Line]:
    """The lines of a letter that say something; what it asks for is a list where lines begin with a dash."""
    found = [line.strip() for line in text.strip().splitlines()]
    for place, line in enumerate(found):
        if not line:
            continue
        last = place + 1 == len(found) or not found[place + 1]
        item = _ITEM.match(line)
        if item:
            yield Line(Shape.ITEM, line[item.end() :], last)
        else:
            yield Line(Shape.SUBJECT if _SUBJECT.match(line) else Shape.PLAIN, line, last)


def _set_up(file: DocumentType) -> None:
    page = file.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(25)
    page.top_margin, page.bottom_margin = Mm(25), Mm(20)
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(11)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR")
    normal.element.rPr.append(language)
    normal.paragraph_format.line_spacing = 1.15
    normal.paragraph_format.widow_control = True


def _add(file: DocumentType, line: Line) -> None:
    if line.shape is Shape.ITEM:
        paragraph = _paragraph(file, f"–\t{line.text}", after=10 if line.last else 4)
        paragraph.paragraph_format.left_indent = Mm(7)
        paragraph.paragraph_format.first_line_indent = Mm(-5)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(7))
        return
    paragraph = _paragraph(file, line.text, after=18 if line.shape is Shape.SUBJECT else 10 if line.last else 4)
    paragraph.paragraph_format.keep_with_next = not line.last
    paragraph.runs[0].bold = line.shape is Shape.SUBJECT


def _paragraph(file: DocumentType, text: str, *, after: float) -> Paragraph:
    paragraph = file.add_paragraph(safe(text))
    paragraph.paragraph_format.space_after = Pt(after)
    return paragraph
