"""Simple methods that the program must beat, run on the same dossiers in the same run."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from rapidfuzz import fuzz

from corpora.notions import notion_of
from evaluation.cases import Case
from evaluation.kinds import FoundType
from evaluation.matching import FoundPlace
from evaluation.passages import DEPTHS, FoundPassages
from evaluation.sections import FoundSection
from evaluation.similarities import Similarity
from pipeline.analysis import INNOVATION_TYPES, SectionStatus
from pipeline.document import Document, Line
from pipeline.text import fold
from pipeline.typology.suggested import LEAST

_NEAR_WORDING = 80.0  # ratio (0..100) of a line and a field's title
_MOST_TITLE_WORDS = 16
_SHARPNESS = 20.0  # how far a similarity's lead becomes confidence


class AllPresent:
    """Says that every field is answered: right as often as fields are."""

    name = "Tout présent"

    def sections(self, case: Case) -> Mapping[str, FoundSection]:
        return {field.id: FoundSection(SectionStatus.PRESENT) for field in case.call.fields}


class FuzzyHeadings:
    """Says that a field is answered when a short line resembles the call's own title for it."""

    name = "Titres approchés seuls"

    def sections(self, case: Case) -> Mapping[str, FoundSection]:
        lines = [line for line in case.document.lines if line.span.start < case.document.body_end]
        short = [
            index for index, line in enumerate(lines) if len(_text(case.document, line).split()) <= _MOST_TITLE_WORDS
        ]
        found = {}
        for field in case.call.fields:
            wording = fold(field.title)
            near = {index: fuzz.token_set_ratio(wording, fold(_text(case.document, lines[index]))) for index in short}
            best = max(near, key=lambda index: (near[index], -index), default=None)
            if best is None or near[best] < _NEAR_WORDING:
                status = SectionStatus.NOT_APPLICABLE if field.optional else SectionStatus.ABSENT
                found[field.id] = FoundSection(status)
            else:
                places = tuple(_place(case.document, line) for line in lines[best + 1 : best + 2])
                found[field.id] = FoundSection(SectionStatus.PRESENT, places)
        return found


def _text(document: Document, line: Line) -> str:
    return document.quote(line.span)


def _place(document: Document, line: Line) -> FoundPlace:
    page = document.pages[line.page]
    return FoundPlace(document.files[page.file].name, page.number, _text(document, line))


class MajorityType:
    """Always the commonest type of the training dossiers, as often as it is there."""

    name = "Type majoritaire"

    def __init__(self, training_types: Sequence[str]) -> None:
        counts = Counter(training_types)
        total = sum(counts.values()) or 1
        self._said = FoundType(
            {kind: counts[kind] / total for kind in INNOVATION_TYPES}, tuple(kind for kind, _ in counts.most_common(1))
        )

    def innovation_type(self, case: Case) -> FoundType:
        return self._said


class NearestDefinition:
    """The type whose official definition is nearest to the whole text, sentence by sentence."""

    def __init__(self, similarity: Similarity) -> None:
        self.name = f"{similarity.name}, définitions des types"
        self._similarity = similarity

    def innovation_type(self, case: Case) -> FoundType:
        definitions = {kind.id: kind.definition for kind in case.call.types}
        texts = _sentences(case)
        if not texts:
            return FoundType(dict.fromkeys(INNOVATION_TYPES, 1 / len(INNOVATION_TYPES)), ())
        near = self._similarity.between([definitions[kind] for kind in INNOVATION_TYPES], texts).mean(axis=1)
        scale = near.max() or 1.0
        exponents = np.exp(_SHARPNESS * (near - near.max()) / scale)
        shares = exponents / exponents.sum()
        probabilities = {kind: float(value) for kind, value in zip(INNOVATION_TYPES, shares, strict=True)}
        best = max(INNOVATION_TYPES, key=lambda kind: probabilities[kind])
        return FoundType(probabilities, (best,) if probabilities[best] >= LEAST else ())


class NearestSentences:
    """The sentences that are nearest to the definition of a marker's notion; never silent."""

    def __init__(self, similarity: Similarity) -> None:
        self.name = similarity.name
        self._similarity = similarity

    def passages(self, case: Case) -> FoundPassages:
        texts = _sentences(case)
        markers = [marker.id for marker in case.call.markers]
        notions = [notion_of(case.call.id, marker) for marker in markers]
        queries = [f"{notion.title}. {notion.definition}" for notion in notions]
        near = self._similarity.between(queries, texts) if texts else np.zeros((len(queries), 0))
        order = np.argsort(-near, axis=1, kind="stable")
        ranked = {marker: [int(index) for index in row] for marker, row in zip(markers, order, strict=True)}
        shown = {
            depth: {marker: [texts[index] for index in sorted(row[:depth])] for marker, row in ranked.items()}
            for depth in DEPTHS
        }
        return FoundPassages(shown, texts, ranked)


def _sentences(case: Case) -> list[str]:
    """None of a dossier of which nothing was read."""
    return [case.document.quote(sentence.span) for sentence in case.split]
