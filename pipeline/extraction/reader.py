"""Reading a dossier: every file ends in a status, every page in a state, and nothing stops the others."""

import hashlib
import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw

from pipeline.document import Document, FileStatus, PageState, SourceFile, TextSource
from pipeline.extraction import file_notes, forms, ink, ocr
from pipeline.extraction.aligned import aligned_tables
from pipeline.extraction.appearances import with_shown_words
from pipeline.extraction.assembly import ReadFile, assemble
from pipeline.extraction.collection import no_collection
from pipeline.extraction.damage import damaged_pages
from pipeline.extraction.frame import PageFrame
from pipeline.extraction.limits import ReadingLimits
from pipeline.extraction.problems import ReadingProblem
from pipeline.extraction.raw import AnswerKind, RawAnswer, RawPage, RawTable, RawWord
from pipeline.extraction.tables import ruled_tables
from pipeline.extraction.words import read_words
from pipeline.reasons import Note, Reason

_HEADER_WITHIN = 1024  # bytes: readers accept so much rubbish before "%PDF-"
_PAGE_TREE = re.compile(rb"/Type\s*/Pages\b")
_PAGE = re.compile(rb"/Type\s*/Page\b|/ObjStm\b")  # objects in a stream may be pages
_ENOUGH_WORDS = 60  # a page with as many was worth reading even where OCR could not add to it
_SOURCES = {PageState.TEXT: TextSource.NATIVE, PageState.FORM: TextSource.FORM, PageState.OCR: TextSource.OCR}
_OF_FILE: dict[str, Reason] = {  # why a file was not read, by the reason that all its unread pages have
    Reason.OCR_MISSING: Reason.OCR_MISSING,
    Reason.PAGE_TOO_LARGE: Reason.PAGE_TOO_LARGE,
    Reason.PAGE_DAMAGED: Reason.DAMAGED,
    Reason.MEMORY: Reason.MEMORY,
}


def read_dossier(
    name: str, files: Sequence[Path], limits: ReadingLimits, engine: ocr.OcrEngine | None = None
) -> Document:
    """Reads all PDFs of a dossier, in this process, into one document.

    Files that cannot be read are in the document without pages and with a reason; so are pages, with their state.
    Pages without usable text are read by `engine`; without one they end as failed with the reason `ocr-missing`.

    Raises:
        OSError: a file cannot be opened by this user.
    """
    return assemble(name, [read_file(path, limits, engine) for path in files])


def read_file(path: Path, limits: ReadingLimits, engine: ocr.OcrEngine | None) -> ReadFile:
    """Reads one PDF."""
    try:
        _check_content(path, limits)
        with _opened(path) as (document, password_notes):
            pages = _read_pages(path, document, limits, engine)
            notes = (*password_notes, *_file_notes(document, path))
    except ReadingProblem as problem:
        return unreadable(path, problem.reason)
    return ReadFile(_source(path, pages, notes), pages)


def unreadable(path: Path, reason: Reason) -> ReadFile:
    """A file that could not be read at all."""
    return ReadFile(SourceFile(path.name, _digest(path), 0, FileStatus.UNREADABLE, reason=reason), ())


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _check_content(path: Path, limits: ReadingLimits) -> None:
    size = path.stat().st_size
    if size == 0:
        raise ReadingProblem(Reason.EMPTY_FILE)
    if size > limits.file_bytes:
        raise ReadingProblem(Reason.TOO_LARGE)
    with path.open("rb") as stream:
        head = stream.read(_HEADER_WITHIN)
    if b"%PDF-" not in head:
        # Without a header some PDFs still open; what is plainly something else is named so.
        raise ReadingProblem(Reason.DAMAGED if b" obj" in head else Reason.NOT_A_PDF)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[pypdfium2.PdfDocument, tuple[Note, ...]]]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise ReadingProblem(_why_not_opened(path, error.err_code)) from None
    try:
        if document.get_formtype() != raw.FORMTYPE_NONE:
            document.init_forms()
        # PDFium tries the empty password by itself.
        encrypted = raw.FPDF_GetSecurityHandlerRevision(document) >= 0
        yield document, (Note.EMPTY_PASSWORD,) if encrypted else ()
    finally:
        document.close()


def _why_not_opened(path: Path, code: int | None) -> Reason:
    """Confirms PDFium's word by the file's own: its error may be that of another file, opened before."""
    data = path.read_bytes()
    if code == raw.FPDF_ERR_PASSWORD and b"/Encrypt" in data:
        return Reason.ENCRYPTED
    if _PAGE_TREE.search(data) and not _PAGE.search(data):
        return Reason.NO_PAGES
    return Reason.DAMAGED


def _file_notes(document: pypdfium2.PdfDocument, path: Path) -> tuple[str, ...]:
    try:
        return file_notes.read_notes(document, path)
    except pypdfium2.PdfiumError:
        return ()


def _read_pages(
    path: Path, document: pypdfium2.PdfDocument, limits: ReadingLimits, engine: ocr.OcrEngine | None
) -> tuple[RawPage, ...]:
    count = len(document)
    if count == 0:
        raise ReadingProblem(Reason.NO_PAGES)
    if count > limits.pages:
        raise ReadingProblem(Reason.TOO_MANY_PAGES)
    with no_collection():
        pages = tuple(_read_page(document, number, limits, engine) for number in range(1, count + 1))
    return _with_damage(path, pages)


def _read_page(
    document: pypdfium2.PdfDocument, number: int, limits: ReadingLimits, engine: ocr.OcrEngine | None
) -> RawPage:
    """One page. What goes wrong with it is its own failure."""
    frame = None
    try:
        page = document[number - 1]
    except (pypdfium2.PdfiumError, IndexError):
        return _failed(number, None, Reason.PAGE_DAMAGED)
    try:
        frame = _checked_frame(page)
        return _page_content(document, page, number, frame, limits, engine)
    except ReadingProblem as problem:
        return _failed(number, frame, problem.reason)
    except MemoryError:
        return _failed(number, frame, Reason.MEMORY)
    except Exception:  # whatever a bad page provokes is its own failure
        return _failed(number, frame, Reason.PAGE_DAMAGED)
    finally:
        page.close()


def _checked_frame(page: pypdfium2.PdfPage) -> PageFrame:
    frame = PageFrame.of(page)
    if not (0 < frame.width < math.inf and 0 < frame.height < math.inf):
        raise ReadingProblem(Reason.PAGE_DAMAGED)
    return frame


def _failed(number: int, frame: PageFrame | None, reason: Reason) -> RawPage:
    width, height = (frame.width, frame.height) if frame else (0.0, 0.0)
    return RawPage(number, width, height, (), (), (), PageState.FAILED, reason)


def _page_content(
    document: pypdfium2.PdfDocument,
    page: pypdfium2.PdfPage,
    number: int,
    frame: PageFrame,
    limits: ReadingLimits,
    engine: ocr.OcrEngine | None,
) -> RawPage:
    words = read_words(page)
    answers = with_shown_words(document, number, frame, forms.read_answers(document, page, words))
    reason = None
    if ink.needs_ocr(page, words):
        own = words
        words, reason = _by_ocr(page, own, limits, engine)
        state = PageState.OCR if reason is None else _without_ocr(own, answers)
    else:
        state = _state(words, answers)
    tables = () if state is PageState.OCR else _tables(page, words)
    return RawPage(number, frame.width, frame.height, words, tables, answers, state, reason)


def _state(words: Sequence[RawWord], answers: Sequence[RawAnswer]) -> PageState:
    if any(answer.kind is not AnswerKind.NOTE for answer in answers):
        return PageState.FORM
    return PageState.TEXT if words or answers else PageState.EMPTY


def _without_ocr(words: Sequence[RawWord], answers: Sequence[RawAnswer]) -> PageState:
    """A page that OCR could not add to: it failed, unless it says enough by itself; the reason stays with it."""
    return _state(words, answers) if len(words) >= _ENOUGH_WORDS else PageState.FAILED


def _by_ocr(
    page: pypdfium2.PdfPage, words: tuple[RawWord, ...], limits: ReadingLimits, engine: ocr.OcrEngine | None
) -> tuple[tuple[RawWord, ...], Reason | None]:
    """What OCR reads, or the words that the page has by itself and why OCR did not do better."""
    if engine is None:
        return words, Reason.OCR_MISSING
    try:
        found = ocr.read_page(page, engine, limits.ocr_pixels, limits.ocr_seconds)
    except ReadingProblem as problem:
        return words, problem.reason
    return ocr.merge_native(words, found), None if found else Reason.OCR_FAILED


def _tables(page: pypdfium2.PdfPage, words: Sequence[RawWord]) -> tuple[RawTable, ...]:
    """The ruled tables, and those that words make by their places; none on a scan, whose rows are not level enough:
    a label and its amount would come apart, which is worse than no table.
    """
    try:
        ruled = ruled_tables(page, words)
    except Exception:  # the text was read without the rules, which may be of any kind
        ruled = ()
    outside = [word for word in words if not any(table.box.contains_centre_of(word.box) for table in ruled)]
    return tuple(sorted(ruled + aligned_tables(outside), key=lambda table: (table.box.y0, table.box.x0)))


def _with_damage(path: Path, pages: tuple[RawPage, ...]) -> tuple[RawPage, ...]:
    """Pages that look empty only because their content is broken are said to have failed."""
    empty = [page.number for page in pages if page.state is PageState.EMPTY]
    lost = damaged_pages(path, empty, "") if empty else frozenset()
    return tuple(
        replace(page, state=PageState.FAILED, reason=Reason.PAGE_DAMAGED) if page.number in lost else page
        for page in pages
    )


def _source(path: Path, pages: Sequence[RawPage], notes: tuple[str, ...]) -> SourceFile:
    reason = _why_unread(pages)
    return SourceFile(
        name=path.name,
        sha256=_digest(path),
        pages=len(pages),
        status=FileStatus.READ if reason is None else FileStatus.UNREADABLE,
        text_source=_text_source(pages),
        reason=reason,
        notes=notes,
    )


def _why_unread(pages: Sequence[RawPage]) -> str | None:
    """Why no page of a file could be read: what its pages have in common; None where one was read."""
    if any(page.state in _SOURCES for page in pages):
        return None
    reasons = {page.reason for page in pages if page.reason is not None}
    return _OF_FILE.get(reasons.pop(), Reason.NO_TEXT) if len(reasons) == 1 else Reason.NO_TEXT


def _text_source(pages: Sequence[RawPage]) -> TextSource | None:
    """What most tells how the text was come by; None where there is no text."""
    found = {_SOURCES[page.state] for page in pages if page.state in _SOURCES}
    if TextSource.OCR in found and len(found) > 1:
        return TextSource.MIXED
    return TextSource.FORM if TextSource.FORM in found else next(iter(found), None)
