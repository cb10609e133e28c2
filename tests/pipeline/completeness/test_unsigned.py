import pytest

from pipeline.calls.parser import load_call
from pipeline.completeness.papers import find_papers
from pipeline.completeness.unsigned import signing_findings
from tests.pipeline.builders import document_from_text

STATUTES = """# Statuts de l'association Les Mains vertes

Article 1. Constitution et dénomination. Il est fondé entre les adhérents aux présents statuts une association régie
par la loi du 1er juillet 1901.

Article 2. Objet. L'association a pour objet le jardinage partagé.

Article 3. Siège social. Le siège est fixé à Guise.

Article 4. Membres. L'association se compose de membres actifs et de membres bienfaiteurs.

Article 5. Assemblée générale. L'assemblée générale ordinaire se réunit chaque année.

Article 6. Dissolution. En cas de dissolution, l'actif est dévolu à une association semblable.

"""


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        ("Fait à Guise, le 14 mars 2014\n\nLa présidente, Odile Carlier", []),
        ("Fait à Guise, le 14 mars 2014", ["unsigned-statutes"]),
        ("Qui entre signe la charte.\n\nFait à Guise, le 14 mars 2014\n\nLa présidente", ["unsigned-statutes"]),
        ("Fait à Guise, le 14 mars 2014\n\nLa présidente : signé", []),
        ("La présidente, Odile Carlier", ["undated-statutes"]),
        ("Fait à Guise, le ………………… en trois exemplaires", ["undated-statutes", "unsigned-statutes"]),
        ("Fait à Guise, le 14 mars 2014\n\nSignature précédée de « lu et approuvé »", ["unsigned-statutes"]),
    ],
)
def test_what_statutes_lack_is_a_finding(ending: str, expected: list[str]) -> None:
    document = document_from_text(STATUTES + ending)
    findings = signing_findings(document, load_call("hauts-de-france-2017"), find_papers(document))
    assert [finding.code for finding in findings] == expected
    assert all(finding.evidence for finding in findings)


def test_a_call_that_asks_no_statutes_has_no_such_finding() -> None:
    document = document_from_text(STATUTES)
    assert signing_findings(document, load_call("aquitaine-2014"), find_papers(document)) == ()
