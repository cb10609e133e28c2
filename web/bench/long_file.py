"""A long PDF: full pages of text, every fifth with a picture of its own, as reports with photos are."""

import random
from pathlib import Path

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

_LINES = 44
_WORDS = ("habitants", "commune", "décident", "ensemble", "projet", "chaque", "trimestre", "salariés", "avec", "les")
_PICTURE_EVERY = 5  # pages


def last_line(number: int) -> str:
    """What the last line of a page says, in red."""
    return f"{number} gouvernance partagée entre habitants"


def long_file(path: Path, pages: int) -> Path:
    """Writes the file, the same each time."""
    chance = random.Random(3)  # noqa: S311
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    for number in range(1, pages + 1):
        canvas.setFont("Times-Roman", 11)
        for line in range(_LINES):
            words = " ".join(chance.choices(_WORDS, k=14))
            canvas.drawString(60, A4[1] - 60 - 16 * line, f"{number}.{line} {words}")
        canvas.setFillColor("red")
        canvas.drawString(60, 40, last_line(number))
        if number % _PICTURE_EVERY == 0:
            noise = Image.frombytes("RGB", (500, 400), chance.randbytes(500 * 400 * 3))
            canvas.drawImage(ImageReader(noise), 320, 60, 200, 160)
        canvas.showPage()
    canvas.save()
    return path
