"""The guide's page says what the program does: every key is told, every answer quoted is the real one."""

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from pipeline.calls import schema
from pipeline.calls.describe import remarks
from pipeline.calls.model import CheckKind
from pipeline.calls.parser import load_call
from pipeline.lexicon.cues import lexicon_names
from tests.pipeline.calls.example import EXAMPLE, GUIDE, MISTAKES


def guide() -> str:
    return " ".join(GUIDE.read_text("utf-8").split())


def quoted_answers() -> list[str]:
    table = GUIDE.read_text("utf-8").split("## Ce que le programme répond")[1]
    rows = [line.split(" | ", 1)[1].removesuffix(" |") for line in table.splitlines() if line.startswith("| ")]
    return [
        " ".join(answer.replace("\\|", "|").split())
        for row in rows[2:]  # the heads of the columns and the rule under them
        for answer in row.split("<br>")
    ]


def tables() -> Iterator[type[BaseModel]]:
    for value in vars(schema).values():
        if isinstance(value, type) and issubclass(value, schema.Table):
            yield value


def test_every_key_is_explained() -> None:
    keys = sorted({key for table in tables() for key in table.model_fields})
    assert [key for key in keys if f"`{key}`" not in guide()] == []


def test_every_kind_of_check_and_every_lexicon_is_named() -> None:
    assert [kind for kind in CheckKind if f'`"{kind}"`' not in guide()] == []
    named = [name for family in ("topics", "items", "markers") for name in lexicon_names(family)]
    assert [name for name in named if f"`{name}`" not in guide()] == []


def test_every_answer_quoted_is_the_real_one() -> None:
    real = {said for mistake in MISTAKES for said in mistake["said"]}
    answers = quoted_answers()
    assert len(answers) > 15
    assert [answer for answer in answers if answer not in real] == []


@pytest.mark.parametrize("name", [str(EXAMPLE), "hauts-de-france-2017"])
def test_every_remark_is_quoted(name: str) -> None:
    for remark in remarks(load_call(name)):
        assert remark.replace("\u00a0", " ") in guide()
