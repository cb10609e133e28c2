"""Findings on the files themselves: what could not be read, what was noticed."""

from collections import defaultdict
from collections.abc import Iterator

from pipeline.analysis import Finding
from pipeline.document import Document, FileStatus, PageState, SourceFile
from pipeline.findings.situation import finding
from pipeline.findings.wording import page_ranges
from pipeline.reasons import Note, Reason, phrase

_LEAST_CONFIDENCE = 0.75  # mean of a page's words below which its text is to be checked on the page
_LEAST_WORDS = 10
_NOTHING_TO_DO = frozenset({Note.EMPTY_PASSWORD})


def file_findings(document: Document) -> tuple[Finding, ...]:
    """All that is to be said of the files, whether anything could be read or not."""
    checks = (unreadable_files, file_notes, unread_pages, uncertain_pages)
    return tuple(found for check in checks for found in check(document))


def unreadable_files(document: Document) -> Iterator[Finding]:
    for file in document.files:
        if file.status is FileStatus.UNREADABLE and file.reason is not None:
            said = phrase(file.reason)
            yield finding("unreadable-file", f"{file.name} : {said.said} {said.advice}")


def file_notes(document: Document) -> Iterator[Finding]:
    """Scripts, attachments, dynamic forms, empty passwords."""
    for file in document.files:
        for note in file.notes:
            said = phrase(note)
            advice = "" if note in _NOTHING_TO_DO else f" {said.advice}"
            yield finding(f"file-{note}", f"{file.name} : {said.said}{advice}")


def unread_pages(document: Document) -> Iterator[Finding]:
    """Pages that failed, and pages without text that could not be recognised, by file and reason."""
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    for page in document.pages:
        if page.reason is not None and not _is_said(document.files[page.file]):
            groups[page.file, page.reason].append(page.number)
    for (file, reason), numbers in sorted(groups.items()):
        said = phrase(reason)
        name = document.files[file].name
        yield finding("unread-pages", f"{name}, {page_ranges(numbers)} : {said.said} {said.advice}")


def _is_said(file: SourceFile) -> bool:
    """Whether the reason of the whole file says what happened to its pages."""
    return file.status is FileStatus.UNREADABLE and file.reason != Reason.NO_TEXT


def uncertain_pages(document: Document) -> Iterator[Finding]:
    """Pages read by OCR whose words are doubtful on the whole."""
    confidences: dict[int, list[float]] = defaultdict(list)
    for word in document.words:
        if word.confidence is not None:
            confidences[word.page].append(word.confidence)
    groups: dict[int, list[int]] = defaultdict(list)
    for index, values in sorted(confidences.items()):
        page = document.pages[index]
        if (
            page.state is PageState.OCR
            and len(values) >= _LEAST_WORDS
            and sum(values) / len(values) < _LEAST_CONFIDENCE
        ):
            groups[page.file].append(page.number)
    for file, numbers in sorted(groups.items()):
        yield finding(
            "page-uncertain-ocr",
            f"{document.files[file].name}, {page_ranges(numbers)} : texte lu par reconnaissance de caractères "
            f"(OCR), peu sûr."
            " Comparez-le à la page avant de vous y fier.",
        )
