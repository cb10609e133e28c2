"""How long a person waits for a long dossier, in its real page: for its first page, then for a passage far in it."""

import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from pipeline.calls.model import Call
from pipeline.extraction.limits import ReadingLimits
from pipeline.extraction.reader import read_dossier
from store.database import open_store
from store.people import accounts, logins
from store.people.room import Room, open_room
from web.bench import machine_side, people_side
from web.bench.long_file import last_line, long_file
from web.bench.serving import Served, served

_WATCH = """new MutationObserver(() => {
  if (!window.firstPage && document.querySelector(".viewer-canvas")) window.firstPage = performance.now();
}).observe(document, { childList: true, subtree: true });"""
_JUMP = """async (page) => {
  const link = document.querySelector(`a[data-place][href$="#page=${page}"]`);
  const area = document.querySelector(".viewer-scroller").getBoundingClientRect();
  const shown = () => {
    const canvas = document.querySelector(`.viewer-page[data-file="0"][data-page="${page}"] .viewer-canvas`);
    const { top, bottom } = canvas?.getBoundingClientRect() ?? { top: Infinity, bottom: Infinity };
    return top < area.bottom && bottom > area.top;
  };
  const begun = performance.now();
  link.click();
  while (!shown()) await new Promise(requestAnimationFrame);
  return performance.now() - begun;
}"""
_SHARE = 0.9  # of the dossier: where the passage is


@dataclass(frozen=True, slots=True)
class Waiting:
    """Milliseconds of each visit, by a browser that has seen nothing yet: from the request of the dossier's page to
    its first page drawn, then from the click on a link to the page of its passage drawn and in view."""

    pages: int
    target: int  # the page of the passage
    size: int  # bytes
    first_page: tuple[float, ...]
    jumps: tuple[float, ...]

    def told(self) -> str:
        """In French, with medians."""
        megabytes = f"{self.size / 1e6:.0f}"
        return (
            f"PDF de {self.pages} pages ({megabytes} Mo), {len(self.jumps)} visites. "
            f"Première page : {_spread(self.first_page)} ; passage de la page {self.target} : {_spread(self.jumps)}."
        )


def waiting(call: Call, pages: int, visits: int) -> Waiting:
    """Deposits one dossier of one long file in a room of its own, and opens it so many times."""
    target = max(1, round(_SHARE * pages))
    with tempfile.TemporaryDirectory() as folder:
        file = long_file(Path(folder) / "candidature.pdf", pages)
        room = open_room(Path(folder) / "home")
        address = _deposited(Path(folder) / "home", room, call, file, target)
        with served(Path(folder) / "home") as site, _browser() as browser:
            seen = [_visit(browser, site, room, address, target) for _ in range(visits)]
        return Waiting(pages, target, file.stat().st_size, *zip(*seen, strict=True))


def _deposited(home: Path, room: Room, call: Call, file: Path, target: int) -> str:
    """The address of the dossier, all of whose proofs are on the target page."""
    document = read_dossier("mesure", [file], ReadingLimits(), None)
    people_side.people_in(room, 1)
    start = document.text.index(last_line(target))
    return f"/dossiers/{machine_side.one(open_store(home), room.files, call, file, document, start)}"


def _visit(browser: Browser, site: Served, room: Room, address: str, target: int) -> tuple[float, float]:
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        context.add_cookies([{"name": "reperes", "value": _token(room), "url": site.address}])
        context.add_init_script(_WATCH)
        page = context.new_page()
        page.goto(site.address + address)
        page.wait_for_function("() => window.firstPage")
        first: float = page.evaluate("() => window.firstPage")
        return first, _jump(page, target)


def _jump(page: Page, target: int) -> float:
    took: float = page.evaluate(_JUMP, target)
    return took


def _token(room: Room) -> str:
    with room.reading() as reading:
        instructor = accounts.find(reading, "bench-i00")
    assert instructor is not None  # noqa: S101 (people_side makes it)
    with room.writing(instructor.viewer.actor) as writing:
        return logins.open_login(writing, instructor)


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


def _spread(times: tuple[float, ...]) -> str:
    return f"médiane {statistics.median(times):.0f} ms, au plus {max(times):.0f} ms"
