"""Length limits, measured on the page."""

from pipeline.calls.parser import load_call
from pipeline.completeness.evidence import Reading
from pipeline.completeness.limits import limit_findings
from pipeline.completeness.sections import read_sections
from pipeline.sentences import sentences
from tests.pipeline.builders import document_from_text
from tests.pipeline.completeness.reading import splitter

SENTENCE = "Le projet consiste à ouvrir un atelier où les habitants réparent ensemble leurs objets du quotidien. "
REST = "\n\n## Objectifs\n\nNous voulons réduire les déchets du canton.\n\n" + "\n\n".join([SENTENCE * 6] * 12)


def messages(text: str, call: str) -> list[str]:
    document = document_from_text(text)
    reading = Reading.of(document, load_call(call), sentences(document, splitter()))
    return [finding.message for finding in limit_findings(reading, read_sections(reading))]


def test_summary_over_two_pages() -> None:
    [message] = messages("## Résumé de l'action\n\n" + "\n\n".join([SENTENCE * 6] * 24) + REST, "aquitaine-2014")
    assert "pages" in message
    assert "2\u00a0pages" in message


def test_summary_within_two_pages_has_no_finding() -> None:
    assert messages("## Résumé de l'action\n\n" + "\n\n".join([SENTENCE * 6] * 6) + REST, "aquitaine-2014") == []


def test_summary_over_twenty_lines() -> None:
    [message] = messages("## Résumé de l'action\n\n" + SENTENCE * 30 + REST, "alpc-2016")
    assert "lignes imprimées" in message
    assert "20\u00a0lignes" in message


def test_summary_of_twenty_lines_has_no_finding() -> None:
    assert messages("## Résumé de l'action\n\n" + SENTENCE * 12 + REST, "alpc-2016") == []


def test_summary_that_is_not_there_has_no_finding() -> None:
    assert messages("## Objectifs\n\nNous voulons réduire les déchets du canton.", "alpc-2016") == []


LETTER = """
Monsieur le Président, notre association a été créée en 2003 et compte 140 adhérents dans le canton de Bellac.

{summary}

Nous avons deux objectifs : réduire de moitié les déchets du canton et former trente bénévoles en deux ans.

Nos partenaires sont la commune de Bellac, qui prête la salle, et le lycée, qui prête ses machines.
"""


def test_summary_without_heading_is_measured_to_the_next_answer() -> None:
    [message] = messages(LETTER.format(summary=f"{SENTENCE * 14}\n\n{SENTENCE * 14}"), "alpc-2016")
    assert "lignes imprimées à partir de la p.\u00a01" in message
    assert "faute d’intitulé" in message


def test_summary_without_heading_within_the_limit_has_no_finding() -> None:
    assert messages(LETTER.format(summary=SENTENCE * 8), "alpc-2016") == []
