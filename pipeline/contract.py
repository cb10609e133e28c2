"""`analysis.json`: the machine-readable result of one dossier, version 1, that other programs rely on.

Names here never change nor go without a new `SCHEMA_VERSION`; others may be added. The published JSON Schema is
generated from these models, and what is written is validated against it. Boxes are derived from spans here, when a
result leaves the program, and are kept nowhere else.
"""

import json
from functools import cache
from typing import Any, Literal

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from pydantic import BaseModel, ConfigDict, Field

from pipeline.analysis import INNOVATION_TYPES, Analysis, Fact, FactValue, MarkerEvidence, Section
from pipeline.document import Document, Page, Region, SourceFile, Span
from pipeline.errors import ContractBroken, QuoteMismatch
from pipeline.reasons import phrase

SCHEMA_VERSION = "1"
CONTRACT_FACTS = (
    "porteur",
    "siren",
    "siret",
    "statut_juridique",
    "commune",
    "aide_demandee_eur",
    "budget_total_eur",
    "budget_equilibre",
    "duree_mois",
    "stade",
)
"""Facts that are always there, null when the dossier does not state them."""


class _Out(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


Coordinates = tuple[float, float, float, float]


class PlaceOut(_Out):
    """Where the rest of a passage stands, when it runs on over a page break."""

    file: str
    page: int = Field(ge=1, description="Page du fichier, à partir de 1")
    quote: str
    boxes: list[Coordinates] = Field(description="[x0, y0, x1, y1] en points PDF depuis le coin en haut à gauche")


class PassageOut(PlaceOut):
    continues: list[PlaceOut] = Field(default=[], description="Suite du passage sur les pages suivantes")


class MarkerPassageOut(PassageOut):
    cues: list[str] = Field(description="Pourquoi ce passage est montré, en français")


class PageOut(_Out):
    page: int = Field(ge=1)
    state: Literal["text", "form", "ocr", "empty", "failed"]
    reason: str | None = None
    message: str | None = None


class NoteOut(_Out):
    code: str
    message: str


class FileOut(_Out):
    name: str
    sha256: str
    pages: int = Field(ge=0)
    status: Literal["read", "unreadable"]
    text_source: Literal["native", "ocr", "form", "mixed"] | None
    reason: str | None = Field(description="null, ou le code de ce qui a empêché la lecture")
    message: str | None = Field(description="Le même motif, en français")
    page_states: list[PageOut]
    notes: list[NoteOut] = Field(description="Ce qui a été remarqué : scripts, pièces jointes...")


class DossierOut(_Out):
    id: str
    call: str
    files: list[FileOut]


class ItemOut(_Out):
    id: str
    title: str
    found: bool
    evidence: list[PassageOut]


class SectionOut(_Out):
    id: str
    title: str
    status: Literal["present", "thin", "absent", "not-applicable"]
    evidence: list[PassageOut]
    reason: str
    items: list[ItemOut]


TypeName = Literal["services", "organisationnelle", "territoriale"]


class ProbabilitiesOut(_Out):
    services: float = Field(ge=0, le=1)
    organisationnelle: float = Field(ge=0, le=1)
    territoriale: float = Field(ge=0, le=1)


class InnovationTypeOut(_Out):
    suggested: list[TypeName]
    probabilities: ProbabilitiesOut
    declared: TypeName | None
    rationale: list[PassageOut]


class MarkerOut(_Out):
    id: str
    title: str
    passages: list[MarkerPassageOut] = Field(max_length=8)


class FactOut(_Out):
    value: bool | int | float | str
    evidence: list[PassageOut]


class FindingOut(_Out):
    code: str
    message: str
    evidence: list[PassageOut]


class ModelOut(_Out):
    name: str
    digest: str


class ProvenanceOut(_Out):
    program: str
    call_digest: str
    models: list[ModelOut]


class AnalysisOut(_Out):
    """Résultat de la pré-instruction d'un dossier. Aucun champ n'évalue un repère ni un dossier."""

    schema_version: Literal["1"]
    dossier: DossierOut
    status: Literal["analysed", "unreadable"]
    sections: list[SectionOut]
    innovation_type: InnovationTypeOut
    markers: list[MarkerOut]
    facts: dict[str, FactOut | None]
    findings: list[FindingOut]
    provenance: ProvenanceOut


class _Pointer:
    """Turns spans of one document into passages of the contract."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def _place(self, region: Region) -> dict[str, Any]:
        page = self._document.pages[region.page]
        boxes = [tuple(round(value, 2) for value in (box.x0, box.y0, box.x1, box.y1)) for box in region.boxes]
        return {
            "file": self._document.files[page.file].name,
            "page": page.number,
            "quote": self._document.quote(region.span),
            "boxes": boxes,
        }

    def passages(self, spans: tuple[Span, ...]) -> list[PassageOut]:
        located = (self._document.locate(span) for span in spans)
        return [
            PassageOut(**self._place(first), continues=[PlaceOut(**self._place(region)) for region in rest])
            for first, *rest in (regions for regions in located if regions)
        ]

    def marker(self, evidence: MarkerEvidence) -> MarkerOut:
        passages = []
        for passage in evidence.passages:
            if self._document.quote(passage.span) != passage.quote:
                raise QuoteMismatch("Un passage conservé ne se trouve plus à sa place dans le document.")
            passages += [
                MarkerPassageOut(**dict(out), cues=list(passage.cues)) for out in self.passages((passage.span,))
            ]
        return MarkerOut(id=evidence.id, title=evidence.title, passages=passages)

    def section(self, section: Section) -> SectionOut:
        items = [
            ItemOut(id=item.id, title=item.title, found=item.found, evidence=self.passages(item.evidence))
            for item in section.items
        ]
        return SectionOut(
            id=section.id,
            title=section.title,
            status=section.status.value,
            evidence=self.passages(section.evidence),
            reason=section.reason,
            items=items,
        )

    def facts(self, facts: tuple[Fact, ...]) -> dict[str, FactOut | None]:
        out: dict[str, FactOut | None] = dict.fromkeys(CONTRACT_FACTS)
        for fact in facts:
            out[fact.name] = FactOut(value=_plain(fact.value), evidence=self.passages(fact.evidence))
        return out


def _plain(value: FactValue) -> FactValue:
    """46500.0 is written 46500, so that a reader meets one kind of number for round amounts."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _file(index: int, file: SourceFile, pages: tuple[Page, ...]) -> FileOut:
    states = [
        PageOut(
            page=page.number,
            state=page.state.value,
            reason=page.reason,
            message=phrase(page.reason).said if page.reason else None,
        )
        for page in pages
        if page.file == index
    ]
    return FileOut(
        name=file.name,
        sha256=file.sha256,
        pages=file.pages,
        status=file.status.value,
        text_source=file.text_source.value if file.text_source else None,
        reason=file.reason,
        message=phrase(file.reason).said if file.reason else None,
        page_states=states,
        notes=[NoteOut(code=note, message=phrase(note).said) for note in file.notes],
    )


def to_contract(analysis: Analysis, document: Document) -> AnalysisOut:
    """The contract's form of `analysis`, whose spans point into `document`.

    Raises:
        QuoteMismatch: a kept quote is not what stands at its place in `document`.
    """
    pointer = _Pointer(document)
    suggestion = analysis.innovation_type
    return AnalysisOut(
        schema_version=SCHEMA_VERSION,
        dossier=DossierOut(
            id=analysis.dossier,
            call=analysis.call,
            files=[_file(index, file, analysis.pages) for index, file in enumerate(analysis.files)],
        ),
        status=analysis.status.value,
        sections=[pointer.section(section) for section in analysis.sections],
        innovation_type=InnovationTypeOut.model_validate(
            {
                "suggested": list(suggestion.suggested),
                "probabilities": dict(zip(INNOVATION_TYPES, suggestion.probabilities, strict=True)),
                "declared": suggestion.declared,
                "rationale": pointer.passages(suggestion.rationale),
            }
        ),
        markers=[pointer.marker(marker) for marker in analysis.markers],
        facts=pointer.facts(analysis.facts),
        findings=[
            FindingOut(code=finding.code, message=finding.message, evidence=pointer.passages(finding.evidence))
            for finding in analysis.findings
        ],
        provenance=ProvenanceOut(
            program=analysis.provenance.program_version,
            call_digest=analysis.provenance.call_digest,
            models=[ModelOut(name=model.name, digest=model.digest) for model in analysis.provenance.models],
        ),
    )


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `analysis.json`."""
    schema = AnalysisOut.model_json_schema(mode="serialization")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Repères : analysis.json, version " + SCHEMA_VERSION
    return schema


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json_schema())


def write_contract(out: AnalysisOut) -> bytes:
    """The bytes of `analysis.json` (UTF-8, indented, keys in a fixed order), validated against the schema.

    Raises:
        ContractBroken: what would be written is not what is published; names the place, never the content.
    """
    content = out.model_dump(mode="json")
    problem = best_match(_validator().iter_errors(content))
    if problem is not None:
        raise ContractBroken(f"Le résultat ne suit pas le schéma publié, à la clé « {problem.json_path} ».")
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
