import unicodedata

from pipeline.text import alphabetical, in_guillemets, listed, plural, same_name


def test_names_are_sorted_as_french_readers_expect() -> None:
    names = ["Zoé", "étal", "Écluse", "etal", "œuvre", "octave", "ognon", "abbaye", "été"]
    expected = ["abbaye", "Écluse", "etal", "étal", "été", "octave", "œuvre", "ognon", "Zoé"]
    assert sorted(names, key=alphabetical) == expected


def test_names_that_some_systems_hold_to_be_one_are_the_same() -> None:
    decomposed = unicodedata.normalize("NFD", "épicerie")
    assert decomposed != "épicerie"
    assert same_name(decomposed) == same_name("Épicerie") == same_name("épicerie")
    assert same_name("epicerie") != same_name("épicerie")


def test_guillemets_within_guillemets_are_others() -> None:
    assert in_guillemets("L'appel «\u00a0Habiter\u00a0» de 2016") == "«\u00a0L'appel “Habiter” de 2016\u00a0»"


def test_a_list_reads_as_one_whatever_its_entries_hold() -> None:
    assert listed(["a", "b", "c"]) == "a, b et c"
    assert listed(["a", "b et c", "d"]) == "a\u00a0; b et c\u00a0; d"
    assert listed(["«\u00a0a et b\u00a0» (p. 1)", "«\u00a0c\u00a0» (p. 2)"]).count(" et ") == 2


def test_counts_are_written_with_their_thousands_apart() -> None:
    assert plural(0, "mot", "mots") == "0 mot"
    assert plural(999, "mot", "mots") == "999 mots"
    assert plural(1599, "mot", "mots") == "1\N{NARROW NO-BREAK SPACE}599 mots"
