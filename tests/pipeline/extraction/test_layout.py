from dataclasses import replace

import pytest

from pipeline.document import BlockKind
from pipeline.extraction.layout import LaidBlock, LaidFixture, lay_out
from pipeline.extraction.raw import RawWord
from pipeline.geometry import BBox
from tests.pipeline.extraction.pages import line, lines

LEFT = ["La coopérative réunit des", "habitants et des artisans", "autour de la réparation des", "objets du quotidien."]
RIGHT = [
    "Les partenaires apportent",
    "un local et des outils qui",
    "servent à tous les membres",
    "de notre association.",
]


def said(words: list[RawWord], fixtures: tuple[BBox, ...] = ()) -> list[str]:
    """What each block says, a fixture as its index."""
    return [
        str(laid.index) if isinstance(laid, LaidFixture) else " ".join(part.text for part in laid.lines)
        for laid in lay_out(words, fixtures)
    ]


def kinds(words: list[RawWord]) -> list[BlockKind]:
    return [laid.kind for laid in lay_out(words, ()) if isinstance(laid, LaidBlock)]


def test_two_columns_on_the_same_lines_read_one_after_the_other() -> None:
    rows = [w for i in range(4) for w in line(LEFT[i], 50, 100 + 12 * i) + line(RIGHT[i], 320, 100 + 12 * i)]
    assert said(rows) == [" ".join(LEFT), " ".join(RIGHT)]


def test_columns_under_a_title_that_spans_them() -> None:
    title = line("Une coopérative de réparation pour tout le quartier Nord", 50, 60, size=16, bold=True)
    assert said(lines(RIGHT, 320, 103) + title + lines(LEFT, 50, 100)) == [
        "Une coopérative de réparation pour tout le quartier Nord",
        " ".join(LEFT),
        " ".join(RIGHT),
    ]


def test_columns_between_lines_that_span_them() -> None:
    above = line("Ce que nous faisons et avec qui nous le faisons depuis dix ans dans la région.", 50, 60)
    below = line("Cette page a été relue par tous les membres du conseil de notre association.", 50, 200)
    assert said(below + lines(LEFT, 50, 100) + lines(RIGHT, 320, 100) + above) == [
        "Ce que nous faisons et avec qui nous le faisons depuis dix ans dans la région.",
        " ".join(LEFT),
        " ".join(RIGHT),
        "Cette page a été relue par tous les membres du conseil de notre association.",
    ]


def test_boxes_side_by_side_on_a_slide_read_one_after_the_other() -> None:
    left = ["1,90 €", "le kilo de merlan", "payé au pêcheur", "un matin de mars", "14,50 €."]
    right = ["31 %", "du poids part", "en farine, en appât", "ou par-dessus bord", "faute d'acheteur."]
    words = [w for i in range(5) for w in line(left[i], 50, 100 + 12 * i) + line(right[i], 320, 100 + 12 * i)]
    assert " ".join(said(words)) == " ".join(left + right)


def test_a_sidebar_of_short_lines_reads_apart() -> None:
    side = lines(["Contact", "3 rue Haute", "33000 Bordeaux"], 40, 105, step=14)
    main = lines([*LEFT, *RIGHT], 220, 100)
    assert said(side + main)[-1].endswith(" ".join(RIGHT))
    assert said(side + main)[0].startswith("Contact")


def test_a_sidebar_as_long_as_the_text_reads_apart() -> None:
    side = lines(
        ["Adresse", "7 impasse Haute", "64400 Oloron", "SIRET", "994 027 167", "Effectif", "19 salariés"],
        40,
        104,
        step=13,
    )
    main = lines([*LEFT, *RIGHT], 220, 100, step=12)
    assert " ".join(said(side + main)).endswith(" ".join([*LEFT, *RIGHT]))


def test_columns_that_do_not_begin_on_the_same_line() -> None:
    title = line("Une coopérative de réparation pour tout le quartier", 50, 60, size=16)
    assert said(title + lines(LEFT, 50, 112, step=13) + lines(RIGHT, 320, 98, step=13))[1:] == [
        " ".join(LEFT),
        " ".join(RIGHT),
    ]


def test_columns_that_begin_right_below_a_sidebar_keep_their_first_lines() -> None:
    side = lines(["Adresse", "7 impasse Haute", "64400 Oloron", "Effectif", "19 salariés"], 57, 104, step=13)
    main = lines([*LEFT[:3], *LEFT[:3]], 220, 100)
    title = line("L’essentiel", 45, 196, bold=True)
    wide = [f"{LEFT[i]} {LEFT[i + 1]}" for i in (0, 2)]
    below = lines(wide, 45, 208) + lines(RIGHT, 320, 200)
    found = said(side + main + title + below)
    assert found[-3:] == ["L’essentiel", " ".join(LEFT), " ".join(RIGHT)]
    assert "Oloron" in " ".join(found[:5])


def test_a_box_above_the_middle_column_is_read_before_the_columns() -> None:
    box = line("Notre approche du territoire", 247, 100, size=12)
    columns = [
        lines([f"{n}. Un pilier", "de notre", "travail commun"], x, 180) for n, x in enumerate((50, 250, 450), 1)
    ]
    assert said([w for column in columns for w in column] + box)[0] == "Notre approche du territoire"


def test_text_goes_on_around_a_box() -> None:
    wide = ["la région et du pays, et que nous avons rencontrés au cours de ces années.", "Un autre paragraphe vient."]
    text = lines([*LEFT[:3], "objets du quotidien de"], 50, 100) + line(wide[0], 50, 148) + line(wide[1], 50, 166)
    box = lines(["Le saviez-vous", "12 objets sur", "cent sont", "réparés."], 320, 101, step=11)
    paragraph = " ".join([*LEFT[:3], "objets du quotidien de", wide[0]])
    assert said(text + box) == [paragraph, "Le saviez-vous 12 objets sur cent sont réparés.", wide[1]]


def test_amounts_stay_on_their_rows() -> None:
    rows = [("Salaires et charges", "24 000 €"), ("Achats de matériel", "6 500 €"), ("Locaux et assurances", "3 200 €")]
    words = [
        w for i, (what, sum_) in enumerate(rows) for w in line(what, 50, 100 + 14 * i) + line(sum_, 400, 100 + 14 * i)
    ]
    assert said(words) == ["Salaires et charges 24 000 €", "Achats de matériel 6 500 €", "Locaux et assurances 3 200 €"]


def test_a_fixture_takes_its_place_in_the_reading_order() -> None:
    words = lines(LEFT, 50, 100) + line("Nom de la structure :", 50, 180) + lines(RIGHT, 50, 220)
    field = BBox(180, 178, 400, 192)
    assert said(words, (field,)) == [" ".join(LEFT), "Nom de la structure :", "0", " ".join(RIGHT)]


def test_fixtures_alone() -> None:
    assert said([], (BBox(50, 200, 100, 210), BBox(50, 100, 100, 110))) == ["1", "0"]


def test_a_heading_stands_apart_from_its_text() -> None:
    for heading in (
        line("Présentation du porteur", 50, 100, bold=True),
        line("Présentation du porteur", 50, 98, size=12),
        line("1. Présentation du porteur", 50, 100),
        line("Présentation du porteur", 50, 100),
    ):
        body = [f"{LEFT[0]} {LEFT[1]}", f"{LEFT[2]} {LEFT[3]}"]
        assert said(heading + lines(body, 50, 112))[1:] == [" ".join(LEFT)]


def test_a_heading_of_two_lines_is_one_block() -> None:
    heading = lines(
        ["4. Caractère innovant du projet au regard des", "besoins du territoire"], 50, 100, size=14, step=17
    )
    assert said(heading + lines(LEFT, 50, 145)) == [
        "4. Caractère innovant du projet au regard des besoins du territoire",
        " ".join(LEFT),
    ]


def test_list_entries_are_items() -> None:
    words = lines(["Nos partenaires :"], 50, 100) + lines(
        ["• la mairie", "• le lycée agricole", "- deux entreprises"], 60, 112
    )
    assert said(words) == ["Nos partenaires :", "• la mairie", "• le lycée agricole", "- deux entreprises"]
    assert kinds(words) == [BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ITEM, BlockKind.ITEM]


def test_a_number_within_a_sentence_begins_nothing() -> None:
    words = lines(["La halte est ouverte depuis le", "14 février 2012 et elle compte", "31 450 € de parts."], 50, 100)
    assert said(words) == ["La halte est ouverte depuis le 14 février 2012 et elle compte 31 450 € de parts."]


def test_figures_under_one_another_stay_apart() -> None:
    words = line("33 équipes", 60, 100) + line("16 ateliers menés", 43, 112) + line("4 audits", 65, 124)
    assert said(words) == ["33 équipes", "16 ateliers menés", "4 audits"]


def test_a_bold_label_stands_apart_from_what_it_says() -> None:
    words = line("Catégorie", 50, 100, bold=True) + lines(["innovation sociale de services", "et de produits"], 50, 112)
    assert said(words) == ["Catégorie", "innovation sociale de services et de produits"]


@pytest.mark.parametrize(
    "heading",
    [
        ["2. Présentation de la structure qui porte", "le projet et de ses partenaires"],
        ["2. Présentation du porteur :"],
        ["2. Qui êtes-vous ?"],
        ["2.1. Le porteur et son équipe."],
    ],
)
def test_a_numbered_heading_is_no_list_entry(heading: list[str]) -> None:
    words = lines(heading, 50, 100) + lines(["La coopérative réunit des habitants.", *RIGHT], 50, 140)
    assert said(words)[0] == " ".join(heading)
    assert kinds(words)[0] is BlockKind.PARAGRAPH


def test_numbers_that_follow_one_another_are_a_list() -> None:
    entries = ["1. Un service dépose son document.", "2. Une équipe le lit.", "3. On réécrit à quatre mains"]
    assert kinds(lines(entries, 50, 100)) == [BlockKind.ITEM] * 3
    letters = ["a) accueillir les familles", "b) les orienter ;", "c) les suivre"]
    assert kinds(lines(letters, 50, 100)) == [BlockKind.ITEM] * 3


def test_headings_that_follow_one_another_are_no_list() -> None:
    assert kinds(lines(["2. Le projet", "2.1. Ses publics :"], 50, 100)) == [BlockKind.PARAGRAPH] * 2
    assert kinds(lines(["2. Le projet", "3. Le budget"], 50, 100)) == [BlockKind.PARAGRAPH] * 2


def test_an_entry_keeps_its_further_lines() -> None:
    words = (
        line("•", 50, 100) + line("les habitants du quartier et ceux", 64, 100) + line("des communes voisines", 64, 112)
    )
    assert said(words) == ["• les habitants du quartier et ceux des communes voisines"]


def test_paragraphs_part_at_a_short_line_that_ends_a_sentence() -> None:
    words = lines([*LEFT, *RIGHT], 50, 100)
    assert said(words) == [" ".join(LEFT), " ".join(RIGHT)]


def test_bold_lines_in_a_sentence_do_not_break_it() -> None:
    words = line(LEFT[0], 50, 100) + line(LEFT[1], 50, 112, bold=True) + lines(LEFT[2:], 50, 124)
    assert said(words) == [" ".join(LEFT)]


def test_text_turned_upwards_reads_after_the_rest_and_keeps_its_place() -> None:
    upwards = [
        replace(word, box=BBox(20, 500 - word.box.x1, 30, 500 - word.box.x0), angle=270)
        for word in line("Association loi 1901", 0, 0)
    ]
    *_, last = lay_out(upwards + lines(LEFT, 50, 100), ())
    assert isinstance(last, LaidBlock)
    assert [word for part in last.lines for word in part.words] == upwards


def test_no_words_no_blocks() -> None:
    assert lay_out((), ()) == []
