"""SIREN, SIRET and RNA numbers given as the bearer's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stdnum.fr import siren, siret

from pipeline.document import BlockKind, Span
from pipeline.facts.context import Context
from pipeline.facts.readings import Number
from pipeline.text import fold

_LABEL = re.compile(
    r"(?<!\w)(?:(?P<siret>s\.?i\.?r\.?e\.?t\.?)|(?P<siren>s\.?i\.?r\.?e\.?n\.?e?|r\.?c\.?s\.?|tva intra\w*"
    r"|immatricul\w+ [^.\n\d]{0,40}?(?:numero|n°)|numero(?= \d{3} ?\d{3} ?\d{3} (?:au|du) re[pg])))(?!\w)"
)
_RUN = re.compile(r"(?<!\w)(?:fr ?\d{2} ?(?=\d))?(?P<digits>\d(?:[ .-]?\d){7,20})(?!\w)")
_PHONE = re.compile(r"0[1-9](?:[ .-]?\d\d){4}")
_LONGEST_SIREN = 11  # figures of a SIREN with some too many; more are those of a SIRET
_REACH = 45  # characters between a label and its number: "SIRET du siège social de l'association : 991..."
_COLUMN_REACH = 250  # characters that a column beside may put between a label and its number
_RNA = re.compile(r"(?<!\w)w ?\d[\dab](?: ?\d){7}(?!\w)")
_RNA_LABELLED = re.compile(r"(?<!\w)r\.?n\.?a\.?(?!\w)[\s:°ºn.-]*(?:numero )?(?P<number>w(?: ?[\dab]){5,12})(?!\w)")
_RNA_FORM = re.compile(r"W(?:0[1-9]|[1-8]\d|9[0-5]|2[AB]|9[78]\d)\d+")
_OTHERS = re.compile(
    r"(?<!\w)(?:partenaire|prestataire|fournisseur|expert[ -]comptable|commissaire aux comptes|banque|chef de file"
    r"|imprim|cabinet)"
)


@dataclass(frozen=True, slots=True)
class RegisterNumbers:
    sirens: tuple[Number, ...]
    sirets: tuple[Number, ...]
    rnas: tuple[Number, ...]


def read_register_numbers(context: Context) -> RegisterNumbers:
    """Numbers given as the bearer's; one with wrong figures is kept, and not valid."""
    runs = sorted({run for run in _runs(context) if not _of_another(context, run)})
    sirens, sirets = [], []
    for span in runs:
        digits = re.sub(r"\D", "", context.printed(span))
        if len(digits) <= _LONGEST_SIREN:
            sirens.append(Number(digits, span, siren.is_valid(digits)))
        else:
            sirets.append(Number(digits, span, siret.is_valid(digits)))
    return RegisterNumbers(tuple(sirens), tuple(sirets), _read_rnas(context))


def _runs(context: Context) -> Iterator[Span]:
    """Places of the figures that follow a label, cut to the length that the label calls for."""
    for label in _LABEL.finditer(context.folded):
        match = _RUN.search(context.folded, label.end(), min(len(context.folded), label.end() + _REACH + 20))
        phone = match is not None and _PHONE.fullmatch(match["digits"])
        if match is not None and not phone and _follows(context.folded, label.end(), match.start()):
            yield _cut(context.folded, match.span("digits"), siret_label=label["siret"] is not None)
    for block in context.document.blocks:
        named = _LABEL.search(fold(block.label)) if block.kind is BlockKind.ANSWER else None
        match = _RUN.search(context.folded, block.span.start, block.span.end) if named else None
        if named is not None and match is not None:
            yield _cut(context.folded, match.span("digits"), siret_label=named["siret"] is not None)
    yield from _alone(context)


def _alone(context: Context) -> Iterator[Span]:
    """Right numbers that are a printed line of their own, a label standing a little before in the text."""
    for line in context.document.lines:
        match = _RUN.fullmatch(context.printed(line.span).strip()) if len(line.span) <= _REACH else None
        digits = re.sub(r"\D", "", match["digits"]) if match else ""
        if not (siret.is_valid(digits) if len(digits) == 14 else len(digits) == 9 and siren.is_valid(digits)):
            continue
        if _LABEL.search(context.folded, max(0, line.span.start - _COLUMN_REACH), line.span.start):
            yield context.trimmed(line.span.start, line.span.end)


def _follows(folded: str, start: int, end: int) -> bool:
    """Whether nothing but a few words, and no other label, stands between."""
    between = folded[start:end]
    return len(between) <= _REACH and between.count("\n") <= 1 and not _LABEL.search(between.replace("siren", "", 1))


def _cut(folded: str, place: tuple[int, int], *, siret_label: bool) -> Span:
    start, end = place
    digits = [offset for offset in range(start, end) if folded[offset].isdigit()]
    count = len(digits)
    wanted = min(count, 14) if siret_label or count == 14 else min(count, 9)
    return Span(start, digits[wanted - 1] + 1)


def _of_another(context: Context, span: Span) -> bool:
    """Whether the line or row speaks of a partner or supplier, or the table lists several organisations."""
    for table in context.document.tables:
        if table.span.contains(span):
            listed = {re.sub(r"\D", "", m["digits"])[:9] for m in _RUN.finditer(context.folded, *_ends(table.span))}
            return len(listed) > 1 and bool(_OTHERS.search(context.folded[max(0, table.span.start - 200) : span.end]))
    if context.among_partners(span.start):
        return True
    block = context.block_at(span.start)
    start = max(block.span.start if block else 0, span.start - 160)
    return _OTHERS.search(context.folded, start, span.start) is not None


def _read_rnas(context: Context) -> tuple[Number, ...]:
    spans = {Span(*match.span()) for match in _RNA.finditer(context.folded)}
    spans |= {Span(*match.span("number")) for match in _RNA_LABELLED.finditer(context.folded)}
    found = []
    for span in sorted(spans):
        value = context.printed(span).replace(" ", "").upper()
        if not _of_another(context, span):
            found.append(Number(value, span, len(value) == 10 and _RNA_FORM.fullmatch(value) is not None))
    return tuple(found)


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
