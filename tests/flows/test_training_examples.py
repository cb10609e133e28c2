"""What the reader learns from: labels of lines, of passages and of sentences, by notion and part."""

import numpy as np
from numpy.typing import NDArray

from corpora.applications import FIELD_PARTS, PARTS, Application, ApplicationLine
from corpora.notions import load_notions
from corpora.phrasebook import MarkerSentence, Stance
from flows.training.examples import (
    ANNOUNCED,
    LABELLED_PARTS,
    from_application,
    from_dossier,
    from_phrasebook,
    notions,
    words_of,
)
from models.french import FrenchSentences
from models.reader.training import BORNE_ON, DECISIVE, LabelledSentence
from pipeline.calls.parser import load_call
from pipeline.evidence import readings
from pipeline.protocols import LineKind, ReadLine
from pipeline.sentences import sentences
from tests.evaluation.golds import DECISIVE as DECISIVE_PASSAGE
from tests.evaluation.golds import USEFUL, gold
from tests.pipeline.builders import document_from_text

NOTHING: frozenset[str] = frozenset()
CALL = load_call("alpc-2016")


def _labels(marks: NDArray[np.int8]) -> dict[tuple[int, str], int]:
    return {(int(row), notions()[column]): int(marks[row, column]) for row, column in np.argwhere(marks)}


def test_notions_and_parts_have_a_fixed_order() -> None:
    assert notions() == tuple(load_notions())
    assert LABELLED_PARTS[: len(PARTS)] == PARTS
    assert LABELLED_PARTS[len(PARTS) :] == tuple(ANNOUNCED + part for part in FIELD_PARTS)


def test_lines_of_an_application_keep_their_labels() -> None:
    application = Application(
        name="essai",
        call="alpc-2016",
        types=("services",),
        about="Un essai.",
        lines=(
            ApplicationLine(LineKind.HEADING, "Moyens", NOTHING, frozenset({"moyens", "autre"}), NOTHING, NOTHING),
            ApplicationLine(
                LineKind.PARAGRAPH,
                "Le comité et la chercheuse se réunissent.",
                frozenset({"moyens", "recherche"}),
                NOTHING,
                frozenset({"gouvernance", "recherche"}),
                frozenset({"gouvernance"}),
            ),
        ),
    )
    learned = from_application(application)
    assert learned.lines == tuple(ReadLine(line.text, line.kind) for line in application.lines)
    assert _labels(learned.marks) == {(1, "gouvernance"): DECISIVE, (1, "recherche"): BORNE_ON}
    assert learned.known.all()
    assert learned.answers is not None
    answered = {(int(row), LABELLED_PARTS[column]) for row, column in np.argwhere(learned.answers)}
    assert answered == {(0, "~moyens"), (1, "moyens"), (1, "recherche")}


def test_gold_passages_label_the_sentences_that_they_hold() -> None:
    document = document_from_text(f"# La loge\n\nUne régie de quartier.\n\n{DECISIVE_PASSAGE} {USEFUL}\n\nOui.")
    dossier = readings(document, CALL, sentences(document, FrenchSentences()))
    learned = from_dossier(gold(), CALL, dossier)
    texts = [line.text for line in learned.lines]
    assert learned.lines[0] == ReadLine("La loge", LineKind.HEADING)
    assert _labels(learned.marks) == {
        (texts.index(DECISIVE_PASSAGE), "gouvernance"): DECISIVE,
        (texts.index(USEFUL), "gouvernance"): BORNE_ON,
    }
    assert learned.answers is None


def test_only_the_notions_of_the_call_were_looked_for() -> None:
    document = document_from_text("Une régie de quartier.")
    learned = from_dossier(gold(), CALL, readings(document, CALL, sentences(document, FrenchSentences())))
    looked_for = {name for name, known in zip(notions(), learned.known, strict=True) if known}
    assert looked_for == {marker.notion for marker in CALL.markers}
    assert looked_for < set(notions())


def test_near_misses_bear_on_nothing() -> None:
    told = [
        MarkerSentence("recherche", Stance.FOR, True, "Une chercheuse nous suit."),
        MarkerSentence("recherche", Stance.AGAINST, True, "Aucun chercheur ne nous suit."),
        MarkerSentence("recherche", Stance.NEAR_MISS, False, "Elle est en recherche d'emploi."),
    ]
    column = notions().index("recherche")
    assert from_phrasebook(told) == [
        LabelledSentence(one.text, column, bears) for one, bears in zip(told, (True, True, False), strict=True)
    ]


def test_words_of_bodies_are_counted() -> None:
    documents = [document_from_text("~ En-tête\n\nUn deux trois."), document_from_text("Quatre cinq.")]
    assert words_of(documents) == 5
