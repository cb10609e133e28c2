"""From the labels written beside the sources (`gold.toml`: words only) to gold files (words with file and page).

    status = "analysed"
    type = { declared = "services", main = "services" }       # `second` when hybrid
    [sections]
    1 = { status = "present", starts = ["first words of the answer", ...] }
    [facts]
    siren = { value = "...", starts = ["..."] }
    [markers]
    gouvernance = { decisive = ["whole sentences", ...], useful = [...] }
    [[defects]]
    code = "budget-unbalanced"
    description = "..."
    starts = ["..."]

Words are looked for in the files in order; `{ file = "doc2.pdf", text = "..." }` names the file.
"""

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpora.gold import find_quote, squash
from corpora.rendering.recipe import DossierRecipe
from corpora.rendering.titles import titles_of
from pipeline.contract import CONTRACT_FACTS

Pages = Mapping[str, Sequence[str]]


class LabelNotFound(ValueError):
    """A labelled text is not in the rendered PDFs."""


def write_gold(recipe: DossierRecipe, pages: Pages) -> list[Path]:
    """Places the labels of a dossier in `pages` (text of each page by file name) and writes its gold file.

    A second annotation, where there is one, is placed and written too.

    Raises:
        LabelNotFound: a text is on no page; all such texts are named.
    """
    collection, name = recipe.collection, Path(recipe.call) / recipe.dossier
    written = [_write(recipe, recipe.sources / "gold.toml", pages, collection.gold / f"{name}.json")]
    again = collection.second_labels / f"{name}.toml"
    if again.is_file():
        written.append(_write(recipe, again, pages, collection.second_gold / f"{name}.json"))
    return written


def _write(recipe: DossierRecipe, source: Path, pages: Pages, path: Path) -> Path:
    labels = tomllib.loads(source.read_text("utf-8"))
    finder = _Finder(pages)
    gold = {
        "schema_version": "1",
        "call": recipe.call,
        "dossier": recipe.dossier,
        "status": labels["status"],
        "files": [file.output.name for file in recipe.files],
        "sections": [
            {"id": id_, "status": section["status"], "evidence": finder.places(section.get("starts", ()))}
            for id_, section in labels.get("sections", {}).items()
        ],
        "innovation_type": {key: labels["type"].get(key) for key in ("declared", "main", "second")},
        "facts": {name: _fact(labels.get("facts", {}).get(name), finder) for name in CONTRACT_FACTS},
        "markers": [
            {"id": id_, "passages": _passages(marker, finder)} for id_, marker in labels.get("markers", {}).items()
        ],
        "defects": [
            {
                "code": defect["code"],
                "description": defect["description"],
                "evidence": finder.places(defect.get("starts", ())),
            }
            for defect in labels.get("defects", [])
        ],
        "headings": [place for file in recipe.files for place in finder.in_order(file.output.name, titles_of(file))],
    }
    if finder.missing:
        raise LabelNotFound(f"{recipe.dossier}: " + " / ".join(finder.missing))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(gold, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return path


def _fact(label: dict[str, Any] | None, finder: "_Finder") -> dict[str, Any] | None:
    return None if label is None else {"value": label["value"], "evidence": finder.places(label["starts"])}


def _passages(label: dict[str, Any], finder: "_Finder") -> list[dict[str, Any]]:
    """In the order of the dossier, as the program shows them."""
    found = []
    for relevance in ("decisive", "useful"):
        for quote in label.get(relevance, ()):
            order, file, page, text = finder.find(quote)
            found.append((order, {"file": file, "page": page, "text": text, "relevance": relevance}))
    return [passage for _order, passage in sorted(found, key=lambda item: item[0])]


class _Finder:
    """Finds words in the pages; remembers those that it did not find."""

    def __init__(self, pages: Pages) -> None:
        self._pages = {file: [squash(page) for page in of_file] for file, of_file in pages.items()}
        self.missing: list[str] = []

    def places(self, quotes: Iterable[str | dict[str, str]]) -> list[dict[str, Any]]:
        found = (self.find(quote) for quote in quotes)
        return [{"file": file, "page": page, "starts": text} for _order, file, page, text in found]

    def in_order(self, file: str, titles: Sequence[str]) -> list[dict[str, Any]]:
        """The titles from the last to the first, each before the one that follows: a table of contents comes earlier.

        A title that is not printed as it was written is left out.
        """
        pages = self._pages[file]
        places: list[dict[str, Any]] = []
        page, end = len(pages) - 1, None
        for title in reversed(titles):
            words = squash(title)
            for number in range(page, -1, -1):
                at = pages[number].rfind(words, 0, end if number == page else None) if words else -1
                if at >= 0:
                    page, end = number, at
                    places.append({"file": file, "page": number + 1, "starts": title})
                    break
        return places[::-1]

    def find(self, quote: str | dict[str, str]) -> tuple[tuple[int, int, int], str, int, str]:
        """Sort key (file, page, offset), file name, page and words of a label."""
        text, only = (quote, None) if isinstance(quote, str) else (quote["text"], quote["file"])
        for index, (file, pages) in enumerate(self._pages.items()):
            found = find_quote(squash(text), pages) if only in (None, file) else None
            if found is not None:
                page, offset = found
                return (index, page, offset), file, page + 1, text
        self.missing.append(text)
        return (0, 0, 0), "", 1, text
