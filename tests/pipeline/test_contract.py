import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from pipeline.analysis import (
    Analysis,
    AnalysisStatus,
    Fact,
    MarkerEvidence,
    Passage,
    Provenance,
    Section,
    SectionStatus,
    TypeSuggestion,
)
from pipeline.analysis_codec import decode_analysis, encode_analysis
from pipeline.contract import json_schema, to_contract, write_contract
from pipeline.document import Document, Span
from pipeline.errors import QuoteMismatch
from tests.pipeline.builders import document_from_text

TEXT = "Les habitants sont associés au projet.\n\nLe budget est de 12 000 euros."


@pytest.fixture
def document() -> Document:
    return document_from_text(TEXT)


@pytest.fixture
def analysis(document: Document) -> Analysis:
    span = Span(0, document.text.index(".") + 1)
    return Analysis(
        dossier="essai",
        call="aquitaine-2014",
        files=document.files,
        pages=document.pages,
        status=AnalysisStatus.ANALYSED,
        sections=(Section("1", "Porteur", SectionStatus.PRESENT, "Trouvé page 1.", (span,)),),
        innovation_type=TypeSuggestion(("services",), (0.5, 0.25, 0.25), None, (span,)),
        markers=(
            MarkerEvidence(
                "gouvernance", "Gouvernance", (Passage("gouvernance", span, document.quote(span), ("cue",)),)
            ),
        ),
        facts=(Fact("budget_total_eur", 12000.0, (span,)),),
        findings=(),
        provenance=Provenance("0.1.0", "f" * 64, ()),
    )


def test_what_is_written_follows_the_published_schema(analysis: Analysis, document: Document) -> None:
    written = json.loads(write_contract(to_contract(analysis, document)))
    Draft202012Validator(json_schema()).validate(written)
    assert written["schema_version"] == "1"
    passage = written["markers"][0]["passages"][0]
    assert passage["quote"] == "Les habitants sont associés au projet."
    assert passage["page"] == 1
    assert all(len(box) == 4 for box in passage["boxes"])
    assert written["facts"]["budget_total_eur"]["value"] == 12000
    assert written["facts"]["siren"] is None


def test_the_schema_in_the_documentation_is_the_one_in_force() -> None:
    published = Path(__file__).resolve().parents[2] / "docs" / "analysis.schema.json"
    assert json.loads(published.read_text("utf-8")) == json_schema()


def test_no_field_of_the_schema_can_carry_a_score() -> None:
    names = {name for definition in json_schema()["$defs"].values() for name in definition.get("properties", {})}
    names |= set(json_schema()["properties"])
    reserved = ("score", "note_", "rank", "grade", "level", "rating", "weight")
    assert not [name for name in names if any(word in name for word in reserved)]
    marker = json_schema()["$defs"]["MarkerPassageOut"]["properties"]
    assert set(marker) == {"file", "page", "quote", "boxes", "continues", "cues"}


def test_a_quote_that_moved_is_an_error_and_never_a_wrong_highlight(analysis: Analysis, document: Document) -> None:
    marker = analysis.markers[0]
    moved = replace(marker.passages[0], span=Span(4, 20))
    altered = replace(analysis, markers=(replace(marker, passages=(moved,)),))
    with pytest.raises(QuoteMismatch):
        to_contract(altered, document)


def test_an_analysis_survives_the_store(analysis: Analysis) -> None:
    content = encode_analysis(analysis)
    assert decode_analysis(content) == analysis
    assert encode_analysis(decode_analysis(content)) == content
