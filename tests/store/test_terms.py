import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.terms import Clause, clauses, places, words

TEXT = "L’association crée des emplois d’insertion ; l'Œuvre sociale fait de la sous-traitance, 46 500 € par an."


def held(query: str, text: str = TEXT) -> list[str]:
    return [text[span.start : span.end] for span in places(text, query)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Œuvres sociales", "oeuvre sociale"),
        ("EMPLOIS", "emploi"),
        ("l’économie", "economie"),
        ("d'insertion", "insertions"),
        ("bénéficiaires", "beneficiaire"),
        ("jusqu'à", "a"),
    ],
)
def test_accents_capitals_elisions_and_inflections_do_not_matter(one: str, other: str) -> None:
    assert [word.stem for word in words(one)] == [word.stem for word in words(other)]


def test_words_stand_where_their_spans_say() -> None:
    found = {word.form: TEXT[word.span.start : word.span.end] for word in words(TEXT)}
    assert found["association"] == "association"
    assert found["oeuvre"] == "Œuvre"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("emploi", ["emplois"]),
        ("inser", ["insertion"]),  # the last word may be only begun
        ("inser emploi", ["emplois"]),  # the others may not
        ('"emploi d\'insertion"', ["emplois d’insertion"]),
        ('"insertion emploi"', []),
        ("sous-traitances", ["sous-traitance"]),
        ("oeuvre", ["Œuvre"]),
        ("46 500", ["46 500"]),
        ("46\N{NARROW NO-BREAK SPACE}500", ["46 500"]),
        ("46500", ["46 500"]),
        ('"46500"', ["46 500"]),
        ("46 emploi", ["emplois", "46"]),
        ("la", ["la"]),
        ("", []),
        ('"*():-', []),
    ],
)
def test_places_are_those_of_the_words_asked_for(query: str, found: list[str]) -> None:
    assert held(query) == found


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("46 500 €", "une aide de 46500 euros"),
        ("1 250 000", "1250000"),
        ("99060622000012", "SIRET : 990 606 220 00012."),
        ("990 606 220 00012", "SIRET : 99060622000012."),
        ("990 606 220 00012", "SIRET : 990606220 00012."),
        ("990\N{NO-BREAK SPACE}606\N{NO-BREAK SPACE}220\N{NO-BREAK SPACE}00012", "SIRET : 990 606 220 000 12."),
        ("990606220", "SIRET : 990 606 220 00012."),
        ("coconstruction", "la co-construction"),
        ("co-construction", "la coconstruction"),
        ("écoquartiers", "un éco-quartier"),
    ],
)
def test_what_is_written_in_two_ways_is_found_by_either(query: str, text: str) -> None:
    assert held(query, text)


def test_places_that_overlap_are_one() -> None:
    assert held('"association crée" "crée des emplois"') == ["association crée des emplois"]


def test_small_words_are_left_out_unless_there_is_nothing_else() -> None:
    assert clauses("les emplois de la commune") == (Clause(("emploi",)), Clause(("commun",), "commune"))
    assert clauses("de la") == (Clause(("de",)), Clause(("la",)))


@given(st.text(max_size=60))
def test_any_query_is_clauses_of_plain_words(query: str) -> None:
    for clause in clauses(query):
        assert clause.stems
        assert all(part.isalnum() for part in clause.stems)
    places(TEXT, query)
