"""A little site with one page that holds the viewer, with the headers that the review room's pages have."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pipeline.document import Document, PageState
from tests.web.chromium import served
from web.security.headers import SafeHeaders

WEB = Path(__file__).resolve().parents[3] / "web"
PDFJS = WEB / "node_modules" / "pdfjs-dist"
_PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Dossier</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/statique/css/base.css"><link rel="stylesheet" href="/statique/css/viewer.css">
<link rel="stylesheet" href="/page.css"><script type="module" src="/page.js"></script></head>
<body><main><h1>Dossier</h1><div id="pieces"></div></main></body></html>"""
_STYLE = "main { block-size: 100vh; display: grid; grid-template-rows: auto minmax(0, 1fr); } h1 { font-size: 1rem; }"
_SCRIPT = """import { openViewer } from "/statique/js/pdf/viewer.js";
window.events = [];
const start = JSON.parse(decodeURIComponent(location.hash.slice(1)) || "null");
const files = await (await fetch("/fichiers")).json();
const viewer = await openViewer(document.querySelector("#pieces"), { files, wordsUrl: "/mots", start });
await viewer.ready();
window.opened = performance.now(); // since the page was asked for
for (const name of ["select", "page", "activate"]) viewer.on(name, (value) => window.events.push([name, value]));
window.viewer = viewer;
document.documentElement.dataset.ready = "";
"""


@dataclass(frozen=True, slots=True)
class ShownDossier:
    """PDFs and what the server knows of them; `document` has the same files in the same order."""

    files: tuple[Path, ...]
    document: Document

    def described(self) -> list[dict[str, Any]]:
        """The files as the viewer is given them."""
        return [
            {
                "url": f"/fichiers/{index}",
                "name": path.name,
                "pages": [
                    {
                        "number": page.number,
                        "width": page.width,
                        "height": page.height,
                        "retold": page.state in (PageState.OCR, PageState.FORM),
                    }
                    for page in self.document.pages
                    if page.file == index
                ],
            }
            for index, path in enumerate(self.files)
        ]

    def words(self, file: int, number: int) -> list[list[float | str]]:
        document = self.document
        return [
            [word.box.x0, word.box.y0, word.box.x1, word.box.y1, document.text[word.span.start : word.span.end]]
            for word in document.words
            if (document.pages[word.page].file, document.pages[word.page].number) == (file, number)
        ]


def _application(dossier: ShownDossier) -> Starlette:
    def file(request: Request) -> Response:
        return FileResponse(dossier.files[int(request.path_params["index"])], media_type="application/pdf")

    def words(request: Request) -> Response:
        query = request.query_params
        return JSONResponse({"words": dossier.words(int(query["file"]), int(query["page"]))})

    return Starlette(
        routes=[
            Route("/", lambda _: HTMLResponse(_PAGE)),
            Route("/page.js", lambda _: Response(_SCRIPT, media_type="text/javascript")),
            Route("/page.css", lambda _: Response(_STYLE, media_type="text/css")),
            Route("/fichiers", lambda _: JSONResponse(dossier.described())),
            Route("/fichiers/{index:int}", file),
            Route("/mots", words),
            Route("/axe.js", lambda _: FileResponse(WEB / "node_modules" / "axe-core" / "axe.min.js")),
            Mount("/statique/vendor/pdfjs", StaticFiles(directory=PDFJS)),
            Mount("/statique", StaticFiles(directory=WEB / "static")),
        ],
        middleware=[Middleware(SafeHeaders, by_tls=False)],
    )


@contextmanager
def serving(files: Sequence[Path], document: Document) -> Iterator[str]:
    """The address of the site while it is served, on the loopback only."""
    with served(_application(ShownDossier(tuple(files), document))) as address:
        yield address
