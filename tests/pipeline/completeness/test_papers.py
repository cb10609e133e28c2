"""Papers recognised by what they are: statutes, receipt, announcement, register certificate, application."""

import pytest

from pipeline.analysis import Section, SectionStatus
from tests.pipeline.builders import document_from_texts
from tests.pipeline.completeness.reading import HERE, read

CALL = "hauts-de-france-2017"


def sketch(name: str) -> str:
    return "\n" + (HERE / "papers" / f"{name}.txt").read_text("utf-8")


APPLICATION = sketch("dossier")
ARTICLES = sketch("statuts")
SIGNED = "\nFait à Guise, le 14 mars 2014\n\nLa présidente, Odile Carlier\n\nLe trésorier, Jean Vasseur\n"
RECEIPT = sketch("recepisse")
GAZETTE = sketch("journal-officiel")
REGISTER = sketch("sirene")


def sections(**files: str) -> dict[str, Section]:
    return read(document_from_texts({f"{name}.pdf": text for name, text in files.items()}), CALL)


def statuses(**files: str) -> list[str]:
    return [section.status.value for section in sections(**files).values()]


def test_all_papers_in_files_whose_names_say_nothing() -> None:
    found = statuses(a=APPLICATION, scan1=ARTICLES + SIGNED, scan2=RECEIPT + "\f" + GAZETTE, doc=REGISTER)
    assert found == ["present", "present", "present", "present"]


def test_all_papers_in_one_file() -> None:
    assert statuses(tout="\f".join([REGISTER, GAZETTE, APPLICATION, RECEIPT, ARTICLES + SIGNED])) == ["present"] * 4


def test_papers_that_follow_one_another_on_the_same_page() -> None:
    assert statuses(tout=APPLICATION + RECEIPT + GAZETTE + REGISTER) == ["present", "absent", "present", "present"]


def test_file_names_prove_nothing() -> None:
    assert statuses(statuts=APPLICATION, sirene=APPLICATION, recepisse="Bonjour.")[1:] == ["absent"] * 3


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        ("", "aucune date"),
        ("\nLa présidente, Odile Carlier\n", "aucune date"),
        ("\nFait à Guise, le 14 mars 2014\n", "aucune signature"),
        ("\nFait à Guise, le 14 mars 2014\n\nSignatures :\n", "aucune signature"),
        ("\nFait à ................, le ................\n\nLa présidente\n", "aucune date"),
    ],
)
def test_statutes_without_date_or_signature_are_thin(ending: str, said: str) -> None:
    section = sections(a=APPLICATION, b=ARTICLES + ending)["statuts"]
    assert section.status is SectionStatus.THIN
    assert said in section.reason


def test_draft_statutes_are_not_signed() -> None:
    section = sections(b=ARTICLES.replace("# STATUTS", "# PROJET DE STATUTS") + SIGNED)["statuts"]
    assert section.status is SectionStatus.THIN


def test_statutes_over_several_pages_are_signed_on_the_last() -> None:
    half = ARTICLES.index("Article 5")
    text = ARTICLES[:half] + "\f" + ARTICLES[half:] + "\f" + SIGNED.replace("\nFait", "Fait")
    section = sections(b=text)["statuts"]
    assert section.status is SectionStatus.PRESENT


def test_adoption_by_an_assembly_dates_statutes() -> None:
    text = (
        ARTICLES
        + "\nStatuts adoptés par l'assemblée générale extraordinaire du 3 mai 2015.\n\nLe président : Luc Maes\n"
    )
    assert sections(b=text)["statuts"].status is SectionStatus.PRESENT


@pytest.mark.parametrize(("paper", "missing"), [(RECEIPT, "Journal officiel"), (GAZETTE, "récépissé")])
def test_half_of_the_receipt_and_announcement_is_thin(paper: str, missing: str) -> None:
    section = sections(a=APPLICATION, b=paper)["recepisse-jo"]
    assert section.status is SectionStatus.THIN
    assert f"il manque l’insertion au {missing}" in section.reason or f"il manque le {missing}" in section.reason
    assert [item.found for item in section.items].count(True) == 1


def test_papers_that_are_only_listed_are_absent_with_the_mention() -> None:
    text = APPLICATION + "\nPièces jointes : statuts, récépissé de déclaration, certificat SIRENE.\n"
    found = sections(a=text)
    assert {found[key].status for key in ("statuts", "recepisse-jo", "sirene")} == {SectionStatus.ABSENT}
    assert "simple mention" in found["statuts"].reason


def test_page_announcing_a_paper_that_is_not_there_is_thin() -> None:
    section = sections(a=APPLICATION, b="# Annexe 2 : Statuts\n\nÀ joindre.")["statuts"]
    assert section.status is SectionStatus.THIN


def test_company_without_receipt_is_absent_and_says_why_it_may_be() -> None:
    text = "La SCIC SAS La Roulotte, société coopérative, a un capital social de 42 000 €. " + APPLICATION
    section = sections(a=text)["recepisse-jo"]
    assert section.status is SectionStatus.ABSENT
    assert "société" in section.reason


def test_blank_form_is_thin() -> None:
    text = "# Dossier de candidature\n\nNom du projet :\n\nDescription :\n\nPartenaires :\n"
    assert sections(a=text)["formulaire"].status is SectionStatus.THIN


def test_statutes_do_not_answer_the_fields_of_a_project() -> None:
    found = read(document_from_texts({"a.pdf": ARTICLES + SIGNED}), "aquitaine-2014")
    assert found["4"].status is SectionStatus.ABSENT
    assert found["7"].status is SectionStatus.ABSENT


@pytest.mark.parametrize("title", ["Accusé de réception", "Vos démarches en ligne – accusé d'enregistrement"])
def test_an_acknowledgement_of_the_declaration_is_no_receipt(title: str) -> None:
    letter = (
        f"\n{title}\n\nLe greffe des associations de la sous-préfecture de Vervins a reçu le 4 mai votre "
        "déclaration, qui sera examinée sous huit jours.\n"
    )
    section = sections(a=APPLICATION, b=letter)["recepisse-jo"]
    assert section.status is SectionStatus.THIN
    assert "n’est pas le récépissé" in section.reason


def test_an_announcement_printed_in_one_go_is_one() -> None:
    whole = (
        "\nJOURNAL OFFICIEL DE LA RÉPUBLIQUE FRANÇAISE, ASSOCIATIONS, 146e année, n° 21, samedi 24 mai 2014, p. 22, "
        "annonce n° 412, Aisne, créations.\n\nLES MAINS VERTES. Objet : jardinage. Siège social : Guise. "
        "Date de la déclaration : 4 mai 2014.\n"
    )
    assert sections(a=APPLICATION, b=RECEIPT, c=whole)["recepisse-jo"].status is SectionStatus.PRESENT


def test_the_application_opens_in_its_own_file() -> None:
    letter = "\nChers amis, nous jouerons trois fois chez vous, et notre costumière aidera au stage des hôtes.\n"
    recitals = "\nLe préfet de l'Aisne, vu les délibérations des conseils, arrête que les statuts sont approuvés.\n"
    section = sections(a=recitals + ARTICLES + SIGNED, b=letter, c=APPLICATION)["formulaire"]
    assert section.status is SectionStatus.PRESENT
    assert "à partir de c.pdf" in section.reason
    assert "a.pdf" not in section.reason
