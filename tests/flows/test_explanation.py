"""What the explanation of an analysis says, and how it is laid out."""

import re
from dataclasses import replace

import pytest

from flows.explain import KeptAnalysis
from flows.outputs.explanation import Explanation, first_words, lines, plain_text
from flows.outputs.explanation_models import RULES, card_told, model_notes
from flows.outputs.explanation_parameters import MEANINGS, constants, numeric_constants, rules_told, settings_told
from flows.outputs.explanation_reading import share_in_words
from flows.outputs.explanation_sheet import explain, explanation_page
from flows.settings import Settings
from models.french import FrenchSentences
from pipeline.analysis import Analysis, MarkerEvidence, ModelUsed, Passage, TypeSuggestion
from pipeline.calls.parser import load_call
from pipeline.document import Block, BlockKind, Document, PageState, Span, Word
from pipeline.geometry import BBox
from pipeline.text import in_guillemets
from tests.flows.analyses import analysis, unreadable

CALL = load_call("aquitaine-2014")
TEXT = "Les habitants <b>décident</b> ensemble."
PARTS = (
    "nature",
    "donnees",
    "operations",
    "champs",
    "faits",
    "type",
    "reperes",
    "constats",
    "parametres",
    "versions",
    "machines",
)


def document_of(said: Analysis) -> Document:
    """One sentence on the first page."""
    words = tuple(Word(Span(*found.span()), BBox(50.0, 50.0, 100.0, 60.0), 0) for found in re.finditer(r"\S+", TEXT))
    whole = Span(0, len(TEXT))
    blocks = (Block(whole, BlockKind.PARAGRAPH, 0),)
    return Document(said.dossier, said.files, said.pages, TEXT, len(TEXT), words, (), blocks, ())


def kept(said: Analysis | None = None) -> KeptAnalysis:
    """An analysis with a passage for its first marker and for its types."""
    made = said or analysis(CALL, states=(PageState.TEXT, PageState.OCR, PageState.FAILED))
    first = made.markers[0]
    passage = Passage(first.id, Span(0, len(TEXT)), TEXT, ("décision partagée",))
    shown = (MarkerEvidence(first.id, first.title, (passage,)), *made.markers[1:])
    kind = replace(made.innovation_type, rationale=(Span(0, len(TEXT)),))
    made = replace(made, markers=shown, innovation_type=kind)
    return KeptAnalysis(made, document_of(made), "f" * 64, CALL)


def explained(of: KeptAnalysis | None = None) -> Explanation:
    return explain(of or kept(), Settings())


def text_of(explanation: Explanation) -> str:
    """On one line, with ordinary spaces."""
    return " ".join(plain_text(explanation, 1000).decode().split())


def test_the_parts_follow_the_order_of_the_sheet() -> None:
    assert tuple(part.id for part in explained().parts) == PARTS


def test_the_four_things_that_the_law_asks_for_are_answered() -> None:
    numbers = [part.law[:2] for part in explained().parts if part.law]
    assert sorted(numbers) == ["1°", "2°", "3°", "4°"]


def test_each_part_says_what_was_seen_and_where() -> None:
    text = text_of(explained())
    for said in (
        "page 2 : reconnaissance de caractères (OCR)",
        "page 3 : non lue",
        "1. Lecture des fichiers 3 pages ; texte du fichier : 1 ;",
        "1. Fiche de présentation du porteur absent Raison du champ 1.",
        "Aide demandée 46 500 €",
        "p. 1 : « Les habitants <b>décident</b> ensemble. » – décision partagée",
        "Aucun passage trouvé.",
        "code : aid-above-ceiling",
        "empreinte SHA-256 : " + "f" * 64,
    ):
        assert said in text
    assert "score" not in text.lower()


def test_two_types_share_their_passages_and_the_third_has_none() -> None:
    kind = next(part for part in explained().parts if part.id == "type")
    *each, both = kind.entries
    assert [entry.text for entry in each] == [
        "40,0 % – moins de la moitié",
        "10,0 % – une petite part",
        "50,0 % – environ la moitié",
    ]
    assert [bool(entry.notes) for entry in each] == [False, True, False]
    assert not [entry for entry in each if entry.quotes]
    assert len(both.quotes) == 1


def test_shares_that_nothing_tells_apart_are_said_so() -> None:
    silent = replace(analysis(CALL), innovation_type=TypeSuggestion((), (0.3333, 0.3333, 0.3334), None))
    assert "Les trois parts sont égales" in text_of(explained(kept(silent)))


def test_of_a_dossier_that_was_not_read_no_field_is_accused() -> None:
    closed = unreadable(CALL)
    bare = Document(closed.dossier, closed.files, (), "", 0, (), (), (), ())
    explanation = explained(KeptAnalysis(closed, bare, "f" * 64, CALL))
    ids = {part.id for part in explanation.parts}
    assert ids.isdisjoint({"champs", "faits", "type", "reperes"})
    assert "Non lu. Le fichier est protégé par un mot de passe." in text_of(explanation)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_lines_keep_within_the_width_and_never_open_with_punctuation(width: int) -> None:
    laid = [line.text for line in lines(explained(), width)]
    assert max(len(line) for line in laid) <= width
    assert not [line for line in laid if re.match(r"\s*[:;?!»€%]", line)]


def test_the_same_analysis_gives_the_same_bytes() -> None:
    assert explanation_page(explained()) == explanation_page(explained())


def test_the_page_holds_every_part_and_nothing_of_the_dossier_is_markup() -> None:
    page = explanation_page(explained()).decode()
    assert all(f'id="{part}"' in page for part in PARTS)
    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;b&gt;décident" in page


def test_a_passage_is_named_by_its_first_words() -> None:
    assert first_words("un deux trois", most=3) == "un deux trois"
    assert first_words("un deux, trois", most=2) == "un deux…"
    assert first_words("x" * 200) == "x" * 110 + "…"


@pytest.mark.parametrize("share", [0.0, 0.2999, 0.5, 1.0])
def test_every_share_has_words(share: float) -> None:
    assert share_in_words(share)


def test_constants_are_read_from_the_code() -> None:
    source = "A = 8\nB, C = 0.5, 2\n_HIDDEN = 3\nNAME = 'x'\nFLAG = True\nBAR = Bar(least=0.1, share=1)\nlow = 4\n"
    assert list(numeric_constants(source)) == [
        ("A", "8"),
        ("B", "0,5"),
        ("C", "2"),
        ("BAR", "least 0,1, share 1"),
    ]


def test_every_meaning_is_that_of_a_constant_of_the_code() -> None:
    """A constant that went or was renamed takes its meaning with it: mend `MEANINGS`."""
    assert set(MEANINGS) <= {constant.place for constant in constants()}


def test_settings_say_whether_they_are_the_usual_ones() -> None:
    told = settings_told(Settings(ocr=False))
    assert "lecture des pages numérisées (OCR) : non (REPERES_OCR, valeur choisie ici)" in told
    assert any("REPERES_MAX_PAGES, valeur habituelle" in line for line in told)


def test_rules_of_the_call_are_quoted_in_one_line_with_their_place() -> None:
    told = rules_told(CALL)
    assert len(told) == len(CALL.checks)
    assert not [line for line in told if "\n" in line or not line.endswith(")")]
    assert told[0].startswith(in_guillemets(CALL.checks[0].wording))


def test_models_without_a_card_are_described_or_said_to_have_none() -> None:
    assert FrenchSentences.name in RULES
    models = (ModelUsed(FrenchSentences.name, "1"), ModelUsed("tesseract 5.3.0 (fra)", "2"), ModelUsed("autre", "3"))
    told = dict(model_notes(models))
    assert told[models[0]] == (RULES[FrenchSentences.name],)
    assert "reconnaissance de caractères" in told[models[1]][0]
    assert "Aucune fiche" in told[models[2]][0]


def test_a_card_is_told_in_french_and_what_is_too_long_is_counted() -> None:
    card = {
        "data": {"dossiers": 96, "sha256": "a" * 64},
        "measures": {"dev": {"accuracy": 0.81234}},
        "not_for": "Noter un repère.",
        "notions": [str(number) for number in range(40)],
        "weights_sha256": "b" * 64,
        "nothing": None,
    }
    assert list(card_told(card)) == [
        "données d'apprentissage : dossiers 96, empreinte aaaaaaaaaaaa…",
        "mesures : mise au point (exactitude 0,8123)",
        "emploi interdit : Noter un repère.",
        "notions apprises : 40 entrées",
    ]
