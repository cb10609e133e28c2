"""How long a reader waits for a long dossier: `python -m tests.web.viewer.measure [pages]`."""

import random
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.document import Document
from pipeline.extraction.limits import ReadingLimits
from pipeline.extraction.reader import read_dossier
from tests.web.viewer.screen import highlights, marked_spans, show
from tests.web.viewer.site import serving

_JUMPS = 30
_LINES = 44
_WORDS = ("habitants", "commune", "décident", "ensemble", "projet", "chaque", "trimestre", "salariés", "avec", "les")
_PICTURE_EVERY = 5  # pages


@dataclass(frozen=True, slots=True)
class Waiting:
    """Milliseconds: from the request of the page to the first page of the dossier; of each jump to a passage."""

    first_page: float
    jumps: tuple[float, ...]

    @property
    def usual_jump(self) -> float:
        return statistics.median(self.jumps)

    @property
    def longest_jump(self) -> float:
        return max(self.jumps)


def measure(pages: int = 200) -> Waiting:
    """Opens a dossier of one file of so many full pages, with pictures, and jumps to passages all over it."""
    with tempfile.TemporaryDirectory() as folder:
        file = _long_dossier(Path(folder) / "dossier.pdf", pages)
        document = read_dossier("mesure", [file], ReadingLimits())
        with serving([file], document) as address:
            return _wait(address, document)


def _wait(address: str, document: Document) -> Waiting:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1000, "height": 900})
        page.goto(address)
        page.wait_for_selector("body[data-open]")
        first: float = page.evaluate("() => window.opened")
        shown = highlights(document, marked_spans(document))
        show(page, shown)
        jumps = _jump(page, random.Random(5).sample([one["id"] for one in shown], _JUMPS))
        browser.close()
    return Waiting(first, jumps)


def _jump(page: Page, ids: Sequence[str]) -> tuple[float, ...]:
    jump = "async (id) => { const begun = performance.now(); const ok = await viewer.goTo(id); "
    times = [page.evaluate(jump + "return ok ? performance.now() - begun : NaN }", id_) for id_ in ids]
    return tuple(float(time) for time in times)


def _long_dossier(path: Path, pages: int) -> Path:
    """Full pages of text, every fifth with a picture of its own, as reports with photos are."""
    dots = random.Random(3)
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    for number in range(1, pages + 1):
        canvas.setFont("Times-Roman", 11)
        for line in range(_LINES):
            canvas.drawString(60, A4[1] - 60 - 16 * line, f"{number}.{line} " + _sentence(dots))
        canvas.setFillColor("red")
        canvas.drawString(60, 40, f"{number} gouvernance partagée entre habitants")
        if number % _PICTURE_EVERY == 0:
            noise = Image.frombytes("RGB", (500, 400), dots.randbytes(500 * 400 * 3))
            canvas.drawImage(ImageReader(noise), 320, 60, 200, 160)
        canvas.showPage()
    canvas.save()
    return path


def _sentence(dots: random.Random) -> str:
    return " ".join(dots.choices(_WORDS, k=14))


def main() -> None:
    waiting = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
    print(  # noqa: T201  what the command is for
        f"first page {waiting.first_page:.0f} ms; {len(waiting.jumps)} jumps: "
        f"usually {waiting.usual_jump:.0f} ms, at most {waiting.longest_jump:.0f} ms"
    )


if __name__ == "__main__":
    main()
