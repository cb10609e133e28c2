"""No-break spaces as a French word processor puts them."""

import pytest

from corpora.rendering.typography import french_spaces, french_spaces_in_html


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Pour qui ?", "Pour qui\u00a0?"),
        ("« Bonjour »", "«\u00a0Bonjour\u00a0»"),
        ("32 000 €", "32\u00a0000\u00a0€"),
        ("45 %", "45\u00a0%"),
        ("le 3 mai 2014", "le 3 mai 2014"),
        ("SIREN 991 384 728", "SIREN 991\u00a0384\u00a0728"),
    ],
)
def test_french_spaces(typed: str, printed: str) -> None:
    assert french_spaces(typed) == printed


def test_style_sheets_stay_as_they_are() -> None:
    html = "<style>a { b : c }</style><body><p>Pourquoi ?</p></body>"
    assert french_spaces_in_html(html) == "<style>a { b : c }</style><body><p>Pourquoi\u00a0?</p></body>"
