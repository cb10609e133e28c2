"""The light markup of word-processor documents."""

import pytest

from corpora.rendering.markup import Grid, Heading, PageBreak, Run, Text, parse_inline, parse_markup

FRONT = '+++\nfont = "Carlito"\n+++\n'


def test_front_matter_is_toml() -> None:
    front, blocks = parse_markup(FRONT + "Bonjour")
    assert front == {"font": "Carlito"}
    assert blocks == [Text("body", "Bonjour")]


def test_every_kind_of_block() -> None:
    chunks = ["# Titre", "Un paragraphe\nqui continue.", "- un\n- deux", "1. premier", "> cité", "^ centré"]
    source = "\n\n".join([*chunks, "~ 1. Objet | 3", "==="])
    assert parse_markup(FRONT + source)[1] == [
        Heading(1, "Titre"),
        Text("body", "Un paragraphe qui continue."),
        Text("item", "un"),
        Text("item", "deux"),
        Text("numbered", "1. premier"),
        Text("quote", "cité"),
        Text("centred", "centré"),
        Text("contents", "1. Objet | 3"),
        PageBreak(),
    ]


def test_a_heading_is_followed_by_its_text() -> None:
    assert parse_markup(FRONT + "## Objet\nUn texte.")[1] == [Heading(2, "Objet"), Text("body", "Un texte.")]


def test_a_table_keeps_its_empty_cells() -> None:
    (grid,) = parse_markup(FRONT + "{widths=5,2.5 total}\n| Charges | € |\n| Loyer | 1 200 |\n|  | 1 200 |")[1]
    assert grid == Grid((("Charges", "€"), ("Loyer", "1 200"), ("", "1 200")), (5.0, 2.5), total=True)


def test_a_plain_table_has_no_total() -> None:
    (grid,) = parse_markup(FRONT + "{widths=5,5 plain}\n| Nom | Les Veilleurs |")[1]
    assert isinstance(grid, Grid)
    assert (grid.plain, grid.total) == (True, False)


def test_a_table_without_widths_is_refused() -> None:
    with pytest.raises(ValueError, match="widths"):
        parse_markup(FRONT + "| a | b |")


def test_a_source_without_front_matter_is_refused() -> None:
    with pytest.raises(ValueError, match="front matter"):
        parse_markup("Bonjour")


def test_bold_and_italic() -> None:
    assert parse_inline("Un **mot** et *un autre*.") == [
        Run("Un "),
        Run("mot", bold=True),
        Run(" et "),
        Run("un autre", italic=True),
        Run("."),
    ]
