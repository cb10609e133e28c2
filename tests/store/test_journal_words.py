"""The journal is told in French: every action, and all that the program puts in the data of events."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.calls.parser import load_call
from pipeline.text import typeset
from store.journal_words import (
    ACTION_WORDS,
    ACTOR_WORDS,
    DATA_WORDS,
    SUBJECT_WORDS,
    Names,
    detail_words,
    subject_words,
)
from store.records import Action, Datum, JournalEvent

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


_CALL = "alpc-2016"
_NAMES = Names({4: "Jo Doe"}, {"d": "Dossier D"}, {"d": _CALL}, {_CALL: load_call(_CALL)})


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"marker": "gouvernance"}, ["repère : Formalisation de la gouvernance"]),
        ({"kind": "field", "key": "3", "value": "thin"}, ["champ : 3. Objectifs de l’action", "valeur : insuffisant"]),
        ({"kind": "fact", "key": "aide_demandee_eur"}, ["fait : Aide demandée"]),
        ({"kind": "finding", "key": "budget-unbalanced:0123456789ab"}, ["constat : Budget non équilibré"]),
        (
            {"kind": "type", "key": None, "value": ("services",)},
            ["nature : type d'innovation", "valeur : services et produits"],
        ),
        ({"outcome": "retenu-finance", "session": 2}, ["suite : Retenu et financé", "séance n° 2"]),
        (
            {"kind": "grid", "item": "leadership"},
            ["nature : grille de faisabilité", "question : Capacité de leadership"],
        ),
        ({"kind": "field", "key": "unheard-of"}, ["champ : unheard-of"]),
        ({"marker": "unheard-of", "revised": False}, ["repère : unheard-of"]),
        ({"chair": 4, "record": "a" * 64}, ["présidence : Jo Doe", f"empreinte : {'a' * 12}…"]),
    ],
)
def test_codes_are_told_in_the_words_of_the_call(data: dict[str, Datum], told: list[str]) -> None:
    assert _told_of("dossier:d", data) == [typeset(words) for words in told]


def test_a_code_of_an_unknown_dossier_is_shown_as_it_is() -> None:
    assert _told_of("dossier:other", {"marker": "gouvernance"}) == [typeset("repère : gouvernance")]


def test_a_call_is_known_by_its_name() -> None:
    assert subject_words(f"call:{_CALL}", _NAMES) == typeset("appel ALPC 2016")
    assert subject_words("call:other", _NAMES) == "appel other"
    assert _told_of("intake:3", {"call": _CALL}) == [typeset("appel : ALPC 2016")]


def _told_of(subject: str, data: dict[str, Datum]) -> list[str]:
    event = JournalEvent(1, datetime.now(UTC), "machine", Action.EXPORTED, subject, data, "", "")
    return list(detail_words(event, _NAMES))
