import pytest

from store.people.filters import Amount, Dimension, Filter, Range, Sort, read

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
    amounts=((Amount.AID, Range(1000, 20000)), (Amount.BUDGET, Range(most=90000))),
    sort=Sort.AID,
    descending=True,
    columns=(Sort.AID, Sort.STATE),
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


@pytest.mark.parametrize("query", ["colonnes=note.score.nom", "colonnes=.", "zz-min=3", "budget-max=x", "-min=3"])
def test_columns_and_amounts_that_nobody_knows_are_left_aside(query: str) -> None:
    assert read(query).filter == Filter()
    assert read(query).ignored == (query.partition("=")[0],)


def test_columns_are_said_in_one_order_and_once() -> None:
    made = read("colonnes=etat.aide.etat.zz&tri=nom").filter
    assert made.columns == (Sort.AID, Sort.STATE)
    assert made.query() == "tri=nom&colonnes=aide.etat"
    assert made.unnarrowed() == made


def test_no_score_is_ever_a_column_or_a_filter() -> None:
    names = {each.value for each in (*Dimension, *Sort)}
    assert not any("note" in name or "score" in name or "repere" in name for name in names)
    assert read("tri=note&note=3&score=2").filter == Filter()


def test_blank_fields_of_the_form_mean_nothing() -> None:
    assert read("recherche=&aide-min=&aide-max=&tri=nom").filter == Filter()
    assert read("aide-min=12+000").filter.amount(Amount.AID) == Range(12000)


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
