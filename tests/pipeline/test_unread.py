"""Nothing is said to be lacking without saying what was not read."""

from dataclasses import replace

import pytest

from models.french import FrenchSentences
from pipeline.analyse import Models, analyse
from pipeline.analysis import Analysis, AnalysisStatus, Finding, ItemReading, Provenance, Section, SectionStatus
from pipeline.document import Document, FileStatus, Page, PageState
from pipeline.reasons import Reason
from pipeline.unread import findings_with_caution, unread_parts, with_caution
from tests.pipeline.builders import document_from_text, document_from_texts
from tests.pipeline.facts.reading import call_named
from tests.pipeline.readers import EvenTypes, UntaughtReader, WordVectors

SKETCH = "Porteur : Association Les Tisseurs (loi de 1901)\n\nAide sollicitée : 32 000 €"


def one_file(*states: tuple[PageState, str | None]) -> Document:
    """A file whose first page was read, with more pages that ended as told."""
    document = document_from_text(SKETCH)
    first = document.pages[0]
    more = (Page(0, number, 595, 842, state, reason) for number, (state, reason) in enumerate(states, start=2))
    return replace(document, pages=(first, *more))


FAILED = (PageState.FAILED, Reason.OCR_MISSING)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (one_file(), ""),
        (one_file((PageState.EMPTY, None)), ""),
        (one_file(FAILED), "la page 2 n’a pas été lue"),
        (one_file(FAILED, FAILED, FAILED), "les pages 2 à 4 n’ont pas été lues"),
        (
            one_file(FAILED, (PageState.TEXT, Reason.OCR_FAILED)),
            "la page 2 n’a pas été lue et la page 3 n’a été lue qu’en partie",
        ),
    ],
)
def test_pages_that_were_not_read_are_named(document: Document, said: str) -> None:
    assert unread_parts(document) == said


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        (1, "le fichier «\u00a01.pdf\u00a0» n’a pas été lu"),
        (2, "les fichiers «\u00a01.pdf\u00a0» et «\u00a02.pdf\u00a0» n’ont pas été lus"),
        (4, "4 fichiers n’ont pas été lus"),
    ],
)
def test_files_that_were_not_read_are_named_or_counted(lost: int, said: str) -> None:
    document = document_from_texts({f"{number}.pdf": SKETCH for number in range(6)})
    files = tuple(
        replace(file, status=FileStatus.UNREADABLE, reason=Reason.ENCRYPTED) if 1 <= index <= lost else file
        for index, file in enumerate(document.files)
    )
    assert unread_parts(replace(document, files=files)) == said


LACKING = Section("2", "Résumé", SectionStatus.ABSENT, "Aucun passage n’y répond.")


def test_a_section_that_was_not_found_says_what_was_not_read() -> None:
    (said,) = with_caution((LACKING,), "la page 2 n’a pas été lue")
    assert said.reason == "Dans ce qui a été lu, aucun passage n’y répond\u00a0; la page 2 n’a pas été lue."
    assert said.status is SectionStatus.ABSENT


def test_only_what_lacks_something_is_qualified() -> None:
    answered = replace(LACKING, status=SectionStatus.PRESENT, reason="Répondu.")
    incomplete = replace(answered, items=(ItemReading("a", "Statuts", found=False),))
    first, second = with_caution((answered, incomplete), "la page 2 n’a pas été lue")
    assert first == answered
    assert second.reason == "Répondu\u00a0; la page 2 n’a pas été lue."


def test_when_all_was_read_nothing_is_added() -> None:
    findings = (Finding("annexe-missing", "annexe citée mais non jointe"),)
    assert with_caution((LACKING,), "") == (LACKING,)
    assert findings_with_caution(findings, "") == findings


def test_a_finding_of_absence_says_what_was_not_read() -> None:
    findings = (Finding("annexe-missing", "annexe 2 non jointe."), Finding("aid-above-ceiling", "aide trop haute"))
    said = [found.message for found in findings_with_caution(findings, "la page 2 n’a pas été lue")]
    assert said == ["annexe 2 non jointe (la page 2 n’a pas été lue)", "aide trop haute"]


def analysed(document: Document) -> Analysis:
    call = call_named("aquitaine-2014")
    models = Models(FrenchSentences(), WordVectors(), UntaughtReader(), EvenTypes())
    return analyse(document, call, models, Provenance("0", call.digest, ()))


def test_no_field_of_a_dossier_read_in_part_is_flatly_absent() -> None:
    absent = [
        section for section in analysed(one_file(FAILED, FAILED)).sections if section.status is SectionStatus.ABSENT
    ]
    assert absent
    assert all(section.reason.endswith("\u00a0; les pages 2 et 3 n’ont pas été lues.") for section in absent)


def test_of_a_dossier_that_was_not_read_only_the_files_are_spoken_of() -> None:
    document = one_file(FAILED)
    files = (replace(document.files[0], status=FileStatus.UNREADABLE, text_source=None, reason=Reason.OCR_MISSING),)
    analysis = analysed(replace(document, files=files))
    assert analysis.status is AnalysisStatus.UNREADABLE
    assert [finding.code for finding in analysis.findings] == ["unreadable-file"]
    assert {section.reason for section in analysis.sections} == {
        "Rien n’a pu être vérifié\u00a0: aucun fichier du dossier n’a pu être lu."
    }
    assert analysis.facts == ()
