"""A dossier as its reader is given it, and what is kept of what the reader says."""

import numpy as np
import pytest

from models.french import FrenchSentences
from pipeline.calls.parser import load_call
from pipeline.evidence.context import Reading, readings
from pipeline.evidence.lines import dossier_lines
from pipeline.evidence.understood import understand
from pipeline.protocols import LineKind, ReadLine
from pipeline.sentences import sentences
from tests.pipeline.builders import document_from_text
from tests.pipeline.readers import ToldReader, UntaughtReader, WordVectors

CALL = load_call("aquitaine-2014")
ENCODER = WordVectors()
DOSSIER = """
# Le camion

Nous vendons du pain frais. Les voisins nous ont aidés.

Un autre paragraphe suit.

## Nos outils

Nous avons besoin de :
- une grande salle ;
- un four électrique.

| Salaires | 100 € |
"""


def _readings(text: str) -> tuple[Reading, ...]:
    document = document_from_text(text)
    return readings(document, CALL, sentences(document, FrenchSentences()))


def test_headings_stand_once_before_what_is_under_them() -> None:
    read = dossier_lines(_readings(DOSSIER))
    assert read.lines == (
        ReadLine("Le camion", LineKind.HEADING),
        ReadLine("Nous vendons du pain frais.", LineKind.PARAGRAPH),
        ReadLine("Les voisins nous ont aidés.", LineKind.CONTINUED),
        ReadLine("Un autre paragraphe suit.", LineKind.PARAGRAPH),
        ReadLine("Nos outils", LineKind.HEADING),
        ReadLine("Nous avons besoin de :", LineKind.PARAGRAPH),
        ReadLine("une grande salle ;", LineKind.ITEM),
        ReadLine("un four électrique.", LineKind.ITEM),
        ReadLine("Salaires 100 €", LineKind.ROW),
    )
    assert read.places == (1, 2, 3, 5, 6, 7, 8)


def test_places_are_those_of_the_readings() -> None:
    dossier = _readings(DOSSIER)
    read = dossier_lines(dossier)
    assert [read.lines[place].text for place in read.places] == [reading.text for reading in dossier]


def test_the_reader_is_given_headings_and_their_vectors() -> None:
    reader = ToldReader({"ressources": {}})
    understand(_readings(DOSSIER), ENCODER, reader)
    assert reader.lines == dossier_lines(_readings(DOSSIER)).lines
    assert np.array_equal(reader.vectors, ENCODER.encode([line.text for line in reader.lines]))


def test_each_sentence_keeps_what_is_said_of_it_and_headings_nothing() -> None:
    reader = ToldReader(
        {"service": {"pain": 0.8, "camion": 1.0}, "ressources": {"Salaires": 0.6}}, {"service": {"pain": 0.2}}
    )
    dossier = _readings(DOSSIER)
    understood = understand(dossier, ENCODER, reader)
    assert understood.readings == dossier
    assert (understood.notions, understood.parts) == (("service", "ressources"), ("moyens",))
    assert understood.told_of("service").tolist() == pytest.approx([0.5, 0, 0, 0, 0, 0, 0])
    assert understood.told_of("ressources").tolist() == pytest.approx([0, 0, 0, 0, 0, 0, 0.3])
    assert understood.answers.tolist() == [[0], [0], [0], [0], [0], [0], [1]]
    assert np.array_equal(understood.vectors, ENCODER.encode([reading.text for reading in dossier]))


def test_of_a_notion_that_was_not_learned_nothing_can_be_told() -> None:
    understood = understand(_readings(DOSSIER), ENCODER, UntaughtReader())
    assert understood.speaks.shape == understood.answers.shape == (7, 0)
    with pytest.raises(ValueError, match="tuple"):
        understood.told_of("service")


def test_a_dossier_without_a_sentence_is_understood_as_nothing() -> None:
    understood = understand((), ENCODER, ToldReader({"service": {}}))
    assert understood.readings == ()
    assert understood.speaks.shape == (0, 1)
    assert understood.answers.shape == (0, 1)
