from collections import Counter

import pytest

from pipeline.extraction.hyphens import is_cut, keeps_hyphen, vocabulary


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("inno-", "vation"),
        ("expéri-", "mentation"),
        ("déve-", "loppement,"),
        ("co-", "opération"),
        ("co-", "hésion"),
        ("entre-", "prise"),
        ("mé-", "thodes"),
        ("(parte-", "naires)"),
        ("éco-", "nomique"),
        ("qu’auto-", "nomie"),
    ],
)
def test_hyphens_of_the_line_go(first: str, second: str) -> None:
    assert is_cut(first, second)
    assert not keeps_hyphen(first, second, Counter())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("co-", "construction"),
        ("co-", "financement"),
        ("rendez-", "vous"),
        ("Hauts-de-", "France"),
        ("Hauts-", "de-France"),
        ("socio-", "économique"),
        ("c’est-à-", "dire"),
        ("peut-", "être"),
        ("eux-", "mêmes"),
        ("celui-", "ci"),
        ("tiers-", "lieux"),
        ("2014-", "2016"),
        ("Lot-", "et-Garonne"),
        ("Saint-", "Étienne"),
        ("a-t-", "il"),
    ],
)
def test_hyphens_of_the_word_stay(first: str, second: str) -> None:
    assert is_cut(first, second)
    assert keeps_hyphen(first, second, Counter())


def test_what_stands_elsewhere_in_the_document_decides() -> None:
    known = vocabulary(["Une", "éco-nomie.", "(co-hésion)", "sociolinguistique"])
    assert keeps_hyphen("co-", "hésion", known)
    assert not keeps_hyphen("socio-", "linguistique", known)


@pytest.mark.parametrize(
    ("first", "second"), [("-", "un"), ("–", "deux"), ("mot", "autre"), ("mot-", "«"), ("n°-", "(x)")]
)
def test_other_ends_of_lines_are_not_cut_words(first: str, second: str) -> None:
    assert not is_cut(first, second)
