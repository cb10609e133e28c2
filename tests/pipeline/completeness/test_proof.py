"""The proof: evidence, reason and sub-items of a section."""

from pipeline.analysis import SectionStatus
from pipeline.calls.parser import load_call
from pipeline.completeness.evidence import Reading
from pipeline.completeness.sections import read_sections
from pipeline.sentences import sentences
from tests.pipeline.builders import document_from_text, document_from_texts, span_of
from tests.pipeline.completeness.reading import read, read_text, splitter

PORTEUR = """
## Qui sommes-nous ?

L'association Le Relais du Marsan, régie par la loi de 1901, a été créée en 1999. Elle compte 130 adhérents.
"""


def test_reason_names_the_heading_and_its_page() -> None:
    reason = read_text(PORTEUR)["1"].reason
    assert "« Qui sommes-nous ? »" in reason.replace("\u00a0", " ")
    assert "(p.\u00a01)" in reason


def test_reason_is_one_sentence_with_french_spacing() -> None:
    for section in read_text(PORTEUR + "\n## Budget\n\ncf. annexe 3\n").values():
        assert section.reason[0].isupper()
        assert section.reason.endswith(".")
        for sign in (" :", " ;", " »", "« "):
            assert sign not in section.reason


def test_items_found_and_lacking_are_listed() -> None:
    section = read_text(PORTEUR)["1"]
    found = {item.id: item.found for item in section.items}
    assert found["statuts"]
    assert found["membres"]
    assert not found["comptes-annuels"]
    assert "comptes annuels" in section.reason.split("non trouvés")[1]


def test_accounts_announced_only_are_not_accounts() -> None:
    text = PORTEUR + "\nLes comptes annuels seront transmis ultérieurement.\n"
    assert not {item.id: item.found for item in read_text(text)["1"].items}["comptes-annuels"]


def test_evidence_is_whole_sentences_and_not_the_heading() -> None:
    document = document_from_text(PORTEUR)
    section = read(document, "aquitaine-2014")["1"]
    assert 1 <= len(section.evidence) <= 4
    assert all(document.quote(span).endswith(".") for span in section.evidence)


def test_evidence_of_an_empty_heading_is_the_heading() -> None:
    document = document_from_text(
        "## Évaluation\n\n## Partenariats\n\nLa mairie de Dax prête une salle à l'association."
    )
    section = read(document, "aquitaine-2014")["11"]
    assert section.status is SectionStatus.THIN
    assert [document.quote(span) for span in section.evidence] == ["Évaluation"]


def test_absent_field_listed_in_the_contents_says_so() -> None:
    text = """
Sommaire

1. Présentation de l'association .......... 2

2. Évaluation .......... 9

# 1. Présentation de l'association

L'association Graines, loi 1901, créée en 2001, compte 40 adhérents et gère un jardin.
"""
    section = read_text(text)["11"]
    assert section.status is SectionStatus.ABSENT
    assert "sommaire" in section.reason


def test_answer_without_heading_says_where() -> None:
    text = """
## Moyens

Un comité de pilotage se réunit chaque mois ; une animatrice à mi-temps coordonne l'action.

Une doctorante du laboratoire PASSAGES suivra le projet. Elle observera les séances et remettra un rapport de recherche.
"""
    section = read_text(text)["10"]
    assert section.status is SectionStatus.PRESENT
    assert "sans intitulé propre" in section.reason
    assert "Moyens" in section.reason


def test_place_names_the_file_when_there_are_several() -> None:
    document = document_from_texts({"projet.pdf": PORTEUR, "suite.pdf": "## Partenariats\n\nNéant"})
    found = read(document, "aquitaine-2014")
    assert "projet.pdf, p.\u00a01" in found["1"].reason
    assert "suite.pdf, p.\u00a01" in found["9"].reason


def test_every_field_is_listed_even_for_an_empty_dossier() -> None:
    found = read_text("Bonjour.", "hauts-de-france-2017")
    assert list(found) == ["formulaire", "statuts", "recepisse-jo", "sirene"]
    assert {section.status for section in found.values()} == {SectionStatus.ABSENT}


def test_reason_names_a_repeated_heading_once() -> None:
    text = "## Objectifs\n\nCréer deux emplois.\n\n## Publics\n\nLes 90 ménages.\n\n## Objectifs\n\nDiviser l'eau."
    assert read_text(text)["4"].reason.count("Objectifs") == 1


def test_one_of_two_alternatives_suffices() -> None:
    text = "## Moyens\n\nUne animatrice à mi-temps sera recrutée et un comité de pilotage se réunit chaque mois."
    assert "ressources financières" not in read_text(text)["8"].reason


LETTERHEAD = """
# DES HAUTES TERRES

Qui nous sommes, d'abord. L'association a été créée par arrêté en 1998 ; elle réunit 40 adhérents et gère une halte.

| Dépenses | Montant | Recettes | Montant |

Les recettes viennent de la commune et du Département, qui sont nos partenaires depuis 2009 et signent une convention.
"""


def test_a_letterhead_or_the_head_of_a_table_is_not_named_as_a_part() -> None:
    for section in read_text(LETTERHEAD).values():
        assert "HAUTES TERRES" not in section.reason
        assert "Dépenses" not in section.reason


def test_a_name_read_elsewhere_is_found() -> None:
    document = document_from_text(PORTEUR.replace("Le Relais du Marsan", ""))
    call = load_call("aquitaine-2014")
    known = {"nom": span_of(document, "association")}
    section = read_sections(Reading.of(document, call, sentences(document, splitter())), known)[0]
    [name] = [item for item in section.items if item.id == "nom"]
    assert name.found
    assert name.evidence == (known["nom"],)


def test_an_empty_heading_is_not_shown_for_an_answer() -> None:
    accounts = "| Salaires | 20 000 € |\n| Achats | 4 000 € |\n| Total des dépenses | 24 000 € |"
    reason = read_text(f"{PORTEUR}\n## Budget de l'action\n\n{accounts}\n\n## Budget\n\n## Publics\n")["8"].reason
    assert "« Budget de l'action »" in reason.replace("\u00a0", " ")
    assert "« Budget »" not in reason.replace("\u00a0", " ")
