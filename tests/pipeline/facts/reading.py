"""What the tests of facts share: a call, sentences and readings of a sketched dossier."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.analysis import FactValue
from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from pipeline.document import Document, Span
from pipeline.facts.read import Readings, facts_of, read_dossier
from tests.pipeline.builders import document_from_text, document_from_texts

_STOPS = re.compile(r"[.!?]\s(?=[A-ZÀ-Ý«])|\n")


@dataclass(frozen=True)
class PlainSentence:
    span: Span


def plain_sentences(document: Document) -> list[PlainSentence]:
    """Sentences cut at full stops and line feeds: enough for tests, and of no model."""
    found, start = [], 0
    for stop in (*(match.end() for match in _STOPS.finditer(document.text)), len(document.text)):
        if document.text[start:stop].strip():
            found.append(PlainSentence(Span(start, stop)))
        start = stop
    return found


def call_named(name: str) -> Call:
    return load_call(name)


def read_text(sketch: str | Mapping[str, str], call: str = "aquitaine-2014") -> Readings:
    """Readings of a dossier sketched as in `tests.pipeline.builders` (one text, or several by file name)."""
    document = document_from_text(sketch) if isinstance(sketch, str) else document_from_texts(sketch)
    return read_dossier(document, load_call(call), plain_sentences(document))


def values(sketch: str | Mapping[str, str], call: str = "aquitaine-2014") -> dict[str, FactValue]:
    """Facts of a sketched dossier by name."""
    return {fact.name: fact.value for fact in facts_of(read_text(sketch, call))}
