"""The program as a system under evaluation."""

from collections.abc import Mapping

from evaluation.cases import Case
from evaluation.kinds import FoundType
from evaluation.matching import FoundPlace
from evaluation.passages import DEPTHS, FoundPassages
from evaluation.sections import FoundSection
from pipeline.analysis import INNOVATION_TYPES, FactValue, MarkerEvidence, SectionStatus
from pipeline.completeness.parts import cut
from pipeline.completeness.targets import targets_of
from pipeline.evidence import readings, understand
from pipeline.evidence.markers import choose_passages, weigh_markers


class Program:
    """Repères itself, with the models that the cases were analysed with."""

    name = "Repères"

    def sections(self, case: Case) -> Mapping[str, FoundSection]:
        return {
            section.id: FoundSection(
                SectionStatus(section.status), tuple(FoundPlace.of(place.model_dump()) for place in section.evidence)
            )
            for section in case.result.sections
        }

    def innovation_type(self, case: Case) -> FoundType:
        suggestion = case.analysis.innovation_type
        return FoundType(dict(zip(INNOVATION_TYPES, suggestion.probabilities, strict=True)), suggestion.suggested)

    def passages(self, case: Case) -> FoundPassages:
        dossier = understand(readings(case.document, case.call, case.split), case.models.encoder, case.models.reader)
        weighed = weigh_markers(case.call, dossier, case.models.encoder, sections=case.analysis.sections)
        ranked = {
            one.subject.marker.id: [
                candidate.reading for candidate in sorted(one.candidates, key=lambda one: (-one.weight, one.span))
            ]
            for one in weighed
        }
        shown = {depth: _quotes(choose_passages(case.document, dossier, weighed, depth)) for depth in DEPTHS[:-1]}
        shown[DEPTHS[-1]] = _quotes(case.analysis.markers)
        return FoundPassages(shown, [reading.text for reading in dossier.readings], ranked)

    def facts(self, case: Case) -> Mapping[str, FactValue | None]:
        return {fact.name: fact.value for fact in case.analysis.facts}

    def headings(self, case: Case) -> list[FoundPlace]:
        """The lines that it takes for headings, in order."""
        document = case.document
        parts = cut(document, case.split, targets_of(case.call))
        spans = sorted({heading.span for unit in parts.units for heading in unit.path})
        regions = ((span, document.locate(span)) for span in spans)
        return [
            FoundPlace(
                document.files[document.pages[places[0].page].file].name,
                document.pages[places[0].page].number,
                document.quote(span),
            )
            for span, places in regions
            if places
        ]


def _quotes(markers: tuple[MarkerEvidence, ...]) -> dict[str, list[str]]:
    return {marker.id: [passage.quote for passage in marker.passages] for marker in markers}
