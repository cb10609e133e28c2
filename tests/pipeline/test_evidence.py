"""Markers that nothing was learned of, by their words: what must be found in made-up dossiers, and what must not."""

from dataclasses import replace

import pytest

from models.encoder.running import load_encoder
from models.french import FrenchSentences
from pipeline.analysis import MarkerEvidence, Section, SectionStatus
from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from pipeline.document import Document, Span
from pipeline.evidence import marker_evidence, readings, understand
from pipeline.evidence.selection import MOST, MOST_WORDS
from pipeline.sentences import sentences
from tests.pipeline.builders import document_from_text
from tests.pipeline.dossiers import DOSSIERS, Annotated
from tests.pipeline.readers import UntaughtReader

SPLITTER, ENCODER = FrenchSentences(), load_encoder(threads=1)
NEGATIVE = "formulation négative ou réservée"


def _found(document: Document, call: Call, *sections: Section) -> tuple[MarkerEvidence, ...]:
    dossier = understand(readings(document, call, sentences(document, SPLITTER)), ENCODER, UntaughtReader())
    return marker_evidence(document, call, dossier, ENCODER, sections=sections)


def _evidence(text: str, call: str = "aquitaine-2014") -> tuple[Document, dict[str, MarkerEvidence]]:
    document = document_from_text(text)
    return document, {marker.id: marker for marker in _found(document, load_call(call))}


def _quotes(marker: MarkerEvidence) -> list[str]:
    return [passage.quote for passage in marker.passages]


@pytest.fixture(scope="module", params=sorted(DOSSIERS))
def annotated(request: pytest.FixtureRequest) -> tuple[Annotated, Document, dict[str, MarkerEvidence]]:
    dossier = DOSSIERS[request.param]
    return dossier, *_evidence(dossier.text, dossier.call)


Read = tuple[Annotated, Document, dict[str, MarkerEvidence]]


def test_what_was_annotated_is_found(annotated: Read) -> None:
    dossier, _, markers = annotated
    missed = {
        (marker, words)
        for marker, wanted in dossier.marked.items()
        for words in wanted
        if not any(words in quote for quote in _quotes(markers[marker]))
    }
    assert missed == set()


def test_nothing_is_shown_where_the_dossier_is_silent(annotated: Read) -> None:
    dossier, _, markers = annotated
    assert {marker: _quotes(markers[marker]) for marker in dossier.silent} == {marker: [] for marker in dossier.silent}


def test_formulas_cv_lines_and_near_misses_are_not_shown(annotated: Read) -> None:
    dossier, _, markers = annotated
    shown = [quote for marker in markers.values() for quote in _quotes(marker)]
    assert [quote for quote in shown if any(words in quote for words in dossier.never)] == []


def test_passages_are_few_short_ordered_and_quoted(annotated: Read) -> None:
    dossier, document, markers = annotated
    assert list(markers) == [marker.id for marker in load_call(dossier.call).markers]
    for marker in markers.values():
        spans = [passage.span for passage in marker.passages]
        assert len(spans) <= MOST
        assert spans == sorted(spans)
        for passage in marker.passages:
            assert passage.quote == document.quote(passage.span)
            assert len(passage.quote.split()) <= MOST_WORDS
            assert passage.cues
            said = [cue for cue in passage.cues if not cue.startswith("sous le titre")]
            assert not any(char.isdigit() for cue in said for char in cue)


def test_the_same_dossier_gives_the_same_passages(annotated: Read) -> None:
    dossier, _, markers = annotated
    assert _evidence(dossier.text, dossier.call)[1] == markers


@pytest.mark.parametrize(
    ("marker", "sentence"),
    [
        ("place-des-beneficiaires", "Les bénéficiaires n'ont pas encore été consultés."),
        ("place-des-beneficiaires", "Le projet a été conçu en interne, sans consulter les habitants."),
        ("place-de-la-recherche", "Aucun chercheur n'est associé à notre démarche pour l'instant."),
        ("gouvernance", "Nous n'avons pas de comité de pilotage."),
        ("ressources", "Le modèle économique reste à trouver."),
        ("nature-du-collectif", "Le collectif est uniquement composé de retraités du village."),
        ("accessibilite", "Le local n'est pas accessible aux personnes en fauteuil."),
        ("environnement", "Nous n'avons fait aucun bilan carbone de nos déplacements."),
        ("rupture", "Rien de nouveau ici : nous faisons comme d'autres le font ailleurs."),
    ],
)
def test_evidence_against_a_marker_counts(marker: str, sentence: str) -> None:
    _, markers = _evidence(f"Une association de village.\n\n{sentence}\n\nElle existe depuis 2009.")
    assert _quotes(markers[marker]) == [sentence]
    assert NEGATIVE in markers[marker].passages[0].cues


@pytest.mark.parametrize(
    ("marker", "sentence"),
    [
        ("place-de-la-recherche", "L'évaluation foncière du terrain est en cours."),
        ("place-de-la-recherche", "Elle accompagne les personnes en recherche d'emploi."),
        ("logique-de-service", "Le service comptable tient les écritures de l'association."),
        ("logique-de-service", "Une jeune en service civique nous a rejoints."),
        ("environnement", "Le collège utilise un environnement numérique de travail."),
        ("gouvernance", "Secrétaire de mairie depuis 2003, membre du comité des fêtes."),
        ("accessibilite", "Téléphone portable : 06 00 00 00 00."),
        ("rupture", "Une rupture conventionnelle a été signée en mars."),
        ("nature-du-collectif", "La convention collective de l'animation s'applique."),
        ("ressources", "L'équilibre alimentaire des enfants est suivi par une diététicienne."),
    ],
)
def test_the_same_words_with_another_meaning_are_not_evidence(marker: str, sentence: str) -> None:
    _, markers = _evidence(f"Une association de village.\n\n{sentence}\n\nElle existe depuis 2009.")
    assert _quotes(markers[marker]) == []


def test_a_passage_takes_the_sentence_before_when_it_leans_on_it() -> None:
    text = (
        "Douze habitants volontaires forment un groupe. Ils co-construisent avec les usagers chaque étape du service."
    )
    _, markers = _evidence(text)
    assert _quotes(markers["place-des-beneficiaires"]) == [text]


def test_a_passage_that_opens_a_list_takes_its_entries() -> None:
    _, markers = _evidence("Le collectif réunit :\n- la commune et l'école ;\n- deux entreprises ;\n- des habitants.")
    (quote,) = _quotes(markers["nature-du-collectif"])
    assert quote.startswith("Le collectif réunit")
    assert quote.endswith("des habitants.")


def test_what_is_said_twice_is_shown_once() -> None:
    sentence = "Le comité de pilotage se réunit chaque trimestre avec les habitants et les élus."
    _, markers = _evidence(f"{sentence}\n\nAutre chose.\n\n{sentence}")
    assert _quotes(markers["gouvernance"]) == [sentence]


def test_the_call_s_own_wording_is_not_evidence() -> None:
    call = load_call("aquitaine-2014")
    territorial = next(kind for kind in call.types if kind.id == "territoriale")
    _, markers = _evidence(f"Notre association.\n\n{territorial.definition}\n\nElle existe depuis 2009.")
    assert [quote for marker in markers.values() for quote in _quotes(marker)] == []


def test_an_answer_to_the_right_field_helps_a_sentence() -> None:
    document = document_from_text("Le bureau et les réunions rythment la vie du groupe de façon régulière depuis 2012.")
    call = load_call("aquitaine-2014")
    section = Section("7", "Moyens", SectionStatus.PRESENT, "", (Span(0, document.body_end),))
    before, after = _found(document, call), _found(document, call, section)
    counts = [sum(len(marker.passages) for marker in found) for found in (before, after)]
    assert counts[0] <= counts[1]


def test_levels_of_the_markers_are_not_read() -> None:
    dossier = DOSSIERS["epicerie"]
    document = document_from_text(dossier.text)
    call = load_call(dossier.call)
    blind = replace(call, markers=tuple(replace(marker, levels=()) for marker in call.markers))
    assert _found(document, call) == _found(document, blind)
