"""Types of real initiatives, judged by one reader (silver, not gold), by the source of their texts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.figures import Estimate, Tally, estimate
from evaluation.kinds import MEASURES, FoundType, tally_type
from pipeline.analysis import INNOVATION_TYPES
from pipeline.protocols import Encoder, SentenceSplitter, TypeReader
from pipeline.typology.suggested import rounded, suggested_types


@dataclass(frozen=True, slots=True)
class SilverText:
    """`family` is the source of the text: types and sources are confounded, so figures are given by source."""

    family: str
    type: str
    text: str


def load_silver(path: Path) -> list[SilverText]:
    """Reads a JSONL file whose lines hold `famille`, `type`, `title` and `text`.

    Raises:
        KeyError, TypeError, ValueError: a line is not such an object, or its type is none of the three.
        OSError: the file cannot be read.
    """
    return [_text(json.loads(line)) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _text(line: dict[str, str]) -> SilverText:
    if line["type"] not in INNOVATION_TYPES:
        raise ValueError("unknown type")
    return SilverText(line["famille"], line["type"], f"{line['title']}\n{line['text']}")


@dataclass(frozen=True, slots=True)
class SilverReading:
    """What reads the type of a text: it is cut into sentences, which become vectors."""

    splitter: SentenceSplitter
    encoder: Encoder
    types: TypeReader

    def of(self, text: str) -> FoundType:
        sentences = [text[span.start : span.end] for span in self.splitter.split(text)]
        told = self.types.read(sentences, self.encoder.encode(sentences)).probabilities
        return FoundType(dict(zip(INNOVATION_TYPES, rounded(told), strict=True)), suggested_types(told))


def evaluate_silver(texts: Sequence[SilverText], reading: SilverReading) -> dict[str, Mapping[str, Estimate]]:
    """Measures of types by source, then over all sources under ""; each text counts as one dossier."""
    tallies = [tally_type(text.type, None, reading.of(text.text)) for text in texts]
    by_family: dict[str, list[Tally]] = {}
    for text, tally in zip(texts, tallies, strict=True):
        by_family.setdefault(text.family, []).append(tally)
    figures = {family: estimate(by_family[family], MEASURES) for family in sorted(by_family)}
    return {**figures, "": estimate(tallies, MEASURES)}
