"""Sketched dossiers read as the program reads them, and the annotated dossiers kept beside the tests."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.french import FrenchSentences
from pipeline.analysis import Section
from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from pipeline.completeness.evidence import Reading
from pipeline.completeness.sections import read_sections
from pipeline.document import Document
from pipeline.sentences import sentences
from tests.pipeline.builders import document_from_text

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Annotated:
    """A sketched dossier with the status that people gave to some of its fields."""

    name: str
    call: str
    statuses: dict[str, str]
    text: str


def dossiers() -> list[Annotated]:
    """Whole dossiers: a header of `key: value` lines, a line of `====`, then the sketch."""
    return [_annotated(path.stem, path.read_text("utf-8"), "====") for path in sorted(HERE.glob("dossiers/*.txt"))]


def situations() -> list[Annotated]:
    """Short dossiers of one situation each, for the 2014 call: `==== name`, statuses, a line of `----`, the sketch."""
    content = (HERE / "situations.txt").read_text("utf-8")
    found = re.split(r"^==== (.+)$", content, flags=re.MULTILINE)[1:]
    pairs = zip(found[::2], found[1::2], strict=True)
    return [_annotated(name, f"call: aquitaine-2014{body}", "----") for name, body in pairs]


def _annotated(name: str, content: str, separator: str) -> Annotated:
    header, _, text = content.partition(f"\n{separator}\n")
    values = dict(line.split(": ", 1) for line in header.splitlines() if line)
    return Annotated(name, values.pop("call"), values, text)


@cache
def splitter() -> FrenchSentences:
    return FrenchSentences()


def read(document: Document, call: Call | str) -> dict[str, Section]:
    """Sections by id."""
    chosen = load_call(call) if isinstance(call, str) else call
    found = read_sections(Reading.of(document, chosen, sentences(document, splitter())))
    return {section.id: section for section in found}


def read_text(text: str, call: Call | str = "aquitaine-2014") -> dict[str, Section]:
    return read(document_from_text(text), call)
