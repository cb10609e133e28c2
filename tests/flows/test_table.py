from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from flows.cli.table import elide, show_triage
from flows.triage import Triage, triage_row
from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from pipeline.document import PageState
from tests.flows.analyses import analysis, unreadable

LONG = "Dossier de candidature de la communauté de communes de la haute vallée (version 3)"


@pytest.fixture(scope="module")
def triage(call: Call) -> Triage:
    whole = triage_row(analysis(call, "la-lessive-bleue"), "", "")
    partly = triage_row(analysis(call, LONG, states=(PageState.TEXT, PageState.FAILED)), "", "")
    return Triage(call, (whole, partly, triage_row(unreadable(call, "serrures"), "", "")), (), ())


@pytest.fixture(scope="module")
def call() -> Call:
    return load_call("aquitaine-2014")


def shown(triage: Triage, width: int) -> list[str]:
    console = Console(width=width, highlight=False, color_system=None)
    with console.capture() as capture:
        show_triage(console, triage)
    return capture.get().splitlines()


@pytest.mark.parametrize("width", [50, 60, 80, 100, 120, 200])
def test_each_dossier_takes_one_line_that_fits_and_no_word_is_broken(triage: Triage, width: int) -> None:
    lines = shown(
        replace(triage, rows=tuple(replace(row, suggested="organisationnelle") for row in triage.rows)), width
    )
    [start] = [number for number, line in enumerate(lines) if line.startswith("─")]
    rows = lines[start + 1 : start + 4]
    assert all(cell_len(line) <= width for line in rows)
    assert rows[0].startswith("la-lessive-bleue " if width > 50 else "la-less…-bleue ")
    assert rows[1].startswith("Doss")
    assert "…" in rows[1] or LONG in rows[1]
    assert rows[2].startswith("serrures ")
    assert "non lu" in rows[2]
    assert ("organisationnelle" in rows[0]) == (width >= 80)


@pytest.mark.parametrize("width", [60, 80, 200])
def test_what_was_not_read_is_said_with_its_cause(triage: Triage, width: int) -> None:
    text = "\n".join(shown(triage, width))
    assert "Le fichier est protégé par un mot de passe." in text
    assert "2 pages, dont 1 non lue" in text


def test_two_types_stand_one_a_line(triage: Triage) -> None:
    lines = shown(triage, 80)
    assert any(" territoriale " in line for line in lines)
    assert any(line.strip() == "+ services et produits" for line in lines)


@pytest.mark.parametrize("width", [60, 80, 200])
def test_the_counts_of_a_dossier_make_up_its_fields(triage: Triage, width: int) -> None:
    [line] = [line for line in shown(triage, width) if line.startswith("la-lessive-bleue ")]
    counts = [int(word) for word in line.replace("1 page", "").split() if word.isdecimal()]
    assert counts[:4] == [8, 1, 1, 1]
    assert sum(counts[:4]) == len(triage.call.fields)


@pytest.mark.parametrize(
    ("name", "width", "expected"),
    [
        ("court", 10, "court"),
        ("imprimerie-roussel-maindron", 11, "impri…ndron"),
        ("deux\nlignes", 20, "deux?lignes"),
        ("漢字漢字漢字漢字", 8, "漢字…字"),
    ],
)
def test_a_long_name_loses_its_middle(name: str, width: int, expected: str) -> None:
    assert elide(name, width) == expected
    assert cell_len(expected) <= width
