"""From a document and a call to the analysis: what is done, in order."""

from dataclasses import dataclass

from pipeline.analysis import (
    Analysis,
    AnalysisStatus,
    MarkerEvidence,
    ModelUsed,
    Provenance,
    Section,
    SectionStatus,
)
from pipeline.calls.model import Call
from pipeline.completeness.by_content import found_by_content
from pipeline.completeness.candidacy import candidacy_finding, is_candidacy, without_candidacy
from pipeline.completeness.evidence import Reading
from pipeline.completeness.limits import limit_findings
from pipeline.completeness.sections import read_sections
from pipeline.completeness.unsigned import signing_findings
from pipeline.document import Document, FileStatus
from pipeline.evidence import marker_evidence, readings, understand
from pipeline.facts.read import facts_of, read_dossier
from pipeline.findings import file_findings, findings
from pipeline.protocols import DossierReader, Encoder, SentenceSplitter, TypeReader
from pipeline.sentences import sentences
from pipeline.text import typeset
from pipeline.typology import declared_type, no_suggestion, suggest_type
from pipeline.unread import findings_with_caution, unread_parts, with_caution

_NOT_READ = typeset("Rien n’a pu être vérifié : aucun fichier du dossier n’a pu être lu.")


@dataclass(frozen=True, slots=True)
class Models:
    """The models that an analysis needs, behind their protocols."""

    splitter: SentenceSplitter
    encoder: Encoder
    reader: DossierReader
    types: TypeReader

    @property
    def used(self) -> tuple[ModelUsed, ...]:
        """Each with its digest, as provenances name them."""
        models = (self.splitter, self.encoder, self.reader, self.types)
        return tuple(ModelUsed(model.name, model.digest) for model in models)


def analyse(document: Document, call: Call, models: Models, provenance: Provenance) -> Analysis:
    """The whole pre-instruction of one dossier. Pure: the same arguments give the same analysis."""
    if all(file.status is FileStatus.UNREADABLE for file in document.files):
        return _unreadable(document, call, provenance)
    split = sentences(document, models.splitter)
    facts = read_dossier(document, call, split)
    name = facts.identity.name
    reading = Reading.of(document, call, split)
    sections = read_sections(reading, {"nom": name.evidence[0]} if name is not None else {})
    told = readings(document, call, split)
    understood = understand(told, models.encoder, models.reader)
    candidacy = is_candidacy(facts)
    declared, _ = declared_type(document)
    if candidacy:
        sections = found_by_content(sections, document, call, understood)
        suggestion = suggest_type(told, models.encoder, models.types, declared)
    else:
        sections, suggestion = without_candidacy(sections), no_suggestion(declared)
    markers = marker_evidence(document, call, understood, models.encoder, sections=sections)
    noticed = findings(facts, sections, suggestion)
    if not candidacy and document.body.strip():
        noticed = (*noticed, candidacy_finding(document))
    noticed += limit_findings(reading, sections) + signing_findings(document, call, reading.papers)
    unread = unread_parts(document)
    return Analysis(
        dossier=document.name,
        call=call.id,
        files=document.files,
        pages=document.pages,
        status=AnalysisStatus.ANALYSED,
        sections=with_caution(sections, unread),
        innovation_type=suggestion,
        markers=markers,
        facts=facts_of(facts),
        findings=findings_with_caution(noticed, unread),
        provenance=provenance,
    )


def _unreadable(document: Document, call: Call, provenance: Provenance) -> Analysis:
    """Nothing could be read: every field is listed, none is accused of more than that."""
    return Analysis(
        dossier=document.name,
        call=call.id,
        files=document.files,
        pages=document.pages,
        status=AnalysisStatus.UNREADABLE,
        sections=tuple(Section(field.id, field.title, SectionStatus.ABSENT, _NOT_READ) for field in call.fields),
        innovation_type=no_suggestion(declared=None),
        markers=tuple(MarkerEvidence(marker.id, marker.title, ()) for marker in call.markers),
        facts=(),
        findings=file_findings(document),
        provenance=provenance,
    )
