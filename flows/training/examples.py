"""What the reader learns from: applications labelled line by line, dossiers with gold passages, the phrasebook."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from corpora.applications import FIELD_PARTS, PARTS, Application, ApplicationLine
from corpora.gold import GoldDossier, squash
from corpora.notions import load_notions, notion_of
from corpora.phrasebook import MarkerSentence, Stance
from evaluation.matching import same_passage
from models.reader.training import BORNE_ON, DECISIVE, LabelledLines, LabelledSentence
from pipeline.calls.model import Call
from pipeline.document import Document
from pipeline.evidence.context import Reading
from pipeline.evidence.lines import dossier_lines
from pipeline.protocols import ReadLine

ANNOUNCED = "~"
LABELLED_PARTS = (*PARTS, *(ANNOUNCED + part for part in FIELD_PARTS))
_LEAST_LETTERS = 12  # of a line that is taken for a stretch of a passage


def notions() -> tuple[str, ...]:
    """The notions, in the order of the reader's marks."""
    return tuple(load_notions())


def from_application(application: Application) -> LabelledLines:
    """Every notion is labelled, whatever the call's markers are."""
    names = notions()
    marks = np.zeros((len(application.lines), len(names)), dtype=np.int8)
    answers = np.zeros((len(application.lines), len(LABELLED_PARTS)), dtype=np.int8)
    for row, line in enumerate(application.lines):
        for notion in line.bears:
            marks[row, names.index(notion)] = DECISIVE if notion in line.decisive else BORNE_ON
        for part in _parts_of(line):
            answers[row, LABELLED_PARTS.index(part)] = 1
    lines = tuple(ReadLine(line.text, line.kind) for line in application.lines)
    return LabelledLines(lines, marks, np.ones(len(names), dtype=np.bool_), answers)


def _parts_of(line: ApplicationLine) -> Iterable[str]:
    yield from line.answered
    yield from (ANNOUNCED + part for part in line.announced if part in FIELD_PARTS)


def from_dossier(gold: GoldDossier, call: Call, dossier: Sequence[Reading]) -> LabelledLines:
    """Only the notions of the call's markers were looked for; parts were not labelled line by line."""
    names = notions()
    read = dossier_lines(dossier)
    texts = [squash(reading.text) for reading in dossier]
    marks = np.zeros((len(read.lines), len(names)), dtype=np.int8)
    for marker in gold.markers:
        column = names.index(notion_of(call.id, marker.id).id)
        for passage in marker.passages:
            label = DECISIVE if passage.relevance == "decisive" else BORNE_ON
            wanted = squash(passage.text)
            for text, place in zip(texts, read.places, strict=True):
                if len(text) >= _LEAST_LETTERS and same_passage(wanted, text):
                    marks[place, column] = max(marks[place, column], label)
    return LabelledLines(read.lines, marks, _looked_for(call, names), None)


def _looked_for(call: Call, names: Sequence[str]) -> NDArray[np.bool_]:
    own = {marker.notion for marker in call.markers}
    return np.array([name in own for name in names])


def from_phrasebook(sentences: Iterable[MarkerSentence]) -> list[LabelledSentence]:
    """Near misses bear on nothing, though their words are the notion's."""
    names = notions()
    return [
        LabelledSentence(one.text, names.index(one.notion), one.stance is not Stance.NEAR_MISS) for one in sentences
    ]


def words_of(documents: Iterable[Document]) -> int:
    """How many words the dossiers hold, for the card."""
    return sum(len(document.body.split()) for document in documents)
