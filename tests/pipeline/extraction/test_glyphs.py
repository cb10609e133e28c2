import pytest

from pipeline.extraction.glyphs import clean_word, same_length_cleaning


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("ﬁnancement", "financement"),
        ("reﬂet", "reflet"),
        ("aﬀectation", "affectation"),
        ("inno\u00advation", "innovation"),
        ("inno\u00ad", "inno-"),
        ("\uf0b7", "•"),
        ("\uf0fc", "✓"),
        ("\uf0ff", "•"),
        ("\uf050\uf072\uf06f\uf06a\uf065\uf074", "Projet"),
        ("pr´esent", "présent"),
        ("fran¸cais", "français"),
        ("e\u0301tude", "étude"),
        ("a\u200bb", "ab"),
        ("\ud83d", "\ufffd"),
        ("mot\x00", "mot"),
        ("\u00ad", ""),
        ("l’œuvre", "l’œuvre"),
    ],
)
def test_words_are_read_as_they_are_meant(raw: str, meant: str) -> None:
    assert clean_word(raw) == meant


def test_line_end_hyphens_of_pdfium_are_hyphens() -> None:
    assert same_length_cleaning("inno\x02vation co\ufffeconstruction") == "inno-vation co-construction"


def test_control_characters_in_place_of_spaces() -> None:
    line = "Le\x03projet\x03répond\x03aux\x03besoins\x03des\x03habitants"
    assert same_length_cleaning(line) == line.replace("\x03", " ")


def test_a_few_marks_are_no_spaces() -> None:
    assert same_length_cleaning("100 % des adhérents & amis # 3") == "100 % des adhérents & amis # 3"
