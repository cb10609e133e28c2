"""PDFs written for the tests of the viewer. The word MARKED is printed in red, everything else in black."""

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

MARKED = "gouvernance"
_WORDS = (
    f"L’association réunit des habitants et des élus autour d’une {MARKED} partagée. Les décisions se prennent en "
    f"assemblée, chaque trimestre. Cette {MARKED} associe les bénéficiaires, les salariés et les communes voisines."
).split()
_FACE, _SIZE, _LEADING, _MARGIN = "Helvetica", 11.0, 18.0, 60.0
_FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"


def native(path: Path, pages: int = 3, *, size: tuple[float, float] = A4) -> Path:
    """Ordinary pages of one column."""
    canvas = Canvas(str(path), pagesize=size, invariant=True)
    for number in range(1, pages + 1):
        canvas.setFont(_FACE, 16)
        canvas.drawString(_MARGIN, size[1] - _MARGIN, f"Partie {number}")
        words = _WORDS[number % len(_WORDS) :] + _WORDS * 2  # alike on every page, lines would be running headers
        _print_words(canvas, words, _MARGIN, size[1] - _MARGIN - 40, size[0] - 2 * _MARGIN)
        canvas.showPage()
    canvas.save()
    return path


def two_columns(path: Path) -> Path:
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    width = (A4[0] - 3 * _MARGIN) / 2
    for column in range(2):
        _print_words(canvas, _WORDS * 3, _MARGIN + column * (width + _MARGIN), A4[1] - _MARGIN, width)
    canvas.save()
    return path


def interleaved(path: Path) -> Path:
    """Two columns that the file gives line by line, each line of the one with that of the other beside it."""
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    canvas.setFont(_FACE, _SIZE)
    for line in range(12):
        for left, column in ((_MARGIN, "gauche"), (A4[0] / 2 + 20, "droite")):
            canvas.drawString(left, A4[1] - _MARGIN - line * _LEADING, f"Ligne {line + 1} de la colonne de {column},")
    canvas.save()
    return path


def rotated(path: Path, quarters: int) -> Path:
    """A page that is printed sideways and carries the /Rotate (clockwise) that sets it upright."""
    shown = A4
    size = shown if quarters % 2 == 0 else (shown[1], shown[0])
    canvas = Canvas(str(path), pagesize=size, invariant=True)
    canvas.translate(*((0.0, 0.0), (size[0], 0.0), size, (0.0, size[1]))[quarters])
    canvas.rotate(90 * quarters)
    _print_words(canvas, _WORDS * 3, _MARGIN, shown[1] - _MARGIN, shown[0] - 2 * _MARGIN)
    canvas.save()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = 90 * quarters
        pdf.save(path)
    return path


def cropped(path: Path) -> Path:
    """A page of which less is shown than its sheet holds, and whose origin is elsewhere."""
    native(path, 1)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].CropBox = [40, 200, 560, 815]
        pdf.save(path)
    return path


def scanned(path: Path, dpi: int = 150) -> Path:
    """A sheet of paper in a scanner: one picture, no text."""
    scale = dpi / 72
    image = Image.new("RGB", (round(A4[0] * scale), round(A4[1] * scale)), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(_FONT, round(_SIZE * scale))
    x, y = _MARGIN, _MARGIN
    for word in _WORDS * 3:
        width = draw.textlength(word, font) / scale
        if x + width > A4[0] - _MARGIN:
            x, y = _MARGIN, y + _LEADING
        draw.text((x * scale, y * scale), word, fill=_colour(word), font=font)
        x += width + 4
    target = io.BytesIO()
    image.save(target, "PDF", resolution=dpi, quality=92)
    path.write_bytes(target.getvalue())
    return path


def locked(path: Path) -> Path:
    """A file that opens with a password only."""
    native(path, 1)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="a", user="b"))
    return path


def damaged(path: Path) -> Path:
    path.write_bytes(b"%PDF-1.7\n" + b"rien de lisible\n" * 200)
    return path


def filled_form(path: Path, answer: str = MARKED) -> Path:
    """A form with an answer in its field."""
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    canvas.drawString(_MARGIN, 760, "Nom de la structure")
    canvas.acroForm.textfield(name="nom", value=answer, x=_MARGIN, y=720, width=300, height=24, borderStyle="solid")
    canvas.save()
    return path


def _print_words(canvas: Canvas, words: Sequence[str], left: float, top: float, width: float) -> None:
    canvas.setFont(_FACE, _SIZE)
    x, y = left, top
    for word in words:
        length = canvas.stringWidth(word, _FACE, _SIZE)
        if x + length > left + width:
            x, y = left, y - _LEADING
        canvas.setFillColor(_colour(word))
        canvas.drawString(x, y, word)
        x += length + 4


def _colour(word: str) -> str:
    return "red" if MARKED in word else "black"
