"""A call of the user's own, with fields that no topic describes."""

from dataclasses import replace

from pipeline.analysis import SectionStatus
from pipeline.calls.model import Call, RequiredField, Source, SubItem
from pipeline.calls.parser import load_call
from tests.pipeline.completeness.reading import read_text

SOURCE = Source("reglement", "§ 1")


def own_call() -> Call:
    risks = RequiredField(
        id="risques",
        title="Risques et parades",
        wording="Risques identifiés et parades prévues",
        source=SOURCE,
        items=(SubItem("assurance", "Assurance", cues=("assur*", "police d'assurance")),),
        headings=("ce qui pourrait mal tourner", "aléas"),
        cues=("risque*", "parade*", "en cas de ... (absence|panne|retard)"),
    )
    return replace(
        load_call("aquitaine-2014"),
        fields=(
            risks,
            replace(
                risks,
                id="charte",
                title="Charte graphique",
                wording="Charte",
                headings=(),
                cues=("charte graphique",),
                items=(),
                optional=True,
            ),
        ),
    )


def test_a_field_is_found_by_the_headings_of_its_call() -> None:
    text = """
## Ce qui pourrait mal tourner

En cas de panne du camion, la commune prête le sien.
Le principal risque est le départ du mécanicien ; un remplaçant est formé.
Nous avons souscrit une assurance.
"""
    section = read_text(text, own_call())["risques"]
    assert section.status is SectionStatus.PRESENT
    assert [item.found for item in section.items] == [True]


def test_a_field_is_found_by_the_cues_of_its_call() -> None:
    text = """
Le jardin ouvrira en mai. Le risque principal est la sécheresse, dont nous nous protégeons par deux citernes.
Une parade est prévue : en cas de retard des travaux, la mairie prête une serre.
"""
    assert read_text(text, own_call())["risques"].status is SectionStatus.PRESENT


def test_a_field_that_nothing_answers() -> None:
    found = read_text("Le jardin ouvrira en mai.", own_call())
    assert found["risques"].status is SectionStatus.ABSENT
    assert found["charte"].status is SectionStatus.NOT_APPLICABLE


def test_the_title_of_the_field_is_a_heading() -> None:
    assert read_text("## Risques et parades\n\n## Suite\n\nRien.", own_call())["risques"].status is SectionStatus.THIN
