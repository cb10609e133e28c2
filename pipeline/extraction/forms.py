"""What a person filled in or typed onto a page: form fields and text notes.

The answers are in the file's fields, not in the page's text: a field may show only a part of its value.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.extraction.annotations import Annotation, open_annotations
from pipeline.extraction.form_labels import label_of, left_of, right_of
from pipeline.extraction.raw import AnswerKind, RawAnswer, RawWord
from pipeline.geometry import BBox

_NOTES = (pdfium_c.FPDF_ANNOT_TEXT, pdfium_c.FPDF_ANNOT_FREETEXT)
_BOXES = (pdfium_c.FPDF_FORMFIELD_CHECKBOX, pdfium_c.FPDF_FORMFIELD_RADIOBUTTON)
_CHOICES = (pdfium_c.FPDF_FORMFIELD_COMBOBOX, pdfium_c.FPDF_FORMFIELD_LISTBOX)
# Names that editors give to fields by themselves: they say nothing of what is asked.
_MADE_UP = re.compile(
    r"(?:undefined|untitled|sans[ _-]?titre|text|texte|text ?(?:box|field)|champ|champ de texte|zone|zone de texte|"
    r"check ?box|case|case à cocher|radio|group|groupe|option ?button|button|combo ?box|list ?box|dropdown|"
    r"liste déroulante|fill|field)?[ _.-]*\d*(?:[._]\d+)*",
    re.IGNORECASE,
)
_MADE_UP_CHOICES = {"", "on", "yes", "oui", "true", "off"}


def read_answers(document: pdfium.PdfDocument, page: pdfium.PdfPage, words: Sequence[RawWord]) -> tuple[RawAnswer, ...]:
    """The answers and notes of one page, in the file's order; boxes in points, as shown.

    `words` are the printed words of the page: labels are looked for among them, and a value that is also
    printed in its box is left out. A field that stands several times on the page is read once.
    """
    if pdfium_c.FPDFPage_GetAnnotCount(page) <= 0:
        return ()
    with open_annotations(document, page) as every:
        annotations = [annotation for annotation in every if annotation.seen]
        ticks = [a.box for a in annotations if a.field_type in _BOXES]
        answers: dict[tuple[str, str], RawAnswer] = {}
        for index, annotation in enumerate(annotations):
            answer = _answer(annotation, words, ticks)
            if answer is None or _is_printed(answer, words):
                continue
            name = annotation.field_name if annotation.form else ""
            answers.setdefault((name or f"#{index}", answer.text), answer)
    return tuple(answers.values())


def _answer(annotation: Annotation, words: Sequence[RawWord], ticks: Sequence[BBox]) -> RawAnswer | None:
    if annotation.subtype in _NOTES:
        return _note(annotation)
    if annotation.subtype != pdfium_c.FPDF_ANNOT_WIDGET:
        return None
    kind = annotation.field_type
    if kind in _BOXES:
        return _ticked(annotation, words, ticks) if annotation.checked else None
    if kind == pdfium_c.FPDF_FORMFIELD_TEXTFIELD:
        secret = annotation.field_flags & pdfium_c.FPDF_FORMFLAG_TEXT_PASSWORD
        return None if secret else _valued(annotation, AnswerKind.TEXT, annotation.field_value, words)
    if kind in _CHOICES:
        chosen = "\n".join(annotation.selected_options) or annotation.field_value
        return _valued(annotation, AnswerKind.CHOICE, chosen, words)
    if kind == pdfium_c.FPDF_FORMFIELD_UNKNOWN and annotation.entry("FT") == "Tx":
        # A text widget that the form's list of fields forgets; the page shows it all the same.
        return _valued(annotation, AnswerKind.TEXT, annotation.entry("V"), words)
    return None


def _note(annotation: Annotation) -> RawAnswer | None:
    text = _clean(annotation.entry("Contents"))
    if not text or annotation.has("StateModel"):  # "accepted", "read"...: a reviewer's tick, not a text
        return None
    return RawAnswer(AnswerKind.NOTE, "", text, annotation.box)


def _valued(annotation: Annotation, kind: AnswerKind, value: str, words: Sequence[RawWord]) -> RawAnswer | None:
    text = _clean(value)
    if not text:
        return None
    return RawAnswer(kind, _label(annotation, label_of(annotation.box, words)), text, annotation.box)


def _ticked(annotation: Annotation, words: Sequence[RawWord], ticks: Sequence[BBox]) -> RawAnswer:
    """A ticked box: its text is what is printed beside it, its label what is asked."""
    said, asked = _clean(annotation.alternate_name), _row_head(annotation.box, words, ticks)
    export = _clean(annotation.export_value)
    candidates = (
        _choice(annotation.box, words, ticks),
        "" if _MADE_UP.fullmatch(said) or said == annotation.field_name else said,
        "" if export.lower() in _MADE_UP_CHOICES or _MADE_UP.fullmatch(export) else export,
        _last_name(annotation.field_name),
    )
    text = next((candidate for candidate in candidates if candidate), "✓")
    label = _label(annotation, asked)
    if label == text:
        label = asked if asked != text else ""
    return RawAnswer(AnswerKind.CHECKBOX, label, text, annotation.box)


def _row(box: BBox, ticks: Sequence[BBox]) -> list[BBox]:
    """The tick boxes on the line of `box`, from left to right."""
    return sorted((t for t in ticks if t.overlap_y(box) > 0.5 * min(t.height, box.height)), key=lambda t: t.x0)


def _labelled_before(row: Sequence[BBox], words: Sequence[RawWord]) -> bool:
    """Whether the labels of a line of tick boxes stand before them ("Oui ☐ Non ☐") rather than after."""
    return bool(left_of(row[0], words)) and not right_of(row[-1], words, float("inf"))


def _choice(box: BBox, words: Sequence[RawWord], ticks: Sequence[BBox]) -> str:
    row = _row(box, ticks)
    if not _labelled_before(row, words):
        following = next((after for this, after in pairwise(row) if this == box), None)
        return right_of(box, words, following.x0 if following else float("inf"))
    before = next((this for this, after in pairwise(row) if after == box), None)
    return left_of(box, [w for w in words if before is None or w.box.x0 >= before.x1 - 3])


def _row_head(box: BBox, words: Sequence[RawWord], ticks: Sequence[BBox]) -> str:
    """What is printed before the first tick box of the line, when the labels stand after the boxes."""
    row = _row(box, ticks)
    return "" if _labelled_before(row, words) else left_of(row[0], words)


def _label(annotation: Annotation, printed: str) -> str:
    """The field's own title, else what is printed by it, else its name; programs often give its name for a title."""
    if not annotation.form:
        return printed
    title = _clean(annotation.alternate_name)
    if _MADE_UP.fullmatch(title) or title == annotation.field_name:
        title = ""
    return title or printed or _last_name(annotation.field_name)


def _last_name(full: str) -> str:
    """ "form1[0].page[0].Nom[0]" is "Nom"; empty for a name that an editor made up."""
    last = re.sub(r"\[\d+\]|#", "", full.rpartition(".")[2]).strip()
    return "" if _MADE_UP.fullmatch(last) else last


def _clean(value: str) -> str:
    """Line breaks as one newline each, no control characters, no blank ends."""
    lines = re.sub(r"\r\n?|\u2028|\u2029|\x0b|\x0c", "\n", value).split("\n")
    return "\n".join(
        "".join(c for c in line if c.isprintable() or c in "\t\u00a0\u202f").rstrip() for line in lines
    ).strip()


def _is_printed(answer: RawAnswer, words: Sequence[RawWord]) -> bool:
    """Whether the text stands in the answer's box already, as where a form was flattened and kept its fields."""
    if answer.kind is AnswerKind.CHECKBOX:
        return False
    return _letters(w.text for w in words if answer.box.contains_centre_of(w.box)) == _letters([answer.text])


def _letters(texts: Iterable[str]) -> str:
    return "".join("".join(texts).split())
