"""The answers given on an online platform, as its export prints them: light markup to PDF with reportlab.

`# title` opens the file, `## question` is a label of the platform's form, text is the applicant's answer.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from corpora.rendering import markup
from corpora.rendering.typography import NO_BREAK, french_spaces


@dataclass(frozen=True, slots=True)
class ExportLayout:
    """The look of one export, from its front matter. Sizes in points; `colour` and `band` are RRGGBB."""

    platform: str = "Démarches en ligne"
    number: str = ""  # of the application
    filed: str = ""  # when it was sent, in words
    font: str = "Helvetica"  # one of PDF's own: Helvetica, Times or Courier
    size: float = 9.5
    colour: str = "1F3A5F"
    band: str = "E8EDF3"  # behind the questions
    boxed: bool = False  # answers in a frame


_BOLD = {"Helvetica": "Helvetica-Bold", "Times": "Times-Bold", "Courier": "Courier-Bold"}
_PLAIN = {"Helvetica": "Helvetica", "Times": "Times-Roman", "Courier": "Courier"}


def render_export(source: Path, output: Path) -> None:
    """Makes `output` from the light markup of `source`.

    Raises:
        ValueError: see `parse_markup`.
    """
    front, blocks = markup.parse_markup(source.read_text("utf-8"))
    layout = ExportLayout(**front)
    styles = _styles(layout)
    document = SimpleDocTemplate(
        str(output), pagesize=A4, leftMargin=2 * cm, rightMargin=2 * cm, topMargin=2.2 * cm, bottomMargin=2 * cm
    )
    story = [flowable for block in blocks for flowable in _flowables(block, styles, layout)]

    def margins(canvas: Any, page: Any) -> None:
        canvas.setFont(_PLAIN[layout.font], 7.5)
        canvas.setFillColor(colors.HexColor("#666666"))
        canvas.drawString(2 * cm, A4[1] - 1.3 * cm, f"{layout.platform} – dossier n° {layout.number}")
        canvas.drawRightString(A4[0] - 2 * cm, A4[1] - 1.3 * cm, layout.filed)
        canvas.drawRightString(A4[0] - 2 * cm, 1.1 * cm, f"Page {page.page}")

    document.build(story, onFirstPage=margins, onLaterPages=margins)


def _styles(layout: ExportLayout) -> dict[str, ParagraphStyle]:
    plain, bold, size = _PLAIN[layout.font], _BOLD[layout.font], layout.size
    ink, band = colors.HexColor(f"#{layout.colour}"), colors.HexColor(f"#{layout.band}")
    frame: dict[str, Any] = (
        {"borderColor": colors.HexColor("#AAAAAA"), "borderWidth": 0.5, "borderPadding": 4} if layout.boxed else {}
    )
    body = ParagraphStyle("body", fontName=plain, fontSize=size, leading=size * 1.35, spaceAfter=size * 0.6, **frame)
    return {
        "body": body,
        "cell": ParagraphStyle("cell", parent=body, fontSize=size - 1, leading=size * 1.2, spaceAfter=0, borderWidth=0),
        "item": ParagraphStyle("item", parent=body, leftIndent=14, bulletIndent=4, spaceAfter=2, borderWidth=0),
        "quote": ParagraphStyle("quote", parent=body, leftIndent=20, rightIndent=20, borderWidth=0),
        "centred": ParagraphStyle("centred", parent=body, alignment=1, borderWidth=0),
        "1": ParagraphStyle("1", fontName=bold, fontSize=size + 6, leading=size + 9, textColor=ink, spaceAfter=10),
        "2": ParagraphStyle(
            "2", fontName=bold, fontSize=size + 0.5, leading=size * 1.5, textColor=ink, backColor=band,
            borderPadding=(3, 4, 3, 4), spaceBefore=size * 1.4, spaceAfter=size, keepWithNext=True,
        ),
        "3": ParagraphStyle("3", fontName=bold, fontSize=size, leading=size * 1.4, spaceBefore=4, keepWithNext=True),
    }  # fmt: skip


def _flowables(block: markup.Block, styles: dict[str, ParagraphStyle], layout: ExportLayout) -> list[Flowable]:
    match block:
        case markup.Heading(level, text):
            return [Paragraph(_inline(text), styles[str(level)])]
        case markup.Text("item", text):
            return [Paragraph(_inline(text), styles["item"], bulletText="•")]
        case markup.Text("contents", text):
            return [Paragraph(_inline(" . . . . . ".join(part.strip() for part in text.split("|"))), styles["body"])]
        case markup.Text(style, text):
            return [Paragraph(_inline(text), styles.get(style, styles["body"]))]
        case markup.Grid():
            return [_table(block, styles["cell"], layout), Spacer(1, layout.size)]
        case markup.PageBreak():
            return [PageBreak()]


def _table(grid: markup.Grid, style: ParagraphStyle, layout: ExportLayout) -> Table:
    rows = [[Paragraph(_inline(cell), style) for cell in row] for row in grid.rows]
    table = Table(rows, colWidths=[width * cm for width in grid.widths], hAlign="LEFT", repeatRows=0)
    rules: list[tuple[Any, ...]] = [("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    if not grid.plain:
        rules.append(("BACKGROUND", (0, 0), (-1, 0), colors.HexColor(f"#{layout.band}")))
    table.setStyle(TableStyle(rules))
    return table


def _inline(text: str) -> str:
    """Runs in reportlab's own markup."""
    parts = []
    for run in markup.parse_inline(french_spaces(text)):
        words = run.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace(NO_BREAK, "&nbsp;")
        words = f"<b>{words}</b>" if run.bold else words
        parts.append(f"<i>{words}</i>" if run.italic else words)
    return "".join(parts)
