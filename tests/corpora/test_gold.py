"""Gold labels are well formed, follow the calls, and stand in the PDFs."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from corpora.collection import SAMPLES
from corpora.conformity import gold_problems
from corpora.gold import GoldMarker, InvalidGold, find_quote, load_gold, missing_quotes, squash
from corpora.registry import load_registry
from pipeline.analysis import AnalysisStatus, SectionStatus
from pipeline.calls.parser import load_call
from pipeline.contract import CONTRACT_FACTS
from tests.corpora.corpus_texts import folder_of, gold_by_name, page_texts, recipes_by_name

DOSSIERS = [dossier.name for dossier in load_registry().dossiers]
READABLE = [name for name in DOSSIERS if gold_by_name()[name].status is AnalysisStatus.ANALYSED]


@pytest.mark.parametrize("name", DOSSIERS)
def test_files_are_those_of_the_dossier(name: str) -> None:
    gold = gold_by_name()[name]
    folder = folder_of(gold)
    assert folder.name == (name if len(gold.files) > 1 else gold.call)
    pictures = {file.output.name for file in recipes_by_name()[name].files if file.is_picture}
    assert all((folder / file).is_file() for file in gold.files if file not in pictures)


@pytest.mark.parametrize("name", READABLE)
def test_labels_follow_the_call(name: str) -> None:
    gold = gold_by_name()[name]
    assert gold_problems(gold, load_call(gold.call)) == []
    assert {fact.name for fact in gold.facts} <= set(CONTRACT_FACTS)


@pytest.mark.parametrize("name", READABLE)
def test_every_label_stands_in_its_pdf(name: str) -> None:
    assert missing_quotes(gold_by_name()[name], page_texts(name)) == []


def test_a_marker_that_is_spoken_of_mostly_has_two_passages_at_least() -> None:
    counts = Counter(len(marker.passages) for gold in gold_by_name().values() for marker in gold.markers)
    assert counts[1] < 0.02 * counts.total()


def test_the_dossiers_show_every_status_and_many_defects() -> None:
    golds = gold_by_name().values()
    assert {section.status for gold in golds for section in gold.sections} == set(SectionStatus)
    codes = Counter(defect.code for gold in golds for defect in gold.defects)
    assert codes.keys() >= {
        "accounts-horizon",
        "aid-above-ceiling",
        "annexe-missing",
        "budget-unbalanced",
        "invalid-siret",
        "length-limit",
        "seat-outside-region",
        "type-mismatch",
        "unreadable-file",
        "unsigned-statutes",
    }


def test_some_dossiers_are_silent_on_a_marker() -> None:
    silent = [name for name in READABLE if any(not m.passages for m in gold_by_name()[name].markers)]
    assert len(silent) >= 3


def test_a_wrong_page_or_wording_is_told() -> None:
    gold = gold_by_name()["veilleurs-du-medoc"]
    marker = next(marker for marker in gold.markers if marker.passages)
    passage = marker.passages[0]
    wrong = (replace(passage, page=passage.page + 3), replace(passage, text="Rien de tel n'est écrit ici, jamais."))
    spoilt = replace(gold, markers=(GoldMarker(marker.id, wrong),), sections=(), facts=(), defects=())
    assert len(missing_quotes(spoilt, page_texts(gold.dossier))) == 2


def test_a_quote_may_run_on_over_a_page_break() -> None:
    pages = [squash("Début de page. Le Conseil des anciens"), squash("se réunit chaque mois. Fin.")]
    assert find_quote(squash("Le Conseil des anciens se réunit chaque mois."), pages) == (0, len("debutdepage"))
    assert find_quote(squash("Le Conseil des anciens se repose."), pages) is None


def test_a_gold_file_that_breaks_the_schema_is_refused(tmp_path: Path) -> None:
    data = json.loads((SAMPLES.gold / "alpc-2016" / "la-lessive-bleue.json").read_text("utf-8"))
    data["sections"][0]["status"] = "good"
    data["innovation_type"]["main"] = "technologique"
    path = tmp_path / "spoilt.json"
    path.write_text(json.dumps(data), "utf-8")
    with pytest.raises(InvalidGold) as refusal:
        load_gold(path)
    assert len(refusal.value.problems) == 2
