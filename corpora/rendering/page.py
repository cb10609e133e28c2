"""HTML to PDF with WeasyPrint: laid-out pages, and forms whose fields hold the answers."""

from pathlib import Path

import pikepdf
from pikepdf.form import ExtendedAppearanceStreamGenerator, Form
from weasyprint import HTML

from corpora.rendering.tools import pdf_to_images
from corpora.rendering.typography import french_spaces_in_html


def render_page(source: Path, output: Path) -> None:
    """Lays out `source`; pictures are found beside it."""
    html = french_spaces_in_html(source.read_text("utf-8"))
    HTML(string=html, base_url=str(source.parent) + "/").write_pdf(output)


def render_form(source: Path, output: Path) -> None:
    """Lays out `source` with its inputs as form fields, each showing as much of its value as its box holds."""
    html = french_spaces_in_html(source.read_text("utf-8"))
    HTML(string=html, base_url=str(source.parent) + "/").write_pdf(output, pdf_forms=True)
    with pikepdf.open(output, allow_overwriting_input=True) as pdf:
        form = Form(pdf, ExtendedAppearanceStreamGenerator)
        for field in form.values():
            if isinstance(field, pikepdf.form.TextField) and field.value:
                field.value = field.value
        pdf.save(output)


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
