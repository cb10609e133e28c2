"""On the sample dossiers, what stands within the boxes of a line is what the line says: pdfplumber is the witness."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pdfplumber
import pytest

from pipeline.document import PageState
from pipeline.extraction.limits import ReadingLimits
from pipeline.extraction.reader import read_dossier

SAMPLES = Path(__file__).parents[3] / "corpora/samples"
FILES = sorted(path for path in SAMPLES.rglob("*.pdf") if path.relative_to(SAMPLES).parts[0] not in {"gold", "sources"})


def letters(text: str) -> Counter[str]:
    """Letters and figures without accents, each as often as it stands."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe")).lower()
    return Counter(char for char in plain if char.isalnum())


Character = tuple[str, float, float]


def characters(path: Path, pages: Iterable[int]) -> dict[int, list[Character]]:
    """The characters of pages (from 0), each with the middle of its box."""
    with pdfplumber.open(path) as pdf:
        return {
            index: [(c["text"], (c["x0"] + c["x1"]) / 2, (c["top"] + c["bottom"]) / 2) for c in pdf.pages[index].chars]
            for index in pages
        }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_boxes_of_each_line_hold_its_words(path: Path) -> None:
    document = read_dossier("dossier", [path], ReadingLimits())
    native = [index for index, page in enumerate(document.pages) if page.state is PageState.TEXT]
    if not native:
        pytest.skip("no page has text of its own")
    printed = characters(path, native)
    wrong = []
    for line in document.lines:
        if line.page in printed:
            (region,) = document.locate(line.span)
            inside = (
                text
                for text, x, y in printed[line.page]
                if any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for box in region.boxes)
            )
            if letters("".join(inside)) != letters(document.quote(line.span)):
                wrong.append((line.page + 1, round(line.box.y0)))
    assert wrong == []
