"""A text that asks for no aid and tells of no bearer is no dossier: what it says by chance answers nothing."""

import pytest

from pipeline.analyse import Models, analyse
from pipeline.analysis import Analysis, Provenance, SectionStatus
from pipeline.calls.parser import load_call
from tests.pipeline.builders import document_from_text
from tests.pipeline.completeness.reading import splitter
from tests.pipeline.readers import EvenTypes, UntaughtReader, WordVectors

ARTICLE = """
# Tester sans développeur

L'objectif est de vérifier une hypothèse auprès de vingt habitants avant de construire quoi que ce soit. L'équipe
rencontre les usagers du service chez eux, dans trois villages, et note ce qui les gêne dans leurs démarches.

Le service s'adresse aux personnes âgées et aux familles. Une enquête mesure leur satisfaction chaque trimestre, à
l'aide d'indicateurs choisis avec elles, et les résultats sont publiés sur le territoire.
"""


def read(text: str, call: str = "alpc-2016") -> Analysis:
    models = Models(splitter(), WordVectors(), UntaughtReader(), EvenTypes())
    loaded = load_call(call)
    return analyse(document_from_text(text), loaded, models, Provenance("essai", loaded.digest, ()))


@pytest.mark.parametrize("call", ["alpc-2016", "aquitaine-2014", "hauts-de-france-2017"])
def test_an_article_answers_no_field_and_has_no_type(call: str) -> None:
    analysis = read(ARTICLE, call)
    assert analysis.innovation_type.suggested == ()
    assert all(section.status is not SectionStatus.PRESENT for section in analysis.sections)
    [noticed] = [finding for finding in analysis.findings if finding.code == "not-a-candidacy"]
    assert noticed.message.startswith("Le texte ne se présente pas comme une candidature\u00a0:")
    assert noticed.evidence


@pytest.mark.parametrize(
    "said",
    [
        "Nous sollicitons de la Région une aide de 24 000 €.",
        "SIREN : 732 829 320",
        "Cette candidature répond à l'appel à manifestation d'intérêt de la Région.",
        "Notre collectif vous écrit pour présenter notre projet.",
    ],
)
def test_an_applicant_who_speaks_makes_it_a_dossier(said: str) -> None:
    analysis = read(f"{said}\n{ARTICLE}")
    assert "not-a-candidacy" not in {finding.code for finding in analysis.findings}
    assert any(section.status is SectionStatus.PRESENT for section in analysis.sections)
