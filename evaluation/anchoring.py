"""Whether each quote stands at its boxes, to the word: checked with another reader of PDFs than the program's."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pdfplumber

from corpora.gold import squash
from evaluation.cases import Case
from evaluation.figures import Measure, Tally, ratio

MEASURES: tuple[Measure, ...] = (
    ratio("anchoring.exact", "Citations retrouvées mot pour mot dans leurs cadres", "anchors/right", "anchors"),
)
_SLACK = 1.0  # points around a box: readers disagree on the height of letters


def tally_anchors(case: Case) -> Tally:
    """Counts of one dossier. Quotes on scanned pages are left out (nothing else reads them), and answers of forms."""
    by_place: dict[tuple[str, int], list[Mapping[str, Any]]] = {}
    native = {
        (file.name, page.page)
        for file in case.result.dossier.files
        for page in file.page_states
        if page.state == "text"
    }
    for quote in _quotes(case.result.model_dump(mode="json")):
        if (quote["file"], quote["page"]) in native and quote["boxes"]:
            by_place.setdefault((quote["file"], quote["page"]), []).append(quote)
    tally: Tally = Tally({"anchors": 0, "anchors/right": 0})
    for path in case.paths:
        wanted = {page: quotes for (file, page), quotes in by_place.items() if file == path.name}
        if wanted:
            tally.update(_check(path, wanted))
    return tally


def _quotes(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every passage within a result."""
    if isinstance(value, Mapping):
        if "quote" in value and "boxes" in value:
            yield value
        for part in value.values():
            yield from _quotes(part)
    elif isinstance(value, list):
        for part in value:
            yield from _quotes(part)


def _check(path: Path, wanted: Mapping[int, list[Mapping[str, Any]]]) -> Tally:
    tally: Tally = Tally()
    with pdfplumber.open(path, pages=sorted(wanted)) as pdf:
        for page in pdf.pages:
            for quote in wanted[page.page_number]:
                tally["anchors"] += 1
                tally["anchors/right"] += _letters(quote["quote"]) == _letters(_within(page.chars, quote["boxes"]))
    return tally


def _within(chars: list[dict[str, Any]], boxes: list[list[float]]) -> str:
    """The letters whose middle lies in one of the boxes."""
    return "".join(
        char["text"]
        for char in chars
        if any(
            x0 - _SLACK <= (char["x0"] + char["x1"]) / 2 <= x1 + _SLACK
            and y0 <= (char["top"] + char["bottom"]) / 2 <= y1
            for x0, y0, x1, y1 in boxes
        )
    )


def _letters(text: str) -> list[str]:
    """Letters whatever their order: two readers do not draw a page in the same order."""
    return sorted(squash(text))
