"""Two readers: the same labels agree wholly, others by as much as they share."""

import math

import pytest

from corpora.gold import GoldMarker, GoldPassage, GoldSection, GoldType
from evaluation.annotators import annotator_agreement
from pipeline.analysis import SectionStatus
from tests.evaluation.golds import DECISIVE, gold


def test_a_dossier_labelled_once_is_left_out() -> None:
    assert annotator_agreement([gold("a"), gold("b")], [gold("a")]).dossiers == 1


def test_the_same_labels_agree_wholly() -> None:
    agreement = annotator_agreement([gold("a"), gold("b")], [gold("b"), gold("a")])
    assert {name: found.value for name, found in agreement.figures.items()} == dict.fromkeys(agreement.figures, 1.0)
    assert agreement.statuses_alpha == 1
    assert math.isnan(agreement.types_alpha)  # one type only: nothing to agree on by chance
    assert agreement.types_same == (2, 2)


def test_what_only_one_reader_marks_lowers_agreement() -> None:
    second = gold(
        sections=(
            GoldSection("1", SectionStatus.PRESENT, ()),
            GoldSection("2", SectionStatus.THIN, ()),
            GoldSection("3", SectionStatus.THIN, ()),
        ),
        innovation_type=GoldType(None, "territoriale", None),
        markers=(
            GoldMarker("gouvernance", (GoldPassage("essai.pdf", 1, DECISIVE, "useful"),)),
            GoldMarker(
                "environnement", (GoldPassage("essai.pdf", 1, "Les vélos remplacent la camionnette.", "useful"),)
            ),
        ),
    )
    agreement = annotator_agreement([gold()], [second])
    assert agreement.figures["annotators.decisive"].value == 1
    assert agreement.figures["annotators.precision"].value == 0.5
    assert agreement.figures["annotators.silence"].value == 0
    assert agreement.by_notion["Gouvernance"].value == pytest.approx(2 * 1 * 0.5 / 1.5)
    assert agreement.statuses_same == (2, 3)
    assert agreement.types_same == (0, 1)
    assert 0 < agreement.statuses_alpha < 1
