"""Tables that stand by spaces alone."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.extraction.aligned import aligned_tables
from pipeline.extraction.raw import RawTable, RawWord
from pipeline.geometry import BBox
from tests.pipeline.extraction.pages import line, lines

LEFT = [("Achats de matières", "4 350 €"), ("Déplacements", "450 €"), ("Salaires et charges", "29 600 €")]
RIGHT = [("Région", "20 000 €"), ("Commune de Pau", "4 400 €"), ("Ventes", "10 000,00 €")]


def ending_at(words: str, right: float, top: float) -> list[RawWord]:
    placed = line(words, 0, top)
    return [shifted(word, right - placed[-1].box.x1) for word in placed]


def shifted(word: RawWord, x: float) -> RawWord:
    return replace(word, box=BBox(word.box.x0 + x, word.box.y0, word.box.x1 + x, word.box.y1))


def column(
    rows: Sequence[tuple[str, str]], x: float, right: float, *, top: float = 200, step: float = 16
) -> list[RawWord]:
    """Rows of a label that begins at `x` and an amount that ends at `right`."""
    found: list[RawWord] = []
    for index, (label, amount) in enumerate(rows):
        found += [*line(label, x, top + step * index), *ending_at(amount, right, top + step * index)]
    return found


def texts(table: RawTable, words: Sequence[RawWord]) -> list[list[str | None]]:
    return [
        [None if c is None else " ".join(w.text for w in words if c.box.contains_centre_of(w.box)) for c in row]
        for row in table.rows
    ]


def only(words: Sequence[RawWord]) -> list[list[str | None]]:
    (table,) = aligned_tables(words)
    assert len({len(row) for row in table.rows}) == 1
    return texts(table, words)


def test_labels_and_amounts_make_rows() -> None:
    assert only(column(LEFT, 60, 300)) == [list(row) for row in LEFT]


def test_charges_and_produits_side_by_side_make_one_table() -> None:
    words = [*column(LEFT, 60, 280), *column(RIGHT, 310, 530)]
    assert only(words) == [[*left, *right] for left, right in zip(LEFT, RIGHT, strict=True)]


def test_a_row_of_titles_as_far_above_as_the_rows_are_apart() -> None:
    titles = [*line("Emplois", 60, 176), *ending_at("€", 300, 176)]
    assert only([*titles, *column(LEFT, 60, 300, step=26)])[0] == ["Emplois", "€"]


def test_a_title_that_ends_right_before_its_column() -> None:
    titles = [*line("Emplois", 60, 184), *ending_at("€", 258, 184)]
    assert only([*titles, *column(LEFT, 60, 300)])[0][0] == "Emplois €"


def test_a_side_may_be_shorter_than_the_other() -> None:
    words = [*column([*LEFT, ("Loyer", "900 €"), ("Impôts", "100 €")], 60, 280), *column(RIGHT, 310, 530)]
    assert only(words)[3:] == [["Loyer", "900 €", "", ""], ["Impôts", "100 €", "", ""]]


def test_heads_and_totals_belong_to_the_table() -> None:
    words = [
        *line("CHARGES", 60, 184),
        *ending_at("Montant", 300, 184),
        *column([*LEFT, ("TOTAL DES CHARGES", "34 400 €")], 60, 300),
    ]
    rows = only(words)
    assert rows[0] == ["CHARGES", "Montant"]
    assert rows[-1] == ["TOTAL DES CHARGES", "34 400 €"]


def test_a_title_between_two_parts_and_a_label_on_two_lines_are_rows_without_amount() -> None:
    words = [
        *column(LEFT, 60, 300),
        *line("Produits", 60, 248),
        *column([("Subvention de la Région", "20 000 €")], 60, 300, top=264),
        *line("(à confirmer)", 60, 276),
        *column([("Ventes", "14 400 €")], 60, 300, top=288),
    ]
    rows = only(words)
    assert rows[3] == ["Produits", ""]
    assert rows[5] == ["(à confirmer)", ""]
    assert rows[-1] == ["Ventes", "14 400 €"]


def test_years_side_by_side_are_columns() -> None:
    words = [
        word
        for index, row in enumerate(
            [("Comptes", "2013", "2014"), ("Produits", "801", "1 874"), ("Résultat", "-12,1", "41,3")]
        )
        for word in [
            *line(row[0], 60, 200 + 16 * index),
            *ending_at(row[1], 260, 200 + 16 * index),
            *ending_at(row[2], 340, 200 + 16 * index),
        ]
    ]
    assert only(words) == [["Comptes", "2013", "2014"], ["Produits", "801", "1 874"], ["Résultat", "-12,1", "41,3"]]


def test_leaders_are_no_words_of_the_table() -> None:
    words = [w for i, row in enumerate(LEFT) for w in line(f"{row[0]} ..........", 60, 200 + 16 * i)]
    words += [w for i, row in enumerate(LEFT) for w in ending_at(row[1], 400, 200 + 16 * i)]
    (table,) = aligned_tables(words)
    assert [row[-1] for row in texts(table, words)] == [amount for _, amount in LEFT]


def test_prose_in_another_column_of_the_page_stays_out_of_the_table() -> None:
    prose = lines(["Un bilan sera fait en fin d'action pour voir"] * 14, 330, 190, step=13.5)
    words = [*column(LEFT * 3, 60, 300), *prose]
    (table,) = aligned_tables(words)
    assert table.box.x1 < 310
    assert texts(table, words) == [list(row) for row in LEFT * 3]


def test_a_table_of_contents_is_none() -> None:
    contents = [("Fiche de présentation", "2"), ("Historique", "3"), ("Moyens", "3"), ("Comptes", "11")]
    assert aligned_tables(column(contents, 60, 400)) == ()


@pytest.mark.parametrize(
    "words",
    [
        [],
        lines(["Le projet coûte 12 000 € et dure 24 mois dans 3 communes"] * 6, 60, 100),
        column(LEFT[:2], 60, 300),
        [
            w
            for i, right in enumerate((250, 300, 280, 230))
            for w in column([("Achats", "450 €")], 60, right, top=200 + 16 * i)
        ],
        lines(["450 €", "1 200 €", "30 €"], 300, 100),
    ],
    ids=["nothing", "prose with amounts", "two rows", "not under one another", "no labels"],
)
def test_other_words_are_none(words: list[RawWord]) -> None:
    assert aligned_tables(words) == ()


def test_figures_beside_prose_are_none() -> None:
    prose = lines(["Des dizaines de lignes de prose à la suite"] * 16, 60, 200)
    figures = [w for i in range(4) for w in ending_at("+47 %", 420, 200 + 48 * i)]
    assert aligned_tables([*prose, *figures]) == ()


@pytest.mark.parametrize("slope", [-0.03, 0.02])
def test_a_scanned_sheet_that_lies_askew_has_its_rows(slope: float) -> None:
    level = [*column(LEFT, 60, 280), *column(RIGHT, 310, 530)]
    askew = [
        replace(
            w, confidence=0.9, box=BBox(w.box.x0, w.box.y0 + slope * w.box.x0, w.box.x1, w.box.y1 + slope * w.box.x0)
        )
        for w in level
    ]
    (table,) = aligned_tables(askew)
    assert (len(table.rows), len(table.rows[0])) == (3, 4)


def test_text_that_is_turned_is_left_out() -> None:
    assert aligned_tables([replace(word, angle=90) for word in column(LEFT, 60, 300)]) == ()
