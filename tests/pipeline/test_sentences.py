"""Sentences of a document: within blocks, without furniture, list entries with what introduces them."""

from itertools import pairwise

import pytest

from models.french import FrenchSentences
from pipeline.document import BlockKind, Document
from pipeline.sentences import Sentence, sentences
from tests.pipeline.builders import document_from_text

SPLITTER = FrenchSentences()


def _quoted(text: str) -> tuple[Document, tuple[Sentence, ...], list[str]]:
    document = document_from_text(text)
    found = sentences(document, SPLITTER)
    return document, found, [document.quote(sentence.span) for sentence in found]


def test_sentences_stay_within_their_block() -> None:
    _, found, quoted = _quoted("# Le projet\n\nUn café. Il ouvre le soir\n\nune suite sans majuscule.")
    assert quoted == ["Le projet", "Un café.", "Il ouvre le soir", "une suite sans majuscule."]
    assert [sentence.block for sentence in found] == [0, 1, 1, 2]


def test_furniture_is_left_out() -> None:
    _, _, quoted = _quoted("~ Page 1 sur 2\n\nUn café.\n\n~ Association Le Lavoir")
    assert quoted == ["Un café."]


def test_list_entries_lose_their_bullet_and_know_their_introduction() -> None:
    document, found, quoted = _quoted(
        "Il y a trois ans. Le collectif réunit :\n- des habitants ;\n• la commune.\n\nVoilà."
    )
    assert quoted[2:4] == ["des habitants ;", "la commune."]
    assert [sentence.kind for sentence in found[2:4]] == [BlockKind.ITEM] * 2
    leads = [sentence.lead for sentence in found]
    assert leads[0] is leads[1] is leads[4] is None
    assert [document.quote(lead) for lead in leads[2:4] if lead] == ["Le collectif réunit :"] * 2


def test_a_list_without_introduction_has_no_lead() -> None:
    _, found, _ = _quoted("Nous sommes trois.\n- un maire\n- un boulanger")
    assert [sentence.lead for sentence in found] == [None] * 3


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "| Poste | Montant |\n| Salaires. Charges | 12 000 € |\n| | |",
            ["Poste Montant", "Salaires. Charges 12 000 €"],
        ),
        (
            "| Charges | € | Produits | € |\n| Salaires | 12 000 | Région | 9 000 |\n| Total | 12 000 | | |",
            ["Charges € Produits €", "Salaires 12 000", "Région 9 000", "Total 12 000"],
        ),
        (
            "| 60 | Achats | 5 000 | 70 | Ventes | 3 000 |\n| 64 | Personnel | 8 000 | 74 | Région | 10 000 |",
            ["60 Achats 5 000", "70 Ventes 3 000", "64 Personnel 8 000", "74 Région 10 000"],
        ),
        (
            "| Poste | Année 1 | Année 2 |\n| Salaires | 10 000 | 12 000 |",
            ["Poste Année 1 Année 2", "Salaires 10 000 12 000"],
        ),
        (
            "| Objectifs | " + "Nous voulons rouvrir le café du bourg. " * 3 + "|",
            ["Objectifs", *["Nous voulons rouvrir le café du bourg."] * 3],
        ),
    ],
)
def test_rows_are_units_unless_they_hold_prose(table: str, expected: list[str]) -> None:
    _, _, quoted = _quoted(table)
    assert quoted == expected


def test_a_sentence_says_on_which_page_it_starts() -> None:
    _, found, _ = _quoted("Un.\f\nDeux.\f\nTrois.")
    assert [sentence.page for sentence in found] == [0, 1, 2]


def test_every_word_of_the_body_is_in_one_sentence() -> None:
    text = "Art. 3 : voir M. Dupont… Oui !\n\n- premier ;\n- second\n\n[Nom] Le Lavoir\n\n!! à revoir"
    document, found, _ = _quoted(text)
    inside = [word for word in document.words if any(sentence.span.contains(word.span) for sentence in found)]
    outside = [document.quote(word.span) for word in document.words if word not in inside]
    assert outside == ["-", "-"]
    spans = [sentence.span for sentence in found]
    assert spans == sorted(spans)
    assert not any(first.overlaps(second) for first, second in pairwise(spans))
