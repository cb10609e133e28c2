"""What of a dossier was not read, said wherever something is said to be lacking: it may stand there."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.analysis import Finding, Section, SectionStatus
from pipeline.document import Document, FileStatus, PageState
from pipeline.findings.wording import page_ranges
from pipeline.text import listed, typeset

# Findings that something was not found.
_OF_ABSENCE = frozenset(
    {
        "annexe-missing",
        "not-a-candidacy",
        "seat-not-found",
        "type-not-declared",
        "undated-statutes",
        "unsigned-statutes",
    }
)
_NAMED = 3  # files that are named; more are counted


def unread_parts(document: Document) -> str:
    """« les pages 1 à 5 n’ont pas été lues », files named where there are several; empty when all was read."""
    return typeset(listed([*_unread_files(document), *_unread_pages(document)]))


def with_caution(sections: Sequence[Section], unread: str) -> tuple[Section, ...]:
    """The sections, those that lack something saying `unread`, what was not read."""
    return tuple(_cautious(section, unread) for section in sections) if unread else tuple(sections)


def findings_with_caution(findings: Sequence[Finding], unread: str) -> tuple[Finding, ...]:
    """The findings, those of an absence saying `unread`, what was not read."""
    if not unread:
        return tuple(findings)
    return tuple(
        replace(found, message=f"{found.message.rstrip('.')} ({unread})") if found.code in _OF_ABSENCE else found
        for found in findings
    )


def _cautious(section: Section, unread: str) -> Section:
    if section.status is SectionStatus.PRESENT and all(item.found for item in section.items):
        return section
    reason = typeset(f"{section.reason.rstrip('.')} ; {unread}.")
    if section.status is SectionStatus.ABSENT:
        reason = f"Dans ce qui a été lu, {reason[:1].lower()}{reason[1:]}"
    return replace(section, reason=reason)


def _unread_files(document: Document) -> Iterator[str]:
    names = [f"« {file.name} »" for file in document.files if file.status is FileStatus.UNREADABLE]
    if len(names) > _NAMED:
        yield f"{len(names)} fichiers n’ont pas été lus"
    elif len(names) > 1:
        yield f"les fichiers {listed(names)} n’ont pas été lus"
    elif names:
        yield f"le fichier {names[0]} n’a pas été lu"


def _unread_pages(document: Document) -> Iterator[str]:
    for index, file in enumerate(document.files):
        if file.status is FileStatus.READ:
            pages = [page for page in document.pages if page.file == index]
            where = f" de « {file.name} »" if len(document.files) > 1 else ""
            failed = [page.number for page in pages if page.state is PageState.FAILED]
            partial = [page.number for page in pages if page.state is not PageState.FAILED and page.reason is not None]
            if failed:
                yield _said(failed, where, "n’a pas été lue", "n’ont pas été lues")
            if partial:
                yield _said(partial, where, "n’a été lue qu’en partie", "n’ont été lues qu’en partie")


def _said(numbers: Sequence[int], where: str, one: str, many: str) -> str:
    pages = page_ranges(numbers)
    return f"la {pages}{where} {one}" if len(numbers) == 1 else f"les {pages}{where} {many}"
