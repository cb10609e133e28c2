"""The phrasebook holds what it promises, in words that no dossier has."""

from pathlib import Path

import pytest

from corpora.notions import load_notions
from corpora.phrasebook import (
    LEAST_DESCRIPTIONS,
    LEAST_MIXED,
    LEAST_NEAR_MISSES,
    LEAST_SENTENCES,
    MarkerSentence,
    ProjectDescription,
    Stance,
    load_descriptions,
    load_sentences,
    problems,
)
from evaluation.near_duplicates import near_duplicates
from pipeline.analysis import INNOVATION_TYPES
from tests.corpora.corpus_texts import official_wording, sentences_by_dossier


def test_it_holds_what_it_promises() -> None:
    assert problems(load_sentences(), load_descriptions()) == []


def test_each_notion_is_spoken_of_for_and_against_plainly_and_weakly() -> None:
    sentences = load_sentences()
    for notion in load_notions():
        of_notion = [one for one in sentences if one.notion == notion]
        assert {one.stance for one in of_notion} == set(Stance), notion
        assert {one.strong for one in of_notion if one.stance is not Stance.NEAR_MISS} == {True, False}, notion


def test_no_dossier_has_its_sentences() -> None:
    """A model that learned from it would recognise the dossier instead of understanding it."""
    texts = [*(one.text for one in load_sentences()), *(one.text for one in load_descriptions())]
    pairs = near_duplicates({**sentences_by_dossier(), "phrasebook": texts}, official=official_wording())
    shared = [(pair.first, pair.second, pair.first_text) for pair in pairs if "phrasebook" in {pair.first, pair.second}]
    assert shared == []


def full() -> tuple[list[MarkerSentence], list[ProjectDescription]]:
    """As many invented texts as are promised, and no more."""
    sentences = [
        MarkerSentence(notion, stance, True, f"{notion} {stance} {number}")
        for notion in load_notions()
        for stance, count in ((Stance.FOR, LEAST_SENTENCES), (Stance.NEAR_MISS, LEAST_NEAR_MISSES))
        for number in range(count)
    ]
    descriptions = [
        ProjectDescription((kind,), f"projet {kind} {number}")
        for kind in INNOVATION_TYPES
        for number in range(LEAST_DESCRIPTIONS)
    ]
    mixed = [ProjectDescription(INNOVATION_TYPES[: 2 * (n % 2)], f"projet mixte {n}") for n in range(LEAST_MIXED)]
    return sentences, descriptions + mixed


def test_as_much_as_is_promised_is_enough() -> None:
    assert problems(*full()) == []


def test_one_text_less_or_twice_the_same_is_told() -> None:
    sentences, descriptions = full()
    assert problems(sentences[1:], descriptions) == ["besoin: 119 sentences instead of 120"]
    assert problems(sentences, descriptions[:-1]) == ["mixed: 59 descriptions instead of 60"]
    repeated = MarkerSentence("besoin", Stance.AGAINST, False, "Besoin, for 0 !")
    assert problems([*sentences, repeated], descriptions) == ["twice: besoin for 0", "twice: Besoin, for 0 !"]


def write(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def test_quotation_marks_are_part_of_a_text(tmp_path: Path) -> None:
    for notion in load_notions():
        write(tmp_path, f"markers/{notion}.tsv", "stance\tstrength\ttext", 'against\tweak\tOn "verra" bien.')
    assert load_sentences(tmp_path)[0] == MarkerSentence("besoin", Stance.AGAINST, False, 'On "verra" bien.')
    assert len(load_sentences(tmp_path)) == len(load_notions())


def test_a_description_has_one_type_two_or_none(tmp_path: Path) -> None:
    write(tmp_path, "types.tsv", "types\ttext", "services\tA.", "services+territoriale\tB.", "none\tC.")
    assert [one.types for one in load_descriptions(tmp_path)] == [("services",), ("services", "territoriale"), ()]


def test_an_unknown_type_or_stance_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "types.tsv", "types\ttext", "technologique\tA.")
    with pytest.raises(ValueError, match="unknown types: technologique"):
        load_descriptions(tmp_path)
    write(tmp_path, "markers/besoin.tsv", "stance\tstrength\ttext", "perhaps\tweak\tA.")
    with pytest.raises(ValueError, match="perhaps"):
        load_sentences(tmp_path)
