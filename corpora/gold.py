"""Gold labels: what a careful person reads in a dossier, read from `<collection>/gold/<call>/<dossier>.json`.

The files' shape is `gold.schema.json`; passages are compared with a PDF's text letter by letter, without white
space, hyphens or case, as these differ from one reader of PDFs to the next.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from pipeline.analysis import AnalysisStatus, FactValue, SectionStatus
from pipeline.text import fold


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """`page` is 1-based within `file`; `starts` are the exact first words."""

    file: str
    page: int
    starts: str


@dataclass(frozen=True, slots=True)
class GoldSection:
    id: str
    status: SectionStatus
    evidence: tuple[GoldPlace, ...]


@dataclass(frozen=True, slots=True)
class GoldFact:
    name: str
    value: FactValue
    evidence: tuple[GoldPlace, ...]


@dataclass(frozen=True, slots=True)
class GoldPassage:
    """`relevance` is "decisive" or "useful"; `page` is where the passage begins."""

    file: str
    page: int
    text: str
    relevance: str


@dataclass(frozen=True, slots=True)
class GoldMarker:
    id: str
    passages: tuple[GoldPassage, ...]


@dataclass(frozen=True, slots=True)
class GoldType:
    declared: str | None
    main: str | None
    second: str | None


@dataclass(frozen=True, slots=True)
class GoldDefect:
    code: str
    description: str
    evidence: tuple[GoldPlace, ...]


@dataclass(frozen=True, slots=True)
class GoldDossier:
    """All labels of one dossier; `facts` holds only what the dossier states."""

    call: str
    dossier: str
    status: AnalysisStatus
    files: tuple[str, ...]
    sections: tuple[GoldSection, ...]
    innovation_type: GoldType
    facts: tuple[GoldFact, ...]
    markers: tuple[GoldMarker, ...]
    defects: tuple[GoldDefect, ...]
    headings: tuple[GoldPlace, ...] = ()  # those that the author marked up, in order


class InvalidGold(ValueError):
    """A gold file is not what its schema says; `problems` lists each place at fault."""

    def __init__(self, path: Path, problems: list[str]) -> None:
        super().__init__(f"{path.name}: {'; '.join(problems)}")
        self.problems = problems


@cache
def gold_schema() -> dict[str, Any]:
    """The JSON Schema of gold files."""
    schema: dict[str, Any] = json.loads((resources.files("corpora") / "gold.schema.json").read_text("utf-8"))
    return schema


def load_gold(path: Path) -> GoldDossier:
    """Reads one gold file.

    Raises:
        InvalidGold: the file does not follow the schema.
    """
    data = json.loads(path.read_text("utf-8"))
    errors = Draft202012Validator(gold_schema()).iter_errors(data)
    problems = [f"{error.json_path}: {error.message}" for error in errors]
    if problems:
        raise InvalidGold(path, problems)
    return GoldDossier(
        call=data["call"],
        dossier=data["dossier"],
        status=AnalysisStatus(data["status"]),
        files=tuple(data["files"]),
        sections=tuple(
            GoldSection(section["id"], SectionStatus(section["status"]), _places(section["evidence"]))
            for section in data["sections"]
        ),
        innovation_type=GoldType(**data["innovation_type"]),
        facts=tuple(
            GoldFact(name, fact["value"], _places(fact["evidence"]))
            for name, fact in data["facts"].items()
            if fact is not None
        ),
        markers=tuple(
            GoldMarker(marker["id"], tuple(GoldPassage(**passage) for passage in marker["passages"]))
            for marker in data["markers"]
        ),
        defects=tuple(
            GoldDefect(defect["code"], defect["description"], _places(defect["evidence"])) for defect in data["defects"]
        ),
        headings=_places(data.get("headings", [])),
    )


def _places(entries: list[dict[str, Any]]) -> tuple[GoldPlace, ...]:
    return tuple(GoldPlace(**entry) for entry in entries)


def load_all_gold(folder: Path) -> list[GoldDossier]:
    """Every gold file under `folder`, sorted by call and name."""
    return [load_gold(path) for path in sorted(folder.glob("*/*.json"))]


def squash(text: str) -> str:
    """Letters and digits only, folded: what two readers of the same page agree on."""
    return "".join(char for char in fold(text) if char.isalnum())


def find_quote(quote: str, pages: Sequence[str]) -> tuple[int, int] | None:
    """Index of the page on which `quote` begins, and its offset there; it may run on over a page break.

    `quote` and `pages` are squashed; None when it is nowhere.
    """
    for number, page in enumerate(pages):
        if quote in page:
            return number, page.index(quote)
    for number, (page, following) in enumerate(pairwise(pages)):
        for cut in range(1, len(quote)):
            if quote[:cut] in page and quote[cut:] in following:
                return number, page.index(quote[:cut])
    return None


def missing_quotes(gold: GoldDossier, pages: Mapping[str, Sequence[str]]) -> list[str]:
    """Quotes of `gold` that do not stand where it says; `pages` gives the text of each page by file name.

    Returns "file, page N: first words" for each.
    """
    texts = {file: [squash(page) for page in of_file] for file, of_file in pages.items()}
    return [
        f"{file}, page {page}: {quote[:40]}"
        for file, page, quote in _quotes(gold)
        if find_quote(squash(quote), texts.get(file, [])[page - 1 : page + 1]) is None
    ]


def _quotes(gold: GoldDossier) -> Iterator[tuple[str, int, str]]:
    places = [place for section in gold.sections for place in section.evidence]
    places += [place for fact in gold.facts for place in fact.evidence]
    places += [place for defect in gold.defects for place in defect.evidence]
    places += gold.headings
    yield from ((place.file, place.page, place.starts) for place in places)
    for marker in gold.markers:
        yield from ((passage.file, passage.page, passage.text) for passage in marker.passages)
