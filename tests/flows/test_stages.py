import pytest

from flows.stages import may_read_better
from pipeline.document import Document, FileStatus, Page, PageState, SourceFile
from pipeline.document_codec import encode_document
from store.records import CachedDocument


def cached(file_reason: str | None = None, page_reason: str | None = None) -> CachedDocument:
    status = FileStatus.UNREADABLE if file_reason else FileStatus.READ
    file = SourceFile("a.pdf", "0" * 64, 1, status, reason=file_reason)
    page = Page(0, 1, 595, 842, PageState.FAILED if page_reason else PageState.TEXT, page_reason)
    document = Document("a", (file,), (page,), "", 0, (), (), (), ())
    return CachedDocument("clé", "empreinte", encode_document(document))


@pytest.mark.parametrize("reason", ["timeout", "memory", "crash", "ocr-failed"])
def test_what_failed_for_a_cause_that_can_pass_is_tried_again(reason: str) -> None:
    assert may_read_better(cached(page_reason=reason))
    assert may_read_better(cached(file_reason=reason))


@pytest.mark.parametrize("reason", [None, "encrypted", "damaged", "too-large", "ocr-missing"])
def test_what_will_never_be_better_is_not(reason: str | None) -> None:
    assert not may_read_better(cached(file_reason=reason))
