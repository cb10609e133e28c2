"""French sentence splitting: what ends a sentence and what does not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.french import FrenchSentences, FrenchStemmer

SPLITTER = FrenchSentences()

# Sentences are separated by " | ".
ANNOTATED = [
    "M. Dupont et Mme X. Martin vivent au 4, av. Foch. | Ils cherchent, cf. art. 3, une aide.",
    "J.-P. Durand, né à St. Paul, a 12.5 ha. | Il en loue 3,5.",
    "Le n° 4 coûte 40.000 € HT. | 40 familles sont venues (env. 90 pers. au total).",
    "Nous vendons du pain, des fruits, etc. | Nous livrons aussi.",
    "Nous vendons du pain, des fruits, etc. et nous livrons.",
    "« On n'en peut plus. » | Voilà ce que disent les familles ! | Et vous ?",
    "Il répond : « Venez ! » et part.",
    "Le site www.exemple.fr ferme… puis rouvre. | Tél. 05 00 00 00 00.",
    "1. Contexte du projet. | Un village.",
    "Elle occupe le lot B. | Nous occupons le lot C.",
    "Trois actions : | • accueillir | • former",
    "Sans ponctuation finale",
    "Attendez... | Nous arrivons.",
    "Le Dr. Petit signe. | La SCOP suit.",
]


@pytest.mark.parametrize("annotated", ANNOTATED)
def test_sentences_are_cut_where_annotated(annotated: str) -> None:
    text = annotated.replace(" | ", " ")
    assert [text[span.start : span.end] for span in SPLITTER.split(text)] == annotated.split(" | ")


def test_a_line_end_is_a_sentence_end() -> None:
    text = "Premier point\nsecond point"
    assert [text[span.start : span.end] for span in SPLITTER.split(text)] == ["Premier point", "second point"]


@given(st.text(alphabet="Aé b1.…!?«»\"'()\n\t-•,;M", max_size=60))
def test_every_visible_character_is_in_one_span(text: str) -> None:
    spans = SPLITTER.split(text)
    covered = [index for span in spans for index in range(span.start, span.end)]
    assert len(covered) == len(set(covered))
    assert all(index in set(covered) for index, char in enumerate(text) if not char.isspace())
    assert all(text[span.start : span.end] == text[span.start : span.end].strip() for span in spans)


def test_splitting_is_quick() -> None:
    text = "Les habitants de la vallée se retrouvent chaque mois. Ils décident ensemble, cf. art. 3. " * 400
    started = time.thread_time()
    SPLITTER.split(text)
    assert len(text) / (time.thread_time() - started) > 50_000  # characters a second of the processor


def test_the_digest_is_stable_and_says_the_rules() -> None:
    assert FrenchSentences().digest == SPLITTER.digest
    assert len(SPLITTER.digest) == 64


def test_stems_bring_inflected_forms_together() -> None:
    stemmer = FrenchStemmer()
    assert len(set(stemmer.stems(["habitant", "habitants", "Habitante", "HABITANTES"]))) == 1
    assert stemmer.stem("gouvernance") != stemmer.stem("gouverneur")
