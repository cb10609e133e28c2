"""The dossiers are long, each in its own words, and name nobody: their numbers have right keys."""

import re

import pytest
from stdnum.fr import siren, siret

from corpora.registry import load_registry
from evaluation.near_duplicates import near_duplicates
from pipeline.analysis import AnalysisStatus
from pipeline.text import fold
from tests.corpora.corpus_texts import gold_by_name, official_wording, page_texts, sentences_by_dossier

READABLE = [
    dossier.name
    for dossier in load_registry().dossiers
    if gold_by_name()[dossier.name].status is AnalysisStatus.ANALYSED
]
# What every applicant writes: the call's name, who is written to, what is asked, dates, closing words of a letter.
_FORMULA = re.compile(
    r"appel a manifestation|\bami\b.*innovation sociale|president du conseil regional|agreer|exercice"
    r"|comptes? previsionnels?|(?:sollicit|demand).*region|region nous demandons|\b20\d\d\b.*\b20\d\d\b"
    r"|\bsiren\b|\bsiret\b|^94\.?99z|innovation sociale de services|^\W*statuts adoptes"
)


def test_no_dossier_shares_its_sentences() -> None:
    shared = [
        (pair.first, pair.second, pair.first_text)
        for pair in near_duplicates(sentences_by_dossier(), official=official_wording())
        if not _FORMULA.search(fold(pair.first_text))
    ]
    assert shared == []


@pytest.mark.parametrize("name", READABLE)
def test_it_is_as_long_as_a_real_one(name: str) -> None:
    words = sum(len(re.findall(r"\w+", sentence)) for sentence in sentences_by_dossier()[name])
    assert 1500 <= words <= 4800


@pytest.mark.parametrize("name", READABLE)
def test_its_numbers_have_right_keys(name: str) -> None:
    """But for a planted error, told among the defects of the dossier."""
    gold = gold_by_name()[name]
    facts = {fact.name: str(fact.value) for fact in gold.facts}
    if "siren" in facts:
        assert siren.is_valid(facts["siren"])
        assert facts.get("siret", facts["siren"]).startswith(facts["siren"])
    if "siret" in facts and not any(defect.code == "invalid-siret" for defect in gold.defects):
        assert siret.is_valid(facts["siret"])


def test_the_only_wrong_sirets_are_the_planted_ones() -> None:
    wrong = {
        name
        for name in READABLE
        for pages in page_texts(name).values()
        for page in pages
        for number in re.findall(r"\b99\d(?:\s?\d){11}\b|\b299(?:\s?\d){11}\b", page)
        if not siret.is_valid(number.replace("\u00a0", " "))
    }
    planted = {gold.dossier for gold in gold_by_name().values() for one in gold.defects if one.code == "invalid-siret"}
    assert wrong == planted


def test_each_has_its_own_number() -> None:
    numbers = [fact.value for name in READABLE for fact in gold_by_name()[name].facts if fact.name == "siren"]
    assert len(set(numbers)) == len(numbers)
