"""The three calls of the program hold what their texts ask."""

from datetime import date

import pytest

from pipeline.calls.catalogue import built_in_calls
from pipeline.calls.model import Call, CheckKind, LengthLimit, LimitUnit, RequirementKind
from pipeline.calls.parser import load_call

AQUITAINE = "aquitaine-2014"
ALPC = "alpc-2016"
HAUTS_DE_FRANCE = "hauts-de-france-2017"

MARKERS = {
    AQUITAINE: """place-des-beneficiaires nature-du-collectif intervention-du-collectif place-de-la-recherche
        ancrage-territorial gouvernance ressources accessibilite logique-de-service rupture changement-social
        environnement""",
    ALPC: """caractere-collectif richesse-du-collectif integration-des-beneficiaires gouvernance
        consistance-du-contenu rupture transformation-sociale ancrage-territorial accessibilite viabilite-economique
        environnement ouverture-recherche""",
    HAUTS_DE_FRANCE: """besoin-et-aspiration place-des-beneficiaires nature-du-collectif intervention-du-collectif
        place-de-la-recherche ancrage-territorial gouvernance ressources accessibilite logique-de-service rupture
        changement-social""",
}
FIELDS = {
    AQUITAINE: [str(number) for number in range(1, 12)],
    ALPC: [str(number) for number in range(1, 11)],
    HAUTS_DE_FRANCE: ["formulaire", "statuts", "recepisse-jo", "sirene"],
}
DEPARTMENTS = {
    AQUITAINE: "24 33 40 47 64",
    ALPC: "16 17 19 23 24 33 40 47 64 79 86 87",
    HAUTS_DE_FRANCE: "02 59 60 62 80",
}
DEADLINES = {AQUITAINE: date(2014, 8, 31), ALPC: date(2016, 9, 5), HAUTS_DE_FRANCE: date(2017, 12, 31)}


def amounts(call: Call) -> dict[CheckKind, int | None]:
    return {check.kind: check.amount for check in call.checks}


def test_the_three_calls_are_there() -> None:
    assert set(built_in_calls()) == set(MARKERS)


@pytest.mark.parametrize("name", MARKERS)
def test_contract_ids_in_order(name: str) -> None:
    call = load_call(name)
    assert call.id == name
    assert [marker.id for marker in call.markers] == MARKERS[name].split()
    assert [field.id for field in call.fields] == FIELDS[name]
    assert [kind.id for kind in call.types] == ["services", "organisationnelle", "territoriale"]
    assert [part.code for part in call.departments] == DEPARTMENTS[name].split()
    assert call.deadline == DEADLINES[name]


@pytest.mark.parametrize(
    ("name", "scale"),
    [
        (AQUITAINE, ["0", "1", "2", "3"]),
        (ALPC, ["Inexistant", "Faible", "Intermédiaire", "Fort"]),
        (HAUTS_DE_FRANCE, []),  # its text publishes no level
    ],
)
def test_levels(name: str, scale: list[str]) -> None:
    for marker in load_call(name).markers:
        assert [level.value for level in marker.levels] == scale
        assert all(level.wording for level in marker.levels)


def test_dimensions_of_alpc() -> None:
    dimensions = [marker.dimension for marker in load_call(ALPC).markers]
    assert dimensions == ["Portage"] * 4 + ["Contenu"] * 3 + ["Contexte"] * 5


@pytest.mark.parametrize(("name", "research", "partners"), [(AQUITAINE, "10", "9"), (ALPC, "9", "8")])
def test_le_cas_echeant_bears_on_research_but_only_on_a_part_of_partnerships(
    name: str, research: str, partners: str
) -> None:
    call = load_call(name)
    assert [field.id for field in call.fields if field.optional] == [research]
    optional = [(field.id, item.id) for field in call.fields for item in field.items if item.optional]
    assert optional == [(partners, "projet-territorial")]


@pytest.mark.parametrize(
    ("name", "field", "limit", "months"),
    [
        (AQUITAINE, "3", LengthLimit(2, LimitUnit.PAGES), None),
        (AQUITAINE, "8", None, 12),
        (ALPC, "2", LengthLimit(20, LimitUnit.LINES), None),
        (ALPC, "7", None, 24),
    ],
)
def test_limits_and_horizons(name: str, field: str, limit: LengthLimit | None, months: int | None) -> None:
    call = load_call(name)
    found = next(part for part in call.fields if part.id == field)
    assert (found.limit, found.horizon_months) == (limit, months)
    others = [part for part in call.fields if part.id != field]
    assert not any(limit and part.limit for part in others)
    assert not any(months and part.horizon_months for part in others)


@pytest.mark.parametrize(("name", "months"), [(AQUITAINE, 12), (ALPC, 24)])
def test_checks_with_amounts(name: str, months: int) -> None:
    call = load_call(name)
    assert (call.ceiling_eur, call.duration_months) == (40_000, months)
    expected = {
        CheckKind.AID_CEILING: 40_000,
        CheckKind.DURATION: months,
        CheckKind.ACCOUNTS_HORIZON: months,
        CheckKind.BEFORE_MARKET: None,
        CheckKind.TERRITORY: None,
        CheckKind.ELIGIBLE_BEARER: None,
        CheckKind.DEADLINE: None,
    }
    if name == ALPC:
        expected[CheckKind.NOT_ALREADY_AIDED] = None
    assert amounts(call) == expected


def test_hauts_de_france_checks_and_documents() -> None:
    call = load_call(HAUTS_DE_FRANCE)
    assert set(amounts(call)) == {CheckKind.PRIVATE_LAW_ONLY, CheckKind.TERRITORY, CheckKind.DEADLINE}
    assert (call.ceiling_eur, call.duration_months, call.payment) == (None, None, ())
    assert {field.kind for field in call.fields} == {RequirementKind.DOCUMENT}
    assert [field.id for field in call.fields if field.must_be_dated and field.must_be_signed] == ["statuts"]
    assert len(call.instruction_dimensions) == 5
    assert len(call.synthesis_items) == 4
    assert {kind.source.document for kind in call.types} == {"aquitaine-2014"}


def test_alpc_grid_and_outcomes() -> None:
    call = load_call(ALPC)
    assert call.grid is not None
    assert [value.value for value in call.grid.values] == ["A", "B", "C"]
    assert [len(group.items) for group in call.grid.groups] == [6, 2, 2, 2, 1, 2]
    assert [group.id for group in call.grid.groups if group.if_relevant] == ["approche-du-marche"]
    assert [outcome.id for outcome in call.outcomes] == ["non-retenu", "retenu", "retenu-finance", "retenu-reoriente"]


@pytest.mark.parametrize("name", MARKERS)
def test_every_item_says_where_it_was_read(name: str) -> None:
    call = load_call(name)
    keys = {source.key for source in call.sources}
    parts = (call.fields, call.markers, call.types, call.checks, call.bearers, call.objectives, call.procedure)
    sources = [part.source for some in parts for part in some]
    assert len(sources) > 35
    assert all(source.document in keys and source.place for source in sources)
