"""A report as Markdown: every table is whole, misses are left out, French typography."""

import re

from evaluation.markdown import to_markdown
from evaluation.report import CAVEAT
from pipeline.text import typeset
from tests.evaluation.reports import HOSTILE, report


def lines_of(text: str, title: str) -> list[str]:
    """The lines below a heading, as far as the next one."""
    return re.split(r"^#+ ", text.split(f"# {title}")[1], maxsplit=1, flags=re.MULTILINE)[0].splitlines()


def test_it_says_what_was_measured_on_what() -> None:
    text = to_markdown(report())
    assert text.startswith("# Évaluation, jeu de mise au point (13 dossiers)\n")
    assert CAVEAT in text
    assert "Repères 0.1.0, corpus 1.0.0. Modèles\u00a0: phrases-francaises." in text
    assert "Dossiers illisibles reconnus comme tels\u00a0: 1 sur 1." in text


def test_each_row_has_as_many_cells_as_its_table() -> None:
    tables = re.findall(r"(?:^\|.*\n)+", to_markdown(report()), re.MULTILINE)
    assert len(tables) == 10  # the program, three comparisons, three slices, two of agreement, real texts
    for table in tables:
        assert len({line.count("|") for line in table.splitlines()}) == 1, table


def test_a_method_is_compared_on_what_it_speaks_of() -> None:
    rows = [line for line in to_markdown(report()).splitlines() if line.startswith("| Type majoritaire ")]
    assert rows == ["| Type majoritaire | 0,40 | 0,40 | 0,40 | 0,0 s |"]


def test_what_was_not_measured_is_left_out_and_misses_are_not_listed() -> None:
    text = to_markdown(report())
    assert "Fait juste\u00a0: siret | 0,85 | 0,70" in text
    assert "Fait juste\u00a0: siren" not in text
    assert f"| {typeset(HOSTILE)} | 0,50 (12) |" in text  # as the name of a notion, not as a miss
    assert "2 autres" not in text


def test_what_falls_short_is_said() -> None:
    assert lines_of(to_markdown(report()), "Sous le seuil d’une livraison")[-1] == (
        "- Champs présents accusés à tort\u00a0: 0,31, au lieu de 0,25"
    )


def test_parts_without_content_have_no_heading() -> None:
    text = to_markdown(report(agreement=None, silver={}, shortfalls=()))
    assert [title for title in ("Accord", "réelles", "seuil") if title in text] == []
    assert not text.endswith("\n\n")
