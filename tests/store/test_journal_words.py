"""The journal is told in French: every action, and all that the program puts in the data of events."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.journal_words import ACTION_WORDS, ACTOR_WORDS, DATA_WORDS, SUBJECT_WORDS
from store.records import Action

_ROOT = Path(__file__).parents[2]


def test_every_action_is_told_in_french() -> None:
    assert set(ACTION_WORDS) == set(Action)


@pytest.mark.parametrize("words", [ACTION_WORDS, ACTOR_WORDS, DATA_WORDS, SUBJECT_WORDS])
def test_nothing_is_told_by_its_code_alone(words: dict[str, str]) -> None:
    assert all(said.strip() and "_" not in said for said in words.values())


def test_all_data_has_a_name_in_french() -> None:
    told = {key for path in _sources() for key in _told(ast.parse(path.read_text()))}
    assert {"marker", "bulk", "what", "seed"} <= told
    assert told <= set(DATA_WORDS)


def _sources() -> Iterator[Path]:
    for package in ("store", "flows", "web"):
        yield from (_ROOT / package).rglob("[a-z]*.py")


def _told(tree: ast.AST) -> Iterator[str]:
    """Keys of the dictionaries that are given to `tell`, and of those named `told`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("tell", "append"):
            given = node.args
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            places = node.targets if isinstance(node, ast.Assign) else [node.target]
            given = [node.value] if any(isinstance(place, ast.Name) and place.id == "told" for place in places) else []
        else:
            continue
        for value in given:
            if isinstance(value, ast.Dict):
                yield from (str(key.value) for key in value.keys if isinstance(key, ast.Constant))
