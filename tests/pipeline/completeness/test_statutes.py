"""Statutes in all the ways in which they are printed."""

import pytest

from pipeline.completeness.papers import PaperKind, find_papers
from pipeline.completeness.signatures import read_signing
from tests.pipeline.builders import document_from_text

CLAUSES = (
    "il est fondé une association régie par la loi du 1er juillet 1901, Les Semeurs",
    "elle a pour but de faire vivre un jardin partagé",
    "le siège social est fixé à Agen",
    "sont membres les personnes à jour de leur cotisation",
    "l'assemblée générale ordinaire se réunit chaque année",
    "en cas de dissolution, l'actif est dévolu à une œuvre semblable",
)
SIGNED = "\n\nFait à Agen, le 3 mars 2012\n\nLa présidente, Jeanne Morel"


@pytest.mark.parametrize("form", ["Article {}. {}", "Art. {} – {}", "{}. {}", "Artide {} : {}"])
@pytest.mark.parametrize("separator", [". ", ".\n\n"])
@pytest.mark.parametrize("title", ["STATUTS", "Statuts de l'association Les Semeurs"])
def test_statutes_however_their_articles_are_printed(form: str, separator: str, title: str) -> None:
    named = ("Titre", "But", "Siège", "Membres", "Assemblée générale", "Dissolution")
    clauses = (
        form.format(number, f"{name}. {text}")
        for number, (name, text) in enumerate(zip(named, CLAUSES, strict=True), 1)
    )
    document = document_from_text(f"{title}\n\n{separator.join(clauses)}.{SIGNED}")
    [paper] = find_papers(document)
    assert paper.kind is PaperKind.STATUTES
    signing = read_signing(document, paper)
    assert signing.dated is not None
    assert signing.signed is not None


def test_statutes_whose_title_could_not_be_read() -> None:
    clauses = ". ".join(f"Article {number}. {text}" for number, text in enumerate(CLAUSES, 1))
    [paper] = find_papers(document_from_text(f"STAIUIS\n\n{clauses}.{SIGNED}"))
    assert paper.kind is PaperKind.STATUTES


def test_articles_cited_in_a_sentence_are_no_statutes() -> None:
    text = (
        "Nos statuts prévoient une assemblée générale ordinaire (article 5), un bureau élu (article 6), un siège "
        "social à Agen (article 3) et la dissolution (article 9). L'association est régie par la loi de 1901 ; sont "
        "membres les adhérents à jour de leur cotisation."
    )
    assert find_papers(document_from_text(text)) == ()


OWN_WORDS = """Statuts votés à Guise

Art. 1. Nom. Ici se forme « Le Pot commun ».

Art. 2. But. Elle cuisine à plusieurs.

Art. 3. Domicile. Chez le boulanger, à Guise.

Art. 4. Qui adhère. Toute personne qui épluche.

Art. 5. Cotisation. Un euro.

Art. 6. Assemblée. Une fois l'an, à table.

Art. 7. Bureau. Trois personnes tirées au sort.

Art. 8. Fin. Les casseroles vont à l'école."""


def test_statutes_in_their_writers_own_words_keep_the_subjects_of_articles() -> None:
    [paper] = find_papers(document_from_text(OWN_WORDS))
    assert paper.kind is PaperKind.STATUTES


def test_a_charter_with_articles_of_other_subjects_is_no_statutes() -> None:
    charter = "\n\n".join(f"Art. {number}. On range les outils et on rend la clef." for number in range(1, 9))
    assert find_papers(document_from_text(f"Charte du jardin\n\n{charter}")) == ()
