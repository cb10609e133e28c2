"""HTML to PDF with WeasyPrint: laid-out pages, and forms whose fields hold the answers."""

from pathlib import Path

from weasyprint import HTML

from corpora.rendering.answers import draw_answers
from corpora.rendering.tools import pdf_to_images
from corpora.rendering.typography import french_spaces_in_html


def render_page(source: Path, output: Path) -> None:
    """Lays out `source`; pictures are found beside it."""
    html = french_spaces_in_html(source.read_text("utf-8"))
    HTML(string=html, base_url=str(source.parent) + "/").write_pdf(output)


def render_form(source: Path, output: Path) -> None:
    """Lays out `source` with its inputs as form fields, each showing as much of its value as its box holds."""
    HTML(filename=source).write_pdf(output, pdf_forms=True)
    draw_answers(output)


def picture_of(svg: Path, folder: Path) -> Path:
    """A PNG of a drawing, for tools that read no SVG."""
    sheet = folder / f"{svg.stem}.pdf"
    html = (
        "<style>@page{size:80mm 40mm;margin:0}body{margin:0}img{display:block;width:80mm;height:40mm}</style>"
        f'<img src="{svg.name}" alt="">'
    )
    HTML(string=html, base_url=str(svg.parent) + "/").write_pdf(sheet)
    (picture,) = pdf_to_images(sheet, folder, 200, grey=False)
    return picture
