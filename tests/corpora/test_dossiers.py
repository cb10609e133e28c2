"""The dossiers are long, each in its own words, and name nobody: their numbers have right keys."""

import re
from itertools import combinations

import pytest
from stdnum.fr import siren, siret

from corpora.gold import squash
from corpora.registry import load_registry
from pipeline.analysis import AnalysisStatus
from pipeline.calls.catalogue import built_in_calls, built_in_content
from tests.corpora.sample_texts import dossier_sources, gold_by_name, page_texts

READABLE = [
    dossier.name
    for dossier in load_registry().dossiers
    if gold_by_name()[dossier.name].status is AnalysisStatus.ANALYSED
]
_SENTENCE_END = re.compile(r"(?<=[.!?;:»])\s+|\n\s*\n|\n(?=[-|#>~^])|\|")
_LONG = 7  # words: shorter stretches are the language's, not an author's


def _sentences(name: str) -> set[str]:
    pieces = [piece for text in dossier_sources(name) for piece in _SENTENCE_END.split(text)]
    return {squash(piece) for piece in pieces if len(re.findall(r"\w{2,}", piece)) >= _LONG}


@pytest.mark.parametrize(("one", "other"), list(combinations(READABLE, 2)))
def test_no_long_sentence_is_shared(one: str, other: str) -> None:
    official = "".join(squash(built_in_content(call).decode()) for call in built_in_calls())
    shared = {sentence for sentence in _sentences(one) & _sentences(other) if sentence not in official}
    assert shared == set()


@pytest.mark.parametrize("name", READABLE)
def test_it_is_as_long_as_a_real_one(name: str) -> None:
    words = sum(len(re.findall(r"\w+", text)) for text in dossier_sources(name))
    assert 2000 <= words <= 4500


@pytest.mark.parametrize("name", READABLE)
def test_its_numbers_have_right_keys(name: str) -> None:
    facts = {fact.name: str(fact.value) for fact in gold_by_name()[name].facts}
    assert siren.is_valid(facts["siren"])
    assert siret.is_valid(facts["siret"])
    assert facts["siret"].startswith(facts["siren"])


def test_the_only_wrong_siret_is_the_planted_one() -> None:
    wrong = {
        (name, number)
        for name in READABLE
        for pages in page_texts(name).values()
        for page in pages
        for number in re.findall(r"\b99\d(?:\s?\d){11}\b|\b299(?:\s?\d){11}\b", page)
        if not siret.is_valid(number.replace("\u00a0", " "))
    }
    assert {(name, squash(number)) for name, number in wrong} == {("la-criee-partagee", "99718305800013")}


def test_each_has_its_own_number() -> None:
    numbers = [fact.value for name in READABLE for fact in gold_by_name()[name].facts if fact.name == "siren"]
    assert len(set(numbers)) == len(READABLE)
