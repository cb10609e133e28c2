"""Every official wording stands in the published text, word for word.

White space and the shape of quotation marks are left aside: the published texts were extracted from PDFs, which breaks
lines and words.
"""

import re
from collections.abc import Iterator

import pytest

from pipeline.calls.model import Call, Statement
from pipeline.calls.parser import load_call
from tests.shared_material import shared_folder

TEXTS = {
    "aquitaine-2014": "aquitaine-2014-ami.txt",
    "alpc-2016": "alpc-2016-ami.txt",
    "hauts-de-france-2017": "hauts-de-france-2017-amiris.txt",
}
# The end of a page puts this table in the middle of a sentence of the annex.
INTERRUPTION = re.compile(
    r"Dimensions\s+Eléments\s+de caractérisation.*?sélection\s+par les pouvoirs publics", re.DOTALL
)


def bare(text: str) -> str:
    without_bullets = re.sub("[\ue000-\uf8ff\u200b]", "", text)
    return re.sub(r"\s+", "", without_bullets).translate(str.maketrans("’‘“”", "''\"\""))


def published(name: str) -> str:
    text = (shared_folder("sources") / TEXTS[name]).read_text("utf-8")
    return bare(text) + "\n" + bare(INTERRUPTION.sub("", text))


def wordings(call: Call) -> Iterator[tuple[str, str]]:
    """Each wording with the key of the document that it was read in."""
    main = call.sources[0].key
    for field in call.fields:
        yield field.source.document, field.wording
    for marker in call.markers:
        yield marker.source.document, marker.title
        yield from ((marker.source.document, level.wording) for level in marker.levels)
        yield from ((marker.source.document, level.value) for level in marker.levels)
    for kind in call.types:
        yield kind.source.document, kind.title
        yield kind.source.document, kind.definition
    for check in call.checks:
        yield check.source.document, check.wording
    if call.grid:
        yield main, call.grid.wording
        yield from ((main, value.wording) for value in call.grid.values)
        yield from ((main, group.title) for group in call.grid.groups)
        yield from ((main, item.text) for group in call.grid.groups for item in group.items)
    yield from ((statement.source.document, statement.text) for statement in statements(call))


def statements(call: Call) -> Iterator[Statement]:
    yield call.definition
    if call.confidentiality:
        yield call.confidentiality
    yield from (*call.bearers, *call.expenses, *call.payment, *call.objectives, *call.generic_criteria)
    yield from (*call.jury_criteria, *call.outcomes, *call.instruction_dimensions, *call.synthesis_items)
    yield from (*call.rules_of_use, *call.contacts, *call.further_definitions, *call.conditions)
    yield from (*call.expectations, *call.procedure)


@pytest.mark.shared
@pytest.mark.parametrize("name", TEXTS)
def test_every_wording_is_in_the_published_text(name: str) -> None:
    call = load_call(name)
    texts = {key: published(key if key in TEXTS else name) for key in (source.key for source in call.sources)}
    missing = [wording for document, wording in wordings(call) if bare(wording) not in texts[document]]
    assert missing == []
    assert sum(1 for _ in wordings(call)) > 50


@pytest.mark.shared
@pytest.mark.parametrize("name", ["aquitaine-2014", "alpc-2016"])
def test_levels_stand_in_the_order_of_the_published_grid(name: str) -> None:
    text = published(name)
    for marker in load_call(name).markers:
        row = [text.index(bare(level.wording)) for level in marker.levels if text.count(bare(level.wording)) == 2]
        assert row == sorted(row), marker.id
