"""Real and hostile PDFs, kept outside the repository."""

import itertools

import pytest

from pipeline.document import FileStatus, PageState
from pipeline.extraction.isolation import read_dossier_isolated
from pipeline.extraction.limits import ReadingLimits
from pipeline.extraction.reader import read_dossier
from tests.shared_material import shared_folder

pytestmark = pytest.mark.shared

HOSTILE = [
    "mozilla+pdf.js/test__pdfs__bug1980958.pdf",  # nothing but rubbish after the header
    "mozilla+pdf.js/test__pdfs__poppler-91414-0-54.pdf",  # no page
    "mozilla+pdf.js/test__pdfs__saslprep-r6.pdf",  # password
    "mozilla+pdf.js/test__pdfs__issue9972-1.pdf",  # empty password
    "mozilla+pdf.js/test__pdfs__Pages-tree-refs.pdf",  # page tree in a circle
    "mozilla+pdf.js/test__pdfs__issue14130.pdf",  # scripts and a dynamic form
    "mozilla+pdf.js/test__pdfs__issue15092.pdf",  # form
    "mozilla+pdf.js/test__pdfs__issue17056.pdf",  # attachment
    "mozilla+pdf.js/test__pdfs__PDFBOX-3148-2-fuzzed.pdf",
    "pikepdf+pikepdf/tests__resources__fuzz__378014596.pdf",
    "ocrmypdf+OCRmyPDF/tests__resources__invalid.pdf",
    "py-pdf+sample-files/026-latex-multicolumn__multicolumn.pdf",
]
REASONS = {
    "mozilla+pdf.js/test__pdfs__bug1980958.pdf": "damaged",
    "mozilla+pdf.js/test__pdfs__saslprep-r6.pdf": "encrypted",
    "pikepdf+pikepdf/tests__resources__fuzz__378014596.pdf": "damaged",  # its only page
    "ocrmypdf+OCRmyPDF/tests__resources__invalid.pdf": "damaged",
}


def test_hostile_files_are_all_read_or_said_to_be_unreadable() -> None:
    folder = shared_folder("real", "hostile-pdf")
    found = read_dossier_isolated("hostile", [folder / name for name in HOSTILE], ReadingLimits(), use_ocr=False)
    for index, (name, file) in enumerate(zip(HOSTILE, found.files, strict=True)):
        states = [page.state for page in found.pages if page.file == index]
        assert len(states) == file.pages
        assert (file.status is FileStatus.READ) == (name not in REASONS), name
        assert file.reason == REASONS.get(name)
        assert PageState.FAILED not in states or "tree" in name or "fuzz" in name


def test_columns_of_a_real_paper_read_one_after_the_other() -> None:
    path = shared_folder("real", "hostile-pdf") / "py-pdf+sample-files" / "026-latex-multicolumn__multicolumn.pdf"
    found = read_dossier("paper", [path], ReadingLimits())
    assert found.tables == ()
    columns = [
        [line.box.x0 > page.width / 2 for line in found.lines if line.page == i] for i, page in enumerate(found.pages)
    ]
    for sides in columns:
        # From left to right a few times at most (parts of the page), not at each line.
        assert sum(before != after for before, after in itertools.pairwise(sides)) < 8


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "LL-Charte.pdf",
            "afin de développer et de promouvoir l’implication des usagers dans les processus de recherche",
        ),
        ("guide.pdf", "L’ensemble des Startups d’État constitue aujourd’hui"),
        (
            "13-mesure-impact.pdf",
            "n’a pas pour objectif de faire de l’innovation, ni d’expérimenter de nouvelles méthodes de",
        ),
    ],
)
def test_sentences_of_french_reports_are_whole(name: str, sentence: str) -> None:
    found = read_dossier("report", [shared_folder("real", "french-pdf") / name], ReadingLimits())
    assert sentence in found.body
