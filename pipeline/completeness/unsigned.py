"""Findings on papers that must be dated and signed: what their text does not show."""

from collections.abc import Iterator, Sequence

from pipeline.analysis import Finding
from pipeline.calls.model import Call
from pipeline.completeness.papers import Paper, PaperKind
from pipeline.completeness.signatures import read_signing
from pipeline.document import Document
from pipeline.text import typeset

_STATUTES_TOPIC = "statuts"


def signing_findings(document: Document, call: Call, papers: Sequence[Paper]) -> tuple[Finding, ...]:
    """Statutes whose text shows no date or no signature; of several copies, the one that lacks least counts."""
    asked = next((field for field in call.fields if field.topic == _STATUTES_TOPIC), None)
    statutes = [paper for paper in papers if paper.kind is PaperKind.STATUTES]
    if asked is None or not statutes:
        return ()
    found = (
        tuple(_of_paper(document, paper, dated=asked.must_be_dated, signed=asked.must_be_signed)) for paper in statutes
    )
    return min(found, key=len)


def _of_paper(document: Document, paper: Paper, *, dated: bool, signed: bool) -> Iterator[Finding]:
    signing = read_signing(document, paper)
    if dated and signing.dated is None:
        yield Finding("undated-statutes", "Statuts joints, mais aucune date n’y est lue", (paper.title,))
    if signed and signing.signed is None:
        message = "Statuts joints, mais aucune signature n’y est lue : à vérifier, l’encre ne se lit pas"
        yield Finding("unsigned-statutes", typeset(message), (paper.title,))
