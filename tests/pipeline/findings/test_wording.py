"""French typography of findings."""

from datetime import date

import pytest

from pipeline.findings.wording import day, euros, page_ranges
from pipeline.text import typeset


def test_amounts() -> None:
    assert euros(4_650_000) == "46 500 €"
    assert euros(1_250) == "12,50 €"
    assert typeset(euros(123_456_789)) == "1\u202f234\u202f567,89\u00a0€"


def test_no_break_spaces() -> None:
    assert typeset("a : b ; « c » ? 12 %") == "a\u00a0: b\u00a0; «\u00a0c\u00a0»\u00a0? 12\u00a0%"


def test_days() -> None:
    assert day(date(2014, 8, 31)) == "31 août 2014"
    assert day(date(2014, 10, 1)) == "1er octobre 2014"


@pytest.mark.parametrize(
    ("numbers", "said"),
    [([3], "page 3"), ([2, 3], "pages 2 et 3"), ([2, 5, 6, 7], "pages 2, 5 à 7"), ([4, 1], "pages 1, 4")],
)
def test_pages(numbers: list[int], said: str) -> None:
    assert page_ranges(numbers) == said
