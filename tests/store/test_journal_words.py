from store.journal_words import ACTION_WORDS
from store.records import Action


def test_every_action_is_told_in_french() -> None:
    assert set(ACTION_WORDS) == set(Action)
