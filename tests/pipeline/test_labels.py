import pytest

from pipeline.analysis import INNOVATION_TYPES, SectionStatus
from pipeline.labels import FACT_LABELS, STATUS_LABELS, TYPE_LABELS, fact_text, suggested_text


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("budget_total_eur", 1234567, "1\u202f234\u202f567\u00a0€"),
        ("aide_demandee_eur", 1250.5, "1\u202f250,50\u00a0€"),
        ("duree_mois", 24, "24\u00a0mois"),
        ("budget_equilibre", True, "oui"),
        ("commune", "Pau", "Pau"),
        ("date_creation", "2015-03-01", "1er mars 2015"),
        ("date_creation", "2015-03", "mars 2015"),
        ("date_creation", "2015", "2015"),
    ],
)
def test_facts_are_written_as_the_french_do(name: str, value: object, expected: str) -> None:
    assert fact_text(name, value) == expected  # type: ignore[arg-type]


def test_every_status_and_type_has_its_word() -> None:
    assert set(STATUS_LABELS) == set(SectionStatus)
    assert tuple(TYPE_LABELS) == INNOVATION_TYPES
    assert len(set(FACT_LABELS.values())) == len(FACT_LABELS)


def test_suggested_types_in_words() -> None:
    assert suggested_text(("services", "territoriale")) == "services et produits + territoriale"
    assert suggested_text(()) == "non tranché"
