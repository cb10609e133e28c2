import pytest

from store.people.filters import Dimension, Filter, Sort, read

FULL = Filter(
    words="friche à « partager »",
    chosen=(
        (Dimension.STATE, ("a-instruire", "complet")),
        (Dimension.ASSIGNEE, ("3", "aucun")),
        (Dimension.ABSENT, ("1", "aucun")),
        (Dimension.FINDING, ("annexe-missing",)),
        (Dimension.DEPARTMENT, ("2A", "33")),
        (Dimension.ALIKE, ("oui",)),
    ),
    aid_from=1000,
    aid_to=20000,
    sort=Sort.AID,
    descending=True,
)


@pytest.mark.parametrize("made", [Filter(), FULL, Filter(words="&=?#é"), Filter(sort=Sort.LABELS)])
def test_a_filter_and_its_query_are_one(made: Filter) -> None:
    assert read(made.query()).filter == made
    assert read(made.query()).ignored == ()


def test_the_query_is_never_empty_and_always_the_same() -> None:
    assert Filter().query() == "tri=nom"
    assert read("tri=nom&etat=complet&etat=a-instruire&etat=complet").filter.query() == (
        "etat=a-instruire&etat=complet&tri=nom"
    )


def test_what_is_unknown_is_left_aside_and_named() -> None:
    asked = read("etat=fini&etat=complet&zz=1&tri=note&aide-min=beaucoup&instruction=-1&type=autre&page=3&fait=1")
    assert asked.filter == Filter(chosen=((Dimension.STATE, ("complet",)),))
    assert asked.ignored == ("etat", "zz", "tri", "aide-min", "instruction", "type")


def test_no_score_is_ever_a_column_or_a_filter() -> None:
    names = {each.value for each in (*Dimension, *Sort)}
    assert not any("note" in name or "score" in name or "repere" in name for name in names)
    assert read("tri=note&note=3&score=2").filter == Filter()


def test_blank_fields_of_the_form_mean_nothing() -> None:
    assert read("recherche=&aide-min=&aide-max=&tri=nom").filter == Filter()
    assert read("aide-min=12+000").filter.aid_from == 12000


def test_taking_a_value_away_keeps_the_others() -> None:
    made = FULL.without(Dimension.DEPARTMENT, "33").without(Dimension.ALIKE, "oui")
    assert made.values(Dimension.DEPARTMENT) == ("2A",)
    assert made.values(Dimension.ALIKE) == ()
    assert made.values(Dimension.STATE) == ("a-instruire", "complet")


def test_a_column_sorts_one_way_then_the_other() -> None:
    once = Filter().sorted_by(Sort.AID)
    assert (once.sort, once.descending) == (Sort.AID, False)
    assert once.sorted_by(Sort.AID).descending
    assert not once.sorted_by(Sort.AID).sorted_by(Sort.NAME).descending


def test_an_address_cannot_choose_without_end() -> None:
    query = "&".join(f"constat=c-{number}" for number in range(190))
    assert len(read(query).filter.values(Dimension.FINDING)) == 100
