"""The annotations of a page as pdfium gives them: form widgets and notes. Nothing is run or changed."""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.extraction.frame import PageFrame
from pipeline.geometry import BBox

_UNSEEN = pdfium_c.FPDF_ANNOT_FLAG_HIDDEN | pdfium_c.FPDF_ANNOT_FLAG_NOVIEW
_MAX_ANNOTATIONS = 5_000  # a page with more is not a form that a person filled
_MAX_OPTIONS = 2_000


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation. `form` is the document's form handle, None without a form.

    `seen` says whether a reader of the page can see it: hidden fields hold what a program put there.
    """

    handle: Any
    form: Any
    box: BBox
    seen: bool

    @property
    def subtype(self) -> int:
        return int(pdfium_c.FPDFAnnot_GetSubtype(self.handle))

    @property
    def field_type(self) -> int:
        """One of pdfium's FPDF_FORMFIELD_*; FPDF_FORMFIELD_UNKNOWN for a widget that belongs to no form."""
        known = int(pdfium_c.FPDFAnnot_GetFormFieldType(self.form, self.handle)) if self.form else -1
        return known if known > 0 else int(pdfium_c.FPDF_FORMFIELD_UNKNOWN)

    @property
    def field_flags(self) -> int:
        return int(pdfium_c.FPDFAnnot_GetFormFieldFlags(self.form, self.handle))

    @property
    def field_name(self) -> str:
        return _string(pdfium_c.FPDFAnnot_GetFormFieldName, self.form, self.handle)

    @property
    def alternate_name(self) -> str:
        return _string(pdfium_c.FPDFAnnot_GetFormFieldAlternateName, self.form, self.handle)

    @property
    def field_value(self) -> str:
        return _string(pdfium_c.FPDFAnnot_GetFormFieldValue, self.form, self.handle)

    @property
    def export_value(self) -> str:
        return _string(pdfium_c.FPDFAnnot_GetFormFieldExportValue, self.form, self.handle)

    @property
    def checked(self) -> bool:
        return bool(pdfium_c.FPDFAnnot_IsChecked(self.form, self.handle))

    @property
    def selected_options(self) -> tuple[str, ...]:
        """The labels of the options that are selected in a list or combo box."""
        count = min(int(pdfium_c.FPDFAnnot_GetOptionCount(self.form, self.handle)), _MAX_OPTIONS)
        return tuple(
            _string(pdfium_c.FPDFAnnot_GetOptionLabel, self.form, self.handle, index)
            for index in range(count)
            if pdfium_c.FPDFAnnot_IsOptionSelected(self.form, self.handle, index)
        )

    def entry(self, key: str) -> str:
        """A text entry of the annotation's own dictionary; empty when it has none."""
        return _string(pdfium_c.FPDFAnnot_GetStringValue, self.handle, key.encode())

    def has(self, key: str) -> bool:
        return bool(pdfium_c.FPDFAnnot_HasKey(self.handle, key.encode()))

    def script(self, event: int) -> str:
        """The script that a widget runs on one of pdfium's FPDF_ANNOT_AACTION_* events; read, never run."""
        if not self.form:
            return ""
        return _string(pdfium_c.FPDFAnnot_GetFormAdditionalActionJavaScript, self.form, self.handle, event)


@contextmanager
def open_annotations(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> Iterator[tuple[Annotation, ...]]:
    """The annotations of `page`, in the file's order.

    They may be used inside the `with` block only. The document's forms are to be opened (`init_forms`) before any of
    its pages: boxes of a page that was loaded earlier would all seem empty.
    """
    frame = PageFrame.of(page)
    form = document.formenv.raw if document.formenv is not None else None
    handles = []
    try:
        for index in range(min(pdfium_c.FPDFPage_GetAnnotCount(page), _MAX_ANNOTATIONS)):
            handle = pdfium_c.FPDFPage_GetAnnot(page, index)
            if handle:
                handles.append(handle)
        yield tuple(_described(handle, form, frame) for handle in handles)
    finally:
        for handle in handles:
            pdfium_c.FPDFPage_CloseAnnot(handle)


def _described(handle: Any, form: Any, frame: PageFrame) -> Annotation:
    rect = pdfium_c.FS_RECTF()
    pdfium_c.FPDFAnnot_GetRect(handle, rect)
    box = frame.to_shown(rect.left, rect.bottom, rect.right, rect.top)
    on_page = box.x1 > 0 and box.y1 > 0 and box.x0 < frame.width and box.y0 < frame.height
    has_size = box.width >= 1 and box.height >= 1
    return Annotation(handle, form, box, on_page and has_size and not pdfium_c.FPDFAnnot_GetFlags(handle) & _UNSEEN)


def _string(read: Callable[..., int], *arguments: Any) -> str:
    """Calls one of pdfium's functions that fill a buffer with UTF-16 text, first asking for its length."""
    length = read(*arguments, None, 0)
    if length <= 2:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    read(*arguments, buffer, length)
    return bytes(buffer)[: length - 2].decode("utf-16-le", errors="replace")
