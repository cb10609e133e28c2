"""What is said of each mistake in a call file: the key at fault, what was found, what is expected."""

from typing import Any

import pytest

from pipeline.calls.parser import MAX_BYTES, parse_call
from pipeline.errors import InvalidCallFile
from tests.pipeline.calls.example import EXAMPLE, MISTAKES, changed


def problems_of(content: bytes) -> list[str]:
    with pytest.raises(InvalidCallFile) as caught:
        parse_call(content, "mon-appel.toml")
    assert all("\u00a0" not in part for part in caught.value.path)
    return [problem.replace("\u00a0", " ") for problem in caught.value.problems]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake["name"])
def test_mistake(mistake: dict[str, Any]) -> None:
    assert problems_of(changed(mistake["old"], mistake["new"])) == mistake["said"]


@pytest.mark.parametrize(
    ("family", "old"), [("topics", "publics"), ("markers", "rupture"), ("items", "comptes-annuels")]
)
def test_unknown_lexicon_names_the_nearest(family: str, old: str) -> None:
    [problem] = problems_of(changed(f'topic = "{old}"', f'topic = "{old}x"'))
    assert f"« {old}x » ; attendu : un lexique installé, peut-être « {old} » (liste : " in problem


def test_every_problem_is_said_at_once() -> None:
    content = changed('unit = "pages"', 'unit = "mots"').decode()
    content = content.replace('code = "39"', 'code = "25"').replace("amount = 18", "amount = -1")
    assert problems_of(content.encode()) == [
        "fields[2].limit.unit (id « 2 ») : « mots » ; attendu : « pages » ou « lines ».",
        "checks[2].amount (id « duree ») : -1 ; attendu : un nombre supérieur ou égal à 1.",
        "departments[2].code (code « 25 ») : « 25 », déjà pris plus haut ; "
        "attendu : une valeur qui ne serve qu'une fois.",
    ]


def test_not_utf8() -> None:
    content = EXAMPLE.read_text("utf-8").encode("latin-1", errors="replace")
    assert problems_of(content) == [
        "ligne 1 : un caractère n'est pas encodé en UTF-8 ; enregistrez le fichier en UTF-8."
    ]


def test_too_big() -> None:
    assert problems_of(b"#" * (MAX_BYTES + 1)) == ["le fichier dépasse 1 Mo : ce n'est pas un fichier d'appel."]


def test_endless_nesting() -> None:
    assert problems_of(b"x = " + b"[" * 100_000) == ["trop de listes ou de tables les unes dans les autres."]


WRONG_VALUES = ["1", "1.5", "true", "'x'", "[1]", "[[]]", "{ x = 1 }", "2025-01-01", "2025-01-01T10:00:00", "10:00:00"]


def refused(content: str) -> bool:
    try:
        parse_call(content.encode(), "essai.toml")
    except InvalidCallFile as error:
        return bool(error.problems)
    return False


def test_a_value_of_any_wrong_type_is_a_problem_and_never_a_crash() -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    tried: set[tuple[str, str]] = set()
    table = ""
    for number, line in enumerate(lines):
        table = line if line.startswith("[") else table
        key, _, value = line.partition(" = ")
        if (table, key) in tried or not key.isidentifier() or value in {"", "[", '"""'}:
            continue
        tried.add((table, key))
        before, after = "\n".join(lines[:number]), "\n".join(lines[number + 1 :])
        outcomes = [refused(f"{before}\n{key} = {other}\n{after}") for other in WRONG_VALUES]
        assert sum(outcomes) >= len(outcomes) - 2, (table, key)
    assert len(tried) > 60


def test_empty_file_names_every_obligatory_key() -> None:
    missing = [
        "definition",
        "sources",
        "fields",
        "markers",
        "id",
        "title",
        "short_title",
        "year",
        "institution",
        "region",
    ]
    found = problems_of(b"")
    assert sorted(found) == sorted(f"{key} : clé absente ; elle est obligatoire." for key in missing)


def test_problems_are_typeset_with_no_break_spaces() -> None:
    with pytest.raises(InvalidCallFile) as caught:
        parse_call(changed('unit = "pages"', 'unit = "mots"'), "mon-appel.toml")
    assert "\u00a0: «\u00a0mots\u00a0»\u00a0; attendu\u00a0:" in caught.value.problems[0]
