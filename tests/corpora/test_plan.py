"""The labelled dossiers were written as planned, and the plan varies what it should."""

from collections import Counter

import pytest

from corpora.collection import DOSSIERS
from corpora.conformity import plan_problems
from corpora.gold import load_all_gold
from corpora.plan import Split, load_plan
from corpora.registry import load_registry
from pipeline.analysis import SectionStatus
from tests.corpora.corpus_texts import gold_by_name

PLAN = load_plan()


@pytest.mark.parametrize("name", sorted(PLAN))
def test_a_dossier_is_as_it_was_planned(name: str) -> None:
    assert plan_problems(gold_by_name()[name], PLAN[name]) == []


def test_every_planned_dossier_is_written_and_registered_in_its_split() -> None:
    assert {written.dossier for written in load_all_gold(DOSSIERS.gold)} == set(PLAN)
    registered = {one.name: one.split for one in load_registry().dossiers if one.split != "sample"}
    assert registered == {name: planned.split.value for name, planned in PLAN.items()}


def test_splits_are_three_fifths_and_twice_a_fifth() -> None:
    counts = Counter(planned.split for planned in PLAN.values())
    assert counts == {Split.TRAIN: 36, Split.DEV: 12, Split.TEST: 12}


@pytest.mark.parametrize("split", Split)
def test_each_split_sees_every_call_type_and_layout(split: Split) -> None:
    rows = [planned for planned in PLAN.values() if planned.split is split]
    assert {planned.call for planned in rows} == {planned.call for planned in PLAN.values()}
    assert {planned.main for planned in rows} == {"services", "organisationnelle", "territoriale"}
    assert {planned.layout for planned in rows} == {planned.layout for planned in PLAN.values()}
    assert len({planned.layout for planned in rows}) == 10


def test_about_one_field_in_six_is_absent_or_thin() -> None:
    statuses = Counter(section.status for one in load_all_gold(DOSSIERS.gold) for section in one.sections)
    share = (statuses[SectionStatus.ABSENT] + statuses[SectionStatus.THIN]) / statuses.total()
    assert 1 / 7 < share < 1 / 5
