"""Documents made in a word processor: light markup to .docx with python-docx, then to PDF with LibreOffice."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from corpora.rendering.markup import Block, Grid, Heading, PageBreak, Text, parse_inline, parse_markup
from corpora.rendering.page import picture_of
from corpora.rendering.tools import docx_to_pdf
from corpora.rendering.typography import french_spaces


@dataclass(frozen=True, slots=True)
class WordLayout:
    """The look of one document, from its front matter. Sizes in points, lengths in centimetres, colours RRGGBB."""

    font: str = "Carlito"
    heading_font: str = ""
    size: float = 11
    colour: str = "000000"
    margin: float = 2.5
    justified: bool = False
    spacing: float = 1.0
    space_after: float = 6
    header: str = ""
    footer: str = ""  # "{page}" is replaced by the page number
    shade: str = "D9D9D9"
    logo: str = ""  # an SVG file beside the source, above the title
    logo_width: float = 4.0
    underlined_headings: bool = False


def render_word(source: Path, output: Path) -> None:
    """Makes `output` from the light markup of `source`."""
    front, blocks = parse_markup(source.read_text("utf-8"))
    layout = WordLayout(**front)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        document = docx.Document()
        _set_up(document, layout)
        if layout.logo:
            picture = picture_of(source.parent / layout.logo, folder)
            document.add_picture(str(picture), width=Cm(layout.logo_width))
        for block in blocks:
            _add(document, block, layout)
        path = folder / f"{output.stem}.docx"
        document.save(str(path))
        output.write_bytes(docx_to_pdf(path, folder).read_bytes())


def _set_up(document: WordDocument, layout: WordLayout) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(layout.margin)
    _set_font(document.styles["Normal"], layout.font, layout.size)
    normal = document.styles["Normal"].paragraph_format
    normal.space_after, normal.line_spacing = Pt(layout.space_after), layout.spacing
    for level, factor in ((1, 1.5), (2, 1.25), (3, 1.08)):
        style = document.styles[f"Heading {level}"]
        _set_font(style, layout.heading_font or layout.font, round(layout.size * factor, 1))
        style.font.color.rgb = RGBColor.from_string(layout.colour)
        style.font.bold, style.font.italic = True, False
        style.font.underline = layout.underlined_headings and level > 1
    if layout.header:
        _fill(section.header.paragraphs[0], layout.header, layout)
    if layout.footer:
        _fill(section.footer.paragraphs[0], layout.footer, layout)


def _set_font(style: Any, font: str, size: float) -> None:
    style.font.name, style.font.size = font, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), font)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(theme), None)


def _fill(paragraph: Paragraph, text: str, layout: WordLayout) -> None:
    """A running header or footer: left, centre and right parts separated by `|`."""
    formats = paragraph.paragraph_format
    width = 21 - 2 * layout.margin
    for stop in list(paragraph.style.paragraph_format.tab_stops):  # type: ignore[union-attr]
        formats.tab_stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    formats.tab_stops.add_tab_stop(Cm(width / 2), WD_TAB_ALIGNMENT.CENTER)
    formats.tab_stops.add_tab_stop(Cm(width), WD_TAB_ALIGNMENT.RIGHT)
    before, page, after = text.replace("|", "\t").partition("{page}")
    paragraph.add_run(before)
    if page:
        for element in _page_field():
            paragraph.add_run()._r.append(element)
    paragraph.add_run(after)
    for run in paragraph.runs:
        run.font.size = Pt(layout.size - 2.5)
        run.font.color.rgb = RGBColor(0x59, 0x59, 0x59)


def _page_field() -> list[Any]:
    begin, code, end = OxmlElement("w:fldChar"), OxmlElement("w:instrText"), OxmlElement("w:fldChar")
    begin.set(qn("w:fldCharType"), "begin")
    code.text = "PAGE"
    end.set(qn("w:fldCharType"), "end")
    return [begin, code, end]


def _add(document: WordDocument, block: Block, layout: WordLayout) -> None:
    match block:
        case Heading(level, text):
            document.add_heading(french_spaces(text), level)
        case Text():
            _add_text(document, block, layout)
        case Grid():
            _add_grid(document, block, layout)
        case PageBreak():
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _add_text(document: WordDocument, block: Text, layout: WordLayout) -> None:
    paragraph = document.add_paragraph(style="List Bullet" if block.style == "item" else None)
    formats = paragraph.paragraph_format
    text = block.text
    match block.style:
        case "centred":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        case "quote":
            formats.left_indent = formats.right_indent = Cm(1.2)
        case "numbered":
            formats.left_indent, formats.first_line_indent = Cm(1), Cm(-0.6)
        case "contents":
            formats.tab_stops.add_tab_stop(Cm(21 - 2 * layout.margin), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
            formats.space_after = Pt(2)
            text = "\t".join(part.strip() for part in text.split("|"))
        case "item":
            formats.space_after = Pt(layout.space_after / 2)
        case "body" if layout.justified:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _write(paragraph, text, italic=block.style == "quote")


def _write(paragraph: Paragraph, text: str, *, italic: bool = False, bold: bool = False) -> None:
    for run in parse_inline(french_spaces(text)):
        written = paragraph.add_run(run.text)
        written.bold = (run.bold or bold) or None
        written.italic = (run.italic != italic) or None


def _add_grid(document: WordDocument, grid: Grid, layout: WordLayout) -> None:
    table = document.add_table(rows=len(grid.rows), cols=len(grid.widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = Cm(width)
    for index, row in enumerate(grid.rows):
        header = index == 0 and not grid.plain
        strong = header or (grid.total and index == len(grid.rows) - 1)
        _fill_row(table.rows[index], row, grid, layout, strong=strong, header=header)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _fill_row(cells: _Row, row: tuple[str, ...], grid: Grid, layout: WordLayout, *, strong: bool, header: bool) -> None:
    for index, (cell, text, width) in enumerate(zip(cells.cells, row, grid.widths, strict=True)):
        label = grid.plain and index == 0
        cell.width = Cm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        if _is_amount(text) and not grid.plain:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _write(paragraph, text, bold=strong or label)
        for written in paragraph.runs:
            written.font.size = Pt(layout.size - 1)
        if (header or label) and layout.shade:
            _shade(cell, layout.shade)


def _is_amount(text: str) -> bool:
    return bool(text) and all(char in "0123456789 .,€-*+%" for char in text)


def _shade(cell: _Cell, colour: str) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shading)
