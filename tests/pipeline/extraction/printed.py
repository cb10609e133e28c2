"""Small PDFs made for one test each, with reportlab and pikepdf."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from pipeline.extraction.raw import RawWord
from pipeline.extraction.words import read_words

WIDTH, HEIGHT = 595.0, 842.0
LOREM = (
    "Notre association accompagne depuis dix ans des habitants du quartier dans la construction de réponses "
    "collectives à leurs besoins et elle rassemble aujourd'hui des artisans des élus et des chercheurs de la région"
)


def printed(*draw: Callable[[Canvas], None], size: tuple[float, float] = (WIDTH, HEIGHT)) -> bytes:
    """A PDF with one page for each of the functions, which draw on it (origin bottom left, as PDF has it)."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=size, invariant=True)
    for draw_page in draw:
        draw_page(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def text(x: float, top: float, words: str, *, size: float = 11, font: str = "Helvetica") -> Callable[[Canvas], None]:
    """Draws one line of text; `top` is measured from the top of the page to the baseline."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        canvas.drawString(x, HEIGHT - top, words)

    return draw


def paragraph(x: float, top: float, words: str, *, width: float, size: float = 11) -> Callable[[Canvas], None]:
    """Draws words broken into lines of at most `width` points, 1.25 times their size apart."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        for index, line in enumerate(broken(words, width, size)):
            canvas.drawString(x, HEIGHT - top - index * 1.25 * size, line)

    return draw


def broken(words: str, width: float, size: float) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and pdfmetrics.stringWidth(longer, "Helvetica", size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def together(*draw: Callable[[Canvas], None]) -> Callable[[Canvas], None]:
    """One page with all of the drawings on it."""

    def draw_all(canvas: Canvas) -> None:
        for draw_one in draw:
            draw_one(canvas)

    return draw_all


def changed(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The PDF after `change` has been at its objects."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        document.save(target, deterministic_id=True)
    return target.getvalue()


def saved(pdf: bytes, path: Path) -> Path:
    path.write_bytes(pdf)
    return path


def words_of(pdf: bytes) -> tuple[RawWord, ...]:
    """The words of the first page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return read_words(document[0])
    finally:
        document.close()


def texts(words: tuple[RawWord, ...]) -> list[str]:
    return [word.text for word in words]
