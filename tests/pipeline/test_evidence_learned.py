"""Markers whose notion the reader has learned: its word decides, and what is shown says why."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from models.french import FrenchSentences
from pipeline.analysis import MarkerEvidence
from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from pipeline.evidence import marker_evidence, readings, understand
from pipeline.evidence.reasons import BY_MEANING, RESERVED
from pipeline.evidence.selection import MOST
from pipeline.evidence.weighing import LEARNED
from pipeline.sentences import sentences
from tests.pipeline.builders import document_from_text
from tests.pipeline.readers import ToldReader, WordVectors

CALL = load_call("aquitaine-2014")
SPLITTER, ENCODER = FrenchSentences(), WordVectors()
NOTION = "gouvernance"
# Sentences without any word of the marker.
SAID = (
    "Les adhérents choisissent leurs horaires au printemps.",
    "Un boulanger prête son four le dimanche matin.",
    "La cour accueille une trentaine de vélos rouges.",
    "Deux jardiniers vendent des plants sous la halle.",
    "Quatre enfants peignent un mur près du canal.",
    "Le facteur apporte aussi les médicaments urgents.",
    "Une horlogère répare gratuitement les pendules anciennes.",
    "Sept poules picorent derrière la mairie annexe.",
    "Des lycéens traduisent les menus en portugais.",
    "Mon oncle raconte la crue de 1981 aux passants.",
    "Cinq retraitées cousent des rideaux pour la scène.",
)


def _all(text: str, told: Mapping[str, float], call: Call = CALL) -> dict[str, MarkerEvidence]:
    document = document_from_text(text)
    reader = ToldReader({NOTION: told})
    dossier = understand(readings(document, call, sentences(document, SPLITTER)), ENCODER, reader)
    return {marker.id: marker for marker in marker_evidence(document, call, dossier, ENCODER)}


def _shown(text: str, told: Mapping[str, float]) -> list[str]:
    return [passage.quote for passage in _all(text, told)["gouvernance"].passages]


def _cues(text: str, words: str) -> tuple[str, ...]:
    (passage,) = _all(text, {words: 0.9})["gouvernance"].passages
    return passage.cues


def _written(*said: str) -> str:
    return "\n\n".join(said)


def test_the_reader_decides_whatever_the_words() -> None:
    board = "Le comité de pilotage se réunit chaque trimestre."
    assert _shown(_written(board, SAID[0]), {SAID[0]: 0.9}) == [SAID[0]]
    assert _shown(_written(board, SAID[0]), {}) == []


def test_nothing_is_shown_when_nothing_speaks_plainly() -> None:
    told = {SAID[0]: LEARNED.spoken - 0.01, SAID[1]: LEARNED.least + 0.01}
    assert _shown(_written(*SAID), told) == []
    assert _shown(_written(*SAID), {SAID[0]: LEARNED.spoken + 0.01}) == [SAID[0]]


@pytest.mark.parametrize(
    ("best", "bar"), [(0.9, LEARNED.share * 0.9), (LEARNED.spoken, max(LEARNED.least, LEARNED.share * LEARNED.spoken))]
)
def test_a_sentence_is_shown_from_a_share_of_the_heaviest_on(best: float, bar: float) -> None:
    told = {SAID[0]: best, SAID[1]: bar - 0.01, SAID[2]: bar + 0.01}
    assert _shown(_written(*SAID), told) == [SAID[0], SAID[2]]


def test_the_heaviest_are_shown_in_the_order_of_the_document() -> None:
    told = {said: 0.9 - 0.02 * (index * 5 % len(SAID)) for index, said in enumerate(SAID)}
    heaviest = sorted(SAID, key=lambda said: -told[said])[:MOST]
    shown = _shown(_written(*SAID), told)
    assert len(shown) == MOST < len(SAID)
    assert shown == [said for said in SAID if said in heaviest]


def test_what_is_said_twice_is_shown_once_where_it_is_plainest() -> None:
    again = SAID[0].replace("leurs horaires", "tous leurs horaires")
    assert _shown(_written(SAID[0], SAID[1], again), {SAID[0]: 0.5, again: 0.9}) == [again]


def test_the_wording_of_the_call_is_never_shown() -> None:
    definition = next(kind for kind in CALL.types if kind.id == "territoriale").definition
    told = dict.fromkeys((SAID[0], *definition.split(". ")), 1.0)
    assert _shown(_written(SAID[0], definition, SAID[1]), told) == [SAID[0]]


def test_words_of_the_marker_are_reasons() -> None:
    cues = _cues("Le comité de pilotage se réunit chaque trimestre avec les élus.", "comité de pilotage")
    assert cues
    assert not {BY_MEANING, RESERVED} & set(cues)


def test_a_heading_that_announces_the_marker_is_a_reason() -> None:
    assert _cues(f"# Gouvernance\n\n{SAID[0]}", SAID[0]) == ("sous le titre «\u00a0Gouvernance\u00a0»",)
    assert _cues(f"# Nos vélos\n\n{SAID[0]}", SAID[0]) == (BY_MEANING,)


def test_a_passage_without_the_usual_words_is_shown_by_its_meaning() -> None:
    assert _cues(_written(*SAID), SAID[3]) == ("par le sens de la phrase, sans les mots habituels du repère",)


def test_a_negation_is_said() -> None:
    cues = _cues("Nous n'avons pas de comité de pilotage.", "comité de pilotage")
    assert cues[-1] == RESERVED
    assert BY_MEANING not in cues


def test_markers_that_were_not_learned_go_by_words_beside_those_that_were() -> None:
    researcher = "Une chercheuse de l'université évalue la démarche avec les habitants."
    markers = _all(_written(SAID[0], researcher), {SAID[0]: 0.9})
    assert [marker.id for marker in CALL.markers] == list(markers)
    assert [passage.quote for passage in markers["gouvernance"].passages] == [SAID[0]]
    assert [passage.quote for passage in markers["place-de-la-recherche"].passages] == [researcher]


def test_levels_of_the_markers_are_not_read() -> None:
    blind = replace(CALL, markers=tuple(replace(marker, levels=()) for marker in CALL.markers))
    told = {SAID[0]: 0.9, SAID[4]: 0.4}
    assert _all(_written(*SAID), told) == _all(_written(*SAID), told, blind)
