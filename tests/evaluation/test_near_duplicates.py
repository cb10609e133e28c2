"""Sentences that two dossiers share, with a word changed or not."""

from evaluation.near_duplicates import near_duplicates

SHARED = "Chaque jeudi, les nourrices ferment la grille du square et comptent les enfants deux fois."
CHANGED = "Chaque mardi, les nourrices ferment la grille du square et comptent les enfants deux fois."
OWN = "Le trésorier garde la clef du local dans une boîte à biscuits que personne n'ouvre jamais."


def test_a_sentence_with_one_word_changed_is_found() -> None:
    (pair,) = near_duplicates({"a": [SHARED, OWN], "b": [CHANGED]})
    assert (pair.first, pair.second, pair.first_text) == ("a", "b", SHARED)
    assert 0.8 < pair.similarity < 1


def test_a_dossier_may_repeat_itself_and_the_call_may_be_quoted() -> None:
    assert near_duplicates({"a": [SHARED, SHARED], "b": [OWN]}) == []
    assert near_duplicates({"a": [SHARED], "b": [SHARED]}, official=f"Article 3. {SHARED}") == []


def test_short_formulas_belong_to_nobody() -> None:
    assert near_duplicates({"a": ["Du 1er mars au 30 juin"], "b": ["Du 1er mars au 30 juin"]}) == []
    assert near_duplicates({}) == []
