"""Passages shown, passages missed, silence, and the reading that a good order saves."""

import pytest

from evaluation.figures import estimate
from evaluation.passages import DEPTHS, MEASURES, FoundPassages, missed_passages, reading_order, tally_passages
from tests.evaluation.golds import DECISIVE, USEFUL, gold

OTHER = "Le bâtiment date de 1962 et compte quarante logements sur cinq étages."
SENTENCES = (OTHER, DECISIVE, OTHER.upper(), USEFUL)


def found(gouvernance: list[str], environnement: list[str] | None = None, order: tuple[int, ...] = ()) -> FoundPassages:
    shown = {"gouvernance": gouvernance, "environnement": environnement or []}
    return FoundPassages(dict.fromkeys(DEPTHS, shown), SENTENCES, {"gouvernance": order})


def values(passages: FoundPassages) -> dict[str, float]:
    return {id_: figure.value for id_, figure in estimate([tally_passages(gold(), passages)], MEASURES).items()}


def test_a_passage_within_a_longer_one_is_shown() -> None:
    figures = values(found([f"{OTHER} {DECISIVE}"]))
    assert (figures["passages.decisive.8"], figures["passages.useful.8"], figures["passages.precision"]) == (1, 0, 1)


def test_what_is_shown_for_nothing_lowers_precision_and_breaks_silence() -> None:
    figures = values(found([DECISIVE, OTHER], [OTHER]))
    assert figures["passages.precision"] == pytest.approx(1 / 3)
    assert figures["passages.silence"] == 0


def test_letters_that_a_scan_spoils_do_not_hide_a_passage() -> None:
    assert values(found([DECISIVE.replace("locataires", "1ocataires")]))["passages.decisive.8"] == 1


def test_reading_the_best_sentences_first_saves_the_others() -> None:
    words = [len(sentence.split()) for sentence in SENTENCES]
    best, worst = values(found([], order=(1, 3))), values(found([], order=(0, 2, 1, 3)))
    assert best["passages.reading-saved"] == pytest.approx((words[0] + words[2]) / sum(words))
    assert worst["passages.reading-saved"] == 0


def test_markers_take_turns_and_what_is_not_ranked_comes_last() -> None:
    passages = FoundPassages({}, SENTENCES, {"a": (3, 1), "b": (2,)})
    assert reading_order(passages, ["a", "b"]) == [3, 2, 1, 0]


def test_misses_name_decisive_passages_and_broken_silences() -> None:
    misses = missed_passages(gold(), found([USEFUL], [OTHER]))
    assert [(miss.what, miss.expected) for miss in misses] == [
        ("repère gouvernance", DECISIVE),
        ("repère environnement", "silence"),
    ]
