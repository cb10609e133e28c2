"""How long a reader waits for a long dossier: `python -m tests.web.viewer.measure [pages]`."""

import random
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from pipeline.document import Document
from pipeline.extraction.limits import ReadingLimits
from pipeline.extraction.reader import read_dossier
from tests.web.viewer.screen import highlights, marked_spans, show
from tests.web.viewer.site import serving
from web.bench.long_file import long_file

_JUMPS = 30


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
        file = long_file(Path(folder) / "dossier.pdf", pages)
        document = read_dossier("mesure", [file], ReadingLimits())
        with serving([file], document) as address:
            return _wait(address, document)


def _wait(address: str, document: Document) -> Waiting:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1000, "height": 900})
        page.goto(address)
        page.wait_for_selector("html[data-ready]")
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


def main() -> None:
    waiting = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
    print(  # noqa: T201  what the command is for
        f"first page {waiting.first_page:.0f} ms; {len(waiting.jumps)} jumps: "
        f"usually {waiting.usual_jump:.0f} ms, at most {waiting.longest_jump:.0f} ms"
    )


if __name__ == "__main__":
    main()
